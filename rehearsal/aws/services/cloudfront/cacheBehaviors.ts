import { type Account, text, texts } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { checkAssociations } from "./functions";
import { managedPolicies } from "../../facts";
import { refusals, type Report } from "../resource";

const refuse = refusals("CloudFront");

const methods = [
    ["GET", "HEAD"],
    ["GET", "HEAD", "OPTIONS"],
    ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
];

/** Source: CloudFront developer guide, "Quotas", cache behaviors per distribution; the default one is counted too. */
const behaviorsQuota = 75;

/** Source: CloudFront developer guide, "Cache behavior settings", path pattern. */
const pathPattern = /^[\w\-.*$/~"'@:+&?]{1,255}$/;

export function checkPathPatterns(behaviors: readonly Values[], action: string): void {
    if (behaviors.length + 1 > behaviorsQuota) {
        refuse(
            action,
            "TooManyCacheBehaviors",
            `The number of cache behaviors exceeds the limit. (${behaviors.length + 1} of ${behaviorsQuota}, the default one counted.)`,
        );
    }
    const patterns = behaviors.map((behavior) => text(behavior.pathPattern));
    patterns.forEach((pattern, index) => {
        if (!pathPattern.test(pattern)) {
            refuse(action, "InvalidArgument", `The parameter PathPattern contains invalid characters: ${pattern}`);
        }
        if (patterns.indexOf(pattern) < index) {
            refuse(action, "InvalidArgument", `The parameter PathPattern is duplicated: ${pattern}`);
        }
    });
}

export function checkBehavior(behavior: Values, path: string, report: Report): void {
    checkAssociations(behavior, path, report);
    for (const name of ["allowedMethods", "cachedMethods"]) {
        const given = texts(behavior[name]);
        const allowed = name === "allowedMethods" ? methods : methods.slice(0, 2);
        if (
            given.length > 0 &&
            !given.includes(unknownValue) &&
            !allowed.some((set) => set.join() === [...given].sort().join())
        ) {
            report(
                `${path}.${name}`,
                `is ${given.join(", ")}; AWS allows ${allowed.map((set) => set.join(", ")).join("; or ")}.`,
            );
        }
    }
    if (behavior.cachePolicyId !== undefined && behavior.forwardedValues !== undefined) {
        report(`${path}.forwardedValues`, 'conflicts with "cachePolicyId". Give one of the two.');
    }
    if (
        Object.keys(behavior).length > 0 &&
        behavior.cachePolicyId === undefined &&
        behavior.forwardedValues === undefined
    ) {
        report(`${path}.cachePolicyId`, 'One of "cachePolicyId" and "forwardedValues" must be given; there is none.');
    }
}

export function checkPolicies(account: Account, behavior: Values, action: string): void {
    const words = {
        CachePolicy: ["cachePolicyId", "cache policy"],
        OriginRequestPolicy: ["originRequestPolicyId", "origin request policy"],
        ResponseHeadersPolicy: ["responseHeadersPolicyId", "response headers policy"],
    } as const;
    for (const [kind, [property, title]] of Object.entries(words)) {
        const id = text(behavior[property]);
        const managed = managedPolicies[kind as keyof typeof words];
        if (id !== "" && !managed.has(id) && account.all(kind).every((record) => record.id !== id)) {
            refuse(action, `NoSuch${kind}`, `The specified ${title} does not exist.`, 404);
        }
    }
}
