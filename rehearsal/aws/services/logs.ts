import { accountId } from "../account";
import { hex, refusals, type ResourceModel, type ServiceModel, text } from "./model";

const refuse = refusals("CloudWatch Logs");

/** Source: CloudWatch Logs API reference, PutRetentionPolicy; 0 keeps for ever. */
const retentions = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logGroup: ResourceModel = {
    autoName: { maximum: 512 },
    replaceOn: ["name", "namePrefix", "logGroupClass"],
    values: { logGroupClass: ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"] },
    defaults: { retentionInDays: 0, skipDestroy: false, logGroupClass: "STANDARD" },
    check(inputs, report) {
        const { name, retentionInDays: days } = inputs;
        if (typeof days === "number" && !retentions.includes(days)) {
            report("retentionInDays", `is ${days}; AWS allows ${retentions.join(", ")}.`);
        }
        if (typeof name === "string" && !/^[\w./#-]{1,512}$/.test(name)) {
            report(
                "name",
                `is "${name}"; AWS allows 1 to 512 characters of a-z, A-Z, 0-9, "_", "-", "/", "." and "#".`,
            );
        }
    },
    create({ account, region, inputs }) {
        const id = text(inputs["name"]) || `${text(inputs["namePrefix"])}${hex(26)}`;
        if (account.all("LogGroup", region).some((other) => other.id === id)) {
            refuse("CreateLogGroup", "ResourceAlreadyExistsException", "The specified log group already exists");
        }
        return { id, name: id, arn: `arn:aws:logs:${region}:${accountId}:log-group:${id}` };
    },
    delete: ({ old }) => (old.properties.skipDestroy === true ? "kept" : undefined),
};

const source: ResourceModel = {
    autoName: { maximum: 60 },
    replaceOn: ["name", "logType", "resourceArn"],
    create({ account, region, inputs }) {
        const id = text(inputs["name"]);
        const resource = text(inputs["resourceArn"]);
        if (account.all("LogDeliverySource", region).some((other) => other.id === id)) {
            refuse("PutDeliverySource", "ConflictException", `Delivery source ${id} already exists.`);
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
    autoName: { maximum: 60 },
    replaceOn: ["name"],
    create({ region, inputs }) {
        const id = text(inputs["name"]);
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

const delivery: ResourceModel = {
    replaceOn: ["deliverySourceName", "deliveryDestinationArn"],
    create({ account, region, inputs }) {
        const name = text(inputs["deliverySourceName"]);
        const arn = text(inputs["deliveryDestinationArn"]);
        if (account.all("LogDeliverySource", region).every(({ id }) => id !== name)) {
            refuse("CreateDelivery", "ResourceNotFoundException", `Delivery source ${name} does not exist.`);
        }
        if (account.all("LogDeliveryDestination").every(({ properties }) => properties.arn !== arn)) {
            refuse("CreateDelivery", "ResourceNotFoundException", `Delivery destination ${arn} does not exist.`);
        }
        const id = hex(16);
        return { id, arn: `arn:aws:logs:${region}:${accountId}:delivery:${id}` };
    },
};

const metricAlarm: ResourceModel = {
    replaceOn: ["name"],
    create({ region, inputs }) {
        const id = text(inputs["name"]);
        return { id, arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${id}` };
    },
};

export const logs: ServiceModel = {
    resources: {
        "aws:cloudwatch/logGroup:LogGroup": logGroup,
        "aws:cloudwatch/logDeliverySource:LogDeliverySource": source,
        "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": destination,
        "aws:cloudwatch/logDelivery:LogDelivery": delivery,
        "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
    },
};
