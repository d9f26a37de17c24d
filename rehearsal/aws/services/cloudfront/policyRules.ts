import { object, texts } from "../../account";
import { headerLists, isAmong } from "../../facts";
import { unknownValue } from "../../../provider";
import { isKnown, namesOf, type Rule, ruleForms } from "../resource";
import { whitelist } from "./distributionRules";

const parts = [
    ["cookiesConfig", "cookieBehavior", "cookies"],
    ["headersConfig", "headerBehavior", "headers"],
    ["queryStringsConfig", "queryStringBehavior", "queryStrings"],
] as const;

const token = /^[\w!#$%&'*+.^`|~-]+$/;

const { form, ordered, rule } = ruleForms("InvalidArgument");

const partRules = (place: string): Rule[] =>
    parts.map(([config, behavior, items]) => ({ at: `${place}${config}`, ...whitelist(behavior, items) }));

export const cachePolicyRules: readonly Rule[] = [
    ...partRules("parametersInCacheKeyAndForwardedToOrigin."),
    form(
        "parametersInCacheKeyAndForwardedToOrigin.headersConfig.headers.items",
        (name) => !isAmong(headerLists.notInPolicies, name),
        "no headers that CloudFront sets itself. For compression, write enableAcceptEncodingGzip",
    ),
    // AWS: "The parameter HeaderBehavior is invalid for policy with caching disabled."
    rule("parametersInCacheKeyAndForwardedToOrigin", (key, { maxTtl }) => {
        const names = namesOf(key).filter((name) => {
            const part = object(key)[name];
            const behavior = Object.entries(object(part)).find(([each]) => each.endsWith("Behavior"))?.[1];
            return part === true || (typeof behavior === "string" && behavior !== "none" && behavior !== unknownValue);
        });
        return maxTtl === 0 && names.length > 0
            ? `has ${names.join(", ")}, which a policy without caching ("maxTtl" 0) does not have.`
            : undefined;
    }),
    {
        code: "InvalidArgument",
        wrong: ({ minTtl = 0, defaultTtl = 86400, maxTtl = 31536000 }, inputs) =>
            ordered("minTtl", "defaultTtl", "maxTtl").wrong?.({ minTtl, defaultTtl, maxTtl }, inputs),
    },
];

export const originRequestPolicyRules: readonly Rule[] = [
    ...partRules(""),
    form(
        "headersConfig.headers.items",
        (name) => !/^authorization$/i.test(name) && !isAmong(headerLists.notInPolicies, name),
        "no Authorization and no Accept-Encoding here, nor headers that CloudFront sets itself: use a cache policy for the two",
    ),
    rule("headersConfig.headers.items", (items, _, { headersConfig }) =>
        object(headersConfig).headerBehavior === "allViewerAndWhitelistCloudFront" &&
        isKnown(items) &&
        texts(items).some((name) => !/^cloudfront-/i.test(name))
            ? `has ${texts(items).join(", ")}; beside all headers of viewers AWS allows those that begin with "CloudFront-".`
            : undefined,
    ),
];

export const responseHeadersPolicyRules: readonly Rule[] = [
    form(
        "customHeadersConfig.items.header",
        (name) => !isAmong(headerLists.security, name),
        'security headers in "securityHeadersConfig" only',
    ),
    ...["customHeadersConfig", "removeHeadersConfig"].flatMap((config) => [
        form(
            `${config}.items.header`,
            (name) => token.test(name) && !isAmong(headerLists.notInAnswers, name),
            "names of headers, but not of those that CloudFront sets itself",
        ),
    ]),
];
