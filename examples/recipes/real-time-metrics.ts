import * as aws from "@pulumi/aws";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Sends cache hit rate, origin latency and errors by status to CloudWatch, every minute. */
export const edge = new EncryptedEdge("metrics-edge", site("metrics-edge"));

new aws.cloudfront.MonitoringSubscription("metrics", {
    distributionId: edge.distributionId,
    monitoringSubscription: { realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Enabled" } },
});
