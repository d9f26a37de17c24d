import * as aws from "@pulumi/aws";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Cache hit rate, latency of the origin and errors by status in CloudWatch, every minute. */
export const edge = new EncryptedEdge("metrics-edge", site("metrics-edge"));

new aws.cloudfront.MonitoringSubscription("metrics", {
    distributionId: edge.distributionId,
    monitoringSubscription: { realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Enabled" } },
});
