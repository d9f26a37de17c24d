import type { Properties, Typings, ValueType } from "../../rehearsal/provider";
import { constraintPath } from "../../rehearsal/aws/constraints";
import { type Found, merge } from "./merge";
import { elementOf } from "./shapes";

/** Enumerations and bounds by type and path. */
export type Answers = Readonly<
    Record<string, Readonly<Record<string, readonly string[] | { min: number | null; max: number | null }>>>
>;

/** Where the provider names a list and takes other forms as well, percentiles beside statistics; or names that of its neighbour. */
const alternatives = new Set([
    "aws:cloudwatch/metricAlarm:MetricAlarm metricQueries.metric.stat",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration rules.transitions.date",
]);

/** What the provider answered, where the input is of a kind that the answer can be about. */
export function answered(typings: Typings, type: string, answers: Answers[string]): Found {
    const found: Found = {};
    for (const [at, answer] of Object.entries(answers)) {
        const place = constraintPath(at);
        const kind = kindAt(typings, type, at);
        const isList = "length" in answer;
        if (alternatives.has(`${type} ${place}`)) {
            continue;
        }
        // A list with a word twice is a sentence that was taken apart; one for numbers goes on in words: "or a multiple of 60".
        if (isList && kind === "string" && new Set(answer).size === answer.length) {
            merge(found, place, { values: answer });
        } else if (!isList && kind === "number") {
            merge(found, place, { between: [answer.min, answer.max] });
        }
    }
    return found;
}

function kindAt(typings: Typings, type: string, at: string): ValueType["kind"] | undefined {
    let properties: Properties = typings.resource(type)?.inputs ?? {};
    let kind: ValueType | undefined;
    for (const step of at.split(".")) {
        const property = properties[step];
        kind = property === undefined ? undefined : elementOf(property.type);
        properties = kind?.kind === "object" ? typings.object(kind.name) : {};
    }
    return kind?.kind;
}
