import { securityHub, webFrontEndLogging } from "../controls";
import { configOf, DISTRIBUTION_TYPES, referredTo } from "../edge";
import { cannotTell, Read, violation } from "../read";
import type { Resource } from "../resource";
import type { StackRule } from "../rule";

const SOURCE_TYPES = ["aws:cloudwatch/logDeliverySource:LogDeliverySource", "aws-native:logs:DeliverySource"];
const DELIVERY_TYPES = ["aws:cloudwatch/logDelivery:LogDelivery", "aws-native:logs:Delivery"];

/** Requests are logged, by either of CloudFront's two kinds of standard logging. */
export const cloudfrontLogging: StackRule = {
    scope: "stack",
    name: "cloudfront-logging",
    displayName: "CloudFront logs requests",
    description:
        "Every CloudFront distribution has standard logging, either legacy (to a bucket) or v2 (log delivery).",
    level: "advisory",
    severity: "medium",
    controls: [
        ...securityHub(
            "CloudFront.5",
            "Sees legacy logging only: a distribution with standard logging v2 alone fails it.",
        ),
        webFrontEndLogging,
    ],
    remediationSteps:
        "Add a LogDeliverySource with logType ACCESS_LOGS and the distribution's ARN, a LogDeliveryDestination and a LogDelivery, all in us-east-1; or set loggingConfig.bucket.",
    types: [...DISTRIBUTION_TYPES, ...SOURCE_TYPES, ...DELIVERY_TYPES],
    evaluate(graph, report) {
        const sources = referredTo(graph, SOURCE_TYPES, "resourceArn", DISTRIBUTION_TYPES);
        const deliveries = referredTo(graph, DELIVERY_TYPES, "deliverySourceName", SOURCE_TYPES);
        for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
            const bucket = configOf(distribution).either("loggingConfig", "logging").at("bucket");
            const own = (sources.by.get(distribution) ?? []).filter(logsRequests);
            if (bucket.text || own.some((source) => deliveries.by.has(source))) {
                continue;
            }
            if (bucket.isUnknown) {
                // A bucket that is only being made is still a bucket.
                if ((distribution.propertyDependencies[bucket.topLevel] ?? []).length > 0) {
                    continue;
                }
                cannotTell(report, distribution, bucket, "the distribution logs requests");
            } else if (sources.unknown.length > 0 || (own.length > 0 && deliveries.unknown.length > 0)) {
                const cause = "a log delivery of this stack belongs to a source that is not known yet";
                cannotTell(report, distribution, bucket, "the distribution logs requests", cause);
            } else {
                const what =
                    own.length > 0
                        ? "The distribution has a LogDeliverySource, but no LogDelivery takes its logs anywhere."
                        : `${bucket.path} is empty and no LogDeliverySource of this stack has the distribution's ARN: requests are not logged.`;
                violation(
                    report,
                    distribution,
                    bucket,
                    `${what} Add a LogDeliverySource (ACCESS_LOGS), LogDeliveryDestination and LogDelivery in us-east-1, or set loggingConfig.bucket. ` +
                        "Security Hub's CloudFront.5 accepts only the latter.",
                );
            }
        }
    },
};

/** A source may be of the other log type, CONNECTION_LOGS, which tells of viewers' certificates and of no request. */
function logsRequests(source: Resource): boolean {
    const logType = Read.of(source).at("logType");
    return logType.text === undefined || logType.text === "ACCESS_LOGS";
}
