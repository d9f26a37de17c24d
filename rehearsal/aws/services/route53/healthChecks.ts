import ipaddr from "ipaddr.js";
import { text } from "../../account";
import { type ResourceModel, type Rule, ruleForms } from "../resource";

const { form } = ruleForms("InvalidInput");

/** Source: Route 53 API reference, HealthCheckConfig. */
const healthCheckRules: readonly Rule[] = [form("ipAddress", isPublic, "public addresses")];

function isPublic(address: string): boolean {
    return ipaddr.isValid(address) && ipaddr.parse(address).range() === "unicast";
}

export const healthCheck: ResourceModel = {
    rules: healthCheckRules,
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
