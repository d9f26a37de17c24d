import type { CasesByType } from "..";
import { bytes, lifecycle, policy, statement } from "../parts";

/** Unusual programs without any mistake. */
export const others: CasesByType = {
    // The SDK describes the blocks of a web ACL under the names of another resource's, which differ.
    "aws:wafv2/webAcl:WebAcl": {
        accepted: [
            ["a negation as a list", statement({ notStatement: { statements: [bytes()] } })],
            ["a negation as one", statement({ notStatement: { statement: bytes() } })],
            [
                "a negation below a rate",
                statement({
                    rateBasedStatement: { limit: 100, scopeDownStatement: { notStatement: { statements: [bytes()] } } },
                }),
            ],
            [
                "transformations before parsing",
                statement(bytes({ preParseTextTransformations: [{ priority: 0, type: "URL_DECODE" }] })),
            ],
        ],
    },
    "aws:cloudfront/distribution:Distribution": {
        accepted: [
            [
                "the root as the page of an error",
                { customErrorResponses: [{ errorCode: 404, responseCode: 200, responsePagePath: "/" }] },
            ],
        ],
    },
    // Source: terraform-provider-aws, TestAccWAFV2WebACLLoggingConfiguration_emptyRedactedFields.
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
        accepted: [["a field of nothing", { redactedFields: [{}] }]],
    },
    "aws:ec2/route:Route": {
        accepted: [
            [
                "a gateway that is attached apart",
                async (stack) => {
                    const vpc = await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" }, "apart");
                    const table = await stack.create("aws:ec2/routeTable:RouteTable", { vpcId: vpc.id }, "apart");
                    const gateway = await stack.create("aws:ec2/internetGateway:InternetGateway", {}, "apart");
                    await stack.create("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment", {
                        internetGatewayId: gateway.id,
                        vpcId: vpc.id,
                    });
                    return { routeTableId: table.id, gatewayId: gateway.id };
                },
            ],
        ],
    },
    "aws:lb/listener:Listener": {
        accepted: [
            [
                "several methods",
                {
                    routingHttpResponseAccessControlAllowMethodsHeaderValue: "GET, POST,PATCH",
                },
            ],
        ],
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        accepted: [
            [
                "a gateway load balancer in a VPC without an internet gateway",
                async (stack) => {
                    const vpc = await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" }, "closed");
                    const place = { vpcId: vpc.id, cidrBlock: "10.8.0.0/24", availabilityZone: "eu-central-1a" };
                    const subnet = await stack.create("aws:ec2/subnet:Subnet", place, "closed");
                    return { loadBalancerType: "gateway", subnets: [subnet.id], securityGroups: undefined };
                },
            ],
        ],
    },
    // Source: terraform-provider-aws, issue 20620 and pull request 44006.
    "aws:route53/healthCheck:HealthCheck": {
        accepted: [
            [
                "nothing to calculate from",
                { type: "CALCULATED", childHealthThreshold: 0, fqdn: undefined, resourcePath: undefined },
            ],
        ],
    },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        accepted: [
            ["a day", lifecycle({ transitions: [{ date: "2030-01-01T00:00:00Z", storageClass: "GLACIER" }] })],
            [
                "down, written in any order",
                lifecycle({
                    transitions: [
                        { days: 90, storageClass: "GLACIER" },
                        { days: 30, storageClass: "STANDARD_IA" },
                    ],
                }),
            ],
        ],
    },
    "aws:s3/bucketPolicy:BucketPolicy": {
        accepted: [
            [
                "operators",
                policy({
                    Condition: {
                        "ForAnyValue:StringLikeIfExists": { "aws:PrincipalOrgPaths": "o-a/*" },
                        Null: { "aws:SourceIp": "true" },
                        NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" },
                        NumericLessThan: { "s3:TlsVersion": 1.2 },
                        ArnNotLike: { "aws:SourceArn": "arn:aws:s3:::a*" },
                    },
                }),
            ],
            [
                "an identity of CloudFront",
                async (stack) => {
                    const type = "aws:cloudfront/originAccessIdentity:OriginAccessIdentity";
                    return policy({ Principal: { AWS: (await stack.create(type, {}, "reader")).properties.iamArn } });
                },
            ],
            ["a document, not its text", { policy: JSON.parse(policy({}).policy as string) as unknown }],
            ["a service", policy({ Principal: { Service: ["cloudfront.amazonaws.com"] } })],
        ],
    },
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": {
        accepted: [["weight", { trafficConfig: { type: "SingleWeight", singleWeightConfig: { weight: 0.15 } } }]],
    },
};
