import type * as pulumi from "@pulumi/pulumi";

/** What is logged, where to, and for how long. */
export interface LogsArgs {
    /**
     * Whether AWS WAF logs what the web ACL decides. Defaults to true. Without the log you cannot tell afterwards why a
     * request was blocked.
     * Source: AWS WAF developer guide, "Logging AWS WAF web ACL traffic".
     */
    webAclLogEnabled?: boolean;

    /**
     * Requests that the web ACL's log records: `matched`, those that a rule blocked or counted, or `all`. Defaults to
     * `matched`, because the access log already has a line for every request, and AWS WAF's record, with all headers,
     * is longer.
     * Source: AWS WAF API reference, LoggingFilter and ActionCondition.
     */
    webAclLogRequests?: string;

    /**
     * ARN of your own log group, S3 bucket or Firehose stream for the web ACL's log. Its name begins with
     * `aws-waf-logs-`; a log group or a stream is in us-east-1, a bucket anywhere. Defaults to a new log group. Your
     * own destination decides how long it keeps records, so `webAclLogRetentionInDays` has no effect.
     * Source: AWS WAF developer guide, "AWS WAF logging destinations".
     */
    webAclLogDestinationArn?: pulumi.Input<string>;

    /**
     * Headers whose values the web ACL's log and its sampled requests leave out, in addition to `Authorization`,
     * `Cookie` and `X-Origin-Verify`, for example `x-api-key`; at most 20. Defaults to none.
     * Source: AWS WAF API reference, DataProtectionConfig.
     */
    redactedHeaders?: string[];

    /**
     * Days that CloudWatch Logs keeps the web ACL's log, one of the periods that it offers (1, 3, 5, 7, 14, 30, 60, 90,
     * 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653). Defaults to 365.
     * Source: CloudWatch Logs API reference, PutRetentionPolicy.
     */
    webAclLogRetentionInDays?: number;

    /**
     * Whether CloudFront logs every request (address, path, status, TLS version and cipher, no cookies) to a log group
     * in us-east-1. Defaults to true. CloudWatch Logs charges for what is written.
     * Source: CloudFront developer guide, "Configure standard logging (v2)".
     */
    accessLogEnabled?: boolean;

    /**
     * ARN of your own log group, S3 bucket or Firehose stream for the access log; a log group or a stream is in
     * us-east-1, a bucket anywhere. Defaults to a new log group. With your own destination `accessLogRetentionInDays`
     * has no effect.
     * Source: CloudFront developer guide, "Configure standard logging (v2)".
     */
    accessLogDestinationArn?: pulumi.Input<string>;

    /**
     * Days that CloudWatch Logs keeps the access log, one of the periods listed at `webAclLogRetentionInDays`. Defaults
     * to 365.
     * Source: CloudWatch Logs API reference, PutRetentionPolicy.
     */
    accessLogRetentionInDays?: number;

    /**
     * Whether the load balancer logs every request (access log), and every connection with its TLS version, cipher and
     * key exchange (connection log), to an S3 bucket in its region. Defaults to true. S3 charges for storage, not for
     * the bandwidth of the delivery.
     * Source: Elastic Load Balancing user guide, "Access logs for your Application Load Balancer" and "Connection logs
     * for your Application Load Balancer".
     */
    loadBalancerLogEnabled?: boolean;

    /**
     * Name of your own bucket, in the load balancer's region, for the load balancer's logs. Defaults to a new one. Your
     * bucket decides how long it keeps them, must be encrypted with S3's own keys (SSE-S3), and its policy must let
     * `logdelivery.elasticloadbalancing.amazonaws.com` write under `access-log/` and `connection-log/`.
     * Source: Elastic Load Balancing user guide, "Enable access logs for your Application Load Balancer".
     */
    loadBalancerLogBucketName?: pulumi.Input<string>;

    /**
     * Days after which S3 deletes the load balancer's logs, 1 to 2147483647. Defaults to 365.
     * Source: Amazon S3 API reference, LifecycleExpiration.
     */
    loadBalancerLogRetentionInDays?: number;
}
