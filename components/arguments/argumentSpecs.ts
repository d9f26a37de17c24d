import {
    type ArgumentSpec,
    type Check,
    type ValueSpec,
    certificateProblem,
    viewerCertificateProblem,
    webAclProblem,
    addressesProblems,
    allowedAddressesProblems,
    defaultOriginDomainName,
    originNameProblem,
    redirectedNamesProblems,
    viewerNameProblems,
    zoneNameProblem,
    edgeTopicArnProblem,
    id,
    subnetIdsProblems,
    topicArnProblem,
    zoneIdProblem,
    healthCheckPathProblem,
    matcherProblem,
    timeoutProblems,
    choice,
    integer,
    loadBalancerArnProblem,
    originPortProblem,
    targetGroupArnProblem,
} from "../checks/index";
import type { AlarmsArgs } from "./alarmsArgs";
import type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import type { ExistingLoadBalancerArgs } from "./existingLoadBalancerArgs";
import type { FirewallArgs } from "./firewallArgs";
import type { NextLoadBalancerArgs } from "./nextLoadBalancerArgs";
import type { NextTargetsArgs, TimeoutsArgs } from "./targetsArgs";
import {
    blockedRulesProblems,
    countedRulesProblems,
    countriesProblems,
    countriesTogetherProblems,
    exceptionsProblems,
    ruleGroupArnsProblems,
    ruleGroupsProblems,
    versionsProblems,
} from "./firewallProblems";
import { asksForLogin, loginFields } from "./loginSpecs";
import { logsSpecs } from "./logsSpecs";
import { pagesSpecs } from "./pagesSpecs";
import { routeItemSpecs, routesProblems } from "./routeSpecs";
import { targetFields, targetProtocol, targetType } from "./targetSpecs";
import { dnsAccountSpec, dnsRecordsProblem, hostedZoneSpecs, hostedZonesProblems } from "./zoneSpecs";
import { viewerRequestCodeProblem } from "../viewerRequest/index";

const onOrOff: Check = choice(true, false);
const loadBalancerScheme = choice("internet-facing", "internal");

function defaultPort(protocol: string | undefined): number {
    return protocol === "HTTP" ? 80 : 443;
}

function loginIsEnabled(args: EncryptedEdgeArgs): boolean {
    return args.loginEnabled ?? asksForLogin({ ...args });
}

/**
 * The one table of the arguments of EncryptedEdge: their names, forms, defaults and checks. The messages, the keys of a
 * stack file and what the constructor works with come from it; what each argument means is said in EncryptedEdgeArgs.
 */
