import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { testRule, verdictsOf, says } from "../test/testRule";
import { cloudfrontOriginTlsVersions } from "./cloudfront-origin-tls-versions";

const protocols = "distribution.origins.0.customOriginConfig.originSslProtocols";
const violation = "violation: distribution origins[0].customOriginConfig.originSslProtocols";

describe("cloudfront-origin-tls-versions", () => {
    testRule(cloudfrontOriginTlsVersions, {
        breaks: {
            "TLSv1.1 beside TLSv1.2": [protocols, ["TLSv1.2", "TLSv1.1"], violation],
            SSLv3: [protocols, ["SSLv3"], violation],
            "an empty list": [protocols, [], violation],
            "a missing list": [protocols, undefined, violation],
            "no block at all, for a domain that is no bucket": [
                "distribution.origins.0.customOriginConfig",
                undefined,
                violation,
            ],
        },
        accepts: {
            "an S3 origin": [
                "distribution.origins.1",
                { originId: "s3", domainName: "b.s3.amazonaws.com", s3OriginConfig: {} },
            ],
            "a version where the origin has no TLS at all": [
                "distribution.origins.0.customOriginConfig",
                { originProtocolPolicy: "http-only", originSslProtocols: ["SSLv3"] },
            ],
        },
        unknowns: {
            [protocols]: ["cannot tell: distribution origins[0].customOriginConfig.originSslProtocols"],
            "distribution.origins.0.customOriginConfig.originSslProtocols.0": [
                "cannot tell: distribution origins[0].customOriginConfig.originSslProtocols[0]",
            ],
            "distribution.origins": ["cannot tell: distribution origins"],
        },
        shapes: [
            "distribution.origins",
            "distribution.origins.0",
            "distribution.origins.0.customOriginConfig",
            protocols,
        ],
    });

    it("reads VPC origins, multi-tenant distributions and aws-native's legacy origin", () => {
        const program = `
resources:
  vpcOrigin:
    type: aws:cloudfront:VpcOrigin
    properties: { vpcOriginEndpointConfig: { originProtocolPolicy: https-only, originSslProtocols: { items: [TLSv1.1], quantity: 1 } } }
  good:
    type: aws:cloudfront:VpcOrigin
    properties: { vpcOriginEndpointConfig: { originProtocolPolicy: https-only, originSslProtocols: { items: [TLSv1.2], quantity: 1 } } }
  nativeVpcOrigin:
    type: aws-native:cloudfront:VpcOrigin
    properties: { vpcOriginEndpointConfig: { originSslProtocols: [TLSv1.2, TLSv1] } }
  multitenant:
    type: aws:cloudfront:MultitenantDistribution
    properties: { origins: [{ id: a, customOriginConfigs: [{ originSslProtocols: [TLSv1] }] }] }
  legacy:
    type: aws-native:cloudfront:Distribution
    properties: { distributionConfig: { customOrigin: { dnsName: a.example.com, originProtocolPolicy: https-only, originSslProtocols: [SSLv3] } } }
`;
        assert.deepEqual(verdictsOf(cloudfrontOriginTlsVersions, program), [
            "violation: vpcOrigin vpcOriginEndpointConfig.originSslProtocols",
            "violation: nativeVpcOrigin vpcOriginEndpointConfig.originSslProtocols",
            "violation: multitenant origins[0].customOriginConfigs[0].originSslProtocols",
            "violation: legacy distributionConfig.customOrigin.originSslProtocols",
        ]);
    });
});

describe("cloudfront-origin-tls-versions says of", () => {
    it("an outdated version", () => {
        says(
            cloudfrontOriginTlsVersions,
            { "distribution.origins.0.customOriginConfig.originSslProtocols": ["TLSv1.2", "TLSv1"] },
            [
                'origins[0].customOriginConfig.originSslProtocols of origin "origin" (origin.example.com) is ["TLSv1.2", "TLSv1"], so CloudFront may reach it with an outdated protocol. Write ["TLSv1.2"].',
            ],
        );
    });

    it("a version that is not known yet", () => {
        says(
            cloudfrontOriginTlsVersions,
            { "distribution.origins.0.customOriginConfig.originSslProtocols": [UNKNOWN] },
            [
                'Cannot tell whether CloudFront speaks nothing older than TLS 1.2 to origin "origin" (origin.example.com): origins[0].customOriginConfig.originSslProtocols[0] is not known yet.',
            ],
        );
    });

    it("a VPC origin", () => {
        says(
            cloudfrontOriginTlsVersions,
            {
                vpcOrigin: {
                    type: "aws:cloudfront:VpcOrigin",
                    properties: { vpcOriginEndpointConfig: { arn: "${loadBalancer.arn}" } },
                },
            },
            [
                'vpcOriginEndpointConfig.originSslProtocols of the VPC origin is missing, so CloudFront may reach it with an outdated protocol. Write { items: ["TLSv1.2"], quantity: 1 }.',
            ],
        );
    });

    it("a VPC origin's block, and aws-native's list", () => {
        const config = { arn: "${loadBalancer.arn}", originProtocolPolicy: "https-only" };
        const old = { ...config, originSslProtocols: { items: ["TLSv1", "TLSv1.2"], quantity: 2 } };
        const native = { ...config, originSslProtocols: ["TLSv1"] };
        says(
            cloudfrontOriginTlsVersions,
            {
                vpcOrigin: { type: "aws:cloudfront:VpcOrigin", properties: { vpcOriginEndpointConfig: old } },
                native: { type: "aws-native:cloudfront:VpcOrigin", properties: { vpcOriginEndpointConfig: native } },
            },
            [
                'vpcOriginEndpointConfig.originSslProtocols of the VPC origin is ["TLSv1", "TLSv1.2"], so CloudFront may reach it with an outdated protocol. Write { items: ["TLSv1.2"], quantity: 1 }.',
                'vpcOriginEndpointConfig.originSslProtocols of the VPC origin is ["TLSv1"], so CloudFront may reach it with an outdated protocol. Write ["TLSv1.2"].',
            ],
        );
    });
});
