import { objects, text, texts } from "../../account";
import { type Rule, ruleForms } from "../resource";

const { rule } = ruleForms("InvalidArgument");

/** Whether one of two texts begins, or ends, with the other. */
const overlap = (one: unknown, other: unknown, at: "startsWith" | "endsWith") =>
    text(one)[at](text(other)) || text(other)[at](text(one));

const isSame = (one: string, other: string) => one === other || one === other.replace(/:\w+$/, ":*");

/**
 * Source: S3 user guide, "Configuring event notifications using object key name filtering": two configurations with
 * overlapping events have overlapping prefixes or overlapping suffixes at most.
 */
export const notificationRules: readonly Rule[] = [
    ["topics", "queues", "lambdaFunctions"],
    ["queues", "topics", "lambdaFunctions"],
    ["lambdaFunctions", "topics", "queues"],
].map(([place = "", ...others]) =>
    rule(place, (given, configuration) => {
        const all = [...objects(given), ...others.flatMap((kind) => objects(configuration[kind]))];
        const twice = objects(given).find((one, index) =>
            all
                .slice(index + 1)
                .some(
                    (other) =>
                        overlap(one.filterPrefix, other.filterPrefix, "startsWith") &&
                        overlap(one.filterSuffix, other.filterSuffix, "endsWith") &&
                        texts(one.events).some((event) =>
                            texts(other.events).some((each) => isSame(event, each) || isSame(each, event)),
                        ),
                ),
        );
        return twice === undefined
            ? undefined
            : `has ${texts(twice.events).join(", ")} of objects that another one is told of, too: their prefixes, and their suffixes, overlap.`;
    }),
);
