import { object, objects, texts } from "../../account";
import { namesOf, type Rule } from "../resource";
import { ttlOrder, whitelist } from "./distributionRules";

const parts = [
    ["cookiesConfig", "cookieBehavior", "cookies"],
    ["headersConfig", "headerBehavior", "headers"],
    ["queryStringsConfig", "queryStringBehavior", "queryStrings"],
] as const;

/** Source: CloudFront developer guide, "Quotas on policies": names in each part of a policy. */
const partRules = (place: string): Rule[] =>
    parts.flatMap(([config, behavior, items]): Rule[] => [
        { at: `${place}${config}`, ...whitelist(behavior, items) },
        {
            at: `${place}${config}.${items}`,
            code: `TooMany${items.charAt(0).toUpperCase()}${items.slice(1)}`,
            wrong: ({ items: names }) =>
                texts(names).length > 10 ? ["items", `has ${texts(names).length} names; AWS allows 10.`] : undefined,
        },
    ]);

export const cachePolicyRules: readonly Rule[] = [
    ...partRules("parametersInCacheKeyAndForwardedToOrigin."),
    {
        code: "InvalidArgument",
        wrong: ({ minTtl = 0, defaultTtl = 86400, maxTtl = 31536000 }) => ttlOrder({ minTtl, defaultTtl, maxTtl }),
    },
];

export const originRequestPolicyRules: readonly Rule[] = [
    ...partRules(""),
    {
        at: "headersConfig.headers",
        code: "InvalidArgument",
        form: [
            "items",
            /^(?!(authorization|accept-encoding)$)/i,
            "no Authorization and no Accept-Encoding here: use a cache policy for them",
        ],
    },
];

/** Headers that have settings of their own. Source: CloudFront developer guide, "Understand response headers policies". */
const securityHeaders =
    /^(strict-transport-security|content-security-policy|x-content-type-options|x-frame-options|referrer-policy|x-xss-protection)$/i;

export const responseHeadersPolicyRules: readonly Rule[] = [
    {
        code: "InvalidArgument",
        wrong: (policy) =>
            namesOf(policy).some((name) => name.endsWith("Config"))
                ? undefined
                : ["securityHeadersConfig", "One of the configurations of headers must be given; there is none."],
    },
    {
        at: "customHeadersConfig.items",
        code: "InvalidArgument",
        form: ["header", (name) => !securityHeaders.test(name), 'security headers in "securityHeadersConfig" only'],
    },
    {
        at: "customHeadersConfig",
        code: "TooManyCustomHeadersInResponseHeadersPolicy",
        wrong: ({ items }) =>
            objects(items).length > 10 ? ["items", `has ${objects(items).length} headers; AWS allows 10.`] : undefined,
    },
    {
        at: "corsConfig",
        code: "InvalidArgument",
        wrong: ({ accessControlAllowCredentials, accessControlAllowOrigins, accessControlAllowHeaders }) =>
            accessControlAllowCredentials === true &&
            [accessControlAllowOrigins, accessControlAllowHeaders].some((list) =>
                texts(object(list).items).includes("*"),
            )
                ? ["accessControlAllowCredentials", 'goes with no "*" in origins and headers.']
                : undefined,
    },
];
