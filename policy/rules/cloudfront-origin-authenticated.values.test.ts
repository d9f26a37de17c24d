import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { verdicts, changed } from "../test/compliantStack";
import { findingsOf, resourcesOf } from "../test/yamlProgram";
import { header, headers, violation } from "../test/originAuthentication";
import { cloudfrontOriginAuthenticated } from "./cloudfront-origin-authenticated";

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

    it("refuses a listener that forwards without verifying, besides one that verifies", () => {
        const second = (properties: Record<string, unknown>) => ({
            [headers]: undefined,
            "distribution.origins.0.customOriginConfig.originMtlsConfig": certificate,
            "listener.mutualAuthentication": { mode: "verify" },
            second: { type: "aws:lb:Listener", properties: { loadBalancerArn: "${loadBalancer.arn}", ...properties } },
        });
        const open = ["violation: second mutualAuthentication.mode"];
        assert.deepEqual(said(second({ defaultActions: forwards })), open);
        assert.deepEqual(said(second({ defaultActions: [{ type: "fixed-response" }] })), []);
        assert.deepEqual(said(second({ defaultActions: forwards, mutualAuthentication: { mode: UNKNOWN } })), []);
        const rule = (conditions: unknown[]) => ({
            ...second({}),
            health: {
                type: "aws:lb:ListenerRule",
                properties: { listenerArn: "${second.arn}", conditions, actions: forwards },
            },
        });
        assert.deepEqual(said(rule([])), open);
        assert.deepEqual(said(rule([{ httpHeader: { httpHeaderName: "X-Other", values: ["a"] } }])), []);
    });

    it("says that requests without a client certificate are refused, not that everybody gets in", () => {
        const changes = { [headers]: undefined, "listener.mutualAuthentication": { mode: "verify" } };
        assert.deepEqual(
            findingsOf(cloudfrontOriginAuthenticated, resourcesOf(changed(changes), "state")).map(
                ({ message }) => message,
            ),
            [
                `Load balancer "loadBalancer" demands a client certificate, but CloudFront presents none to origin "origin" (origin.example.com), so its requests are refused. Set originMtlsConfig.clientCertificateArn of the origin to a certificate that the listener's trust store accepts.`,
            ],
        );
        assert.deepEqual(said(changes), [violation]);
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
