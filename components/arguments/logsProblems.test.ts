import { areRefused, type Mistake } from "../test/mistakes";

/** What can be wrong with logs and alarms. */
const mistakes: Mistake[] = [
    [{ loadBalancerLogBucketName: "Logs" }, "loadBalancerLogBucketName", /3 to 63 lower-case/],
    [{ alarms: true }, "alarms", /is true; a group/],
    [{ alarms: { topicArn: "alarms" } }, "alarms.topicArn", /ARN of an SNS topic\./],
    [{ alarms: { edgeTopicArn: "arn:aws:sns:eu-central-1:111122223333:a" } }, "alarms.edgeTopicArn", /in us-east-1/],
    [{ alarms: { serverErrorPercent: 101 } }, "alarms.serverErrorPercent", /Write 100/],
    [{ alarms: { loadBalancerErrors: -1 } }, "alarms.loadBalancerErrors", /Write 0/],
    [{ alarms: { responseTime: 0 } }, "alarms.responseTime", /Write 1\./],
    [{ alarms: { blockedRequests: 0.5 } }, "alarms.blockedRequests", /whole number/],
    [{ alarms: { daysToExpiry: 45 } }, "alarms.daysToExpiry", /Write 44/],
    [{ webAclLogRetentionInDays: 31 }, "webAclLogRetentionInDays", /allowed values are 1, 3, 5.*Write 30\./],
    [{ accessLogRetentionInDays: 31 }, "accessLogRetentionInDays", /allowed values are 1, 3, 5/],
    [{ accessLogEnabled: "yes" }, "accessLogEnabled", /allowed values are true, false/],
    [{ loadBalancerLogEnabled: "no" }, "loadBalancerLogEnabled", /is "no".*allowed values are true, false/],
    [{ loadBalancerLogRetentionInDays: 0 }, "loadBalancerLogRetentionInDays", /is 0 \(days\).*Write 1\./],
    [{ loadBalancerLogRetentionInDays: 2_147_483_648 }, "loadBalancerLogRetentionInDays", /Write 2147483647/],
    [{ loadBalancerLogRetentionInDays: 1.5 }, "loadBalancerLogRetentionInDays", /whole number/],
    [{ accessLogEnabled: "false" }, "accessLogEnabled", /is "false"; allowed values are true, false\. Write false/],
    [{ webAclLogRequests: "blocked" }, "webAclLogRequests", /allowed values are matched, all/],
    [
        { webAclLogDestinationArn: "arn:aws:s3:::acme-logs" },
        "webAclLogDestinationArn",
        /named aws-waf-logs- and something.*"aws-waf-logs-acme-logs"/,
    ],
    [
        { webAclLogDestinationArn: "arn:aws:logs:eu-central-1:111122223333:log-group:aws-waf-logs-acme" },
        "webAclLogDestinationArn",
        /in us-east-1, or of a bucket/,
    ],
    [
        { accessLogDestinationArn: "arn:aws:logs:us-east-1:111122223333:log-group:acme:*" },
        "accessLogDestinationArn",
        /without ":\*" at its end/,
    ],
    [{ redactedHeaders: ["X-Api-Key"] }, "redactedHeaders[0]", /Write "x-api-key"/],
    [{ redactedHeaders: ["cookie"] }, "redactedHeaders[0]", /redacted anyway/],
    [{ redactedHeaders: ["Authorization"] }, "redactedHeaders[0]", /redacted anyway/],
    [{ redactedHeaders: ["a b"] }, "redactedHeaders[0]", /is "a b"/],
    [{ redactedHeaders: Array.from({ length: 21 }, (_, index) => `x-${index}`) }, "redactedHeaders", /has 21 headers/],
    [{ webAclLogRetentionInDays: 0 }, "webAclLogRetentionInDays", /is 0; allowed values are 1/],
    [{ webAclLogRetentionInDays: "365" }, "webAclLogRetentionInDays", /is "365"; .*Write 365\./],
];

describe("The arguments of EncryptedEdge", () => areRefused(mistakes));
