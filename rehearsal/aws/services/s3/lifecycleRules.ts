import { object, objects, text } from "../../account";
import { isKnown, namesOf, type Rule, ruleForms } from "../resource";

/** From where objects go down only. */
const classes = ["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"];

const { rule } = ruleForms("InvalidArgument");

/** Source: S3 API reference, PutBucketLifecycleConfiguration, LifecycleRule and its parts; the provider. */
export const lifecycleRules: readonly Rule[] = [
    {
        at: "rules.filter",
        wrong: (filter) =>
            namesOf(filter).filter((name) => filter[name] !== "").length > 1
                ? [namesOf(filter)[1] ?? "", 'goes with no other condition. Put several into "and".']
                : undefined,
    },
    rule("rules.filter.and.objectSizeLessThan", (less, { objectSizeGreaterThan: greater }) =>
        typeof less === "number" && typeof greater === "number" && less <= greater
            ? `is ${less}, which must be more than "objectSizeGreaterThan", which is ${greater}.`
            : undefined,
    ),
    // What belongs to no single object is chosen by its prefix alone.
    rule("rules.filter", (filter, { abortIncompleteMultipartUpload: abort, expiration }) => {
        const all = { ...object(filter), ...object(object(filter).and) };
        const chosen = namesOf(all).find((name) => /^(tags?|objectSize)/.test(name));
        return chosen !== undefined && (abort ?? object(expiration).expiredObjectDeleteMarker) !== undefined
            ? `has "${chosen}", which incomplete uploads and delete markers do not have. Choose them by "prefix".`
            : undefined;
    }),
    // Source: S3 user guide, "Supported lifecycle transitions".
    rule("rules.transitions", (transitions) => {
        const order = objects(transitions).filter((each) => typeof each.days === "number");
        order.sort((one, other) => Number(one.days) - Number(other.days));
        const names = order.map(({ storageClass }) => text(storageClass));
        const back = names.findIndex(
            (name, at) => at > 0 && classes.indexOf(name) < classes.indexOf(names[at - 1] ?? ""),
        );
        const soon = order.findIndex(
            ({ days }, at) => /_IA$/.test(names[at - 1] ?? "") && Number(days) < Number(order[at - 1]?.days) + 30,
        );
        return back >= 0
            ? `goes back from ${names[back - 1]} to ${names[back]}.`
            : soon >= 0
              ? `leaves ${names[soon - 1]} for ${names[soon]} within 30 days; AWS allows that after 30 days.`
              : undefined;
    }),
    rule("rules.expiration", (expiration, { transitions }) => {
        const { days } = object(expiration);
        const later = objects(transitions).find((each) => Number(each.days) >= Number(days));
        return typeof days === "number" && isKnown(transitions) && later !== undefined
            ? `comes after ${days} days, and a transition after ${Number(later.days)}: it must come later.`
            : undefined;
    }),
    // Source: CloudFormation template reference, AWS::S3::Bucket Rule: the same unit for expiration and transitions.
    rule("rules.transitions", (transitions, { expiration }) => {
        const times = objects([expiration, ...objects(transitions)]);
        return ["date", "days"].every((unit) => times.some((each) => each[unit] !== undefined))
            ? 'and "expiration" mix dates and days: write one of the two in both.'
            : undefined;
    }),
];
