import { securityHub } from "./controls";
import { applicationProtocol, LISTENER_TYPES, listenerSecurityPolicies, ofNewPolicies } from "../aws";
import { cannotTell, texts, violation } from "../finding";
import { Read } from "../graph";
import type { ResourceRule } from "../rule";
import { isPolicyElsewhere } from "../translation";

/** What the rule says. */
export const messages = {
    nothingAllowed:
        "The setting securityPolicies of alb-listener-security-policy is empty, so no security policy is accepted. List the ones to accept, or remove the setting.",
    mayBeRecommended: "the listener uses a recommended security policy",
    missing: "missing (AWS's default is ELBSecurityPolicy-2016-08, which accepts TLS 1.0)",
    notRecommended: (path: string, value: string, first: string, allowed: readonly string[]) =>
        `${path} is ${value}. Write "${first}", or one of: ${allowed.join(", ")}.`,
    accepts: (what: string) => `, which accepts ${what}`,
    notInSetting: ", which the setting securityPolicies does not list",
    notOfSecurityHub: ", which Security Hub's ELB.17 does not accept",
};

const recommended = [
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
];
const best = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/**
 * What policies accept that AWS recommends no longer. Source: User Guide for Application Load Balancers, "Security
 * policies for your Application Load Balancer", protocols and ciphers by policy.
 */
const weaknesses: readonly (readonly [pattern: RegExp, accepted: string])[] = [
    [/^ELBSecurityPolicy-(2016-08|2015-05|FS-2018-06|TLS-1-0-|TLS13-1-0-)/, "TLS 1.0"],
    [/^ELBSecurityPolicy-(TLS-1-1-|FS-1-1-|TLS13-1-1-)/, "TLS 1.1"],
    [/^ELBSecurityPolicy-(TLS-1-2-|TLS13-1-2-Ext[12]-(?!FIPS|RFC))/, "cipher suites without forward secrecy"],
    [/^ELBSecurityPolicy-(FS-1-2-(Res-)?2019-08|TLS13-1-2-(PQ-)?20)/, "cipher suites in CBC mode"],
];

function whyNot(policy: Read, allowed: readonly string[]): string {
    if (allowed.join() !== recommended.join()) {
        return messages.notInSetting;
    }
    const [, accepted] = weaknesses.find(([pattern]) => pattern.test(policy.text ?? "")) ?? [];
    return accepted === undefined ? messages.notOfSecurityHub : messages.accepts(accepted);
}

/** The load balancer negotiates only TLS versions and cipher suites that AWS recommends. */
export const albListenerSecurityPolicy: ResourceRule = {
    scope: "resource",
    name: "alb-listener-security-policy",
    displayName: "An HTTPS listener uses a recommended security policy",
    description:
        "Every HTTPS listener of an application load balancer uses a security policy that AWS recommends (Security Hub's list in ELB.17).",
    level: "advisory",
    severity: "medium",
    controls: securityHub("ELB.17"),
    remediationSteps: `Set sslPolicy to "${best}". Behind CloudFront, do not use a policy with TLS 1.3 only: CloudFront lists only TLS 1.2 cipher suites for origins.`,
    types: LISTENER_TYPES,
    settings: {
        securityPolicies: {
            type: "array",
            items: { type: "string", examples: listenerSecurityPolicies.known },
            minItems: 1,
            description: `Accepted security policies; the default is the list of ELB.17. ${ofNewPolicies}`,
            default: recommended,
        },
    },
    namesInSettings: { securityPolicies: listenerSecurityPolicies },
    evaluate(listener, report, settings) {
        const protocol = applicationProtocol(listener);
        if (protocol?.text?.toUpperCase() !== "HTTPS" || isPolicyElsewhere(listener)) {
            return;
        }
        const allowed = texts(settings.securityPolicies, recommended);
        const [firstAllowed] = allowed;
        const policy = Read.of(listener).at("sslPolicy");
        if (firstAllowed === undefined) {
            violation(report, listener, policy, messages.nothingAllowed);
        } else if (policy.isUnknown) {
            cannotTell(report, listener, policy, messages.mayBeRecommended);
        } else if (!allowed.includes(policy.text ?? "")) {
            const value = policy.isAbsent ? messages.missing : `${policy.shown()}${whyNot(policy, allowed)}`;
            const first = allowed.includes(best) ? best : firstAllowed;
            violation(report, listener, policy, messages.notRecommended(policy.path, value, first, allowed));
        }
    },
};
