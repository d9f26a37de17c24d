import ipaddr from "ipaddr.js";
import { text } from "../../account";
import { isKnown, type ResourceModel, type Rule, ruleForms } from "../resource";

const http = /^HTTPS?(_STR_MATCH)?$/;
const { form, rule } = ruleForms("InvalidInput");

/** Source: Route 53 API reference, HealthCheckConfig. */
const healthCheckRules: readonly Rule[] = [
    rule("fqdn", (fqdn, { type, ipAddress }) =>
        (http.test(text(type)) || type === "TCP") && fqdn === undefined && ipAddress === undefined
            ? 'One of "fqdn" and "ipAddress" must be given; there is none.'
            : undefined,
    ),
    rule("searchString", (search, { type }) =>
        /_STR_MATCH$/.test(text(type)) && text(search) === ""
            ? `is missing, which the type "${text(type)}" needs.`
            : isKnown(type) && !/_STR_MATCH$/.test(text(type)) && isKnown(search)
              ? `goes with the types HTTP_STR_MATCH and HTTPS_STR_MATCH only, not with "${text(type)}".`
              : undefined,
    ),
    rule("resourcePath", (path, { type }) =>
        isKnown(type) && !http.test(text(type)) && isKnown(path)
            ? `goes with HTTP and HTTPS only, not with "${text(type)}".`
            : undefined,
    ),
    form("ipAddress", isPublic, "public addresses"),
];

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
