import { object, text, texts } from "../../account";
import { accessLogFields } from "../../facts";
import { type ResourceModel, type Rule, ruleForms, type ServiceModel } from "../resource";
import { alarmRules } from "./alarmRules";

const { form, numbers, rule } = ruleForms();

/** Source: CloudWatch Logs API reference, PutRetentionPolicy; 0 keeps for ever. */
const retentions = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What the official provider parses as an ARN. */
const arnForm = (place: string): Rule => form(place, /^arn:/, "ARNs");

const logGroup: ResourceModel = {
    autoName: { maximum: 512 },
    // Source: CloudWatch Logs API reference, CreateLogGroup.
    rules: [
        form("name", /^[\w./#-]{1,512}$/, '1 to 512 letters, digits and "_", "-", "/", "." and "#"'),
        arnForm("kmsKeyId"),
        numbers("retentionInDays", retentions),
    ],
    defaults: { retentionInDays: 0, skipDestroy: false, logGroupClass: "STANDARD" },
    unique: [[["name"], "ResourceAlreadyExistsException", "The specified log group already exists"]],
    delete: ({ old }) => (old.properties.skipDestroy === true ? "kept" : undefined),
};

/** Distributions, which only us-east-1 delivers logs of. */
const ofDistribution = /^arn:aws:cloudfront::/;

const source: ResourceModel = {
    rules: [arnForm("resourceArn")],
    autoName: { maximum: 60 },
    calls: { create: "PutDeliverySource", delete: "DeleteDeliverySource" },
    unique: [
        [["name"], "ConflictException", "Delivery source %s already exists."],
        [
            ["resourceArn", "logType"],
            "ConflictException",
            "This ResourceId has already been used in another Delivery Source in this account.",
        ],
    ],
    usedBy: [["LogDelivery", "deliverySourceName", "ConflictException", "Delivery source %s has deliveries."]],
    // Source: CloudWatch Logs API reference, PutDeliverySource, and CloudFront developer guide, "Configure standard logging (v2)".
    create({ account, region, inputs, refuseIf }) {
        const resource = text(inputs.resourceArn);
        refuseIf(
            ofDistribution.test(resource) && region !== "us-east-1",
            "ValidationException",
            "Log delivery of CloudFront distributions is configured in us-east-1.",
        );
        refuseIf(
            ofDistribution.test(resource) && account.find("Distribution", resource) === undefined,
            "ResourceNotFoundException",
            `Resource ${resource} does not exist.`,
        );
        refuseIf(
            ofDistribution.test(resource) && !/^(ACCESS|CONNECTION)_LOGS$/.test(text(inputs.logType)),
            "ValidationException",
            `The log type '${text(inputs.logType)}' is not supported: CloudFront has ACCESS_LOGS and CONNECTION_LOGS.`,
        );
        return { service: resource.split(":")[2] ?? "" };
    },
};

const destination: ResourceModel = {
    rules: [
        arnForm("deliveryDestinationConfiguration.destinationResourceArn"),
        // Source: CloudFront developer guide, "Configure standard logging (v2)", output formats.
        rule(
            "outputFormat",
            (format, { deliveryDestinationConfiguration: to }) =>
                /^(w3c|parquet)$/.test(text(format)) &&
                /^arn:[^:]*:(logs|firehose):/.test(text(object(to).destinationResourceArn))
                    ? `is "${text(format)}", which only buckets take.`
                    : undefined,
            "ValidationException",
        ),
    ],
    // Source: CloudWatch Logs API reference, PutDeliveryDestination: it creates or updates.
    overwrites: true,
    autoName: { maximum: 60 },
    calls: { delete: "DeleteDeliveryDestination" },
    usedBy: [["LogDelivery", "deliveryDestinationArn", "ConflictException", "Delivery destination %s has deliveries."]],
};

const delivery: ResourceModel = {
    calls: { create: "CreateDelivery" },
    requires: [
        ["deliverySourceName", "LogDeliverySource", "ResourceNotFoundException", "Delivery source %s does not exist."],
        [
            "deliveryDestinationArn",
            "LogDeliveryDestination",
            "ResourceNotFoundException",
            "Delivery destination %s does not exist.",
        ],
    ],
    judge({ account, inputs, refuseIf }) {
        const { service, logType } = account.find("LogDeliverySource", inputs.deliverySourceName)?.properties ?? {};
        const wrong = texts(inputs.recordFields).filter((field) => !accessLogFields.has(field));
        refuseIf(
            service === "cloudfront" && logType === "ACCESS_LOGS" && wrong.length > 0,
            "ValidationException",
            `Record fields that the log type does not have: ${wrong.join(", ")}`,
        );
    },
};

const ofGroup = (place: string): Pick<ResourceModel, "requires"> => ({
    requires: [[place, "LogGroup", "ResourceNotFoundException", "The specified log group does not exist."]],
});

const refused = ruleForms("InvalidParameterException");
const nameForm = refused.form("name", /^[^:*]*$/, 'names without ":" and "*"');

/** Sources: CloudWatch Logs API reference, MetricTransformation; the provider. */
const metricFilter: ResourceModel = {
    ...ofGroup("logGroupName"),
    rules: [
        nameForm,
        refused.form("metricTransformation.namespace", /^[^:*$]*$/, 'namespaces without ":", "*" and "$"'),
        refused.most("metricTransformation.dimensions", 3),
        form("metricTransformation.defaultValue", /^([-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?)?$/i, "numbers"),
        { at: "metricTransformation", atMostOne: ["defaultValue", "dimensions"], code: "InvalidParameterException" },
    ],
};

const subscriptionFilter: ResourceModel = {
    ...ofGroup("logGroup"),
    // Source: CloudWatch Logs user guide, "CloudWatch Logs quotas".
    judge({ account, inputs, old, region, refuseIf }) {
        const others = account
            .all("LogSubscriptionFilter", region)
            .filter(({ id, properties }) => id !== old?.id && properties.logGroup === inputs.logGroup);
        refuseIf(others.length >= 2, "LimitExceededException", "Resource limit exceeded.");
    },
};

/** Source: CloudWatch API reference, PutCompositeAlarm. */
const compositeAlarm: ResourceModel = {
    judge({ account, inputs, region, refuseIf }) {
        const state = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^()"']*?))\s*\)/g;
        const named = [...text(inputs.alarmRule).matchAll(state)].map(([, ...names]) => names.find(Boolean) ?? "");
        const there = [...account.all("MetricAlarm", region), ...account.all("CompositeAlarm", region)].flatMap(
            ({ properties }) => [properties.name, properties.alarmName, properties.arn],
        );
        const missing = named.filter((name) => !there.includes(name));
        refuseIf(
            missing.length > 0,
            "ValidationError",
            `Could not save the composite alarm as alarms [${missing.join(", ")}] in the alarm rule do not exist`,
        );
    },
};

const metricAlarm: ResourceModel = {
    // Source: CloudWatch API reference, PutMetricAlarm.
    overwrites: true,
    rules: alarmRules,
};

export const cloudwatch: ServiceModel = {
    title: "CloudWatch Logs",
    resources: {
        "aws:cloudwatch/logGroup:LogGroup": logGroup,
        // Source: CloudWatch Logs API reference, CreateLogStream.
        "aws:cloudwatch/logStream:LogStream": { ...ofGroup("logGroupName"), rules: [nameForm] },
        "aws:cloudwatch/logMetricFilter:LogMetricFilter": metricFilter,
        "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": subscriptionFilter,
        "aws:cloudwatch/compositeAlarm:CompositeAlarm": compositeAlarm,
        "aws:cloudwatch/logDeliverySource:LogDeliverySource": source,
        "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": destination,
        "aws:cloudwatch/logDelivery:LogDelivery": delivery,
        "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
    },
};
