export {
    behaviorsOf,
    configOf,
    DISTRIBUTION_TYPES,
    isMultitenant,
    isWebsite,
    nameOf,
    originsOf,
    originsProperty,
    targetsOf,
    VPC_ORIGIN_TYPES,
    type Origin,
} from "./distribution";
export { hostName, RECORD_TYPES } from "./dnsRecords";
export { firewallThatMayCheck, WEB_ACL_ASSOCIATION_TYPES } from "./firewallChecks";
export { headerConditions, type HeaderCondition } from "./headerConditions";
export { LINK_TYPES, linksOf, type Entry, type Links } from "./links";
export { logDeliveriesOf, LOG_DELIVERY_TYPES } from "./logDelivery";
export { originStep, reportForeignVpcOrigins, reportHints, reportUnknownOrigins } from "./originReports";
export { otherLoadBalancer } from "./otherLoadBalancers";
export {
    applicationProtocol,
    forwards,
    isApplication,
    LISTENER_CERTIFICATE_TYPES,
    LISTENER_RULE_TYPES,
    LISTENER_TYPES,
    LOAD_BALANCER_TYPES,
    loadBalancerType,
    settingOf,
    TARGET_GROUP_TYPES,
} from "./loadBalancer";
export { referredTo } from "./references";
export { WEB_ACL_RULE_TYPES, WEB_ACL_TYPES } from "./webAcl";
export { CERTIFICATE_TYPES, certificateReads, covers, namesCovered, VALIDATION_TYPES } from "./certificates";
export { FORWARDING_POLICY_TYPES, hostForwarding, type HostForwarding } from "./hostHeader";
export { CLOUDFRONT_PREFIX_LIST_WEIGHT, isCloudFrontPrefixList, prefixListIdsSetting } from "./prefixList";
