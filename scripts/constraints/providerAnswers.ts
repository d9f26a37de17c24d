import type { Properties, Typings, ValueType } from "../../rehearsal/provider";
import { type Constraint, constraintPath, type Relation } from "../../rehearsal/aws/constraints";
import { type Found, merge } from "./merge";
import further from "./furtherAnswers.json";
import { elementOf } from "./shapes";

type Answer = readonly string[] | { min: number | null; max: number | null } | Pick<Constraint, "length" | "pattern">;

/** Enumerations, bounds, lengths and forms by type and path. */
export type Answers = Readonly<Record<string, Readonly<Record<string, Answer>>>>;

/** Where the provider names a list and takes other forms as well, percentiles beside statistics; or names that of its neighbour. */
const alternatives = new Set([
    "aws:cloudwatch/metricAlarm:MetricAlarm metricQueries.metric.stat",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration rules.transitions.date",
]);

/** What the provider answered of types that the first round had left out, and of inputs that go together or do not. */
const more = further as unknown as { values: Answers; relations: Readonly<Record<string, readonly Relation[]>> };

/** The types that only these answers are about. */
export const furtherTypes = Object.keys(more.values);

/** Which inputs the provider takes together, by type. */
export const { relations } = more;

/** What the provider answered, where the input is of a kind that the answer can be about. */
export function answered(typings: Typings, type: string, answers: Answers[string]): Found {
    const found: Found = {};
    for (const [at, answer] of Object.entries({ ...answers, ...(more.values[type] ?? {}) })) {
        const place = constraintPath(at);
        const kind = kindAt(typings, type, at);
        if (alternatives.has(`${type} ${place}`)) {
            continue;
        }
        // A list with a word twice is a sentence that was taken apart; one for numbers goes on in words: "or a multiple of 60".
        if (isList(answer)) {
            merge(found, place, kind === "string" && new Set(answer).size === answer.length ? { values: answer } : {});
        } else if ("min" in answer) {
            merge(found, place, kind === "number" ? { between: [answer.min, answer.max] } : {});
        } else if (kind === "string") {
            merge(found, place, answer);
        }
    }
    return found;
}

const isList = (answer: Answer): answer is readonly string[] => Array.isArray(answer);

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
