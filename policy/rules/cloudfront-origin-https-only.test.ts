import assert from "node:assert/strict";

import { UNKNOWN, type Value } from "../graph";
import { broken, verdicts } from "../test/compliantStack";
import { resource } from "../test/stack";
import { testRule, verdictsOf } from "../test/testRule";
import { findingsOf } from "../test/yamlProgram";
import { cloudfrontOriginHttpsOnly as rule } from "./cloudfront-origin-https-only";

const config = "distribution.origins.0.customOriginConfig";
const policy = `${config}.originProtocolPolicy`;
const violation = "violation: distribution origins[0].customOriginConfig.originProtocolPolicy";
const cannotTell = "cannot tell: distribution origins[0].customOriginConfig.originProtocolPolicy";

function verdictsFor(type: string, properties: Record<string, Value>): string[] {
    return findingsOf(rule, [resource(type, "it", properties)]).map(({ kind, path }) => `${kind}: ${path}`);
}

describe("cloudfront-origin-https-only", () => {
    testRule(rule, {
        breaks: {
            "http-only": [policy, "http-only", violation],
            "match-viewer": [policy, "match-viewer", violation],
            "a missing policy": [policy, undefined, violation],
            "a null policy": [policy, null, violation],
            "an empty policy": [policy, "", violation],
            "another case than AWS's": [policy, "HTTPS-only", violation],
            "an empty block": [config, {}, violation],
            "a VPC origin of another stack or account": [
                "distribution.origins.0",
                { originId: "v", domainName: "v.example.com", vpcOriginConfig: { vpcOriginId: "vo_1" } },
                "cannot tell: distribution origins[0].vpcOriginConfig.vpcOriginId",
            ],
            "no block at all, for a domain that is no bucket": [
                config,
                undefined,
                "violation: distribution origins[0].customOriginConfig",
            ],
            "a policy of the wrong type": [policy, 443, cannotTell],
            "a block of the wrong type": [
                config,
                "https-only",
                "cannot tell: distribution origins[0].customOriginConfig",
            ],
            "origins of the wrong type": ["distribution.origins", "origin", "cannot tell: distribution origins"],
            "an origin of the wrong type": [
                "distribution.origins",
                [null, 7, { originId: "a", domainName: "a.example.com", customOriginConfig: {} }],
                "cannot tell: distribution origins[1]",
                "violation: distribution origins[2].customOriginConfig.originProtocolPolicy",
            ],
        },
        accepts: {
            "a disabled distribution that is https-only": ["distribution.enabled", false],
            "an S3 origin": [
                "distribution.origins.0",
                { originId: "b", domainName: "b.s3.eu-west-1.amazonaws.com", originAccessControlId: "E1" },
            ],
            "an S3 origin with its block": [
                "distribution.origins.0",
                { originId: "b", domainName: "b.s3.amazonaws.com", s3OriginConfig: { originAccessIdentity: "" } },
            ],
            "an S3 origin with an empty block": [
                "distribution.origins.0",
                { originId: "b", domainName: "b.example.com", s3OriginConfig: {} },
            ],
            "no origins": ["distribution.origins", []],
        },
        unknowns: {
            [policy]: [cannotTell],
            [config]: ["cannot tell: distribution origins[0].customOriginConfig"],
            "distribution.origins.0": ["cannot tell: distribution origins[0]"],
            "distribution.origins": ["cannot tell: distribution origins"],
            "distribution.origins.0.domainName": [],
            "distribution.origins.0.originId": [],
        },
        shapes: ["distribution.origins", "distribution.origins.0", config, policy, "distribution.origins.0.domainName"],
    });

    it("counts a disabled distribution", () => {
        const program = broken(policy, "http-only");
        Object.assign(program.distribution?.properties ?? {}, { enabled: false });
        assert.deepEqual(verdicts(rule, program), [violation]);
    });

    it("judges every origin, in or out of an origin group, and a literal one beside unknown ones", () => {
        const origin = (originProtocolPolicy: Value) => ({
            domainName: "a.example.com",
            customOriginConfig: { originProtocolPolicy },
        });
        const properties = {
            origins: [origin(UNKNOWN), UNKNOWN, origin("https-only"), origin("http-only"), origin("match-viewer")],
            originGroups: [{ originId: "group", members: [{ originId: "0" }, { originId: "3" }] }],
        };
        assert.deepEqual(verdictsFor("aws:cloudfront/distribution:Distribution", properties), [
            "cannot tell: origins[1]",
            "cannot tell: origins[0].customOriginConfig.originProtocolPolicy",
            "violation: origins[3].customOriginConfig.originProtocolPolicy",
            "violation: origins[4].customOriginConfig.originProtocolPolicy",
        ]);
    });

    it("decides by the block, never by the presence of an origin access control", () => {
        const lambda = {
            originId: "lambda",
            domainName: "abc.lambda-url.eu-west-1.on.aws",
            originAccessControlId: "E1",
            customOriginConfig: { originProtocolPolicy: "http-only" },
        };
        assert.deepEqual(verdicts(rule, broken("distribution.origins.0", lambda)), [violation]);
    });

    const buckets = [
        "b.s3.amazonaws.com",
        "b.s3.eu-west-1.amazonaws.com",
        "b.s3-eu-west-1.amazonaws.com",
        "b.S3.dualstack.eu-west-1.amazonaws.com",
        "b.s3.cn-north-1.amazonaws.com.cn",
        "ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com",
        "m.accesspoint.s3-global.amazonaws.com",
    ];
    for (const domainName of buckets) {
        it(`takes ${domainName} for a bucket where no block says otherwise`, () => {
            assert.deepEqual(verdicts(rule, broken("distribution.origins.0", { originId: "b", domainName })), []);
        });
    }

    for (const domainName of [
        "bs3.example.com",
        "s3.example.com",
        "b.s3.eu-west-1.amazonaws.com.example.com",
        "b.s3x.amazonaws.com",
        "b.s3-website.eu-central-1.amazonaws.com",
        "b.s3-website-us-east-1.amazonaws.com",
        "b.s3-website.cn-north-1.amazonaws.com.cn.",
    ]) {
        it(`does not take ${domainName} for a bucket`, () => {
            assert.deepEqual(verdicts(rule, broken("distribution.origins.0", { originId: "b", domainName })), [
                "violation: distribution origins[0].customOriginConfig",
            ]);
        });
    }

    it("takes an empty entry of customOriginConfigs for none", () => {
        const origin = { id: "b", domainName: "b.s3.amazonaws.com", customOriginConfigs: [null] };
        const type = "aws:cloudfront/multitenantDistribution:MultitenantDistribution";
        assert.deepEqual(verdictsFor(type, { origins: [origin] }), []);
    });

    it("is mandatory by default and stops a resource before it is made", () => {
        assert.deepEqual(
            [rule.name, rule.level, rule.scope],
            ["cloudfront-origin-https-only", "mandatory", "resource"],
        );
    });

    describe("in other resources", () => {
        const block = { originProtocolPolicy: "http-only" };
        const good = { originProtocolPolicy: "https-only" };
        const multitenant = "aws:cloudfront/multitenantDistribution:MultitenantDistribution";
        const native = "aws-native:cloudfront:Distribution";

        it("reads MultitenantDistribution's own names", () => {
            const origins = (customOriginConfigs: Value) => ({
                origins: [{ id: "a", domainName: "a.b.com", customOriginConfigs }],
            });
            assert.deepEqual(verdictsFor(multitenant, origins([block])), [
                "violation: origins[0].customOriginConfigs[0].originProtocolPolicy",
            ]);
            assert.deepEqual(verdictsFor(multitenant, origins([good, block])), [
                "violation: origins[0].customOriginConfigs[1].originProtocolPolicy",
            ]);
            assert.deepEqual(verdictsFor(multitenant, origins([{}])), [
                "violation: origins[0].customOriginConfigs[0].originProtocolPolicy",
            ]);
            assert.deepEqual(verdictsFor(multitenant, origins([good])), []);
            assert.deepEqual(verdictsFor(multitenant, origins(UNKNOWN)), [
                "cannot tell: origins[0].customOriginConfigs",
            ]);
            const vpc = { origins: [{ id: "a", domainName: "a.b.com", vpcOriginConfigs: [{ vpcOriginId: "vo_1" }] }] };
            assert.deepEqual(verdictsFor(multitenant, vpc), [
                "cannot tell: origins[0].vpcOriginConfigs[0].vpcOriginId",
            ]);
        });

        it("reads aws-native's distributionConfig", () => {
            const origins = (customOriginConfig: Value) => ({
                distributionConfig: {
                    enabled: false,
                    origins: [{ id: "a", domainName: "a.b.com", customOriginConfig }],
                },
            });
            const path = "distributionConfig.origins[0].customOriginConfig";
            assert.deepEqual(verdictsFor(native, origins(block)), [`violation: ${path}.originProtocolPolicy`]);
            assert.deepEqual(verdictsFor(native, origins(good)), []);
            assert.deepEqual(verdictsFor(native, origins(UNKNOWN)), [`cannot tell: ${path}`]);
            assert.deepEqual(verdictsFor(native, { distributionConfig: UNKNOWN }), ["cannot tell: distributionConfig"]);
            assert.deepEqual(verdictsFor(native, { distributionConfig: "x" }), ["cannot tell: distributionConfig"]);
            assert.deepEqual(verdictsFor(native, {}), []);
        });

        it("reads aws-native's legacy forms", () => {
            const legacy = (customOrigin: Value) => ({ distributionConfig: { customOrigin } });
            const path = "distributionConfig.customOrigin";
            assert.deepEqual(verdictsFor(native, legacy({ dnsName: "a.b.com", ...block })), [
                `violation: ${path}.originProtocolPolicy`,
            ]);
            assert.deepEqual(verdictsFor(native, legacy({ dnsName: "a.b.com" })), [
                `violation: ${path}.originProtocolPolicy`,
            ]);
            assert.deepEqual(verdictsFor(native, legacy({ dnsName: "a.b.com", ...good })), []);
            assert.deepEqual(verdictsFor(native, legacy(UNKNOWN)), [`cannot tell: ${path}`]);
            assert.deepEqual(
                verdictsFor(native, { distributionConfig: { s3Origin: { dnsName: "b.s3.amazonaws.com" } } }),
                [],
            );
        });

        for (const type of ["aws:cloudfront/vpcOrigin:VpcOrigin", "aws-native:cloudfront:VpcOrigin"]) {
            it(`judges ${type}`, () => {
                const path = "vpcOriginEndpointConfig";
                const origin = (value: Value) => verdictsFor(type, { [path]: value });
                assert.deepEqual(origin({ name: "v", ...good }), []);
                assert.deepEqual(origin([{ name: "v", ...good }]), []);
                for (const originProtocolPolicy of ["http-only", "match-viewer", undefined, null]) {
                    assert.deepEqual(origin({ name: "v", originProtocolPolicy }), [
                        `violation: ${path}.originProtocolPolicy`,
                    ]);
                }
                assert.deepEqual(origin([block]), [`violation: ${path}[0].originProtocolPolicy`]);
                assert.deepEqual(origin(undefined), [`violation: ${path}.originProtocolPolicy`]);
                assert.deepEqual(origin(UNKNOWN), [`cannot tell: ${path}`]);
                assert.deepEqual(origin({ originProtocolPolicy: UNKNOWN }), [
                    `cannot tell: ${path}.originProtocolPolicy`,
                ]);
            });
        }

        it("leaves other resources alone", () => {
            assert.deepEqual(
                verdictsOf(rule, { bucket: { type: "aws:s3:Bucket", properties: { origins: [block] } } }),
                [],
            );
        });
    });
});
