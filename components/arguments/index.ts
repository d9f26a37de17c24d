export type { AlarmsArgs } from "./alarmsArgs";
export { argumentSpecs } from "./argumentSpecs";
export { claimNames, edgeProblems } from "./edgeProblems";
export type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";
export type { FirewallArgs, FirewallExceptionArgs } from "./firewallArgs";
export { type ManagedRuleGroup, countedByDefault, managedRuleGroups } from "./managedRuleGroups";
export type { RouteArgs, RouteRuleArgs } from "./routeArgs";
export { connectionSpecs, routeSpecs, togetherProblems } from "./routeSpecs";
export type { NextTargetsArgs, TargetsArgs, TimeoutsArgs } from "./targetsArgs";
