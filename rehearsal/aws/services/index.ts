import { certificates } from "./certificates";
import { cloudFront } from "./cloudFront";
import { dns } from "./dns";
import { elasticLoadBalancing } from "./elasticLoadBalancing";
import { firewall } from "./firewall";
import { general } from "./general";
import { logs } from "./logs";
import type { ResourceModel, ServiceModel } from "./model";
import { network } from "./network";
import { securityGroupRules } from "./securityGroupRules";
import { securityGroups } from "./securityGroups";
import { storage } from "./storage";

export {
    AwsError,
    type AutoName,
    hex,
    type Lookup,
    type Operation,
    type Report,
    type ResourceModel,
    text,
} from "./model";

const all: readonly ServiceModel[] = [
    certificates,
    cloudFront,
    dns,
    elasticLoadBalancing,
    firewall,
    general,
    logs,
    network,
    securityGroupRules,
    securityGroups,
    storage,
];

/** Every service's resource types and look-ups by token. */
export const services = {
    resources: Object.assign({}, ...all.map((service) => service.resources)) as Readonly<Record<string, ResourceModel>>,
    lookups: Object.assign({}, ...all.map((service) => service.lookups)) as NonNullable<ServiceModel["lookups"]>,
};
