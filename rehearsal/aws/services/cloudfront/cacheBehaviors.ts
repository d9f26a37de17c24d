import { list, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { behaviors } from "./distributionRules";
import { managedPolicies } from "../../facts";
import { doubled, isKnown, type Operation, type Rule, ruleForms } from "../resource";

const { rule } = ruleForms();

const methods = [
    ["GET", "HEAD"],
    ["GET", "HEAD", "OPTIONS"],
    ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
];

/** Source: CloudFront developer guide, "Quotas", cache behaviors per distribution; the default one is counted too. */
const behaviorsQuota = 75;

/** Source: CloudFront developer guide, "Cache behavior settings", path pattern. */
const pathPattern = /^[\w\-.*$/~"'@:+&?]{1,255}$/;

/** Source: CloudFront API reference, AllowedMethods, CachedMethods and DefaultCacheBehavior; the provider. */
export const behaviorRules: readonly Rule[] = [
    ...behaviors.flatMap((behavior) =>
        [
            ["allowedMethods", methods],
            ["cachedMethods", methods.slice(0, 2)],
        ].map(([name, allowed]) =>
            rule(`${behavior}.${String(name)}`, (given) =>
                texts(given).length === 0 ||
                !isKnown(given) ||
                list(allowed).some((set) => texts(set).join() === texts(given).sort().join())
                    ? undefined
                    : `is ${texts(given).join(", ")}; AWS allows ${list(allowed)
                          .map((set) => texts(set).join(", "))
                          .join("; or ")}.`,
            ),
        ),
    ),
    { at: behaviors, exactlyOne: ["cachePolicyId", "forwardedValues"] },
    // Source: CloudFront developer guide, "Use field-level encryption to help protect sensitive data".
    ...behaviors.map((behavior) =>
        rule(
            `${behavior}.fieldLevelEncryptionId`,
            (id, { allowedMethods, viewerProtocolPolicy }) =>
                text(id) !== "" &&
                isKnown(allowedMethods) &&
                (texts(allowedMethods).length < 7 || viewerProtocolPolicy === "allow-all")
                    ? "needs all methods, POST among them, and viewers by HTTPS."
                    : undefined,
            "IllegalFieldLevelEncryptionConfigAssociationWithCacheBehavior",
        ),
    ),
];

export function checkPathPatterns({ refuseIf }: Operation, ordered: readonly Values[]): void {
    refuseIf(
        ordered.length + 1 > behaviorsQuota,
        "TooManyCacheBehaviors",
        `The number of cache behaviors exceeds the limit. (${ordered.length + 1} of ${behaviorsQuota}, the default one counted.)`,
    );
    const patterns = ordered.map((behavior) => text(behavior.pathPattern));
    const wrong = patterns.find((pattern) => !pathPattern.test(pattern));
    refuseIf(wrong !== undefined, "InvalidArgument", `The parameter PathPattern contains invalid characters: ${wrong}`);
    const twice = doubled(patterns);
    refuseIf(twice !== undefined, "InvalidArgument", `The parameter PathPattern is duplicated: ${text(twice)}`);
}

const kinds = [
    ["CachePolicy", "cachePolicyId", "cache policy"],
    ["OriginRequestPolicy", "originRequestPolicyId", "origin request policy"],
    ["ResponseHeadersPolicy", "responseHeadersPolicyId", "response headers policy"],
] as const;

export function checkPolicies({ account, refuseIf }: Operation, behavior: Values): void {
    for (const [kind, property, title] of kinds) {
        const id = text(behavior[property]);
        refuseIf(
            id !== "" && !managedPolicies[kind].has(id) && account.find(kind, id) === undefined,
            `NoSuch${kind}`,
            `The specified ${title} does not exist.`,
        );
    }
}
