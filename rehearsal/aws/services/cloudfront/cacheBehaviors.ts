import { list, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { behaviors } from "./distributionRules";
import { managedPolicies } from "../../facts";
import { isKnown, type Operation, type Rule, ruleForms } from "../resource";

const { rule } = ruleForms();

const methods = [
    ["GET", "HEAD"],
    ["GET", "HEAD", "OPTIONS"],
    ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
];

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
];

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
