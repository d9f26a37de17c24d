import { type Operation, type ResourceModel, ruleForms } from "../resource";
import { text, texts } from "../../account";
import { invalid, missing } from "./refusals";

const { filled, most } = ruleForms("WAFInvalidParameterException");

export const loggingConfiguration: ResourceModel = {
    // Source: WAF API reference, PutLoggingConfiguration: it completely replaces an existing configuration.
    overwrites: true,
    // Source: WAF API reference, LoggingConfiguration and Filter.
    rules: [
        filled("logDestinationConfigs"),
        most("logDestinationConfigs", 1),
        { at: "redactedFields", exactlyOne: ["method", "queryString", "singleHeader", "uriPath"] },
        filled("loggingFilter.filters"),
        filled("loggingFilter.filters.conditions"),
        { at: "loggingFilter.filters.conditions", exactlyOne: ["actionCondition", "labelNameCondition"] },
    ],
    calls: { create: "PutLoggingConfiguration", update: "PutLoggingConfiguration" },
    requires: [["resourceArn", "WebAcl", ...missing()]],
    judge: checkDestinations,
    create: ({ inputs }) => ({ id: text(inputs.resourceArn) }),
};

const kinds: Readonly<Record<string, string>> = {
    firehose: "FirehoseDeliveryStream",
    logs: "LogGroup",
    s3: "Bucket",
};

/** Source: WAF API reference, PutLoggingConfiguration. */
function checkDestinations({ account, region, inputs, refuseIf }: Operation): void {
    const notValid =
        "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.";
    for (const arn of texts(inputs.logDestinationConfigs)) {
        const [, , service = "", place = "", , resource = "", name = ""] = arn.split(":");
        const destination =
            service === "logs" ? name : service === "s3" ? resource : resource.replace(/^deliverystream\//, "");
        refuseIf(
            !destination.startsWith("aws-waf-logs-") || arn.endsWith(":*") || (place !== "" && place !== region),
            ...invalid(notValid, "LOG_DESTINATION", arn),
        );
        const kind = kinds[service];
        refuseIf(
            kind !== undefined && account.find(kind, arn) === undefined,
            "WAFLogDestinationPermissionIssueException",
            `The log destination ${arn} doesn't exist or the operation failed because you don't have the permissions to use it.`,
        );
    }
}
