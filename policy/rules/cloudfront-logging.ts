import { securityHub, webFrontEndLogging } from "./controls";
import { configOf, DISTRIBUTION_TYPES, LOG_DELIVERY_TYPES, logDeliveriesOf } from "../aws";
import { cannotTell, violation } from "../finding";
import type { StackRule } from "../rule";

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
    types: [...DISTRIBUTION_TYPES, ...LOG_DELIVERY_TYPES],
    evaluate(graph, report) {
        const deliveryOf = logDeliveriesOf(graph, DISTRIBUTION_TYPES, "ACCESS_LOGS");
        for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
            const bucket = configOf(distribution).either("loggingConfig", "logging").at("bucket");
            const delivery = deliveryOf(distribution);
            if (bucket.text || delivery.isDelivered) {
                continue;
            }
            if (bucket.isUnknown) {
                // A bucket that is only being made is still a bucket.
                if ((distribution.propertyDependencies[bucket.topLevel] ?? []).length > 0) {
                    continue;
                }
                cannotTell(report, distribution, bucket, "the distribution logs requests");
            } else if (delivery.unknown !== undefined) {
                cannotTell(report, distribution, bucket, "the distribution logs requests", delivery.unknown);
            } else {
                const what = delivery.hasSource
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
