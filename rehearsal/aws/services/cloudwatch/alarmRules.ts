import { list, text, texts } from "../../account";
import { isKnown, type Rule } from "../resource";

/** Source: CloudWatch API reference, PutMetricAlarm; the provider. */
export const alarmRules: readonly Rule[] = [
    { exactlyOne: ["metricName", "metricQueries", "evaluationCriteria"] },
    {
        wrong: ({ metricName, namespace, period }) =>
            metricName !== undefined && (namespace === undefined || period === undefined)
                ? [namespace === undefined ? "namespace" : "period", 'is missing, which "metricName" needs.']
                : undefined,
        code: "ValidationError",
    },
    {
        code: "ValidationError",
        wrong: ({ metricName, statistic, extendedStatistic }) =>
            metricName !== undefined && statistic === undefined && extendedStatistic === undefined
                ? ["statistic", 'One of "statistic" and "extendedStatistic" must be given; there is none.']
                : undefined,
    },
    { atMostOne: ["statistic", "extendedStatistic"] },
    { atMostOne: ["threshold", "thresholdMetricId"] },
    {
        code: "ValidationError",
        wrong: ({ comparisonOperator: operator, threshold, thresholdMetricId, metricName }) => {
            const isBand = /Upper|Lower(Threshold|Or)/.test(text(operator));
            return isBand && thresholdMetricId === undefined
                ? ["thresholdMetricId", `is missing, which "${text(operator)}" needs.`]
                : !isBand && metricName !== undefined && isKnown(operator) && threshold === undefined
                  ? ["threshold", `is missing, which "${text(operator)}" needs.`]
                  : undefined;
        },
    },
    {
        code: "ValidationError",
        wrong: ({ period }) =>
            typeof period === "number" && ![1, 5, 10, 20, 30].includes(period) && (period < 60 || period % 60 !== 0)
                ? ["period", `is ${period}; AWS allows 10, 20, 30 and multiples of 60 seconds.`]
                : undefined,
    },
    {
        code: "ValidationError",
        wrong: ({ evaluationPeriods: periods, period }) => {
            const seconds = Number(periods) * Number(period);
            const most = Number(period) >= 3600 ? 604800 : 86400;
            return typeof periods === "number" && periods < 1
                ? ["evaluationPeriods", `is ${periods}; AWS allows 1 or more.`]
                : typeof periods === "number" && typeof period === "number" && seconds > most
                  ? ["evaluationPeriods", `of ${period} seconds each are ${seconds} seconds; AWS allows ${most}.`]
                  : undefined;
        },
    },
    {
        code: "ValidationError",
        wrong: ({ datapointsToAlarm: points, evaluationPeriods: periods }) =>
            typeof points === "number" && typeof periods === "number" && (points < 1 || points > periods)
                ? ["datapointsToAlarm", `is ${points}; AWS allows 1 to the number of evaluation periods, ${periods}.`]
                : undefined,
    },
    {
        form: ["extendedStatistic", /^(p|tm|tc|ts|wm|TM|TC|TS|WM|PR|IQM).*/, "statistics such as p99.9 and tm90"],
    },
    ...["alarmActions", "okActions", "insufficientDataActions"].flatMap((actions): Rule[] => [
        { form: [actions, /^arn:aws[\w-]*:/, "ARNs"] },
        {
            code: "ValidationError",
            wrong: ({ [actions]: given }) =>
                list(given).length > 5 ? [actions, `has ${list(given).length} actions; AWS allows 5.`] : undefined,
        },
        {
            code: "ValidationError",
            wrong: ({ [actions]: given, region }) => {
                const abroad = texts(given).find((arn) => /^arn:aws:sns:/.test(arn) && arn.split(":")[3] !== region);
                return abroad === undefined || !isKnown(region)
                    ? undefined
                    : [
                          actions,
                          `names the topic ${abroad}; an alarm of ${text(region)} notifies topics of that region only.`,
                      ];
            },
        },
    ]),
    { form: ["name", /^[^]{1,255}$/, "1 to 255 characters"] },
];