export const argumentSpecs = {
    hostedZoneName: { form: "text", required: true, check: zoneNameProblem },
    hostedZoneId: { form: "text", emptyMeansUnset: true, check: zoneIdProblem },
    hostedZones: { form: "list", default: [], items: hostedZoneSpecs, check: hostedZonesProblems },
    dnsRecordsEnabled: { form: "boolean", default: true, check: dnsRecordsProblem },
    dnsAccount: dnsAccountSpec,
    certificateValidationTimeout: { form: "number", default: 75, check: integer(1, 4320, "minutes") },
    domainNames: { form: "list", required: true, check: viewerNameProblems },
    redirectedDomainNames: { form: "list", default: [], check: redirectedNamesProblems },
    originDomainName: {
        form: "text",
        emptyMeansUnset: true,
        default: (args: EncryptedEdgeArgs) => defaultOriginDomainName(args.hostedZoneName),
        // The default, too, may be a name of viewers.
        required: true,
        check: originNameProblem,
    },
    viewerCertificateArn: { form: "text", emptyMeansUnset: true, check: viewerCertificateProblem },
    originCertificateArn: { form: "text", emptyMeansUnset: true, check: certificateProblem },
    vpcId: { form: "text", required: true, emptyMeansUnset: true, check: id("vpc") },
    existingLoadBalancer: {
        form: "group",
        always: false,
        fields: {
            arn: { form: "text", required: true, check: loadBalancerArnProblem },
            securityGroupId: { form: "text", required: true, check: id("sg") },
            targetGroupArn: { form: "text", check: targetGroupArnProblem },
            port: { form: "number", default: 8443, check: originPortProblem },
            viewerRecords: {
                form: "text",
                default: "unchanged",
                check: choice("unchanged", "loadBalancer", "distribution"),
            },
        } satisfies Record<keyof ExistingLoadBalancerArgs, ValueSpec>,
    },
    subnetIds: { form: "list", required: true, emptyMeansUnset: true, check: subnetIdsProblems },
    loadBalancerScheme: { form: "text", default: "internet-facing", check: loadBalancerScheme },
    loadBalancerIpAddressType: {
        form: "text",
        default: "ipv4",
        check: choice("ipv4", "dualstack", "dualstack-without-public-ipv4"),
    },
    nextLoadBalancer: {
        form: "group",
        always: false,
        fields: {
            scheme: { form: "text", default: "internal", check: loadBalancerScheme },
            subnetIds: { form: "list", check: subnetIdsProblems },
        } satisfies Record<keyof NextLoadBalancerArgs, ValueSpec>,
    },
    cloudFrontPrefixListId: { form: "text", emptyMeansUnset: true, check: id("pl") },
    cloudFrontIpv6PrefixListId: { form: "text", emptyMeansUnset: true, check: id("pl") },
    forwardHostHeader: { form: "boolean", default: loginIsEnabled, emptyMeansUnset: true, check: onOrOff },
    targetProtocol: { form: "text", default: "HTTPS", check: targetProtocol },
    targetPort: {
        form: "number",
        emptyMeansUnset: true,
        default: (args: EncryptedEdgeArgs) => defaultPort(args.targetProtocol),
        check: integer(1, 65535, "port"),
    },
    targetType: { form: "text", default: "ip", check: targetType },
    targetGeneration: { form: "number", default: 1, check: integer(1, 99, "generation") },
    nextTargets: {
        form: "group",
        always: false,
        fields: {
            protocol: { form: "text", default: "HTTPS", check: targetProtocol },
            port: {
                form: "number",
                default: ({ protocol }: NextTargetsArgs) => defaultPort(protocol),
                check: integer(1, 65535, "port"),
            },
            type: { form: "text", default: "ip", check: targetType },
            weight: { form: "number", default: 0, check: integer(0, 100, "percent of the requests") },
        } satisfies Record<keyof NextTargetsArgs, ValueSpec>,
    },
    blueGreenEnabled: { form: "boolean", default: false, check: onOrOff },
    healthCheckPath: { form: "text", default: "/", check: healthCheckPathProblem },
    healthCheckMatcher: { form: "text", default: "200", check: matcherProblem },
    targets: targetFields,
    ...loginFields,
    loginEnabled: { form: "boolean", default: loginIsEnabled, emptyMeansUnset: true, check: onOrOff },
    routes: { form: "list", default: [], items: routeItemSpecs, check: routesProblems },
    timeouts: {
        form: "group",
        always: true,
        fields: {
            originRead: { form: "number", default: 60, check: integer(1, 120, "seconds") },
            originKeepalive: { form: "number", default: 30, check: integer(1, 120, "seconds") },
            loadBalancerIdle: { form: "number", default: 65, check: integer(1, 4000, "seconds") },
        } satisfies Record<keyof TimeoutsArgs, ValueSpec>,
        check: timeoutProblems,
    },
    alarms: {
        form: "group",
        always: false,
        fields: {
            topicArn: { form: "text", check: topicArnProblem },
            edgeTopicArn: { form: "text", check: edgeTopicArnProblem },
            serverErrorPercent: { form: "number", default: 5, check: integer(0, 100, "percent of the requests") },
            loadBalancerErrors: { form: "number", default: 10, check: integer(0, 1_000_000_000, "errors") },
            responseTime: { form: "number", default: 2, check: integer(1, 120, "seconds") },
            blockedRequests: { form: "number", default: 1000, check: integer(0, 1_000_000_000, "requests") },
            daysToExpiry: { form: "number", default: 21, check: integer(1, 44, "days") },
        } satisfies Record<keyof AlarmsArgs, ValueSpec>,
    },
    strictTransportSecurityMaxAge: { form: "number", default: 31_536_000, check: integer(0, 2_147_483_647, "seconds") },
    originSecretGeneration: { form: "number", default: 1, check: integer(1, Number.MAX_SAFE_INTEGER, "generation") },
    deletionProtection: { form: "boolean", default: true, check: onOrOff },
    waitForDeployment: { form: "boolean", default: true, check: onOrOff },
    forwardedHeadersEnabled: { form: "boolean", default: true, check: onOrOff },
    viewerRequestCode: { form: "text", emptyMeansUnset: true, check: viewerRequestCodeProblem },
    rateLimit: { form: "number", default: 2000, check: integer(10, 2_000_000_000, "requests in five minutes") },
    countedRules: {
        form: "list",
        default: [],
        check: countedRulesProblems,
    },
    firewall: {
        form: "group",
        always: true,
        fields: {
            mode: { form: "text", default: "block", check: choice("block", "count") },
            countedGroups: { form: "list", default: [], check: ruleGroupsProblems },
            blockedRules: { form: "list", default: [], check: blockedRulesProblems },
            allowedAddresses: { form: "list", default: [], check: allowedAddressesProblems },
            blockedAddresses: { form: "list", default: [], check: addressesProblems },
            allowedCountries: { form: "list", default: [], check: countriesProblems },
            blockedCountries: { form: "list", default: [], check: countriesProblems },
            exceptions: { form: "list", default: [], check: exceptionsProblems },
            ruleGroupArns: { form: "list", default: [], check: ruleGroupArnsProblems },
            versions: { form: "map", default: () => ({}), check: versionsProblems },
        } satisfies Record<keyof FirewallArgs, ValueSpec>,
        check: countriesTogetherProblems,
    },
    webAclArn: { form: "text", emptyMeansUnset: true, check: webAclProblem },
    webAclChangesIgnored: { form: "boolean", default: false, check: onOrOff },
    ...pagesSpecs,
    ...logsSpecs,
} satisfies Record<keyof EncryptedEdgeArgs, ArgumentSpec>;
