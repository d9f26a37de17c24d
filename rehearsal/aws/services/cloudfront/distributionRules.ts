import { list, object, objects, text, texts } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { constraintsOf } from "../../constraints";
import { doubled, isKnown, pluck, type Rule } from "../resource";

const behaviors = ["defaultCacheBehavior", "orderedCacheBehaviors"];
const forwarded = behaviors.map((behavior) => `${behavior}.forwardedValues`);

/** Source: CloudFront developer guide, "Create a custom error page for specific HTTP status codes". */
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** Source: CloudFront developer guide, "Create an origin group". */
const failoverCodes = [400, 403, 404, 416, 429, 500, 502, 503, 504];

/** Buckets, by the names that S3 gives them; websites of buckets are custom origins. */
const bucketName = /\.s3([.-][a-z0-9-]+)*\.amazonaws\.com$/;
const websiteName = /\.s3-website[.-][a-z0-9-]+\.amazonaws\.com$/;

/** ISO 3166-1 codes, as WAF's API lists them. */
const countries =
    constraintsOf("aws:wafv2/webAcl:WebAcl")["rules.statement.geoMatchStatement.countryCodes"]?.values ?? [];

const listed = (codes: readonly number[]) => codes.join(", ");

/** What joins the properties of a distribution. Source: CloudFront API reference, DistributionConfig and its parts. */
export const distributionRules: readonly Rule[] = [
    {
        at: "origins",
        code: "InvalidArgument",
        wrong(origin) {
            const isCustom = origin.customOriginConfig !== undefined || origin.vpcOriginConfig !== undefined;
            const name = text(origin.domainName);
            return isCustom || name === unknownValue || (bucketName.test(name) && !websiteName.test(name))
                ? undefined
                : ["domainName", `is "${name}", which is no bucket of S3. Give the origin a "customOriginConfig".`];
        },
    },
    {
        at: "origins",
        form: ["originPath", /^(\/.*[^/])?$/, "paths that begin with a slash and do not end with one"],
        code: "InvalidArgument",
    },
    {
        at: "origins",
        code: "InvalidArgument",
        wrong: ({ originAccessControlId, s3OriginConfig }) =>
            text(originAccessControlId) !== "" && text(object(s3OriginConfig).originAccessIdentity) !== ""
                ? ["originAccessControlId", "goes with no origin access identity. Give one of the two."]
                : undefined,
    },
    ...(["customOriginConfig", "vpcOriginConfig"] as const).map((block): Rule => ({
        at: "origins",
        code: "InvalidArgument",
        wrong: ({ responseCompletionTimeout: all, [block]: inner }) => {
            const { originReadTimeout: read } = object(inner);
            return typeof all === "number" && typeof read === "number" && all !== 0 && all < read
                ? ["responseCompletionTimeout", `is ${all}, less than "originReadTimeout", which is ${read}.`]
                : undefined;
        },
    })),
    {
        at: "originGroups",
        code: "InvalidArgument",
        wrong: ({ members }) => {
            const ids = pluck(members, "originId");
            return Array.isArray(members) && (ids.length !== 2 || doubled(ids) !== undefined)
                ? ["members", `has ${ids.length} members; AWS needs two different origins.`]
                : undefined;
        },
    },
    {
        at: "originGroups",
        code: "NoSuchOrigin",
        wrong: ({ members }, { origins }) => {
            const known = pluck(origins, "originId");
            const missing = pluck(members, "originId").find((id) => isKnown(id) && !known.includes(id));
            return missing === undefined || known.includes(unknownValue)
                ? undefined
                : ["members", `names "${text(missing)}"; the origins are ${known.map(String).join(", ")}.`];
        },
    },
    {
        at: "originGroups.failoverCriteria",
        code: "InvalidArgument",
        wrong: ({ statusCodes }) => {
            const codes = list(statusCodes);
            const wrong = codes.find((code) => typeof code === "number" && !failoverCodes.includes(code));
            return Array.isArray(statusCodes) && codes.length === 0
                ? ["statusCodes", "is empty. Give it one code at least."]
                : wrong === undefined
                  ? undefined
                  : ["statusCodes", `has ${Number(wrong)}; AWS allows ${listed(failoverCodes)}.`];
        },
    },
    {
        at: behaviors,
        code: "InvalidArgument",
        wrong: ({ targetOriginId, allowedMethods }, { originGroups }) =>
            pluck(originGroups, "originId").includes(targetOriginId) && texts(allowedMethods).includes("POST")
                ? ["allowedMethods", "must be GET, HEAD and OPTIONS at most, because the target is an origin group."]
                : undefined,
    },
    {
        at: behaviors,
        code: "InvalidArgument",
        wrong: ({ minTtl, defaultTtl, maxTtl }) => ttlOrder({ minTtl, defaultTtl, maxTtl }),
    },
    { at: forwarded.map((at) => `${at}.cookies`), ...whitelist("forward", "whitelistedNames") },
    {
        at: behaviors.map((behavior) => `${behavior}.lambdaFunctionAssociations`),
        code: "InvalidLambdaFunctionAssociation",
        form: [
            "lambdaArn",
            /^arn:aws:lambda:us-east-1:\d{12}:function:[\w-]+:\d+$/,
            "ARNs of numbered versions of functions in us-east-1",
        ],
    },
    {
        at: "customErrorResponses",
        code: "InvalidErrorCode",
        wrong: ({ errorCode }) =>
            typeof errorCode === "number" && !errorCodes.includes(errorCode)
                ? ["errorCode", `is ${errorCode}; AWS allows ${listed(errorCodes)}.`]
                : undefined,
    },
    {
        at: "customErrorResponses",
        code: "InvalidResponseCode",
        wrong: ({ responseCode, responsePagePath }) =>
            (responseCode === undefined) !== (responsePagePath === undefined)
                ? [
                      responseCode === undefined ? "responseCode" : "responsePagePath",
                      'is missing: "responseCode" and "responsePagePath" go together.',
                  ]
                : typeof responseCode === "number" && ![200, ...errorCodes].includes(responseCode)
                  ? ["responseCode", `is ${responseCode}; AWS allows ${listed([200, ...errorCodes])}.`]
                  : undefined,
    },
    {
        at: "customErrorResponses",
        code: "InvalidArgument",
        form: ["responsePagePath", /^\/./, "paths that begin with a slash"],
    },
    {
        code: "InvalidArgument",
        wrong: ({ customErrorResponses }) => {
            const twice = doubled(pluck(customErrorResponses, "errorCode"));
            return twice === undefined ? undefined : ["customErrorResponses", `has the code ${Number(twice)} twice.`];
        },
    },
    {
        at: "restrictions.geoRestriction",
        code: "InvalidGeoRestrictionParameter",
        wrong: ({ restrictionType: type, locations }) =>
            type === "none" && texts(locations).length > 0
                ? ["locations", 'must be empty where "restrictionType" is "none".']
                : (type === "whitelist" || type === "blacklist") && (locations === undefined || isEmpty(locations))
                  ? ["locations", `is empty, and the "${type}" needs one country at least.`]
                  : undefined,
    },
    {
        at: "restrictions.geoRestriction",
        code: "InvalidGeoRestrictionParameter",
        form: ["locations", (code) => countries.includes(code), "codes of ISO 3166-1 in capitals, such as DE"],
    },
    {
        at: "viewerCertificate",
        code: "InvalidViewerCertificate",
        wrong: ({ acmCertificateArn, iamCertificateId, cloudfrontDefaultCertificate }) =>
            acmCertificateArn === undefined &&
            iamCertificateId === undefined &&
            isKnownFalse(cloudfrontDefaultCertificate)
                ? [
                      "acmCertificateArn",
                      'One of "acmCertificateArn", "iamCertificateId" and "cloudfrontDefaultCertificate" must be given; there is none.',
                  ]
                : undefined,
    },
    { at: "viewerCertificate", atMostOne: ["acmCertificateArn", "iamCertificateId"] },
    {
        at: "viewerCertificate",
        wrong: ({ acmCertificateArn, iamCertificateId, cloudfrontDefaultCertificate }) =>
            cloudfrontDefaultCertificate === true && (acmCertificateArn ?? iamCertificateId) !== undefined
                ? ["cloudfrontDefaultCertificate", "conflicts with a certificate of your own. Give one of the two."]
                : undefined,
    },
    {
        code: "InvalidArgument",
        form: [
            "aliases",
            /^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i,
            'names such as "www.example.com" or "*.example.com"',
        ],
    },
    {
        code: "InvalidArgument",
        wrong: ({ aliases }) => {
            const twice = doubled(texts(aliases));
            return twice === undefined ? undefined : ["aliases", `has ${text(twice)} twice.`];
        },
    },
    {
        at: "loggingConfig",
        code: "InvalidArgument",
        form: [
            "bucket",
            /\.s3([.-][a-z0-9-]+)?\.amazonaws\.com$/,
            "domain names of buckets, such as logs.s3.amazonaws.com",
        ],
    },
    {
        code: "InvalidArgument",
        wrong: ({ originGroups }) =>
            objects(originGroups).length > 10
                ? ["originGroups", `has ${objects(originGroups).length} groups; AWS allows 10.`]
                : undefined,
    },
];

