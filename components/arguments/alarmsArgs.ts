import type * as pulumi from "@pulumi/pulumi";

/** Alarms: their thresholds, and the topics that they notify. */
export interface AlarmsArgs {
    /**
     * ARN of the SNS topic, in the load balancer's region, for the load balancer's alarms. Defaults to a new topic
     * (output `alarmTopicArn`); subscribe to it.
     */
    topicArn?: pulumi.Input<string>;

    /**
     * ARN of the SNS topic, in us-east-1, for the alarms of the edge: CloudFront reports there, and an alarm can only
     * notify topics in its own region. Defaults to a new topic (output `edgeAlarmTopicArn`); subscribe to it.
     * Source: CloudFront developer guide, "Monitor CloudFront metrics with Amazon CloudWatch".
     */
    edgeTopicArn?: pulumi.Input<string>;

    /**
     * Percentage of viewers' requests that end in a server error, in two five-minute periods in a row, 0 to 100.
     * Defaults to 5.
     */
    serverErrorPercent?: number;

    /**
     * Server errors of the load balancer, and separately of the targets, in five minutes, 0 or more. Defaults to 10.
     */
    loadBalancerErrors?: number;

    /** Seconds within which 95 of 100 responses of the targets arrive, 1 to 120. Defaults to 2. */
    responseTime?: number;

    /** Requests that AWS WAF blocks in five minutes, 0 or more. Defaults to 1000. */
    blockedRequests?: number;

    /**
     * Days before a certificate that was not renewed expires, 1 to 44 (ACM renews 45 days before). Defaults to 21.
     * Source: ACM user guide, "Managed certificate renewal".
     */
    daysToExpiry?: number;
}
