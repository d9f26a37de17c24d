import assert from "node:assert/strict";

import { verdictsOf } from "../test/testRule";
import type { Program } from "../test/yamlProgram";
import { cloudfrontEdgeFunctionHttps as rule } from "./cloudfront-edge-function-https";

describe("a version of a Lambda@Edge function", () => {
    it("is judged by its function, before and after both exist", () => {
        const versioned = (code: string): Program => ({
            origin: {
                type: "aws-native:lambda:Function",
                properties: { runtime: "nodejs22.x", code: { zipFile: code } },
            },
            version: { type: "aws-native:lambda:Version", properties: { functionName: "${origin.id}" } },
            web: {
                type: "aws-native:cloudfront:Distribution",
                properties: {
                    distributionConfig: {
                        defaultCacheBehavior: {
                            lambdaFunctionAssociations: [
                                { eventType: "origin-request", lambdaFunctionArn: "${version.id}" },
                            ],
                        },
                    },
                },
            },
        });
        const code = "exports.handler = async (e) => { e.Records[0].cf.request.origin.custom.protocol = 'http'; };";
        assert.deepEqual(verdictsOf(rule, versioned(code)), ["violation: origin code.zipFile"]);
        assert.deepEqual(verdictsOf(rule, versioned(code.replace("http", "https"))), []);
    });
});
