import assert from "node:assert/strict";

import { broken, compliantStack, verdicts, verdictsWithUnknown, changed } from "../test/compliantStack";
import { messagesOf, says, testRule } from "../test/testRule";
import type { Program } from "../test/yamlProgram";
import { cloudfrontOriginHostHeader } from "./cloudfront-origin-host-header";

const policy = "distribution.defaultCacheBehavior.originRequestPolicyId";
const violation = "violation: distribution defaultCacheBehavior.originRequestPolicyId";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const both = ["preview", "state"] as const;

/** The compliant stack with an origin request policy of its own. */
function withPolicy(headersConfig: unknown): Program {
    const program = broken(policy, "${policy.id}");
    program.policy = { type: "aws:cloudfront:OriginRequestPolicy", properties: { headersConfig } };
    return program;
}

describe("cloudfront-origin-host-header", () => {
    testRule(cloudfrontOriginHostHeader, {
        breaks: {
            AllViewer: [policy, allViewer, violation],
            "AllViewerAndCloudFrontHeaders-2022-06": [policy, "33f36d7e-f396-46d9-90e0-52428a34d9dc", violation],
            HostHeaderOnly: [policy, "bf0718e1-ba1e-49d1-88b1-f726733018ae", violation],
            "a cache policy with Host in its key": [
                "distribution.defaultCacheBehavior.cachePolicyId",
                "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
                "violation: distribution defaultCacheBehavior.cachePolicyId",
            ],
            "forwarded values with Host": [
                "distribution.defaultCacheBehavior.forwardedValues",
                { headers: ["Accept", "host"] },
                "violation: distribution defaultCacheBehavior.forwardedValues.headers[1]",
            ],
            "forwarded values with every header": [
                "distribution.defaultCacheBehavior.forwardedValues",
                { headers: ["*"] },
                "violation: distribution defaultCacheBehavior.forwardedValues.headers[0]",
            ],
            "a certificate for another name": [
                "originCertificate.domainName",
                "other.example.com",
                "violation: distribution origins[0].domainName",
            ],
            "a certificate for deeper names": [
                "originCertificate.domainName",
                "*.origin.example.com",
                "violation: distribution origins[0].domainName",
            ],
            "another behavior with AllViewer": [
                "distribution.orderedCacheBehaviors",
                [{ targetOriginId: "origin", pathPattern: "/a", originRequestPolicyId: allViewer }],
                "violation: distribution orderedCacheBehaviors[0].originRequestPolicyId",
            ],
            "a policy from outside": [
                policy,
                "0000aaaa-0000-0000-0000-000000000000",
                `cannot tell${violation.slice(9)}`,
            ],
        },
        accepts: {
            "no origin request policy": [policy, undefined],
            "CORS-CustomOrigin": [policy, "59781a5b-3903-41f3-afcb-af62929ccde1"],
            "a wildcard certificate": ["originCertificate.domainName", "*.example.com"],
            "a certificate with more names": ["originCertificate.subjectAlternativeNames", ["www.example.com"]],
            "an origin without TLS, which another rule refuses": [
                "distribution.origins.0.customOriginConfig.originProtocolPolicy",
                "http-only",
            ],
            "a behavior for another origin": ["distribution.defaultCacheBehavior.targetOriginId", "elsewhere"],
        },
        unknowns: {
            [policy]: ["cannot tell: distribution defaultCacheBehavior.originRequestPolicyId"],
            "originCertificate.domainName": ["cannot tell: distribution defaultCacheBehavior.originRequestPolicyId"],
            "distribution.defaultCacheBehavior": ["cannot tell: distribution defaultCacheBehavior"],
        },
        shapes: [
            policy,
            "distribution.defaultCacheBehavior",
            "distribution.origins",
            "distribution.aliases",
            "originCertificate.domainName",
            "originCertificate.subjectAlternativeNames",
            "distribution.originGroups",
            "listener.certificateArn",
        ],
    });

    for (const [title, config, refused] of [
        ["allViewer", { headerBehavior: "allViewer" }, true],
        ["allViewerAndWhitelistCloudFront", { headerBehavior: "allViewerAndWhitelistCloudFront" }, true],
        ["whitelist with Host", { headerBehavior: "whitelist", headers: { items: ["HOST"] } }, true],
        ["whitelist without Host", { headerBehavior: "whitelist", headers: { items: ["Accept"] } }, false],
        ["allExcept Host", { headerBehavior: "allExcept", headers: { items: ["Host"] } }, false],
        ["allExcept another", { headerBehavior: "allExcept", headers: { items: ["Accept"] } }, true],
        ["none", { headerBehavior: "none" }, false],
    ] as const) {
        it(`reads a policy of the stack: ${title}`, () => {
            for (const form of both) {
                const found = verdicts(cloudfrontOriginHostHeader, withPolicy(config), { form });
                assert.deepEqual(found, refused ? [violation] : [], form);
            }
        });
    }

    it("reads a cache policy of the stack", () => {
        const program = broken("distribution.defaultCacheBehavior.cachePolicyId", "${policy.id}");
        program.policy = {
            type: "aws:cloudfront:CachePolicy",
            properties: {
                parametersInCacheKeyAndForwardedToOrigin: {
                    headersConfig: { headerBehavior: "whitelist", headers: { items: ["Host"] } },
                },
            },
        };
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program, { form }), [
                "violation: distribution defaultCacheBehavior.cachePolicyId",
            ]);
        }
    });

    it("accepts AllViewer where the certificate covers every alias", () => {
        const program = broken(policy, allViewer);
        const certificate = program.originCertificate?.properties ?? {};
        certificate.subjectAlternativeNames = ["www.example.com"];
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program, { form }), []);
        }
        (program.distribution?.properties ?? {}).aliases = ["www.example.com", "example.com"];
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program, { form }), [violation]);
        }
        assert.match(
            messagesOf(cloudfrontOriginHostHeader, program)[0] ?? "",
            /and not example\.com, so CloudFront answers 502/,
        );
    });

    it("accepts AllViewer where a certificate was added to the listener", () => {
        const program = broken(policy, allViewer);
        program.added = {
            type: "aws:lb:ListenerCertificate",
            properties: { listenerArn: "${listener.arn}", certificateArn: "${wildcard.arn}" },
        };
        program.wildcard = { type: "aws:acm:Certificate", properties: { domainName: "*.example.com" } };
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program, { form }), []);
        }
    });

    it("refuses AllViewer without aliases", () => {
        const program = broken(policy, allViewer);
        delete program.distribution?.properties?.aliases;
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program, { form }), [
                "violation: distribution aliases",
            ]);
        }
    });

    it("says nothing of an S3 origin, whatever is forwarded", () => {
        const program = broken(policy, allViewer);
        (program.distribution?.properties ?? {}).origins = [
            { originId: "origin", domainName: "bucket.s3.eu-west-1.amazonaws.com", s3OriginConfig: {} },
        ];
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program, { form }), []);
        }
    });

    it("judges a VPC origin by the protocol of the VPC origin", () => {
        const program = broken(policy, allViewer);
        (program.distribution?.properties ?? {}).origins = [
            {
                originId: "origin",
                domainName: "origin.example.com",
                vpcOriginConfig: { vpcOriginId: "${vpcOrigin.id}" },
            },
        ];
        for (const [originProtocolPolicy, expected] of [
            ["https-only", [violation]],
            ["http-only", []],
        ] as const) {
            program.vpcOrigin = {
                type: "aws:cloudfront:VpcOrigin",
                properties: { vpcOriginEndpointConfig: { arn: "${loadBalancer.arn}", originProtocolPolicy } },
            };
            for (const form of both) {
                assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program, { form }), expected);
            }
        }
    });

    it("cannot tell of tenants' domains, nor of an alias that is not known", () => {
        const program = broken(policy, allViewer);
        assert.deepEqual(verdictsWithUnknown(cloudfrontOriginHostHeader, "distribution.aliases.0", program), [
            "cannot tell: distribution aliases[0]",
        ]);
        if (program.distribution) {
            program.distribution.type = "aws:cloudfront:MultitenantDistribution";
        }
        const origins = program.distribution?.properties?.origins as Record<string, unknown>[];
        origins[0] = {
            id: "origin",
            domainName: "origin.example.com",
            customOriginConfigs: [{ originProtocolPolicy: "https-only" }],
        };
        delete program.distribution?.properties?.aliases;
        delete program.originRecord;
        delete program.logSource;
        delete program.logDelivery;
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program, { form }), [
                `cannot tell${violation.slice(9)}`,
            ]);
        }
    });

    it("says once that the stack's own load balancer's name cannot be on its certificate", () => {
        const program = broken("distribution.origins.0.domainName", "${loadBalancer.dnsName}");
        assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program), [
            "violation: distribution origins[0].domainName",
        ]);
    });

    it("refuses a load balancer's own name as Host", () => {
        const program = broken("distribution.origins.0.domainName", "other-1.eu-west-1.elb.amazonaws.com");
        assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program), [
            "violation: distribution origins[0].domainName",
        ]);
    });

    it("follows a behavior to every member of its origin group", () => {
        const program = broken(policy, allViewer);
        const distribution = program.distribution?.properties ?? {};
        distribution.originGroups = [{ originId: "group", members: [{ originId: "origin" }] }];
        (distribution.defaultCacheBehavior as Record<string, unknown>).targetOriginId = "group";
        assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program), [violation]);
    });

    it("says the same of twenty behaviors once", () => {
        const program = broken(policy, allViewer);
        (program.distribution?.properties ?? {}).orderedCacheBehaviors = Array.from({ length: 20 }, (_, index) => ({
            pathPattern: `/${index}`,
            targetOriginId: "origin",
            originRequestPolicyId: allViewer,
        }));
        assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program), [violation]);
    });

    it("cannot tell of a forwarded Host to an origin whose certificate is elsewhere, and is silent without", () => {
        const program = compliantStack();
        delete program.originRecord;
        delete program.rule;
        assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program), []);
        (program.distribution?.properties?.defaultCacheBehavior as Record<string, unknown>).originRequestPolicyId =
            allViewer;
        assert.deepEqual(verdicts(cloudfrontOriginHostHeader, program), [`cannot tell${violation.slice(9)}`]);
    });
});

