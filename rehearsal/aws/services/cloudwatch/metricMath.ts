import { isKnown, pluck, type Rule, ruleForms } from "../resource";
import functions from "./metricMathTable.json";
import { text } from "../../account";

/** How many arguments each function of metric math takes. */
const counts: Readonly<Record<string, readonly number[]>> = functions.arguments;

/**
 * What is wrong with an expression of metric math, whose parts are put together until a single value is left; undefined
 * where nothing is. Source: CloudWatch user guide, "Using math expressions with CloudWatch metrics".
 */
function problemOf(expression: string, ids: readonly unknown[]): string | undefined {
    let problem: string | undefined;
    let rest = expression
        .replace(/"[^"]*"|'[^']*'/g, "§")
        .replace(/\bAND\b/g, "&&")
        .replace(/\bOR\b/g, "||")
        .replace(/\bNOT\b/g, "!")
        .replace(/(?<![\w§])(\d+\.?\d*|\.\d+)(e[-+]?\d+)?(?!\w)/gi, "§")
        .replace(/\b([A-Za-z]\w*)\b(?!\s*\()/g, (_, name: string) => {
            problem ??=
                /^[a-z]/.test(name) && !ids.includes(name) ? `names "${name}", which no other query is.` : problem;
            return "§";
        });
    for (let before = ""; before !== rest;) {
        before = rest;
        rest = rest
            .replace(/\b([A-Z]\w*)\s*\(\s*((?:§\s*(?:,\s*§\s*)*)?)\)/g, (_, name: string, given: string) => {
                const [least = 0, most = least] = counts[name] ?? [];
                const count = given.split("§").length - 1;
                problem ??=
                    counts[name] === undefined
                        ? `calls "${name}", which metric math does not have.`
                        : count < least || count > most
                          ? `gives ${name} ${count} arguments; it takes ${[...new Set([least, most])].join(" to ")}.`
                          : undefined;
                return "§";
            })
            .replace(/(?<!\w\s*)\(\s*§\s*\)|\[\s*§\s*(,\s*§\s*)*\]/g, "§")
            .replace(/§\s*(?:[-+*/^]|[=!]=|[<>]=?|&&|\|\|)\s*§/g, "§")
            .replace(/(^|[(,[]|[-+*/^<>=&|])\s*[-+!]\s*§/g, "$1§");
    }
    return problem ?? (rest.trim() === "§" ? undefined : "is no expression of metric math.");
}

/** Sources: as above, and CloudWatch API reference, MetricDataQuery; an alarm watches a single time series. */
export const metricMathRule: Rule = ruleForms("ValidationError").rule(
    "metricQueries.expression",
    (expression, { id, returnData }, { metricQueries: queries }) => {
        const given = text(expression).trim();
        const others = pluck(queries, "id").filter((other) => other !== id);
        // Queries of Metrics Insights are SQL.
        return typeof expression !== "string" || !isKnown(queries) || /^SELECT\b/i.test(given)
            ? undefined
            : /^SEARCH\(/.test(given) || (returnData === true && /^(METRICS\([^()]*\)|\[.*\])$/.test(given))
              ? "gives several time series; an alarm watches one."
              : problemOf(given, others);
    },
);
