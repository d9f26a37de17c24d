export { arnOf, isFarFromEdge } from "./arn";
export {
    behaviorsOf,
    configOf,
    DISTRIBUTION_TYPES,
    isBucket,
    isMultitenant,
    isWebsite,
    nameOf,
    originsOf,
    originsProperty,
    targetsOf,
    VPC_ORIGIN_TYPES,
    type Origin,
} from "./distributions";
export { hostName, isForeignDns, RECORD_TYPES } from "./dnsRecords";
export { firewallThatMayCheck, WEB_ACL_ASSOCIATION_TYPES } from "./firewallChecks";
export { headerConditions, type HeaderCondition } from "./headerConditions";
export { linksOf, type Entry, type Links } from "./entries";
export { LINK_TYPES } from "./linkTypes";
export { logDeliveriesOf, LOG_DELIVERY_TYPES } from "./logDeliveries";
export { TENANT_TYPES } from "./tenantOrigins";
export { otherLoadBalancer } from "./otherLoadBalancers";
export {
    applicationProtocol,
    forwards,
    isApplication,
    isCertainlyApplication,
    LISTENER_CERTIFICATE_TYPES,
    LISTENER_RULE_TYPES,
    LISTENER_TYPES,
    LOAD_BALANCER_TYPES,
    loadBalancerType,
    settingOf,
    TARGET_GROUP_TYPES,
    verificationMode,
} from "./loadBalancers";
export { CLASSIC_WEB_ACL_TYPES, WEB_ACL_RULE_TYPES, WEB_ACL_TYPES } from "./webAcls";
export {
    CERTIFICATE_TYPES,
    certificateReads,
    certificatesNamed,
    covers,
    namesCovered,
    VALIDATION_TYPES,
} from "./certificates";
export { FORWARDING_POLICY_TYPES, hostForwarding, type HostForwarding } from "./hostHeader";
export { isCloudFrontPrefixList, prefixListIdsSetting } from "./cloudFrontPrefixLists";
export { cloudFrontPrefixListIds, cloudFrontPrefixLists, managedForwardingPolicies } from "./facts";
export { hintOf, type Hint } from "./hints";
export { attachmentTypes, ingressRuleTypes, loadBalancerTypes, prefixListTypes, securityGroupTypes } from "./types";
export { listenerSecurityPolicies, ofNewPolicies, viewerSecurityPolicies } from "./securityPolicies";
export * from "./ingress";
