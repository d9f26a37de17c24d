import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { broken, verdicts } from "../test/compliantStack";
import { messagesOf, testRule, verdictsOf, says } from "../test/testRule";
import { albListenerHttpsOnly, messages } from "./alb-listener-https-only";

const redirect = [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }];

describe("alb-listener-https-only", () => {
    testRule(albListenerHttpsOnly, {
        breaks: {
            HTTP: ["listener.protocol", "HTTP", "violation: listener protocol"],
            "a missing protocol": ["listener.protocol", undefined, "violation: listener protocol"],
        },
        accepts: {
            "a TLS listener, which is a network load balancer's": ["listener.protocol", "TLS"],
            "a TCP listener, which is a network load balancer's": ["listener.protocol", "TCP"],
        },
        unknowns: { "listener.protocol": ["cannot tell: listener protocol"] },
        shapes: ["listener.protocol", "listener.port", "listener.defaultActions"],
    });

    it("says that ELB.1 accepts a redirect, and accepts it where the setting allows it", () => {
        const program = broken("listener.protocol", "HTTP");
        (program.listener?.properties ?? {}).defaultActions = redirect;
        assert.match(messagesOf(albListenerHttpsOnly, program)[0] ?? "", /ELB\.1 accepts.*allowRedirectToHttps/);
        assert.deepEqual(verdicts(albListenerHttpsOnly, program, { settings: { allowRedirectToHttps: true } }), []);
        const forwarding = broken("listener.protocol", "HTTP");
        assert.deepEqual(verdicts(albListenerHttpsOnly, forwarding, { settings: { allowRedirectToHttps: true } }), [
            "violation: listener protocol",
        ]);
    });

    it("judges every spelling of a listener, and a gateway load balancer's not", () => {
        const program = `
resources:
  alb: { type: aws:alb:Listener, properties: { port: 80 } }
  old: { type: aws:elasticloadbalancingv2:Listener, properties: { port: 80, protocol: HTTP } }
  native: { type: aws-native:elasticloadbalancingv2:Listener, properties: { port: 80, protocol: HTTP } }
  gateway: { type: aws:lb:Listener, properties: { loadBalancerArn: a } }
`;
        assert.deepEqual(verdictsOf(albListenerHttpsOnly, program), [
            "violation: alb protocol",
            "violation: old protocol",
            "violation: native protocol",
        ]);
    });
});

describe("alb-listener-https-only, value by value", () => {
    const accepted = (...actions: object[]) => {
        const program = broken("listener.protocol", "HTTP");
        (program.listener?.properties ?? {}).defaultActions = actions;
        return verdicts(albListenerHttpsOnly, program, { settings: { allowRedirectToHttps: true } }).length === 0;
    };

    it("takes a listener for one that redirects only where every action does, to HTTPS", () => {
        const [to] = redirect;
        assert.ok(to);
        assert.ok(accepted(to));
        assert.ok(accepted({ type: "redirect", redirectConfig: { protocol: "HTTPS" } }));
        assert.ok(!accepted(to, { type: "forward" }));
        assert.ok(!accepted({ ...to, type: "forward" }));
        assert.ok(!accepted({ type: "redirect", redirectConfig: { protocol: "#{protocol}" } }));
    });
});

describe("alb-listener-https-only says of", () => {
    it("HTTP", () => {
        says(albListenerHttpsOnly, { "listener.protocol": "HTTP" }, [
            'protocol is "HTTP": requests reach the load balancer unencrypted. Write "HTTPS" with port 443, or remove the listener.',
        ]);
    });

    it("a missing protocol", () => {
        says(albListenerHttpsOnly, { "listener.protocol": undefined }, [
            `protocol is missing (AWS's default is HTTP): requests reach the load balancer unencrypted. Write "HTTPS" with port 443, or remove the listener.`,
        ]);
    });

    it("a redirect", () => {
        says(
            albListenerHttpsOnly,
            {
                "listener.protocol": "HTTP",
                "listener.defaultActions": [{ type: "redirect", redirect: { protocol: "HTTPS" } }],
            },
            [
                `protocol is "HTTP": requests reach the load balancer unencrypted. It redirects, which Security Hub's ELB.1 accepts and ELB.18 does not; the first request still travels unencrypted. Set allowRedirectToHttps to accept it. Write "HTTPS" with port 443, or remove the listener.`,
            ],
        );
    });

    it("a redirect to HTTP", () => {
        says(
            albListenerHttpsOnly,
            {
                "listener.protocol": "HTTP",
                "listener.defaultActions": [{ type: "redirect", redirect: { protocol: "HTTP" } }],
            },
            [messages.notHttps("protocol", '"HTTP"')],
        );
    });

    it("no action at all", () => {
        says(albListenerHttpsOnly, { "listener.protocol": "HTTP", "listener.defaultActions": [] }, [
            messages.notHttps("protocol", '"HTTP"'),
        ]);
    });

    it("a protocol that is not known yet", () => {
        says(albListenerHttpsOnly, { "listener.protocol": UNKNOWN }, [
            "Cannot tell whether the listener accepts HTTPS only: protocol is not known yet.",
        ]);
    });
});
