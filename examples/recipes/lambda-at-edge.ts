import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

const role = new aws.iam.Role("edge-function", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({
        Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"],
    }),
});
const code = "exports.handler = async ({ Records: [{ cf }] }) => cf.request;";
const lambda = new aws.lambda.Function("edge-function", {
    region: "us-east-1",
    role: role.arn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    publish: true,
    code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset(code) }),
});

/** Runs a Lambda@Edge function before each request to the load balancer. CloudFront forbids it with an internal one. */
export const edge = new EncryptedEdge("lambda-edge", site("lambda-edge"), {
    transform: {
        distribution: (args) => {
            args.defaultCacheBehavior.lambdaFunctionAssociations = [
                { eventType: "origin-request", lambdaArn: lambda.qualifiedArn },
            ];
        },
    },
});
