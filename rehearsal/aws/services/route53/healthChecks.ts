import ipaddr from "ipaddr.js";
import { text } from "../../account";
import { type ResourceModel, ruleForms } from "../resource";

const { form } = ruleForms("InvalidInput");

/** Source: Route 53 API reference, HealthCheckConfig, IPAddress: none of RFC 5735 (documentation among them), 6598 and 5156. */
function isPublic(address: string): boolean {
    return ipaddr.isValid(address) && ipaddr.parse(address).range() === "unicast";
}

export const healthCheck: ResourceModel = {
    rules: [form("ipAddress", isPublic, "public addresses")],
    judge({ account, inputs, refuseIf }) {
        const alarms = account.all("MetricAlarm", text(inputs.cloudwatchAlarmRegion));
        refuseIf(
            inputs.type === "CLOUDWATCH_METRIC" &&
                alarms.every(({ properties }) => properties.name !== inputs.cloudwatchAlarmName),
            "InvalidInput",
            `The CloudWatch alarm ${text(inputs.cloudwatchAlarmName)} does not exist in ${text(inputs.cloudwatchAlarmRegion)}.`,
        );
    },
};
