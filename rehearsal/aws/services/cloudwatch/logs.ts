import { type Account, accountId, text, texts } from "../../account";
import { hex, refusals, type ResourceModel, type Rule, type ServiceModel } from "../resource";

import { alarmRules } from "./alarmRules";

const refuse = refusals("CloudWatch Logs");

/** Source: CloudWatch Logs API reference, PutRetentionPolicy; 0 keeps for ever. */
const retentions = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What the official provider parses as an ARN. */
const arnForm = (property: string, at = ""): Rule => ({ at, form: [property, /^arn:/, "ARNs"] });

const logGroup: ResourceModel = {
    autoName: { maximum: 512 },
    // Source: CloudWatch Logs API reference, CreateLogGroup.
    rules: [
        { form: ["name", /^[\w./#-]{1,512}$/, '1 to 512 letters, digits and "_", "-", "/", "." and "#"'] },
        arnForm("kmsKeyId"),
    ],
    replaceOn: ["name", "namePrefix", "logGroupClass"],
    defaults: { retentionInDays: 0, skipDestroy: false, logGroupClass: "STANDARD" },
    check(inputs, report) {
        const { retentionInDays: days } = inputs;
        if (typeof days === "number" && !retentions.includes(days)) {
            report("retentionInDays", `is ${days}; AWS allows ${retentions.join(", ")}.`);
        }
    },
    create({ account, region, inputs }) {
        const id = text(inputs.name);
        if (account.all("LogGroup", region).some((other) => other.id === id)) {
            refuse("CreateLogGroup", "ResourceAlreadyExistsException", "The specified log group already exists");
        }
        return { id, name: id, arn: `arn:aws:logs:${region}:${accountId}:log-group:${id}` };
    },
    delete: ({ old }) => (old.properties.skipDestroy === true ? "kept" : undefined),
};

const source: ResourceModel = {
    rules: [arnForm("resourceArn")],
    autoName: { maximum: 60 },
    replaceOn: ["name", "logType", "resourceArn"],
    create({ account, region, inputs }) {
        const id = text(inputs.name);
        const resource = text(inputs.resourceArn);
        if (account.all("LogDeliverySource", region).some((other) => other.id === id)) {
            refuse("PutDeliverySource", "ConflictException", `Delivery source ${id} already exists.`);
        }
        // Source: CloudWatch Logs API reference, PutDeliverySource, and CloudFront developer guide, "Configure standard logging (v2)".
        const logType = inputs.logType;
        const twin = account
            .all("LogDeliverySource")
            .some(({ properties }) => properties.resourceArn === resource && properties.logType === logType);
        if (twin) {
            refuse(
                "PutDeliverySource",
                "ConflictException",
                "This ResourceId has already been used in another Delivery Source in this account.",
            );
        }
        if (/^arn:aws:cloudfront::/.test(resource)) {
            // Source: CloudFront developer guide, "Configure standard logging (v2)".
            if (region !== "us-east-1") {
                refuse(
                    "PutDeliverySource",
                    "ValidationException",
                    "Log delivery of CloudFront distributions is configured in us-east-1.",
                );
            }
            if (account.find("Distribution", resource) === undefined) {
                refuse("PutDeliverySource", "ResourceNotFoundException", `Resource ${resource} does not exist.`);
            }
        }
        return {
            id,
            service: resource.split(":")[2] ?? "",
            arn: `arn:aws:logs:${region}:${accountId}:delivery-source:${id}`,
        };
    },
    delete({ account, old }) {
        if (account.all("LogDelivery").some(({ properties }) => properties.deliverySourceName === old.id)) {
            refuse("DeleteDeliverySource", "ConflictException", `Delivery source ${old.id} has deliveries.`);
        }
    },
};

const destination: ResourceModel = {
    rules: [arnForm("destinationResourceArn", "deliveryDestinationConfiguration")],
    // Source: CloudWatch Logs API reference, PutDeliveryDestination: it creates or updates.
    overwrites: true,
    autoName: { maximum: 60 },
    replaceOn: ["name", "outputFormat"],
    create({ region, inputs }) {
        const id = text(inputs.name);
        return { id, arn: `arn:aws:logs:${region}:${accountId}:delivery-destination:${id}` };
    },
    delete({ account, old }) {
        if (
            account
                .all("LogDelivery")
                .some(({ properties }) => properties.deliveryDestinationArn === old.properties.arn)
        ) {
            refuse("DeleteDeliveryDestination", "ConflictException", `Delivery destination ${old.id} has deliveries.`);
        }
    },
};

/** Fields of CloudFront's access logs. Source: CloudFront developer guide, "Standard logging reference". */
const accessLogFields = new Set(
    `date time timestamp timestamp(ms) DistributionId x-edge-location sc-bytes c-ip c-port cs-method cs(Host) cs-uri-stem
    sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header
    cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type
    cs-protocol-version fle-status fle-encrypted-fields time-to-first-byte x-edge-detailed-result-type sc-content-type
    sc-content-len sc-range-start sc-range-end asn c-country cache-behavior-path-pattern origin-fbl origin-lbl`.split(
        /\s+/,
    ),
);

function checkRecordFields(account: Account, source: string, fields: readonly string[]): void {
    const { service, logType } = account.find("LogDeliverySource", source)?.properties ?? {};
    const wrong = fields.filter((field) => !accessLogFields.has(field));
    if (service === "cloudfront" && logType === "ACCESS_LOGS" && wrong.length > 0) {
        refuse(
            "CreateDelivery",
            "ValidationException",
            `Record fields that the log type does not have: ${wrong.join(", ")}`,
        );
    }
}

const delivery: ResourceModel = {
    replaceOn: ["deliverySourceName", "deliveryDestinationArn"],
    create({ account, region, inputs }) {
        const name = text(inputs.deliverySourceName);
        const arn = text(inputs.deliveryDestinationArn);
        if (account.all("LogDeliverySource", region).every(({ id }) => id !== name)) {
            refuse("CreateDelivery", "ResourceNotFoundException", `Delivery source ${name} does not exist.`);
        }
        if (account.all("LogDeliveryDestination").every(({ properties }) => properties.arn !== arn)) {
            refuse("CreateDelivery", "ResourceNotFoundException", `Delivery destination ${arn} does not exist.`);
        }
        checkRecordFields(account, name, texts(inputs.recordFields));
        const id = hex(16);
        return { id, arn: `arn:aws:logs:${region}:${accountId}:delivery:${id}` };
    },
};

const metricAlarm: ResourceModel = {
    // Source: CloudWatch API reference, PutMetricAlarm.
    overwrites: true,
    rules: alarmRules,
    replaceOn: ["name"],
    create({ region, inputs }) {
        const id = text(inputs.name);
        return { id, arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${id}` };
    },
};

export const cloudwatch: ServiceModel = {
    resources: {
        "aws:cloudwatch/logGroup:LogGroup": logGroup,
        "aws:cloudwatch/logDeliverySource:LogDeliverySource": source,
        "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": destination,
        "aws:cloudwatch/logDelivery:LogDelivery": delivery,
        "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
    },
};