function isEmpty(list: unknown): boolean {
    return Array.isArray(list) && list.length === 0;
}

function isKnownFalse(value: unknown): boolean {
    return value === undefined || value === false;
}

/** Source: CloudFront developer guide, "Manage how long content stays in the cache". */
export function ttlOrder({ minTtl, defaultTtl, maxTtl }: Values): readonly [string, string] | undefined {
    const more = (one: unknown, other: unknown) => typeof one === "number" && typeof other === "number" && one > other;
    return more(minTtl, defaultTtl)
        ? ["minTtl", `is ${Number(minTtl)}, more than "defaultTtl", which is ${Number(defaultTtl)}.`]
        : more(defaultTtl, maxTtl)
          ? ["defaultTtl", `is ${Number(defaultTtl)}, more than "maxTtl", which is ${Number(maxTtl)}.`]
          : undefined;
}

/** A list of names is given where the behavior says that there is one, and nowhere else. */
export function whitelist(behavior: string, items: string): Rule {
    return {
        code: "InvalidArgument",
        wrong: (value) => {
            const names = [value[items]].flatMap((given) =>
                Array.isArray(given) ? given : (object(given).items ?? []),
            ) as unknown[];
            const unknown =
                !isKnown(value[behavior]) ||
                value[items] === unknownValue ||
                object(value[items]).items === unknownValue;
            const needed =
                value[behavior] === "whitelist" ||
                value[behavior] === "allExcept" ||
                value[behavior] === "allViewerAndWhitelistCloudFront";
            return unknown || needed === names.length > 0
                ? undefined
                : needed
                  ? [items, `is empty, and "${text(value[behavior])}" needs one name at least.`]
                  : [items, `goes with no "${text(value[behavior])}". Leave it out, or write "whitelist".`];
        },
    };
}

/** Refuses access controls and key groups that are missing. @returns code and words; undefined where all are there. */
export function missingReferences(values: Values, exists: (kind: string, id: string) => boolean) {
    for (const origin of objects(values.origins)) {
        const control = text(origin.originAccessControlId);
        if (control !== "" && !exists("OriginAccessControl", control)) {
            return ["NoSuchOriginAccessControl", `The origin access control ${control} does not exist.`] as const;
        }
        const identity = text(object(origin.s3OriginConfig).originAccessIdentity).replace(
            /^origin-access-identity\/cloudfront\//,
            "",
        );
        if (identity !== "" && !exists("OriginAccessIdentity", identity)) {
            return ["InvalidOriginAccessIdentity", `The origin access identity ${identity} does not exist.`] as const;
        }
    }
    for (const behavior of [object(values.defaultCacheBehavior), ...objects(values.orderedCacheBehaviors)]) {
        const group = texts(behavior.trustedKeyGroups).find((id) => !exists("KeyGroup", id));
        if (group !== undefined) {
            return ["TrustedKeyGroupDoesNotExist", `The key group ${group} does not exist.`] as const;
        }
    }
    return undefined;
}
