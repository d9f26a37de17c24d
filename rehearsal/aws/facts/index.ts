/**
 * What AWS has: each fact once, with its name and what it does. The control plane takes the names, traffic what they do.
 */
export { canonicalType } from "./canonicalType";
export { durationOf, shortest } from "./durations";
export { headerLists, isAmong } from "./headers";
export { ruleGroupFacts } from "./ruleGroupFacts";
export { outputForms } from "./outputForms";
export { accessLogFields, realtimeLogFields } from "./logFields";
export { managedPolicies, type PolicyKind } from "./managedPolicies";
export { cloudFrontPrefixLists } from "./prefixLists";
export { type Replacement, replacementOf } from "./replacement";
export {
    cloudFrontPrefixListIds,
    elbZoneIds,
    enabledRegions,
    everyRegion,
    logAccounts,
    websiteZoneIds,
    zoneLetters,
} from "./regions";
export {
    backendPolicy,
    defaultListenerPolicy,
    defaultViewerPolicy,
    listenerPolicies,
    originPolicy,
    type TlsPolicy,
    viewerPolicies,
} from "./tlsPolicies";
