import { visibility, type RehearsedStack } from "./rehearsedStack";
import { cloudfront } from "./examples/cloudfront";
import { ec2 } from "./examples/ec2";
import { s3 } from "./examples/s3";
import { elbv2 } from "./examples/elbv2";
import type { Example } from "./examples/example";

const zoneId = async (stack: RehearsedStack) =>
    (await stack.lookUp("aws:route53/getZone:getZone", { name: "example.com" })).zoneId;

const logGroup = async (stack: RehearsedStack) =>
    (await stack.create("aws:cloudwatch/logGroup:LogGroup", { name: "/app" }, "app")).id;

const source = async (stack: RehearsedStack) => ({
    region: "us-east-1",
    logType: "ACCESS_LOGS",
    resourceArn: (await stack.distribution()).properties.arn,
});

const destination = async (stack: RehearsedStack) => ({
    region: "us-east-1",
    deliveryDestinationConfiguration: {
        destinationResourceArn: (
            await stack.create("aws:cloudwatch/logGroup:LogGroup", { region: "us-east-1" }, "group")
        ).properties.arn,
    },
});

const wafv2 = { scope: "REGIONAL" };

export const logPolicy = JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: "es.amazonaws.com" }, Action: "logs:Put*", Resource: "*" }],
});

/** What a program may state of each type that a service models: the least, and a little more where AWS adds to it. */
export const everyType: Readonly<Record<string, Example>> = {
    ...cloudfront,
    ...ec2,
    ...s3,
    ...elbv2,
    "aws:acm/certificate:Certificate": () => ({
        domainName: "www.example.com",
        subjectAlternativeNames: ["*.example.com"],
        validationMethod: "DNS",
    }),
    "aws:acm/certificateValidation:CertificateValidation": async (stack) => ({
        certificateArn: (await stack.certificate("eu-central-1", "www.example.com")).id,
    }),
    "aws:route53/delegationSet:DelegationSet": () => ({}),
    "aws:route53/cidrCollection:CidrCollection": () => ({}),
    "aws:route53/cidrLocation:CidrLocation": async (stack) => ({
        cidrCollectionId: (await stack.create("aws:route53/cidrCollection:CidrCollection", {}, "nets")).id,
        cidrBlocks: ["203.0.113.0/24", "2001:db8::/48"],
    }),
    "aws:route53/resolverRule:ResolverRule": () => ({ domainName: "corp.example", ruleType: "SYSTEM" }),
    "aws:route53/resolverEndpoint:ResolverEndpoint": async (stack) => ({
        direction: "INBOUND",
        securityGroupIds: [(await stack.create("aws:ec2/securityGroup:SecurityGroup", {}, "group")).id],
        ipAddresses: (await stack.subnets()).slice(0, 2).map((subnetId) => ({ subnetId })),
    }),
    "aws:cloudwatch/logGroup:LogGroup": () => ({ retentionInDays: 30 }),
    "aws:cloudwatch/logStream:LogStream": async (stack) => ({ logGroupName: await logGroup(stack) }),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": async (stack) => ({
        logGroupName: await logGroup(stack),
        pattern: "",
        metricTransformation: { name: "a", namespace: "b", value: "1" },
    }),
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": async (stack) => ({
        logGroup: await logGroup(stack),
        filterPattern: "",
        destinationArn: "arn:aws:logs:eu-central-1:444455556666:destination:a",
    }),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": () => ({ policyName: "a", policyDocument: logPolicy }),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": () => ({ alarmName: "a", alarmRule: "TRUE" }),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": source,
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": destination,
    "aws:cloudwatch/logDelivery:LogDelivery": async (stack) => ({
        region: "us-east-1",
        deliverySourceName: (
            await stack.create("aws:cloudwatch/logDeliverySource:LogDeliverySource", await source(stack), "source")
        ).id,
        deliveryDestinationArn: (
            await stack.create(
                "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
                await destination(stack),
                "destination",
            )
        ).properties.arn,
    }),
    "aws:cloudwatch/metricAlarm:MetricAlarm": () => ({
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: 1,
        metricName: "5xxErrorRate",
        namespace: "AWS/CloudFront",
        period: 60,
        statistic: "Average",
        threshold: 5,
    }),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": () => ({
        destination: "extended_s3",
        extendedS3Configuration: { bucketArn: "arn:aws:s3:::logs", roleArn: "arn:aws:iam::111122223333:role/firehose" },
    }),
    "aws:iam/role:Role": () => ({ assumeRolePolicy: "{}" }),
    "aws:iam/policy:Policy": () => ({ policy: "{}" }),
    "aws:kms/key:Key": () => ({ description: "a" }),
    "aws:lambda/function:Function": () => ({
        role: "arn:aws:iam::111122223333:role/function",
        runtime: "nodejs22.x",
        handler: "index.handler",
        s3Bucket: "code",
        s3Key: "function.zip",
        publish: true,
    }),
    "aws:route53/zone:Zone": () => ({ name: "example.org" }),
    "aws:route53/keySigningKey:KeySigningKey": async (stack) => ({
        hostedZoneId: await zoneId(stack),
        keyManagementServiceArn: "arn:aws:kms:us-east-1:111122223333:key/a",
        name: "ksk",
    }),
    "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": async (stack) => {
        const hostedZoneId = await zoneId(stack);
        const keyManagementServiceArn = "arn:aws:kms:us-east-1:111122223333:key/a";
        const key = { hostedZoneId, keyManagementServiceArn, name: "ksk" };
        await stack.create("aws:route53/keySigningKey:KeySigningKey", key, "key");
        return { hostedZoneId };
    },
    "aws:route53/queryLog:QueryLog": async (stack) => ({
        zoneId: await zoneId(stack),
        cloudwatchLogGroupArn: (await stack.create("aws:cloudwatch/logGroup:LogGroup", { region: "us-east-1" }, "log"))
            .properties.arn,
    }),
    "aws:route53/zoneAssociation:ZoneAssociation": async (stack) => {
        const vpcs = [{ vpcId: await stack.vpcId() }];
        return {
            zoneId: (await stack.create("aws:route53/zone:Zone", { name: "corp.local", vpcs }, "zone")).id,
            vpcId: (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" }, "other")).id,
        };
    },
    "aws:route53/record:Record": async (stack) => ({
        zoneId: (await stack.lookUp("aws:route53/getZone:getZone", { name: "example.com" })).zoneId,
        name: "a.example.com",
        type: "A",
        ttl: 60,
        records: ["192.0.2.1"],
    }),
    "aws:route53/healthCheck:HealthCheck": () => ({ type: "HTTPS", fqdn: "www.example.com", resourcePath: "/" }),
    "aws:sns/topic:Topic": () => ({}),
    "aws:sns/topicPolicy:TopicPolicy": async (stack) => ({
        arn: (await stack.create("aws:sns/topic:Topic", {}, "topic")).id,
        policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "sns:Publish" }] }),
    }),
    "aws:sns/topicSubscription:TopicSubscription": async (stack) => ({
        topic: (await stack.create("aws:sns/topic:Topic", {}, "topic")).id,
        protocol: "email",
        endpoint: "a@example.com",
    }),
    "aws:wafv2/webAcl:WebAcl": () => ({ ...wafv2, defaultAction: { allow: {} }, visibilityConfig: visibility }),
    "aws:wafv2/ipSet:IpSet": () => ({ ...wafv2, ipAddressVersion: "IPV4", addresses: ["192.0.2.0/24"] }),
    "aws:wafv2/regexPatternSet:RegexPatternSet": () => ({ ...wafv2, regularExpressions: [{ regexString: "a" }] }),
    "aws:wafv2/ruleGroup:RuleGroup": () => ({ ...wafv2, capacity: 10, visibilityConfig: visibility }),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": async (stack) => ({
        region: "us-east-1",
        resourceArn: (await stack.webAcl()).properties.arn,
        logDestinationConfigs: [
            (
                await stack.create(
                    "aws:cloudwatch/logGroup:LogGroup",
                    { name: "aws-waf-logs-a", region: "us-east-1" },
                    "log",
                )
            ).properties.arn,
        ],
    }),
    "aws:wafv2/webAclAssociation:WebAclAssociation": async (stack) => ({
        resourceArn: (await stack.loadBalancer()).id,
        webAclArn: (await stack.webAcl({ ...wafv2, region: "eu-central-1" })).properties.arn,
    }),
};
