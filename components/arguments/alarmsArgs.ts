import type * as pulumi from "@pulumi/pulumi";

/** What is worth an alarm, and who is told. */
export interface AlarmsArgs {
    /**
     * ARN of the SNS topic, in the load balancer's region, for the alarms of the load balancer. Defaults to a topic of its
     * own (output `alarmTopicArn`), to which somebody has to subscribe.
     */
    topicArn?: pulumi.Input<string>;

    /**
     * ARN of the SNS topic, in us-east-1, for the alarms of the edge: CloudFront reports there, and an alarm knows topics
     * of its own region only. Defaults to a topic of its own (output `edgeAlarmTopicArn`).
     * Source: CloudFront developer guide, "Monitor CloudFront metrics with Amazon CloudWatch".
     */
    edgeTopicArn?: pulumi.Input<string>;

    /** Percent of the viewers' requests that end in a server error, twice in a row in five minutes, 0 to 100. Defaults to 5. */
    serverErrorPercent?: number;

    /** Server errors of the load balancer, and as many of the targets, in five minutes, 0 or more. Defaults to 10. */
    loadBalancerErrors?: number;

    /** Seconds that 95 of 100 answers of the targets take at most, 1 to 120. Defaults to 2. */
    responseTime?: number;

    /** Requests that AWS WAF blocks in five minutes, 0 or more. Defaults to 1000. */
    blockedRequests?: number;

    /**
     * Days before the end of a certificate that is not renewed, 1 to 44: ACM renews 45 days before. Defaults to 21.
     * Source: ACM user guide, "Managed certificate renewal".
     */
    daysToExpiry?: number;
}
