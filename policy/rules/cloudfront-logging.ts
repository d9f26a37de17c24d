import { securityHub, webFrontEndLogging } from "./controls";
import { configOf, DISTRIBUTION_TYPES, isBucket, isFarFromEdge, LOG_DELIVERY_TYPES, logDeliveriesOf } from "../aws";
import { cannotTell, violation } from "../finding";
import { Read, type Resource } from "../graph";
import type { StackRule } from "../rule";

const howToLog = (bucket: string) =>
    `Add a LogDeliverySource (ACCESS_LOGS), LogDeliveryDestination and LogDelivery in us-east-1, or set ${bucket}. ` +
    "Security Hub's CloudFront.5 accepts only the latter.";

/** What the rule says. */
export const messages = {
    notLogged: (path: string) =>
        `${path} is empty and no LogDeliverySource of this stack has the distribution's ARN: requests are not logged. ${howToLog(path)}`,
    sourceWithoutDelivery: (path: string) =>
        `The distribution has a LogDeliverySource, but no LogDelivery takes its logs anywhere. ${howToLog(path)}`,
    /** Source: CloudFront Developer Guide, "Configure standard logging (v2)", "Enable standard logging (CloudWatch API)". */
    elsewhere: (part: Resource) =>
        `The region of "${part.name}" is ${Read.of(part).at("region").shown()}, where AWS does not create the log delivery of CloudFront: requests are not logged. ` +
        'Create the LogDeliverySource, LogDeliveryDestination and LogDelivery with region: "us-east-1".',
    /** Source: hashicorp/terraform#24962, "The parameter Logging Bucket does not refer to a valid S3 bucket". */
    notDomainName: (bucket: Read) =>
        `${bucket.path} is ${bucket.shown()}, not the domain name of a bucket, which CloudFront refuses. Write the bucketDomainName of the bucket, such as "logs.s3.amazonaws.com".`,
    /** Cannot tell whether. */
    logged: "the distribution logs requests",
};

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
        const deliveryOf = logDeliveriesOf(graph, DISTRIBUTION_TYPES, "ACCESS_LOGS", isFarFromEdge);
        for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
            const bucket = configOf(distribution).at(loggingProperty(distribution), "bucket");
            const delivery = deliveryOf(distribution);
            if (isBucket(bucket.text ?? "") || delivery.isDelivered) {
                continue;
            }
            if (bucket.text) {
                violation(report, distribution, bucket, messages.notDomainName(bucket));
            } else if (bucket.isUnknown) {
                // A bucket that is only being made is still a bucket.
                if ((distribution.propertyDependencies[bucket.topLevel] ?? []).length > 0) {
                    continue;
                }
                cannotTell(report, distribution, bucket, messages.logged);
            } else if (delivery.refused !== undefined) {
                violation(report, distribution, bucket, messages.elsewhere(delivery.refused));
            } else if (delivery.unknown !== undefined) {
                cannotTell(report, distribution, bucket, messages.logged, delivery.unknown);
            } else {
                const message = (delivery.hasSource ? messages.sourceWithoutDelivery : messages.notLogged)(bucket.path);
                violation(report, distribution, bucket, message);
            }
        }
    },
};

function loggingProperty(distribution: Resource): string {
    return distribution.type.startsWith("aws-native:") ? "logging" : "loggingConfig";
}
