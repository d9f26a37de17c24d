import assert from "node:assert/strict";

import { Read, UNKNOWN } from "../graph";
import { resource } from "../test/stack";
import { applicationProtocol, forwards, isApplication, isCertainlyApplication, LISTENER_TYPES } from "./loadBalancers";

describe("a listener's protocol", () => {
    const protocol = (properties: Record<string, unknown>) =>
        applicationProtocol(resource("aws:lb/listener:Listener", "listener", properties));
    const arn = (kind: string) => `arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/${kind}/web/0123456789abcdef`;

    it("is that of an application load balancer where it is HTTP or HTTPS, in any case", () => {
        for (const text of ["HTTP", "HTTPS", "https"]) {
            assert.equal(protocol({ protocol: text })?.text, text);
        }
        for (const text of ["TLS", "TCP", "XHTTP", "HTTPX", 7]) {
            assert.equal(protocol({ protocol: text }), undefined);
        }
    });

    it("is HTTP by default, but for a gateway load balancer's listener, which has no port", () => {
        assert.ok(protocol({ port: 80 })?.isAbsent);
        assert.equal(protocol({}), undefined);
    });

    it("is of no application load balancer where the ARN says so, though the protocol is unknown", () => {
        assert.equal(protocol({ protocol: UNKNOWN, loadBalancerArn: arn("net") }), undefined);
        assert.equal(protocol({ protocol: UNKNOWN, loadBalancerArn: arn("gwy") }), undefined);
        assert.ok(protocol({ protocol: UNKNOWN, loadBalancerArn: arn("app") })?.isUnknown);
        assert.ok(protocol({ protocol: UNKNOWN, loadBalancerArn: UNKNOWN })?.isUnknown);
    });

    it("is looked at in every spelling of the type", () => {
        assert.deepEqual(LISTENER_TYPES, [
            "aws:lb/listener:Listener",
            "aws:alb/listener:Listener",
            "aws:elasticloadbalancingv2/listener:Listener",
            "aws:applicationloadbalancing/listener:Listener",
            "aws-native:elasticloadbalancingv2:Listener",
        ]);
    });
});

describe("an application load balancer", () => {
    const type = (loadBalancerType: unknown) =>
        resource("aws:lb/loadBalancer:LoadBalancer", "web", { loadBalancerType });

    it("is the same for every reader, in whatever case it is written", () => {
        for (const text of [undefined, null, "", "application", "Application", " APPLICATION "]) {
            assert.ok(isApplication(type(text)) && isCertainlyApplication(type(text)), String(text));
        }
        for (const text of ["network", "Gateway", "applications"]) {
            assert.ok(!isApplication(type(text)) && !isCertainlyApplication(type(text)), text);
        }
        for (const value of [UNKNOWN, 7]) {
            assert.ok(isApplication(type(value)) && !isCertainlyApplication(type(value)), String(value));
        }
    });
});

describe("actions", () => {
    const said = (actions: unknown) => forwards(Read.of(resource("t", "listener", { actions })).at("actions"));

    it("forward where one of them does, and may where one is unknown", () => {
        assert.equal(said([{ type: "authenticate-oidc" }, { type: "forward" }]), true);
        assert.equal(said([{ type: UNKNOWN }, { type: "forward" }]), true);
        assert.equal(said([{ type: "authenticate-oidc" }, { type: UNKNOWN }]), undefined);
        assert.equal(said([{ type: "authenticate-oidc" }, UNKNOWN]), undefined);
        assert.equal(said([{ type: "fixed-response" }]), false);
        assert.equal(said([]), false);
    });
});
