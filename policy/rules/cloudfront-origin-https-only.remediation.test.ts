import assert from "node:assert/strict";

import { UNKNOWN, type Value } from "../graph";
import { resource } from "../test/stack";
import { cloudfrontOriginHttpsOnly as rule } from "./cloudfront-origin-https-only";

describe("cloudfront-origin-https-only", () => {
    describe("remediates", () => {
        const remediated = (type: string, properties: Record<string, Value>) =>
            rule.remediate?.(resource(type, "it", properties), {});
        const distribution = "aws:cloudfront/distribution:Distribution";
        const origin = (domainName: string, originProtocolPolicy?: Value) => ({
            domainName,
            customOriginConfig: { httpPort: 80, originProtocolPolicy },
        });

        it("the protocol of every custom origin and nothing else", () => {
            const properties = {
                comment: UNKNOWN,
                origins: [
                    origin("a.b.com", "http-only"),
                    { domainName: "b.s3.amazonaws.com" },
                    origin("c.d.com"),
                    origin("e.f.com", "https-only"),
                ],
            };
            const before = structuredClone({ ...properties, comment: "" });
            assert.deepEqual(remediated(distribution, properties), {
                comment: UNKNOWN,
                origins: [
                    origin("a.b.com", "https-only"),
                    { domainName: "b.s3.amazonaws.com" },
                    origin("c.d.com", "https-only"),
                    origin("e.f.com", "https-only"),
                ],
            });
            assert.deepEqual({ ...properties, comment: "" }, before, "the inputs themselves were changed");
        });

        it("nothing where nothing is wrong, unknown, or of a shape that it does not know", () => {
            for (const origins of [
                [origin("a.b.com", "https-only")],
                [origin("a.b.com", UNKNOWN)],
                [UNKNOWN],
                UNKNOWN,
                "x",
                [],
                [{ customOriginConfig: 7 }],
            ]) {
                assert.equal(remediated(distribution, { origins }), undefined);
            }
        });

        it("no website endpoint, which would stop answering", () => {
            assert.equal(
                remediated(distribution, {
                    origins: [origin("assets.s3-website-us-east-1.amazonaws.com", "http-only")],
                }),
                undefined,
            );
        });

        it("the other resources too", () => {
            const multitenant = "aws:cloudfront/multitenantDistribution:MultitenantDistribution";
            const configs = (originProtocolPolicy: string) => ({
                origins: [{ id: "a", customOriginConfigs: [{ originProtocolPolicy }] }],
            });
            assert.deepEqual(remediated(multitenant, configs("match-viewer")), configs("https-only"));
            const vpcOrigin = (originProtocolPolicy?: string) => ({
                vpcOriginEndpointConfig:
                    originProtocolPolicy === undefined ? { name: "v" } : { name: "v", originProtocolPolicy },
            });
            assert.deepEqual(remediated("aws-native:cloudfront:VpcOrigin", vpcOrigin()), vpcOrigin("https-only"));
            assert.equal(remediated("aws-native:cloudfront:VpcOrigin", {}), undefined);
            const legacy = (originProtocolPolicy: string) => ({
                distributionConfig: { customOrigin: { dnsName: "a.b.com", originProtocolPolicy } },
            });
            assert.deepEqual(
                remediated("aws-native:cloudfront:Distribution", legacy("http-only")),
                legacy("https-only"),
            );
        });
    });
});
