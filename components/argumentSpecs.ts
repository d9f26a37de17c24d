import type { ArgumentSpec, Check } from "./argumentSpec";
import type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { countedRulesProblems } from "./firewallProblems";
import { defaultOriginDomainName, originNameProblem, viewerNameProblems, zoneNameProblem } from "./nameProblems";
import { id, subnetIdsProblems, zoneIdProblem } from "./networkProblems";
import { cachedPathsProblems, healthCheckPathProblem, matcherProblem } from "./pathProblems";
import { choice, integer } from "./valueProblems";
import { viewerRequestCodeProblem } from "./viewerRequestCode";

/** The periods that CloudWatch Logs offers. Source: CloudWatch Logs API reference, PutRetentionPolicy. */
const retentionPeriod = choice(
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
); // prettier-ignore

const onOrOff: Check = choice(true, false);

/**
 * The one table of the arguments of EncryptedEdge: their names, forms, defaults and checks. The messages, the keys of a
 * stack file and what the constructor works with come from it; what each argument means is said in EncryptedEdgeArgs.
 */
export const argumentSpecs = {
    hostedZoneName: { form: "text", required: true, check: zoneNameProblem },
    hostedZoneId: { form: "text", emptyMeansUnset: true, check: zoneIdProblem },
    domainNames: { form: "list", required: true, check: viewerNameProblems },
    originDomainName: {
        form: "text",
        emptyMeansUnset: true,
        default: (args: EncryptedEdgeArgs) => defaultOriginDomainName(args.hostedZoneName),
        // The default, too, may be a name of viewers.
        required: true,
        check: originNameProblem,
    },
    vpcId: { form: "text", required: true, emptyMeansUnset: true, check: id("vpc") },
    subnetIds: { form: "list", required: true, emptyMeansUnset: true, check: subnetIdsProblems },
    cloudFrontPrefixListId: { form: "text", emptyMeansUnset: true, check: id("pl") },
    forwardHostHeader: { form: "boolean", default: false, check: onOrOff },
    forwardedHeadersEnabled: { form: "boolean", default: true, check: onOrOff },
    viewerRequestCode: { form: "text", emptyMeansUnset: true, check: viewerRequestCodeProblem },
    cachedPaths: { form: "list", default: [], check: cachedPathsProblems },
    targetProtocol: { form: "text", default: "HTTPS", check: choice("HTTPS", "HTTP") },
    targetPort: {
        form: "number",
        emptyMeansUnset: true,
        default: ({ targetProtocol }: EncryptedEdgeArgs) => (targetProtocol === "HTTP" ? 80 : 443),
        check: integer(1, 65535, "port"),
    },
    targetType: { form: "text", default: "ip", check: choice("ip", "instance") },
    healthCheckPath: { form: "text", default: "/", check: healthCheckPathProblem },
    healthCheckMatcher: { form: "text", default: "200", check: matcherProblem },
    rateLimit: { form: "number", default: 2000, check: integer(10, 2_000_000_000, "requests in five minutes") },
    countedRules: {
        form: "list",
        default: ["AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY"],
        check: countedRulesProblems,
    },
    webAclLogRetentionInDays: { form: "number", default: 365, check: retentionPeriod },
    accessLogEnabled: { form: "boolean", default: true, check: onOrOff },
    accessLogRetentionInDays: { form: "number", default: 365, check: retentionPeriod },
    loadBalancerLogEnabled: { form: "boolean", default: true, check: onOrOff },
    loadBalancerLogRetentionInDays: { form: "number", default: 365, check: integer(1, 2_147_483_647, "days") },
    strictTransportSecurityMaxAge: { form: "number", default: 31_536_000, check: integer(0, 2_147_483_647, "seconds") },
    originSecretGeneration: { form: "number", default: 1, check: integer(1, Number.MAX_SAFE_INTEGER, "generation") },
    deletionProtection: { form: "boolean", default: true, check: onOrOff },
    waitForDeployment: { form: "boolean", default: true, check: onOrOff },
} satisfies Record<keyof EncryptedEdgeArgs, ArgumentSpec>;
