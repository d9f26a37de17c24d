import { object, text, texts } from "../../account";
import { accessLogFields } from "../../facts";
import { modelsOf, type ResourceModel, ruleForms, type ServiceModel } from "../resource";
import { alarmRules } from "./alarmRules";
import { metricMathRule } from "./metricMath";
import table from "./resourceTable.json";

const { form } = ruleForms();

const logGroup: ResourceModel = {
    delete: ({ old }) => (old.properties.skipDestroy === true ? "kept" : undefined),
};

/** Distributions, which only us-east-1 delivers logs of. */
const ofDistribution = /^arn:aws:cloudfront::/;

const source: ResourceModel = {
    // Source: CloudWatch Logs API reference, PutDeliverySource, and CloudFront developer guide, "Configure standard logging (v2)".
    create({ region, inputs, refuseIf }) {
        const resource = text(inputs.resourceArn);
        refuseIf(
            ofDistribution.test(resource) && region !== "us-east-1",
            "ValidationException",
            "Log delivery of CloudFront distributions is configured in us-east-1.",
        );
        return { service: resource.split(":")[2] ?? "" };
    },
};

const delivery: ResourceModel = {
    // Source: CloudWatch Logs API reference, CreateDelivery.
    judge({ account, inputs, refuseIf }) {
        const { service, logType } = account.find("LogDeliverySource", inputs.deliverySourceName)?.properties ?? {};
        const { outputFormat } =
            account.find("LogDeliveryDestination", inputs.deliveryDestinationArn)?.properties ?? {};
        refuseIf(
            text(inputs.fieldDelimiter) !== "" && /^(json|parquet)$/.test(text(outputFormat)),
            "ValidationException",
            `A field delimiter goes with the output formats plain, w3c and raw only, not with ${text(outputFormat)}.`,
        );
        const wrong = texts(inputs.recordFields).filter((field) => !accessLogFields.has(field));
        refuseIf(
            service === "cloudfront" && logType === "ACCESS_LOGS" && wrong.length > 0,
            "ValidationException",
            `Record fields that the log type does not have: ${wrong.join(", ")}`,
        );
    },
};

const term =
    /\b(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*("[^"]+"|'[^']+'|[^()"']+)\s*\)|\bAT_LEAST\s*\([^()]*\([^()]*\)\s*\)|\b(TRUE|FALSE)\b/gi;

/** Whether a text is a rule of alarms' states. Source: CloudWatch API reference, PutCompositeAlarm, AlarmRule. */
function isAlarmRule(given: string): boolean {
    let rest = given.replace(/\/\*[^]*?\*\//g, " ").replace(term, " TRUE ");
    for (let before = ""; before !== rest;) {
        before = rest;
        rest = rest
            .replace(/\(\s*TRUE\s*\)/g, " TRUE ")
            .replace(/\bNOT\s+TRUE\b/gi, "TRUE")
            .replace(/\bTRUE\s+(AND|OR)\s+TRUE\b/gi, "TRUE");
    }
    return rest.trim() === "TRUE";
}

/** The names and ARNs of alarms in a rule. */
function alarmsIn(rule: unknown): string[] {
    const state = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^()"']*?))\s*\)/g;
    return [...text(rule).matchAll(state)].map(([, ...names]) => names.find(Boolean) ?? "");
}

/** Source: CloudWatch API reference, DeleteAlarms: not while a composite alarm depends on it. */
const keptByComposite: ResourceModel["delete"] = ({ account, old, refuseIf, region }) => {
    const isUsed = account
        .all("CompositeAlarm", region)
        .filter(({ id }) => id !== old.id)
        .flatMap(({ properties }) => alarmsIn(properties.alarmRule))
        .some((name) => [old.id, old.properties.arn].includes(name));
    refuseIf(isUsed, "ValidationError", `Cannot delete ${old.id} as there are composite alarm(s) depending on it.`);
};

/** Source: CloudWatch API reference, PutCompositeAlarm. */
const compositeAlarm: ResourceModel = {
    delete: keptByComposite,
    rules: [form("alarmRule", isAlarmRule, 'rules such as ALARM("a") AND NOT OK("b")', "ValidationError")],
    judge({ account, inputs, region, refuseIf }) {
        const there = [...account.all("MetricAlarm", region), ...account.all("CompositeAlarm", region)].flatMap(
            ({ properties }) => [properties.name, properties.alarmName, properties.arn],
        );
        const children = alarmsIn(inputs.alarmRule);
        refuseIf(new Set(children).size > 100, "ValidationError", "An alarm rule names 100 alarms at most");
        const suppressor = text(object(inputs.actionsSuppressor).alarm) || [];
        const missing = children.concat(suppressor).filter((name) => !there.includes(name));
        refuseIf(
            missing.length > 0,
            "ValidationError",
            `Could not save the composite alarm as alarms [${missing.join(", ")}] in the alarm rule do not exist`,
        );
    },
};

export const cloudwatch: ServiceModel = {
    title: "CloudWatch Logs",
    resources: modelsOf(table, {
        "aws:cloudwatch/logGroup:LogGroup": logGroup,
        "aws:cloudwatch/compositeAlarm:CompositeAlarm": compositeAlarm,
        "aws:cloudwatch/logDeliverySource:LogDeliverySource": source,
        "aws:cloudwatch/logDelivery:LogDelivery": delivery,
        "aws:cloudwatch/metricAlarm:MetricAlarm": { rules: [...alarmRules, metricMathRule], delete: keptByComposite },
    }),
};
