import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { broken, compliantStack, verdicts, changed } from "../test/compliantStack";
import { messagesOf, testRule, verdictsOf, says } from "../test/testRule";
import type { Program } from "../test/yamlProgram";
import { albDefaultActionFailClosed } from "./alb-default-action-fail-closed";
import { cloudfrontOriginAuthenticated, messages } from "./cloudfront-origin-authenticated";

const headers = "distribution.origins.0.customHeaders";
const header = "rule.conditions.0.httpHeader";
const violation = "violation: distribution origins[0].domainName";
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

describe("cloudfront-origin-authenticated, value by value", () => {
    const said = (changes: Record<string, unknown>) => verdicts(cloudfrontOriginAuthenticated, changed(changes));
    const refused = "violation: distribution origins[0].customHeaders[0].value";
    const certificate = { clientCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/client" };
    const forwards = [{ type: "forward", targetGroupArn: "${targets.arn}" }];

    it("accepts a client certificate that one of the listeners verifies", () => {
        const changes = {
            [headers]: undefined,
            "distribution.origins.0.customOriginConfig.originMtlsConfig": certificate,
            second: {
                type: "aws:lb:Listener",
                properties: { loadBalancerArn: "${loadBalancer.arn}", mutualAuthentication: { mode: "verify" } },
            },
        };
        assert.deepEqual(said(changes), []);
    });

    it("asks no header of a rule whose listener verifies the client", () => {
        const mode = (value: string) => ({
            "listener.mutualAuthentication": { mode: value },
            health: {
                type: "aws:lb:ListenerRule",
                properties: { listenerArn: "${listener.arn}", conditions: [], actions: forwards },
            },
        });
        assert.deepEqual(said(mode("verify")), []);
        assert.deepEqual(said(mode("off")), ["violation: health conditions"]);
    });

    it("refuses a distribution that sends nothing, whatever an unknown condition demands", () => {
        assert.deepEqual(said({ [headers]: undefined, [`${header}.httpHeaderName`]: UNKNOWN }), [violation]);
    });

    it("takes an unknown header and an unknown condition for the same one", () => {
        assert.deepEqual(said({ [`${headers}.0.name`]: UNKNOWN, [`${header}.httpHeaderName`]: UNKNOWN }), []);
    });

    it("compares the value with those of the header's own condition only", () => {
        const conditions = [
            { httpHeader: { httpHeaderName: "X-Origin-Verify", values: ["fedcba9876543210"] } },
            { httpHeader: { httpHeaderName: "X-Other", values: ["0123456789abcdef"] } },
        ];
        assert.deepEqual(said({ "rule.conditions": conditions }), [refused]);
    });

    it("says nothing of the value while one that may fit is unknown, and survives one that is no text", () => {
        assert.deepEqual(said({ [`${header}.values`]: ["fedcba9876543210", UNKNOWN] }), []);
        assert.deepEqual(said({ [`${header}.values`]: [7] }), [refused]);
    });

    it("compares from the first character to the last", () => {
        for (const [pattern, value] of [
            ["abcdef", "0123456789abcdef"],
            ["ab", "xy"],
            ["a?", "a"],
            ["*a", "ab"],
        ] as const) {
            assert.deepEqual(said({ [`${header}.values`]: [pattern], [`${headers}.0.value`]: value }), [refused]);
        }
        for (const [pattern, value] of [
            ["a*b*c", "aXbYbZc"],
            ["a?c", "abc"],
            ["abc**", "abc"],
        ] as const) {
            assert.deepEqual(said({ [`${header}.values`]: [pattern], [`${headers}.0.value`]: value }), []);
        }
        assert.deepEqual(said({ [`${header}.values`]: ["**"] }), [
            "violation: rule conditions[0].httpHeader.values[0]",
        ]);
    });

    it("judges a load balancer's own name once where the load balancer is of this stack", () => {
        const own = { originRecord: undefined, "distribution.origins.0.domainName": "${loadBalancer.dnsName}" };
        assert.deepEqual(said(own), []);
        assert.deepEqual(said({ ...own, [headers]: undefined }), [violation]);
    });

    it("cannot tell of a client certificate that is shown to a load balancer of another stack", () => {
        const changes = {
            originRecord: undefined,
            [headers]: undefined,
            "distribution.origins.0.domainName": "other-1.eu-west-1.elb.amazonaws.com",
            "distribution.origins.0.customOriginConfig.originMtlsConfig": certificate,
        };
        assert.deepEqual(said(changes), ["cannot tell: distribution origins[0].domainName"]);
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

describe("cloudfront-origin-authenticated, where a web ACL of the load balancer looks at the header", () => {
    const blocking = (name: string) => ({
        type: "aws:wafv2:WebAcl",
        properties: {
            scope: "REGIONAL",
            defaultAction: { block: {} },
            rules: [
                {
                    name: "from-cloudfront",
                    action: { allow: {} },
                    statement: {
                        byteMatchStatement: { searchString: "s", fieldToMatch: { singleHeader: { name } } },
                    },
                },
            ],
        },
    });
    const association = {
        type: "aws:wafv2:WebAclAssociation",
        properties: { resourceArn: "${loadBalancer.arn}", webAclArn: "${regional.arn}" },
    };
    const open = {
        rule: undefined,
        "listener.defaultActions": [{ type: "forward", targetGroupArn: "${targets.arn}" }],
    };

    it("cannot tell, and names both ways out", () => {
        const program = changed({ ...open, regional: blocking("x-origin-verify"), association });
        assert.deepEqual(verdictsOf(cloudfrontOriginAuthenticated, program), [
            "cannot tell: distribution origins[0].domainName",
        ]);
        const [message] = messagesOf(cloudfrontOriginAuthenticated, program);
        assert.match(
            message ?? "",
            /web ACL "regional" on the load balancer .*Demand the header in the listener's rules/,
        );
        assert.match(message ?? "", /exempt the resource \(exemptions of cloudfront-origin-authenticated\)/);
        assert.deepEqual(verdictsOf(albDefaultActionFailClosed, program), ["cannot tell: listener defaultActions"]);
        const [other] = messagesOf(albDefaultActionFailClosed, program);
        assert.match(other ?? "", /exempt the listener \(exemptions of alb-default-action-fail-closed\)/);
    });

    it("also where its rules are text, resources of their own, or of another stack", () => {
        const json = { ...blocking("x"), properties: { ruleJson: JSON.stringify(blocking("X-Origin-Verify")) } };
        const bare = { ...blocking("x"), properties: { scope: "REGIONAL" } };
        const rule = {
            type: "aws:wafv2:WebAclRule",
            properties: { webAclArn: "${regional.arn}", statement: blocking("x-origin-verify").properties },
        };
        const foreign = { ...association, properties: { ...association.properties, webAclArn: "arn:aws:wafv2:1" } };
        for (const changes of [
            { regional: json, association },
            { regional: bare, own: rule, association },
            { association: foreign },
        ]) {
            assert.deepEqual(verdictsOf(cloudfrontOriginAuthenticated, changed({ ...open, ...changes })), [
                "cannot tell: distribution origins[0].domainName",
            ]);
        }
    });

    it("refuses where it looks at another header, or at another load balancer", () => {
        for (const changes of [
            { regional: blocking("x-other"), association },
            {
                regional: blocking("x-origin-verify"),
                association: { ...association, properties: { ...association.properties, resourceArn: "arn:other" } },
            },
        ]) {
            const program = changed({ ...open, ...changes });
            assert.deepEqual(verdictsOf(cloudfrontOriginAuthenticated, program), [violation]);
            assert.deepEqual(verdictsOf(albDefaultActionFailClosed, program), ["violation: listener defaultActions"]);
        }
    });
});

describe("cloudfront-origin-authenticated says of", () => {
    it("no header", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.customHeaders": undefined }, [
            'The distribution sends nothing that distinguishes it from anyone else\'s distribution, so every AWS customer can point CloudFront at origin "origin" (origin.example.com) (origins[0].domainName) and bypass this distribution. Send a secret header (customHeaders) and demand it in every listener rule that forwards; or use origin mTLS with mutualAuthentication verify, or a VPC origin.',
        ]);
    });

    it("a header that no rule demands", () => {
        says(cloudfrontOriginAuthenticated, { "rule.conditions.0.httpHeader.httpHeaderName": "X-Other" }, [
            'The distribution sends "X-Origin-Verify", but no listener rule of load balancer "loadBalancer" demands it, so every AWS customer can point CloudFront at origin "origin" (origin.example.com) (origins[0].domainName) and bypass this distribution. Send a secret header (customHeaders) and demand it in every listener rule that forwards; or use origin mTLS with mutualAuthentication verify, or a VPC origin.',
            `This rule of load balancer "loadBalancer" forwards without the header that CloudFront sends, so it accepts requests that bypassed the web ACL. Add an httpHeader condition with the header's name and its secret value.`,
        ]);
    });

    it("a header whose name is not known yet", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.customHeaders.0.name": UNKNOWN }, [
            "Cannot tell whether the origin can distinguish this distribution from anyone else's: origins[0].customHeaders[0].name is not known yet.",
        ]);
    });

    it("a rule that accepts another value", () => {
        says(cloudfrontOriginAuthenticated, { "rule.conditions.0.httpHeader.values": ["fedcba9876543210"] }, [
            'No listener rule of load balancer "loadBalancer" accepts the value of "X-Origin-Verify" that the distribution sends, so its requests are refused. Give the rule the same value.',
        ]);
    });

    it("a rule that accepts any value", () => {
        says(cloudfrontOriginAuthenticated, { "rule.conditions.0.httpHeader.values": ["*"] }, [
            `This rule of load balancer "loadBalancer" accepts any value of the header, so it accepts requests that bypassed the web ACL. Add an httpHeader condition with the header's name and its secret value.`,
        ]);
    });

    it("a client certificate that nobody verifies", () => {
        says(
            cloudfrontOriginAuthenticated,
            {
                "distribution.origins.0.customHeaders": undefined,
                "distribution.origins.0.customOriginConfig.originMtlsConfig": {
                    clientCertificateArn: "arn:aws:acm:us-east-1:1:certificate/client",
                },
            },
            [
                'CloudFront presents a client certificate to origin "origin" (origin.example.com), but no listener of load balancer "loadBalancer" verifies it. Set mutualAuthentication.mode to "verify" with a trust store on the listener.',
            ],
        );
    });

    it("a client certificate, where it is not known whether a listener verifies it", () => {
        says(
            cloudfrontOriginAuthenticated,
            {
                "distribution.origins.0.customHeaders": undefined,
                "distribution.origins.0.customOriginConfig.originMtlsConfig": {
                    clientCertificateArn: "arn:aws:acm:us-east-1:1:certificate/client",
                },
                "listener.mutualAuthentication": { mode: UNKNOWN },
            },
            [
                "Cannot tell whether the origin can distinguish this distribution from anyone else's: mutualAuthentication.mode of the listener is not known yet.",
            ],
        );
    });

    it("an origin whose settings are not known yet", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.customOriginConfig": UNKNOWN }, [
            "Cannot tell whether the origin can distinguish this distribution from anyone else's: origins[0].customOriginConfig is not known yet.",
        ]);
    });

    it("a load balancer of another stack", () => {
        says(
            cloudfrontOriginAuthenticated,
            { originRecord: undefined, "distribution.origins.0.domainName": "other-1.eu-west-1.elb.amazonaws.com" },
            [
                "Cannot tell whether the origin can distinguish this distribution from anyone else's: what the load balancer demands is not known in this stack.",
            ],
        );
    });

    it("a load balancer of another stack to which nothing is sent", () => {
        says(
            cloudfrontOriginAuthenticated,
            {
                originRecord: undefined,
                "distribution.origins.0.domainName": "other-1.eu-west-1.elb.amazonaws.com",
                "distribution.origins.0.customHeaders": undefined,
            },
            [messages.sendsNothing('origin "origin" (other-1.eu-west-1.elb.amazonaws.com)')],
        );
    });

    it("an origin that is not known yet", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.domainName": UNKNOWN }, [
            "Cannot tell whether the origin can distinguish this distribution from anyone else's: origins[0].domainName is not known yet.",
        ]);
    });
});
