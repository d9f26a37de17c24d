import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { broken, changed, compliantStack, verdicts, verdictsWithUnknown } from "../test/compliantStack";
import { messagesOf, testRule, says } from "../test/testRule";
import { albDefaultActionFailClosed, messages } from "./alb-default-action-fail-closed";

const type = "listener.defaultActions.0.type";
const forward = [{ type: "forward", targetGroupArn: "arn" }];
const violation = "violation: listener defaultActions";

describe("alb-default-action-fail-closed", () => {
    testRule(albDefaultActionFailClosed, {
        breaks: {
            "a forward": ["listener.defaultActions", forward, violation],
            "a forward after a login": [
                "listener.defaultActions",
                [{ type: "authenticate-oidc" }, ...forward],
                violation,
            ],
            "an answer that does not refuse": [
                "listener.defaultActions.0.fixedResponse.statusCode",
                "200",
                "violation: listener defaultActions[0].fixedResponse.statusCode",
            ],
        },
        accepts: {
            "another refusal": ["listener.defaultActions.0.fixedResponse.statusCode", "404"],
            "a number": ["listener.defaultActions.0.fixedResponse.statusCode", 503],
            "a redirect": ["listener.defaultActions", [{ type: "redirect", redirect: { host: "www.example.com" } }]],
        },
        unknowns: {
            [type]: ["cannot tell: listener defaultActions[0].type"],
            "listener.defaultActions": ["cannot tell: listener defaultActions"],
            "distribution.origins": ["cannot tell: distribution origins"],
            "distribution.origins.0.domainName": ["cannot tell: distribution origins[0].domainName"],
        },
        shapes: [
            "listener.defaultActions",
            type,
            "listener.loadBalancerArn",
            "distribution.origins",
            "originRecord.aliases",
            "originRecord.name",
        ],
    });

    it("names the load balancer and the distribution", () => {
        const [message = ""] = messagesOf(albDefaultActionFailClosed, broken("listener.defaultActions", forward));
        assert.match(message, /^Load balancer "loadBalancer" is an origin of distribution "distribution"/);
    });

    it("leaves a load balancer alone that is no origin", () => {
        const program = broken("listener.defaultActions", forward);
        delete program.originRecord;
        assert.deepEqual(verdicts(albDefaultActionFailClosed, program), [
            "cannot tell: distribution origins[0].domainName",
        ]);
        (program.distribution?.properties?.origins as Record<string, unknown>[])[0] = {
            originId: "origin",
            domainName: "origin.example.com",
            customOriginConfig: {},
        };
        assert.deepEqual(verdicts(albDefaultActionFailClosed, program), []);
    });

    for (const [title, record] of Object.entries({
        "a CNAME": { type: "CNAME", name: "origin.example.com", records: ["${loadBalancer.dnsName}"] },
        "a record named without its zone": {
            type: "A",
            name: "origin",
            zoneId: "${zone.id}",
            aliases: [{ name: "${loadBalancer.dnsName}" }],
        },
        "a record with a trailing dot and capitals": {
            type: "A",
            name: "ORIGIN.example.com.",
            aliases: [{ name: "dualstack.${loadBalancer.dnsName}." }],
        },
    })) {
        it(`follows ${title}`, () => {
            const program = broken("listener.defaultActions", forward);
            program.zone = { type: "aws:route53:Zone", properties: { name: "example.com" } };
            program.originRecord = { type: "aws:route53:Record", properties: record };
            for (const form of ["preview", "state"] as const) {
                assert.deepEqual(verdicts(albDefaultActionFailClosed, program, { form }), [violation], form);
            }
        });
    }

    it("follows the load balancer's own name", () => {
        const program = broken("listener.defaultActions", forward);
        delete program.originRecord;
        const origins = program.distribution?.properties?.origins as { domainName: string }[];
        (origins[0] as { domainName: string }).domainName = "${loadBalancer.dnsName}";
        for (const form of ["preview", "state"] as const) {
            assert.deepEqual(verdicts(albDefaultActionFailClosed, program, { form }), [violation], form);
        }
    });

    it("lets an internal load balancer behind a VPC origin forward, a public one not", () => {
        const program = broken("listener.defaultActions", forward);
        program.vpcOrigin = {
            type: "aws:cloudfront:VpcOrigin",
            properties: { vpcOriginEndpointConfig: { arn: "${loadBalancer.arn}", originProtocolPolicy: "https-only" } },
        };
        const properties = program.distribution?.properties ?? {};
        properties.origins = [
            {
                originId: "origin",
                domainName: "origin.example.com",
                vpcOriginConfig: { vpcOriginId: "${vpcOrigin.id}" },
            },
        ];
        for (const form of ["preview", "state"] as const) {
            assert.deepEqual(verdicts(albDefaultActionFailClosed, program, { form }), [violation], form);
        }
        (program.loadBalancer?.properties ?? {}).internal = true;
        for (const form of ["preview", "state"] as const) {
            assert.deepEqual(verdicts(albDefaultActionFailClosed, program, { form }), [], form);
        }
    });

    it("lets a listener forward that verifies CloudFront's client certificate", () => {
        const program = broken("listener.defaultActions", forward);
        (program.listener?.properties ?? {}).mutualAuthentication = { mode: "verify", trustStoreArn: "arn" };
        assert.deepEqual(verdicts(albDefaultActionFailClosed, program), []);
    });

    it("cannot tell of a listener that may verify clients, unless it refuses anyway", () => {
        const unknown = "listener.mutualAuthentication.mode";
        const answered = [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } }];
        for (const actions of [forward, answered]) {
            const program = broken("listener.defaultActions", actions);
            assert.deepEqual(verdictsWithUnknown(albDefaultActionFailClosed, unknown, program), [
                "cannot tell: listener mutualAuthentication.mode",
            ]);
        }
        assert.deepEqual(verdictsWithUnknown(albDefaultActionFailClosed, unknown), []);
        const program = broken("listener.defaultActions", forward);
        const whole = "listener.mutualAuthentication";
        assert.deepEqual(verdictsWithUnknown(albDefaultActionFailClosed, whole, program), [
            "cannot tell: listener mutualAuthentication",
        ]);
        // The provider computes the whole of it where the program writes none.
        assert.deepEqual(verdictsWithUnknown(albDefaultActionFailClosed, whole, program, "preview"), [violation]);
    });

    it("cannot tell of an origin whose name comes from another stack", () => {
        const program = compliantStack();
        delete program.originRecord;
        program.network = { type: "pulumi:pulumi:StackReference" };
        const origins = program.distribution?.properties?.origins as { domainName: string }[];
        (origins[0] as { domainName: string }).domainName = "${network.originName}";
        assert.deepEqual(verdicts(albDefaultActionFailClosed, program, { form: "preview" }), [
            "cannot tell: distribution origins[0].domainName",
        ]);
    });
});

