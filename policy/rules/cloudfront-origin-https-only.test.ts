import assert from "node:assert/strict";

import { UNKNOWN, type Resource, type Value } from "../graph";
import { broken, verdicts } from "../test/compliantStack";
import { messagesOf, testRule, verdictsOf, says } from "../test/testRule";
import { findingsOf } from "../test/yamlProgram";
import { cloudfrontOriginHttpsOnly as rule } from "./cloudfront-origin-https-only";

const config = "distribution.origins.0.customOriginConfig";
const policy = `${config}.originProtocolPolicy`;
const violation = "violation: distribution origins[0].customOriginConfig.originProtocolPolicy";
const cannotTell = "cannot tell: distribution origins[0].customOriginConfig.originProtocolPolicy";

const website = "assets.s3-website-us-east-1.amazonaws.com";

function of(type: string, properties: Record<string, Value>): Resource {
    const urn = `urn:pulumi:test::test::${type}::it`;
    return { urn, type, name: "it", properties, protect: false, dependencies: [], propertyDependencies: {} };
}

function verdictsFor(type: string, properties: Record<string, Value>): string[] {
    return findingsOf(rule, [of(type, properties)]).map(({ kind, path }) => `${kind}: ${path}`);
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
                domainName: website,
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
                of("aws:cloudfront/vpcOrigin:VpcOrigin", {
                    vpcOriginEndpointConfig: { name: "app", originProtocolPolicy: "http-only" },
                }),
            ]);
            assert.match(finding?.message ?? "", /^CloudFront may reach VPC origin "app" without encryption/);
            const [nameless] = findingsOf(rule, [of("aws:cloudfront/vpcOrigin:VpcOrigin", {})]);
            assert.match(nameless?.message ?? "", /^CloudFront may reach the VPC origin without encryption/);
        });

        it("why it cannot tell", () => {
            const [unknown] = findingsOf(rule, [
                of("aws:cloudfront/distribution:Distribution", {
                    origins: [{ originId: "a", customOriginConfig: { originProtocolPolicy: UNKNOWN } }, UNKNOWN],
                }),
            ]).reverse();
            assert.equal(
                unknown?.message,
                'Cannot tell whether CloudFront reaches origin "a" over HTTPS only: origins[0].customOriginConfig.originProtocolPolicy is not known yet.',
            );
            const [entry] = findingsOf(rule, [of("aws:cloudfront/distribution:Distribution", { origins: [UNKNOWN] })]);
            assert.equal(
                entry?.message,
                "Cannot tell whether CloudFront reaches its origins over HTTPS only: origins[0] is not known yet.",
            );
            assert.match(message(policy, 443), /Cannot tell whether .*: .*originProtocolPolicy is not a string\./);
            assert.match(message(config, 443), /: origins\[0\]\.customOriginConfig is not an object\./);
        });
    });

    describe("remediates", () => {
        const remediated = (type: string, properties: Record<string, Value>) =>
            rule.remediate?.(of(type, properties), {});
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
            assert.equal(remediated(distribution, { origins: [origin(website, "http-only")] }), undefined);
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