describe("cloudfront-origin-host-header, value by value", () => {
    const forwarding = { [policy]: allViewer };

    it("says nothing of an origin without TLS, whatever is forwarded", () => {
        const changes = { "distribution.origins.0.customOriginConfig.originProtocolPolicy": "http-only" };
        says(cloudfrontOriginHostHeader, { ...forwarding, ...changes }, []);
    });

    it("says nothing without aliases where the load balancer is elsewhere", () => {
        says(
            cloudfrontOriginHostHeader,
            { ...forwarding, originRecord: undefined, rule: undefined, "distribution.aliases": undefined },
            [],
        );
    });

    it("says that tenants have domains of their own", () => {
        const distribution = {
            type: "aws:cloudfront:MultitenantDistribution",
            properties: {
                origins: [{ id: "origin", domainName: "origin.example.com", customOriginConfigs: [{}] }],
                defaultCacheBehavior: { targetOriginId: "origin", originRequestPolicyId: allViewer },
            },
        };
        says(cloudfrontOriginHostHeader, { distribution, logSource: undefined, logDelivery: undefined }, [
            'Cannot tell whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: each tenant has its own domains.',
        ]);
    });

    it("reads the viewers' names of aws-native's legacy form", () => {
        const distribution = (cnames: string[]) => ({
            type: "aws-native:cloudfront:Distribution",
            properties: {
                distributionConfig: {
                    cnames,
                    origins: [{ id: "origin", domainName: "origin.example.com", customOriginConfig: {} }],
                    defaultCacheBehavior: { targetOriginId: "origin", originRequestPolicyId: allViewer },
                },
            },
        });
        const said = (...cnames: string[]) =>
            verdicts(cloudfrontOriginHostHeader, changed({ distribution: distribution(cnames) }));
        assert.deepEqual(said("origin.example.com"), []);
        assert.deepEqual(said("www.example.com"), [
            "violation: distribution distributionConfig.defaultCacheBehavior.originRequestPolicyId",
        ]);
    });
});