describe("alb-default-action-fail-closed, value by value", () => {
    const vpcOrigin = {
        type: "aws:cloudfront:VpcOrigin",
        properties: { vpcOriginEndpointConfig: { arn: "${loadBalancer.arn}" } },
    };
    const inside = {
        originId: "inside",
        domainName: "a.example.com",
        vpcOriginConfig: { vpcOriginId: "${vpcOrigin.id}" },
    };
    const outside = { originId: "origin", domainName: "origin.example.com", customOriginConfig: {} };

    it("takes only 4xx and 5xx for a refusal", () => {
        const status = "listener.defaultActions.0.fixedResponse.statusCode";
        for (const code of ["204", "304", 245, [UNKNOWN], {}]) {
            assert.deepEqual(verdicts(albDefaultActionFailClosed, broken(status, code)), [
                "violation: listener defaultActions[0].fixedResponse.statusCode",
            ]);
        }
    });

    it("lets an aws-native balancer of the internal scheme forward behind a VPC origin", () => {
        const program = changed({ vpcOrigin, "distribution.origins": [inside], "listener.defaultActions": forward });
        for (const [scheme, expected] of [
            ["internal", []],
            ["internet-facing", [violation]],
        ] as const) {
            program.loadBalancer = { type: "aws-native:elasticloadbalancingv2:LoadBalancer", properties: { scheme } };
            assert.deepEqual(verdicts(albDefaultActionFailClosed, program), expected, scheme);
        }
    });

    it("does not let a balancer forward that CloudFront also reaches from outside", () => {
        const changes = { vpcOrigin, "loadBalancer.internal": true, "listener.defaultActions": forward };
        const both = changed({ ...changes, "distribution.origins": [inside, outside] });
        assert.deepEqual(verdicts(albDefaultActionFailClosed, both), [violation]);
        const alone = changed({ ...changes, "distribution.origins": [outside] });
        assert.deepEqual(verdicts(albDefaultActionFailClosed, alone), [violation]);
    });
});

