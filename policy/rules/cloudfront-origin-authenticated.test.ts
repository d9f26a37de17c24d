import assert from "node:assert/strict";

import { broken, compliantStack, verdicts, changed } from "../test/compliantStack";
import { UNKNOWN } from "../graph";
import { header, headers, violation } from "../test/originAuthentication";
import { messagesOf, testRule, verdictsOf } from "../test/testRule";
import type { Program } from "../test/yamlProgram";
import { cloudfrontOriginAuthenticated } from "./cloudfront-origin-authenticated";

const both = ["preview", "state"] as const;

function originOf(program: Program): Record<string, unknown> {
    return (program.distribution?.properties?.origins as Record<string, unknown>[])[0] as Record<string, unknown>;
}

describe("cloudfront-origin-authenticated", () => {
    testRule(cloudfrontOriginAuthenticated, {
        breaks: {
            "no header": [headers, undefined, violation],
            "no condition on the header": ["rule.conditions", [{ pathPattern: { values: ["/*"] } }], violation],
            "a condition on another header": [
                `${header}.httpHeaderName`,
                "X-Other",
                violation,
                "violation: rule conditions",
            ],
            "a condition that accepts any value": [
                `${header}.values`,
                ["*"],
                "violation: rule conditions[0].httpHeader.values[0]",
            ],
            "a regular expression that anybody can fit": [
                header,
                { httpHeaderName: "X-Origin-Verify", regexValues: ["^[a-z0-9]+$"] },
                "violation: rule conditions[0].httpHeader.regexValues[0]",
            ],
            "wildcards that anybody can fit": [
                `${header}.values`,
                ["?*"],
                "violation: rule conditions[0].httpHeader.values[0]",
            ],
            "a regular expression that does not fit": [
                header,
                { httpHeaderName: "X-Origin-Verify", regexValues: ["^fedcba9876543210$"] },
                "violation: distribution origins[0].customHeaders[0].value",
            ],
            "no block for a load balancer's name": [
                "distribution.origins.0",
                { originId: "origin", domainName: "origin.example.com" },
                violation,
            ],
            "a condition with another value": [
                `${header}.values`,
                ["fedcba9876543210"],
                "violation: distribution origins[0].customHeaders[0].value",
            ],
        },
        accepts: {
            "a header name in other case": [`${header}.httpHeaderName`, "x-origin-verify"],
            "a value in other case": [`${header}.values`, ["0123456789ABCDEF"]],
            "two values, as a rotation needs": [`${header}.values`, ["fedcba9876543210", "0123456789abcdef"]],
            "a regular expression that fits": [
                header,
                { httpHeaderName: "X-Origin-Verify", regexValues: ["^(0123456789abcdef|fedcba9876543210)$"] },
            ],
            "a regular expression that holds what is a wildcard elsewhere": [
                header,
                { httpHeaderName: "X-Origin-Verify", regexValues: ["0123456789abcde?f*"] },
            ],
            "wildcards that fit": [`${header}.values`, ["0123*789abc?ef"]],
        },
        unknowns: {
            [`${headers}.0.value`]: [],
            [`${header}.values`]: [],
            [`${headers}.0.name`]: ["cannot tell: distribution origins[0].customHeaders[0].name"],
            "distribution.origins.0.customOriginConfig": ["cannot tell: distribution origins[0].customOriginConfig"],
        },
        shapes: [
            headers,
            `${headers}.0`,
            "rule.conditions",
            header,
            `${header}.values`,
            "rule.actions",
            "distribution.origins",
            "listener.mutualAuthentication",
        ],
    });

    it("compares values as a listener does", () => {
        const refused = "violation: distribution origins[0].customHeaders[0].value";
        for (const [pattern, expected] of [
            ["0123456789abcdef0", [refused]],
            ["0123456789abcde", [refused]],
            ["0123456789abcdef*", []],
            ["*def", []],
            ["*deg", [refused]],
        ] as const) {
            assert.deepEqual(
                verdicts(cloudfrontOriginAuthenticated, broken(`${header}.values`, [pattern])),
                expected,
                pattern,
            );
        }
    });

    it("takes any one of the headers that a distribution sends", () => {
        const program = broken(headers, [
            { name: "X-Forwarded-Host", value: "www.example.com" },
            { name: "X-Origin-Verify", value: "0123456789abcdef" },
        ]);
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, program, { form }), []);
        }
    });

    it("never shows the secret", () => {
        for (const path of [`${header}.values`, `${header}.httpHeaderName`]) {
            const said = messagesOf(cloudfrontOriginAuthenticated, broken(path, ["another-secret"]));
            assert.notEqual(said.length, 0);
            assert.doesNotMatch(said.join(), /0123456789abcdef|another-secret/);
        }
    });

    it("refuses a second rule that forwards without the header", () => {
        const program = compliantStack();
        program.health = {
            type: "aws:lb:ListenerRule",
            properties: {
                listenerArn: "${listener.arn}",
                conditions: [{ pathPattern: { values: ["/health"] } }],
                actions: [{ type: "forward", targetGroupArn: "${targets.arn}" }],
            },
        };
        program.refusal = {
            type: "aws:lb:ListenerRule",
            properties: {
                listenerArn: "${listener.arn}",
                conditions: [{ pathPattern: { values: ["/admin"] } }],
                actions: [{ type: "fixed-response" }],
            },
        };
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, program, { form }), [
                "violation: health conditions",
            ]);
        }
    });

    it("refuses a listener that forwards by default what its rules would have refused", () => {
        const forwarding = [{ type: "forward", targetGroupArn: "${targets.arn}" }];
        for (const form of both) {
            assert.deepEqual(
                verdicts(cloudfrontOriginAuthenticated, broken("listener.defaultActions", forwarding), { form }),
                ["violation: listener defaultActions"],
            );
        }
        const unknown = broken("listener.defaultActions", [{ type: UNKNOWN }]);
        assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, unknown, { form: "preview" }), [
            "cannot tell: listener defaultActions[0].type",
        ]);
        const second = compliantStack();
        second.other = {
            type: "aws:lb:Listener",
            properties: { loadBalancerArn: "${loadBalancer.arn}", port: 8443, defaultActions: forwarding },
        };
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, second, { form }), [
                "violation: other defaultActions",
            ]);
        }
    });

    it("accepts origin mTLS where the listener verifies, and only there", () => {
        const program = compliantStack();
        const origin = originOf(program);
        delete origin.customHeaders;
        (origin.customOriginConfig as Record<string, unknown>).originMtlsConfig = {
            clientCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/client",
        };
        const listener = program.listener?.properties ?? {};
        listener.mutualAuthentication = { mode: "verify", trustStoreArn: "arn" };
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, program, { form }), []);
        }
        listener.mutualAuthentication = { mode: "passthrough" };
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, program, { form }), [
                "violation: distribution origins[0].customOriginConfig.originMtlsConfig.clientCertificateArn",
            ]);
        }
    });

    it("accepts a VPC origin without more", () => {
        const program = compliantStack();
        program.vpcOrigin = {
            type: "aws:cloudfront:VpcOrigin",
            properties: { vpcOriginEndpointConfig: { arn: "${loadBalancer.arn}" } },
        };
        (program.distribution?.properties ?? {}).origins = [
            {
                originId: "origin",
                domainName: "origin.example.com",
                vpcOriginConfig: { vpcOriginId: "${vpcOrigin.id}" },
            },
        ];
        for (const form of both) {
            assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, program, { form }), []);
        }
    });

    it("judges a load balancer's own name from outside the stack, and no other origin there", () => {
        const program = compliantStack();
        delete program.originRecord;
        const origin = originOf(program);
        assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, program), [
            "cannot tell: distribution origins[0].domainName",
        ]);
        delete program.rule;
        assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, program), []);
        origin.domainName = "other-1.eu-west-1.elb.amazonaws.com";
        assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, program), [
            "cannot tell: distribution origins[0].domainName",
        ]);
        delete origin.customHeaders;
        assert.deepEqual(verdicts(cloudfrontOriginAuthenticated, program), [violation]);
    });
});

