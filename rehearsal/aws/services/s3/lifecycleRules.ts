import { object, objects, text } from "../../account";
import { doubled, isKnown, namesOf, pluck, type Rule } from "../resource";

const actions = [
    "abortIncompleteMultipartUpload",
    "expiration",
    "noncurrentVersionExpiration",
    "noncurrentVersionTransitions",
    "transitions",
];

const positive = (at: string, property: string, least = 1): Rule => ({
    at,
    code: "InvalidArgument",
    wrong: ({ [property]: days }) =>
        typeof days === "number" && (!Number.isInteger(days) || days < least)
            ? [property, `is ${days}; AWS allows whole numbers from ${least} on.`]
            : undefined,
});

/** Source: S3 API reference, PutBucketLifecycleConfiguration, LifecycleRule and its parts; the provider. */
export const lifecycleRules: readonly Rule[] = [
    {
        code: "InvalidRequest",
        wrong: ({ rules }) => {
            const twice = doubled(pluck(rules, "id"));
            return objects(rules).length > 1000
                ? ["rules", `has ${objects(rules).length} rules; AWS allows 1000.`]
                : twice === undefined
                  ? undefined
                  : ["rules", `has the id ${text(twice)} twice.`];
        },
    },
    {
        at: "rules",
        code: "InvalidRequest",
        wrong: (rule) =>
            actions.every((name) => rule[name] === undefined)
                ? [
                      "expiration",
                      `One of ${actions.map((name) => `"${name}"`).join(", ")} must be given; there is none.`,
                  ]
                : undefined,
    },
    { at: "rules", form: ["id", /^[^]{1,255}$/, "1 to 255 characters"] },
    { at: "rules", atMostOne: ["filter", "prefix"] },
    {
        at: "rules.filter",
        wrong: (filter) =>
            namesOf(filter).filter((name) => filter[name] !== "").length > 1
                ? [namesOf(filter)[1] ?? "", 'goes with no other condition. Put several into "and".']
                : undefined,
    },
    { at: "rules.expiration", atMostOne: ["date", "days", "expiredObjectDeleteMarker"] },
    positive("rules.noncurrentVersionExpiration", "noncurrentDays"),
    positive("rules.noncurrentVersionTransitions", "noncurrentDays", 0),
    positive("rules.abortIncompleteMultipartUpload", "daysAfterInitiation"),
    positive("rules.transitions", "days", 0),
    { at: "rules.transitions", atMostOne: ["date", "days"] },
    {
        at: "rules.transitions",
        code: "InvalidArgument",
        wrong: ({ days, storageClass }) =>
            typeof days === "number" && days < 30 && /^(STANDARD|ONEZONE)_IA$/.test(text(storageClass))
                ? ["days", `is ${days}; objects stay 30 days at least before they go to ${text(storageClass)}.`]
                : undefined,
    },
    {
        at: "rules",
        code: "InvalidArgument",
        wrong: ({ expiration, transitions }) => {
            const { days } = object(expiration);
            const later = objects(transitions).find((each) => Number(each.days) >= Number(days));
            return typeof days === "number" && isKnown(transitions) && later !== undefined
                ? [
                      "expiration",
                      `comes after ${days} days, and a transition after ${Number(later.days)}: it must come later.`,
                  ]
                : undefined;
        },
    },
    ...["rules.expiration", "rules.transitions"].map((at): Rule => ({
        at,
        form: ["date", /^\d{4}-\d\d-\d\dT00:00:00Z$/, "midnight in UTC, such as 2030-01-31T00:00:00Z"],
    })),
];