describe("alb-default-action-fail-closed says of", () => {
    it("a default action that forwards", () => {
        says(albDefaultActionFailClosed, { "listener.defaultActions": [{ type: "forward", targetGroupArn: "arn" }] }, [
            'Load balancer "loadBalancer" is an origin of distribution "distribution", and a request that matches no rule of this listener is forwarded to targets. Make the default action a fixed response (type "fixed-response", content type "text/plain", status code "403") and forward from a rule that demands the secret header.',
        ]);
    });

    it("an answer that does not refuse", () => {
        says(albDefaultActionFailClosed, { "listener.defaultActions.0.fixedResponse.statusCode": "200" }, [
            'Load balancer "loadBalancer" is an origin of distribution "distribution", and a request that matches no rule of this listener is answered with status "200". Make the default action a fixed response (type "fixed-response", content type "text/plain", status code "403") and forward from a rule that demands the secret header.',
        ]);
    });

    it("an aws-native answer that does not refuse", () => {
        says(
            albDefaultActionFailClosed,
            { "listener.defaultActions": [{ type: "fixed-response", fixedResponseConfig: { statusCode: 200 } }] },
            [messages.notRefused("loadBalancer", "distribution", messages.answered("200"))],
        );
    });

    it("a default action that forwards what a web ACL may block", () => {
        const association = {
            type: "aws:wafv2:WebAclAssociation",
            properties: { resourceArn: "${loadBalancer.arn}", webAclArn: "arn:aws:wafv2:a" },
        };
        says(albDefaultActionFailClosed, { association, "listener.defaultActions": forward }, [
            "Cannot tell whether a load balancer behind this origin refuses requests by default: this listener forwards by default, and this pack does not evaluate whether web ACL arn:aws:wafv2:a on the load balancer blocks requests without the header that CloudFront sends. Refuse by default as well or, if the web ACL does block them, exempt the listener (exemptions of alb-default-action-fail-closed).",
        ]);
    });

    it("an action that is not known yet", () => {
        says(albDefaultActionFailClosed, { "listener.defaultActions.0.type": UNKNOWN }, [
            "Cannot tell whether a load balancer behind this origin refuses requests by default: defaultActions[0].type is not known yet.",
        ]);
    });

    it("actions that are not known yet", () => {
        says(albDefaultActionFailClosed, { "listener.defaultActions": UNKNOWN }, [
            `Cannot tell whether ${messages.mayRefuse}: defaultActions is not known yet.`,
        ]);
    });

    it("an origin that is not known yet", () => {
        says(albDefaultActionFailClosed, { "distribution.origins.0.domainName": UNKNOWN }, [
            `Cannot tell whether ${messages.mayRefuse}: origins[0].domainName is not known yet.`,
        ]);
    });
});
