export {
    behaviorsOf,
    configOf,
    DISTRIBUTION_TYPES,
    nameOf,
    originsOf,
    originsProperty,
    targetsOf,
    VPC_ORIGIN_TYPES,
    type Origin,
} from "./distribution";
export {
    hostName,
    isLoadBalancerName,
    LINK_TYPES,
    linksOf,
    originStep,
    RECORD_TYPES,
    reportForeignVpcOrigins,
    reportUnknownOrigins,
    type Entry,
    type Links,
} from "./links";
export {
    applicationProtocol,
    forwards,
    headerConditions,
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
export { WEB_ACL_TYPES } from "./webAcl";
export { CERTIFICATE_TYPES, certificateReads, covers, namesCovered, VALIDATION_TYPES } from "./certificates";
export { FORWARDING_POLICY_TYPES, hostForwarding, type HostForwarding } from "./hostHeader";
export { CLOUDFRONT_PREFIX_LIST_WEIGHT, isCloudFrontPrefixList, prefixListIdsSetting } from "./prefixList";