describe("cloudfront-origin-authenticated, of a classic or network load balancer", () => {
    const classic = { type: "aws:elb:LoadBalancer", properties: { listeners: [] } };
    const network = { type: "aws:lb:LoadBalancer", properties: { loadBalancerType: "network" } };
    const nativeClassic = { type: "aws-native:elasticloadbalancing:LoadBalancer", properties: {} };

    it("says the same in a preview and of a state", () => {
        for (const other of [classic, network, nativeClassic]) {
            const program = changed({
                other,
                originRecord: undefined,
                "distribution.origins.0.domainName": "${other.dnsName}",
            });
            assert.deepEqual(verdictsOf(cloudfrontOriginAuthenticated, program), [
                "cannot tell: distribution origins[0].domainName",
            ]);
            delete originOf(program).customHeaders;
            assert.deepEqual(verdictsOf(cloudfrontOriginAuthenticated, program), [violation]);
        }
    });

    it("cannot tell which of two origins it is, while names are unknown", () => {
        const program = changed({ other: classic, bucket: { type: "aws:s3:Bucket" }, originRecord: undefined });
        const custom = { customOriginConfig: {} };
        (program.distribution?.properties ?? {}).origins = [
            { originId: "a", domainName: "${other.dnsName}", ...custom },
            { originId: "b", domainName: "${bucket.websiteEndpoint}", ...custom },
        ];
        const kinds = verdicts(cloudfrontOriginAuthenticated, program, { form: "preview" });
        assert.deepEqual(kinds, []);
    });
});
