import assert from "node:assert/strict";

import { linesOf } from "../test/programVerdicts";
import { resource } from "../test/stack";

const rule = "cloudfront-edge-function-https";
const http = [
    "exports.handler = async (event) => {",
    "  const { request } = event.Records[0].cf;",
    "  request.origin.custom.protocol = 'http';",
    "  return request;",
    "};",
].join("\n");
const plain = "exports.handler = async (event) => event.Records[0].cf.request;";
const origin = { Id: "o", DomainName: "o.example.com", CustomOriginConfig: { OriginProtocolPolicy: "https-only" } };

function edge(arn: unknown) {
    const association = { EventType: "origin-request", LambdaFunctionARN: arn };
    return {
        Type: "AWS::CloudFront::Distribution",
        Properties: {
            DistributionConfig: {
                Origins: [origin],
                DefaultCacheBehavior: { LambdaFunctionAssociations: [association] },
            },
        },
    };
}

/** What is said of a template whose distribution has this function at its edge. */
function saidOf(arn: unknown, resources: object, more: object = {}): string[] {
    const template = { Transform: "AWS::Serverless-2016-10-31", ...more, Resources: { ...resources, Edge: edge(arn) } };
    const stack = resource("aws:cloudformation/stack:Stack", "shop", { templateBody: JSON.stringify(template) });
    return linesOf([rule], [stack]);
}

const at = "shop templateBody.Resources";
const association = `${at}.Edge.Properties.DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[0].LambdaFunctionARN`;

describe("a Lambda@Edge function of a template", () => {
    const published = (properties: object) => ({
        Type: "AWS::Serverless::Function",
        Properties: { Runtime: "nodejs22.x", AutoPublishAlias: "live", ...properties },
    });

    it("is judged where the distribution names its version", () => {
        const of = (code: string) => ({
            Origin: { Type: "AWS::Lambda::Function", Properties: { Runtime: "nodejs22.x", Code: { ZipFile: code } } },
            Version: { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "Origin" } } },
        });
        assert.deepEqual(saidOf({ Ref: "Version" }, of(http)), [
            `${rule}: violation: ${at}.Origin.Properties.Code.ZipFile`,
        ]);
        assert.deepEqual(saidOf({ "Fn::GetAtt": ["Version", "FunctionArn"] }, of(http)).length, 1);
        assert.deepEqual(saidOf({ Ref: "Version" }, of(plain)), []);
    });

    it("is judged where AWS SAM makes it, however its version is named", () => {
        const violation = `${rule}: violation: ${at}.Origin.Properties.InlineCode`;
        for (const arn of [
            { Ref: "Origin.Version" },
            { Ref: "Origin.Alias" },
            { "Fn::GetAtt": ["Origin", "Version"] },
            { "Fn::Sub": "${Origin.Version}" },
        ]) {
            const of = (InlineCode: string) => saidOf(arn, { Origin: published({ InlineCode }) });
            assert.deepEqual(of(http), [violation], JSON.stringify(arn));
            assert.deepEqual(of(plain), [], JSON.stringify(arn));
        }
    });

    it("has the settings that all functions of the template share, its own before them", () => {
        const shared = (Runtime: string) => ({ Globals: { Function: { Runtime } } });
        const bare = (properties: object) => ({
            Origin: { Type: "AWS::Serverless::Function", Properties: { InlineCode: http, ...properties } },
        });
        const violations = (properties: object, Runtime: string) =>
            saidOf({ Ref: "Origin.Version" }, bare(properties), shared(Runtime)).map((line) => line.split(": ")[1]);
        assert.deepEqual(violations({}, "nodejs22.x"), ["violation"]);
        assert.deepEqual(violations({}, "python3.13"), ["cannot tell"]);
        assert.deepEqual(violations({ Runtime: "nodejs22.x" }, "python3.13"), ["violation"]);
    });

    it("is cannot tell where its code is in a bucket, or where no function of that name is there", () => {
        const told = [`${rule}: cannot tell: ${association}`];
        assert.deepEqual(saidOf({ Ref: "Origin.Version" }, { Origin: published({ CodeUri: "s3://b/k.zip" }) }), told);
        assert.deepEqual(saidOf({ Ref: "Other.Version" }, { Origin: published({ InlineCode: plain }) }), told);
        const of = { Origin: published({ InlineCode: plain }) };
        assert.deepEqual(saidOf({ Ref: "Origin.Versions" }, of), told);
        const role = { Role: { Type: "AWS::IAM::Role", Properties: {} } };
        assert.deepEqual(saidOf({ Ref: "Role.Version" }, role), told);
    });
});
