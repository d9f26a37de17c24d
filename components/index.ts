export { AliasRecords, type AliasRecordsArgs } from "./aliasRecords";
export { problemList, type ArgumentSpec } from "./checks/index";
export {
    argumentSpecs,
    edgeProblems,
    type AlarmsArgs,
    type DnsAccountArgs,
    type AuthenticateCognitoArgs,
    type AuthenticateOidcArgs,
    type ExistingLoadBalancerArgs,
    type LoginSessionArgs,
    type CacheBehaviorArgs,
    type EncryptedEdgeArgs,
    type ErrorPagesArgs,
    type FirewallArgs,
    type FirewallExceptionArgs,
    type HostedZoneArgs,
    type LogsArgs,
    type NextLoadBalancerArgs,
    type NextTargetsArgs,
    type PagesArgs,
    type StaticFilesArgs,
    type TargetsArgs,
    type TimeoutsArgs,
    type RouteArgs,
    type RouteRuleArgs,
} from "./arguments/index";
export type { DnsRecord } from "./dnsRecord";
export type { DnsResourceOptions } from "./dnsResourceOptions";
export { EdgeAccessLog, type EdgeAccessLogArgs } from "./edgeAccessLog";
export { EdgeAlarms, type EdgeAlarmsArgs } from "./edgeAlarms";
export { EdgeDistribution, type EdgeDistributionArgs } from "./edgeDistribution";
export { EdgeFirewall, type EdgeFirewallArgs } from "./edgeFirewall";
export { EncryptedEdge } from "./encryptedEdge";
export { EdgeRoute, type EdgeRouteArgs } from "./edgeRoute";
export { lookUp } from "./lookUp";
export { LoadBalancerLog, type LoadBalancerLogArgs } from "./loadBalancerLog";
export { OriginLoadBalancer, type OriginLoadBalancerArgs } from "./originLoadBalancer";
export { OriginSecret, type OriginSecretArgs } from "./originSecret";
export { S3Origin, type S3OriginArgs } from "./s3Origin";
export type {
    EdgeNodes,
    EdgeRouteOptions,
    EdgeTransform,
    EncryptedEdgeOptions,
    RouteNodes,
    RouteTransform,
    Transform,
    TransformOptions,
    Written,
} from "./transform/index";
export { ValidatedCertificate, type ValidatedCertificateArgs } from "./validatedCertificate";
