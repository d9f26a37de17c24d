import { type Operation, type ResourceModel, ruleForms } from "../resource";
import { text, texts } from "../../account";
import { invalid, refuse } from "./refusals";

const { filled, most } = ruleForms("WAFInvalidParameterException");

export const loggingConfiguration: ResourceModel = {
    // Source: WAF API reference, PutLoggingConfiguration: it completely replaces an existing configuration.
    overwrites: true,
    replaceOn: ["resourceArn", "logDestinationConfigs"],
    // Source: WAF API reference, LoggingConfiguration and Filter.
    rules: [
        filled("logDestinationConfigs"),
        most("logDestinationConfigs", 1),
        { at: "redactedFields", exactlyOne: ["method", "queryString", "singleHeader", "uriPath"] },
        filled("loggingFilter.filters"),
        filled("loggingFilter.filters.conditions"),
        { at: "loggingFilter.filters.conditions", exactlyOne: ["actionCondition", "labelNameCondition"] },
    ],
    create(operation) {
        const { account, region, inputs } = operation;
        const arn = text(inputs.resourceArn);
        const acl = account.find("WebAcl", arn);
        if (acl?.region !== region) {
            refuse(
                "PutLoggingConfiguration",
                "WAFNonexistentItemException",
                "AWS WAF couldn't perform the operation because your resource doesn't exist.",
            );
        }
        checkDestinations(operation);
        return { id: arn };
    },
    update(operation) {
        checkDestinations(operation);
        return {};
    },
};

/** Source: WAF API reference, PutLoggingConfiguration. */
function checkDestinations({ account, region, inputs }: Operation): void {
    const notValid =
        "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.";
    for (const arn of texts(inputs.logDestinationConfigs)) {
        const [, , service = "", place = "", , kind = "", name = ""] = arn.split(":");
        const destination = service === "logs" ? name : service === "s3" ? kind : kind.replace(/^deliverystream\//, "");
        if (!destination.startsWith("aws-waf-logs-") || arn.endsWith(":*") || (place !== "" && place !== region)) {
            invalid("PutLoggingConfiguration", notValid, "LOG_DESTINATION", arn);
        }
        const kinds: Readonly<Record<string, string>> = {
            firehose: "FirehoseDeliveryStream",
            logs: "LogGroup",
            s3: "Bucket",
        };
        if (kinds[service] !== undefined && account.find(kinds[service], arn) === undefined) {
            refuse(
                "PutLoggingConfiguration",
                "WAFLogDestinationPermissionIssueException",
                `The log destination ${arn} doesn't exist or the operation failed because you don't have the permissions to use it.`,
            );
        }
    }
}
