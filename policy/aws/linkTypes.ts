import { CERTIFICATE_TYPES, VALIDATION_TYPES } from "./certificates";
import { DISTRIBUTION_TYPES, VPC_ORIGIN_TYPES } from "./distributions";
import { RECORD_TYPES, ZONE_TYPES } from "./dnsRecords";
import { LISTENER_RULE_TYPES, LISTENER_TYPES, LOAD_BALANCER_TYPES } from "./loadBalancers";
import { CLASSIC_TYPES } from "./otherLoadBalancers";
import { RELAY_TYPES } from "./relays";
import { TENANT_TYPES } from "./tenantOrigins";

/** Every type that tells which origin is which load balancer; DNS of other providers is told by `isForeignDns`. */
export const LINK_TYPES: readonly string[] = [
    ...DISTRIBUTION_TYPES,
    ...VPC_ORIGIN_TYPES,
    ...LOAD_BALANCER_TYPES,
    ...LISTENER_TYPES,
    ...LISTENER_RULE_TYPES,
    ...RECORD_TYPES,
    ...ZONE_TYPES,
    ...CERTIFICATE_TYPES,
    ...VALIDATION_TYPES,
    ...CLASSIC_TYPES,
    ...RELAY_TYPES,
    ...TENANT_TYPES,
];
