export { addressesProblems, allowedAddressesProblems } from "./addressProblems";
export { argumentProblems, groupsProblems, problemList, refuse, refusePart } from "./argumentProblems";
export {
    type ArgumentSpec,
    type Check,
    type Given,
    type InnerProblem,
    type Resolved,
    type ValueSpec,
    resolved,
} from "./argumentSpec";
export { validationName, validationNames } from "./domainName";
export {
    foundLoadBalancerProblems,
    loadBalancerArnProblem,
    originPortProblem,
    targetGroupArnProblem,
} from "./existingLoadBalancerProblems";
export {
    bucketDomainNameProblem,
    bucketNameProblem,
    certificateProblem,
    viewerCertificateProblem,
    webAclProblem,
} from "./existingProblems";
export { accessLogDestinationProblem, redactedHeadersProblems, webAclLogDestinationProblem } from "./logProblems";
export {
    cookieNameProblem,
    endpointProblem,
    givenTextProblem,
    scopeProblem,
    secretProblem,
    userPoolArnProblem,
} from "./loginProblems";
export {
    componentNameProblem,
    defaultOriginDomainName,
    fullNameProblem,
    fullNamesProblems,
    namesProblems,
    originNameProblem,
    redirectedNamesProblems,
    viewerNameProblems,
    zoneNameProblem,
} from "./nameProblems";
export { edgeTopicArnProblem, id, subnetIdsProblems, topicArnProblem, zoneIdProblem } from "./networkProblems";
export {
    healthCheckPathProblem,
    matcherProblem,
    pathPatternProblem,
    pathPatternsProblems,
    queryStringsProblems,
} from "./pathProblems";
export { errorCodesProblems } from "./statusProblems";
export { healthCheckProblems, slowStartProblem, timeoutProblems } from "./timeProblems";
export {
    choice,
    integer,
    isDeferred,
    itemProblems,
    listOf,
    listProblem,
    pathProblem,
    plainValueNeeded,
    repeatedProblem,
    shown,
    textOf,
    textProblem,
} from "./valueProblems";
export { zoneOf } from "./zones";
