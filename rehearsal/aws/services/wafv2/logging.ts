import type { Operation, ResourceModel } from "../resource";
import { text, texts } from "../../account";
import { invalid } from "./refusals";

export const loggingConfiguration: ResourceModel = {
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
