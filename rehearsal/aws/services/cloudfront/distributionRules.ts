import { object, text, texts } from "../../account";
import { unknownValue } from "../../../provider";
import { countries } from "../../constraints";
import { isKnown, pluck, type Rule, ruleForms } from "../resource";

export const behaviors = ["defaultCacheBehavior", "orderedCacheBehaviors"];

/** Buckets, by the names that S3 gives them; websites of buckets are custom origins. */
const bucketName = /\.s3([.-][a-z0-9-]+)*\.amazonaws\.com$/;
const websiteName = /\.s3-website[.-][a-z0-9-]+\.amazonaws\.com$/;

const { rule } = ruleForms("InvalidArgument");
const geo = ruleForms("InvalidGeoRestrictionParameter");
const ofBehaviors = (make: (behavior: string) => readonly Rule[]) => behaviors.flatMap(make);

/** What joins the properties of a distribution. Source: CloudFront API reference, DistributionConfig and its parts. */
export const distributionRules: readonly Rule[] = [
    rule("origins.domainName", (domainName, { customOriginConfig, vpcOriginConfig }) => {
        const name = text(domainName);
        return (customOriginConfig ?? vpcOriginConfig) !== undefined ||
            (bucketName.test(name) && !websiteName.test(name))
            ? undefined
            : `is "${name}", which is no bucket of S3. Give the origin a "customOriginConfig".`;
    }),
    ...["customOriginConfig", "vpcOriginConfig"].map((block) =>
        rule("origins.responseCompletionTimeout", (all, { [block]: inner }) => {
            const { originReadTimeout: read = 30 } = object(inner);
            return inner !== undefined && typeof all === "number" && typeof read === "number" && all !== 0 && all < read
                ? `is ${all}, less than "originReadTimeout", which is ${read}.`
                : undefined;
        }),
    ),
    rule("originGroups.members", (members, _, { origins }) => {
        const known = pluck(origins, "originId");
        const missing = pluck(members, "originId").find((id) => isKnown(id) && !known.includes(id));
        return missing === undefined || known.includes(unknownValue)
            ? undefined
            : `names "${text(missing)}"; the origins are ${known.map(String).join(", ")}.`;
    }),
    ...ofBehaviors((behavior) => [
        rule(`${behavior}.allowedMethods`, (methods, { targetOriginId }, { originGroups }) =>
            pluck(originGroups, "originId").includes(targetOriginId) && texts(methods).includes("POST")
                ? "must be GET, HEAD and OPTIONS at most, because the target is an origin group."
                : undefined,
        ),
        rule(`${behavior}.cachedMethods`, (methods, { allowedMethods }) => {
            const more = texts(methods).find((method) => !texts(allowedMethods).includes(method));
            return more === undefined || !isKnown(allowedMethods) || !isKnown(methods)
                ? undefined
                : `has ${more}, which "allowedMethods" has not.`;
        }),
        rule(`${behavior}.grpcConfig`, (grpc, { allowedMethods }, { httpVersion = "http2" }) =>
            object(grpc).enabled === true &&
            (!(isKnown(allowedMethods) && texts(allowedMethods).includes("POST")) || !text(httpVersion).includes("2"))
                ? "needs HTTP/2 and all methods, POST among them."
                : undefined,
        ),
        { at: `${behavior}.forwardedValues.cookies`, ...whitelist("forward", "whitelistedNames") },
    ]),
    geo.form(
        "restrictions.geoRestriction.locations",
        (code) => countries.includes(code),
        "codes of ISO 3166-1 in capitals, such as DE",
    ),
];

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
