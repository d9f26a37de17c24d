import type { CasesByType } from "..";
import type { RehearsedStack } from "../../../rehearsedStack";
import { functionArn } from "../parts";

const arn = (service: string, name: string) => `arn:aws:${service}:eu-central-1:111122223333:${name}`;
const told = (kind: string, destination: string, given: unknown) => ({
    [kind]: [{ [destination]: given, events: ["s3:ObjectCreated:*"] }],
});
const roleArn = "arn:aws:iam::111122223333:role/logs";
const queueArn = async (stack: RehearsedStack) =>
    (await stack.create("aws:sqs/queue:Queue", { name: "a" })).properties.arn;
const streamArn = async (stack: RehearsedStack) =>
    (await stack.create("aws:kinesis/stream:Stream", { name: "a" })).properties.arn;

/** Programs that send something to what is not there, or in no role. */
export const destinations: CasesByType = {
    "aws:s3/bucketNotification:BucketNotification": {
        refused: [
            [
                "no such queue",
                told("queues", "queueArn", arn("sqs", "none")),
                /InvalidArgument: Unable to validate the following destination configurations: arn:aws:sqs:.*:none/,
            ],
            [
                "no such function",
                told("lambdaFunctions", "lambdaFunctionArn", arn("lambda", "function:none")),
                /InvalidArgument: Unable to validate .*:function:none/,
            ],
        ],
        accepted: [
            ["a queue", async (stack) => told("queues", "queueArn", await queueArn(stack))],
            ["a function", async (stack) => told("lambdaFunctions", "lambdaFunctionArn", await functionArn(stack))],
            ["a queue of another account", told("queues", "queueArn", "arn:aws:sqs:eu-central-1:444455556666:a")],
        ],
    },
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": {
        refused: [
            [
                "no such function",
                { destinationArn: arn("lambda", "function:none") },
                /PutSubscriptionFilter, .*InvalidParameterException: Could not execute the lambda function .*:none/,
            ],
            [
                "no such stream",
                { destinationArn: arn("kinesis", "stream/none"), roleArn },
                /InvalidParameterException: Could not deliver test message to specified Kinesis stream/,
            ],
            [
                "no such delivery stream",
                { destinationArn: arn("firehose", "deliverystream/none"), roleArn },
                /InvalidParameterException: Could not deliver test message to specified Firehose stream/,
            ],
            [
                "a stream without a role",
                async (stack) => ({ destinationArn: await streamArn(stack) }),
                /roleArn: is missing, which streams need/,
            ],
            [
                "a function with a role",
                async (stack) => ({ destinationArn: await functionArn(stack), roleArn }),
                /roleArn: goes with no function/,
            ],
        ],
        accepted: [["a stream", async (stack) => ({ destinationArn: await streamArn(stack), roleArn })]],
    },
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
        refused: [
            [
                "nobody who may",
                { policyDocument: '{"Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}]}' },
                /policyDocument: is .*; AWS allows policies whose statements name a principal/,
            ],
        ],
    },
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
        refused: [
            [
                "no such function",
                async (stack) => ({
                    targetGroupArn: (await stack.create("aws:lb/targetGroup:TargetGroup", { targetType: "lambda" })).id,
                    targetId: arn("lambda", "function:none"),
                }),
                /InvalidTarget: The following targets do not exist: .*:function:none/,
            ],
        ],
    },
    "aws:route53/queryLog:QueryLog": {
        refused: [
            [
                "no such log group",
                { cloudwatchLogGroupArn: "arn:aws:logs:us-east-1:111122223333:log-group:/none" },
                /NoSuchCloudWatchLogsLogGroup: There is no CloudWatch Logs log group with the ARN .*:\/none\./,
            ],
        ],
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        refused: [
            [
                "a filter that is a list",
                { protocol: "email", endpoint: "a@example.com", filterPolicy: '["a"]' },
                /filterPolicy: is .*; AWS allows objects, such as/,
            ],
        ],
    },
    "aws:cloudfront/distribution:Distribution": {
        refused: [
            [
                "an access control for media on a bucket",
                async (stack) => ({
                    origins: [
                        {
                            originId: "origin",
                            domainName: "logs.s3.eu-central-1.amazonaws.com",
                            originAccessControlId: (
                                await stack.create("aws:cloudfront/originAccessControl:OriginAccessControl", {
                                    originAccessControlOriginType: "mediastore",
                                    signingBehavior: "always",
                                    signingProtocol: "sigv4",
                                })
                            ).id,
                        },
                    ],
                }),
                /InvalidDomainNameForOriginAccessControl: .* of the type mediastore, which logs\.s3/,
            ],
        ],
    },
    "aws:ec2/route:Route": {
        refused: [
            [
                "the VPC's own range",
                { destinationCidrBlock: "10.7.0.0/16" },
                /RouteAlreadyExists: .* by 10\.7\.0\.0\/16/,
            ],
            [
                "IPv4 through a gateway of IPv6",
                { gatewayId: undefined, egressOnlyGatewayId: "eigw-0123456789abcdef0" },
                /egressOnlyGatewayId: carries IPv6 only/,
            ],
        ],
        accepted: [["a part of the VPC's range", { destinationCidrBlock: "10.7.1.0/24" }]],
    },
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
        refused: [
            [
                "ranges that overlap",
                async (stack) => ({
                    peerVpcId: (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "172.31.128.0/20" }, "twin")).id,
                }),
                /InvalidParameterValue: .*the CIDR block 172\.31\.0\.0\/16 overlaps/,
            ],
        ],
    },
    "aws:route53/resolverRule:ResolverRule": {
        refused: [
            [
                "no address to forward to",
                { ruleType: "FORWARD" },
                /targetIps: is missing, which the ruleType "FORWARD"/,
            ],
            [
                "an address that nothing is forwarded to",
                { targetIps: [{ ip: "10.0.0.2" }] },
                /targetIps: goes with "ruleType" "FORWARD", "DELEGATE" only, not with "SYSTEM"/,
            ],
        ],
    },
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": {
        refused: [
            [
                "no origins",
                { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: [] }] },
                /allowedOrigins: is empty.*MalformedXML/,
            ],
        ],
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        refused: [
            [
                "an action that EC2 does not have",
                { alarmActions: ["arn:aws:automate:eu-central-1:ec2:fly"] },
                /alarmActions\[0\]: is "arn:aws:automate:eu-central-1:ec2:fly"/,
            ],
        ],
    },
};
