import { randomUUID } from "node:crypto";
import ipaddr from "ipaddr.js";
import { text, texts } from "../../account";
import { isKnown, refusals, type ResourceModel, type Rule } from "../resource";

const refuse = refusals("Route 53");

const http = /^HTTPS?(_STR_MATCH)?$/;

/** Source: Route 53 API reference, HealthCheckConfig. */
const healthCheckRules: readonly Rule[] = [
    {
        code: "InvalidInput",
        wrong: ({ type, fqdn, ipAddress }) =>
            (http.test(text(type)) || type === "TCP") && fqdn === undefined && ipAddress === undefined
                ? ["fqdn", 'One of "fqdn" and "ipAddress" must be given; there is none.']
                : undefined,
    },
    {
        code: "InvalidInput",
        wrong: ({ type, searchString }) =>
            /_STR_MATCH$/.test(text(type)) && text(searchString) === ""
                ? ["searchString", `is missing, which the type "${text(type)}" needs.`]
                : isKnown(type) && !/_STR_MATCH$/.test(text(type)) && isKnown(searchString)
                  ? [
                        "searchString",
                        `goes with the types HTTP_STR_MATCH and HTTPS_STR_MATCH only, not with "${text(type)}".`,
                    ]
                  : undefined,
    },
    {
        code: "InvalidInput",
        wrong: ({ type, resourcePath }) =>
            isKnown(type) && !http.test(text(type)) && isKnown(resourcePath)
                ? ["resourcePath", `goes with HTTP and HTTPS only, not with "${text(type)}".`]
                : undefined,
    },
    {
        code: "InvalidInput",
        wrong: ({ requestInterval: seconds }) =>
            typeof seconds === "number" && seconds !== 10 && seconds !== 30
                ? ["requestInterval", `is ${seconds}; AWS allows 10 and 30 seconds.`]
                : undefined,
    },
    {
        code: "InvalidInput",
        wrong: ({ type, childHealthchecks, childHealthThreshold }) =>
            type === "CALCULATED" && childHealthchecks === undefined
                ? ["childHealthchecks", 'is missing, which the type "CALCULATED" needs.']
                : type === "CALCULATED" && childHealthThreshold === undefined
                  ? ["childHealthThreshold", 'is missing, which the type "CALCULATED" needs.']
                  : undefined,
    },
    {
        code: "InvalidInput",
        wrong: ({ type, cloudwatchAlarmName, cloudwatchAlarmRegion }) =>
            type === "CLOUDWATCH_METRIC" && (cloudwatchAlarmName === undefined || cloudwatchAlarmRegion === undefined)
                ? ["cloudwatchAlarmName", 'and "cloudwatchAlarmRegion" are needed by the type "CLOUDWATCH_METRIC".']
                : undefined,
    },
    {
        code: "InvalidInput",
        wrong: ({ regions }) =>
            texts(regions).length > 0 && texts(regions).length < 3
                ? ["regions", `has ${texts(regions).length}; AWS needs three at least.`]
                : undefined,
    },
    { form: ["ipAddress", isPublic, "public addresses"], code: "InvalidInput" },
];

function isPublic(address: string): boolean {
    return ipaddr.isValid(address) && ipaddr.parse(address).range() === "unicast";
}

export const healthCheck: ResourceModel = {
    autoName: false,
    replaceOn: ["type", "measureLatency", "referenceName", "requestInterval"],
    defaults: { disabled: false, invertHealthcheck: false },
    rules: healthCheckRules,
    create() {
        const id = randomUUID();
        return { id, arn: `arn:aws:route53:::healthcheck/${id}` };
    },
    delete({ account, old }) {
        if (account.all("Record").some(({ properties }) => properties.healthCheckId === old.id)) {
            refuse("DeleteHealthCheck", "HealthCheckInUse", "The health check is in use by a resource record set.");
        }
    },
};
