import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { broken } from "../test/compliantStack";
import { resource } from "../test/stack";
import { messagesOf, says } from "../test/testRule";
import { findingsOf } from "../test/yamlProgram";
import { cloudfrontOriginHttpsOnly as rule } from "./cloudfront-origin-https-only";

const config = "distribution.origins.0.customOriginConfig";
const policy = `${config}.originProtocolPolicy`;

describe("cloudfront-origin-https-only", () => {
    describe("says", () => {
        const message = (path: string, value: unknown) => messagesOf(rule, broken(path, value)).join("\n");

        it("which origin, what value and what to write", () => {
            assert.equal(
                message(policy, "http-only"),
                'CloudFront may reach origin "origin" (origin.example.com) without encryption: ' +
                    'origins[0].customOriginConfig.originProtocolPolicy is "http-only". Write originProtocolPolicy: "https-only".',
            );
            assert.match(message(policy, undefined), /originProtocolPolicy is missing\. Write/);
        });

        it("why match-viewer is not enough, though AWS's own checks accept it", () => {
            assert.match(
                message(policy, "match-viewer"),
                /uses HTTP whenever a viewer does \(AWS's own checks accept it/,
            );
            assert.doesNotMatch(message(policy, "http-only"), /AWS's own checks/);
        });

        it("the way out for an S3 website endpoint", () => {
            const origin = {
                originId: "assets",
                domainName: "assets.s3-website-us-east-1.amazonaws.com",
                customOriginConfig: { originProtocolPolicy: "http-only" },
            };
            const text = message("distribution.origins.0", origin);
            assert.match(
                text,
                /An S3 website endpoint speaks HTTP only: use the bucket's REST endpoint .* origin access control/,
            );
            assert.doesNotMatch(text, /Write originProtocolPolicy/);
        });

        it("what is missing where there is no block", () => {
            assert.equal(
                message(config, undefined),
                'Origin "origin" (origin.example.com) has no customOriginConfig, so nothing makes CloudFront reach it over HTTPS. AWS then takes it for an S3 bucket and refuses it: "The parameter Origin DomainName does not refer to a valid S3 bucket". Write customOriginConfig with originProtocolPolicy: "https-only".',
            );
        });

        it("which VPC origin", () => {
            const [finding] = findingsOf(rule, [
                resource("aws:cloudfront/vpcOrigin:VpcOrigin", "it", {
                    vpcOriginEndpointConfig: { name: "app", originProtocolPolicy: "http-only" },
                }),
            ]);
            assert.match(finding?.message ?? "", /^CloudFront may reach VPC origin "app" without encryption/);
            const [nameless] = findingsOf(rule, [resource("aws:cloudfront/vpcOrigin:VpcOrigin", "it", {})]);
            assert.match(nameless?.message ?? "", /^CloudFront may reach the VPC origin without encryption/);
        });

        it("why it cannot tell", () => {
            const [unknown] = findingsOf(rule, [
                resource("aws:cloudfront/distribution:Distribution", "it", {
                    origins: [{ originId: "a", customOriginConfig: { originProtocolPolicy: UNKNOWN } }, UNKNOWN],
                }),
            ]).reverse();
            assert.equal(
                unknown?.message,
                'Cannot tell whether CloudFront reaches origin "a" over HTTPS only: origins[0].customOriginConfig.originProtocolPolicy is not known yet.',
            );
            const [entry] = findingsOf(rule, [
                resource("aws:cloudfront/distribution:Distribution", "it", { origins: [UNKNOWN] }),
            ]);
            assert.equal(
                entry?.message,
                "Cannot tell whether CloudFront reaches its origins over HTTPS only: origins[0] is not known yet.",
            );
            assert.match(message(policy, 443), /Cannot tell whether .*: .*originProtocolPolicy is not a string\./);
            assert.match(message(config, 443), /: origins\[0\]\.customOriginConfig is not an object\./);
        });
    });
});

describe("cloudfront-origin-https-only, value by value", () => {
    const origin = (properties: object) => ({ "distribution.origins": [properties] });

    it("says nothing of an origin without a domain and without settings, which CloudFront refuses", () => {
        says(rule, origin({ originId: "o" }), []);
    });

    it("names the block that is missing, in aws-native too", () => {
        const native = {
            type: "aws-native:cloudfront:Distribution",
            properties: { distributionConfig: { origins: [{ id: "o", domainName: "a.example.com" }] } },
        };
        says(rule, { distribution: native }, [
            'Origin "o" (a.example.com) has no customOriginConfig, so nothing makes CloudFront reach it over HTTPS. AWS then takes it for an S3 bucket and refuses it: "The parameter Origin DomainName does not refer to a valid S3 bucket". Write customOriginConfig with originProtocolPolicy: "https-only".',
        ]);
    });

    it("spells the fix as the program does, in templates and Terraform modules too", () => {
        const inTemplate = (settings: object) =>
            messagesOf(rule, {
                web: {
                    type: "aws:cloudformation:Stack",
                    properties: {
                        templateBody: JSON.stringify({
                            Resources: {
                                D: {
                                    Type: "AWS::CloudFront::Distribution",
                                    Properties: {
                                        DistributionConfig: {
                                            Origins: [{ Id: "o", DomainName: "a.example.com", ...settings }],
                                        },
                                    },
                                },
                            },
                        }),
                    },
                },
            });
        const inModule = (settings: object) =>
            messagesOf(rule, {
                web: {
                    type: "edge:tf:aws_cloudfront_distribution",
                    properties: { origin: [{ origin_id: "o", domain_name: "a.example.com", ...settings }] },
                },
            });
        const endings = [
            inTemplate({ CustomOriginConfig: { OriginProtocolPolicy: "http-only" } }),
            inTemplate({}),
            inModule({ custom_origin_config: [{ origin_protocol_policy: "http-only" }] }),
            inModule({}),
        ].map((said) => said.map((message) => message.replace(/^.*(?=Write )/, "")));
        assert.deepEqual(endings, [
            ['Write OriginProtocolPolicy: "https-only".'],
            ['Write CustomOriginConfig with OriginProtocolPolicy: "https-only".'],
            ['Write origin_protocol_policy: "https-only".'],
            ['Write custom_origin_config with origin_protocol_policy: "https-only".'],
        ]);
    });

    it("takes only Amazon's own names for S3 website endpoints", () => {
        const config = { originProtocolPolicy: "http-only" };
        says(
            rule,
            origin({
                originId: "o",
                domainName: "b.s3-website-eu-west-1.amazonaws.com.example.com",
                customOriginConfig: config,
            }),
            [
                'CloudFront may reach origin "o" (b.s3-website-eu-west-1.amazonaws.com.example.com) without encryption: origins[0].customOriginConfig.originProtocolPolicy is "http-only". Write originProtocolPolicy: "https-only".',
            ],
        );
    });
});
