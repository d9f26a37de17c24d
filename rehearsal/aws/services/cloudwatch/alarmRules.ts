import { objects, text, texts } from "../../account";
import { isKnown, pluck, type Rule, ruleForms } from "../resource";

const { rule } = ruleForms("ValidationError");

/** Source: CloudWatch API reference, PutMetricAlarm; the provider. */
export const alarmRules: readonly Rule[] = [
    rule("thresholdMetricId", (id, { comparisonOperator: operator, metricQueries: queries }) =>
        isBand(operator) && id === undefined
            ? `is missing, which "${text(operator)}" needs.`
            : isKnown(id) && isKnown(queries) && !pluck(queries, "id").includes(id)
              ? `is "${text(id)}", which is no "metricQueries" id.`
              : undefined,
    ),
    ...["period", "metricQueries.period", "metricQueries.metric.period"].map((place) =>
        rule(place, (period) =>
            typeof period === "number" && ![1, 5, 10, 20, 30].includes(period) && (period < 60 || period % 60 !== 0)
                ? `is ${period}; AWS allows 10, 20, 30 and multiples of 60 seconds.`
                : undefined,
        ),
    ),
    rule("evaluationPeriods", (periods, { period }) => {
        const seconds = Number(periods) * Number(period);
        const most = Number(period) >= 3600 ? 604800 : 86400;
        return typeof periods === "number" && typeof period === "number" && seconds > most
            ? `of ${period} seconds each are ${seconds} seconds; AWS allows ${most}.`
            : undefined;
    }),
    rule("datapointsToAlarm", (points, { evaluationPeriods: periods }) =>
        typeof points === "number" && typeof periods === "number" && (points < 1 || points > periods)
            ? `is ${points}; AWS allows 1 to the number of evaluation periods, ${periods}.`
            : undefined,
    ),
    // Source: CloudWatch API reference, MetricDataQuery, ReturnData; a band of anomalies returns its metric beside it.
    rule("metricQueries", (queries, { thresholdMetricId }) => {
        const returned = objects(queries).filter(({ returnData }) => returnData === true).length;
        return Array.isArray(queries) && isKnown(queries) && returned !== 1 && thresholdMetricId === undefined
            ? `has ${returned} queries with "returnData"; exactly one is the alarm's.`
            : undefined;
    }),
    ...["dimensions", "metricQueries.metric.dimensions"].map((place) =>
        rule(place, (dimensions) => {
            const empty = Object.entries(dimensions ?? {}).find(
                ([name, value]) => !name.startsWith("__") && value === "",
            );
            return empty === undefined ? undefined : `has nothing for "${empty[0]}".`;
        }),
    ),
    ...["alarmActions", "okActions", "insufficientDataActions"].flatMap((actions): Rule[] => [
        rule(actions, (given, { region }) => {
            const abroad = texts(given).find((arn) => /^arn:aws:sns:/.test(arn) && arn.split(":")[3] !== region);
            return abroad === undefined || !isKnown(region)
                ? undefined
                : `names the topic ${abroad}; an alarm of ${text(region)} notifies topics of that region only.`;
        }),
    ]),
];

function isBand(operator: unknown): boolean {
    return /Upper|Lower(Threshold|Or)/.test(text(operator));
}
