import assert from "node:assert/strict";
import { DeployedAccount } from "./deployedAccount";
import { actionsFor } from "./listenerRules";
import type { SentRequest } from "./messages";

const request: SentRequest = {
    method: "GET",
    host: "www.example.com",
    url: "/api/orders?page=2",
    headers: { "x-origin-verify": "ABC123" },
    source: "127.64.0.1",
};

/** The type of the action that is taken: `forward` if the rule holds, otherwise the listener's default. */
function taken(conditions: unknown, change: Partial<SentRequest> = {}): unknown {
    const listener = {
        type: "aws:lb/listener:Listener",
        id: "listener",
        properties: { arn: "listener", defaultActions: [{ type: "fixed-response" }] },
    };
    const rule = {
        type: "aws:lb/listenerRule:ListenerRule",
        id: "rule",
        properties: { listenerArn: "listener", priority: 1, conditions, actions: [{ type: "forward" }] },
    };
    return actionsFor(new DeployedAccount([listener, rule]), listener, { ...request, ...change })[0]?.type;
}

describe("a listener rule", () => {
    const holding: readonly [string, unknown][] = [
        [
            "a header's value in any case",
            [{ httpHeader: { httpHeaderName: "X-Origin-Verify", values: ["old", "abc123"] } }],
        ],
        ["a header by wildcard", [{ httpHeader: { httpHeaderName: "x-origin-verify", values: ["a?c*"] } }]],
        ["a host by wildcard", [{ hostHeader: { values: ["*.example.com"] } }]],
        ["a path", [{ pathPattern: { values: ["/api/*"] } }]],
        ["a method", [{ httpRequestMethod: { values: ["GET"] } }]],
        ["a query string", [{ queryStrings: [{ key: "page", value: "2" }] }]],
        ["a source", [{ sourceIp: { values: ["127.64.0.0/16"] } }]],
        ["two conditions at once", [{ pathPattern: { values: ["/api/*"] } }, { hostHeader: { values: ["www.*"] } }]],
    ];
    for (const [what, conditions] of holding) {
        it(`holds by ${what}`, () => assert.equal(taken(conditions), "forward"));
    }

    const failing: readonly [string, unknown][] = [
        ["another header value", [{ httpHeader: { httpHeaderName: "X-Origin-Verify", values: ["abc"] } }]],
        ["a header that was not sent", [{ httpHeader: { httpHeaderName: "X-Other", values: ["*"] } }]],
        ["a path in another case", [{ pathPattern: { values: ["/API/*"] } }]],
        ["one of two conditions", [{ pathPattern: { values: ["/api/*"] } }, { hostHeader: { values: ["other"] } }]],
        ["a condition of a kind that is not known", [{ somethingNew: { values: ["*"] } }]],
        ["no condition", []],
        ["an empty condition", [{}]],
    ];
    for (const [what, conditions] of failing) {
        it(`does not hold by ${what}`, () => assert.equal(taken(conditions), "fixed-response"));
    }

    it("gives way to one with a lower priority", () => {
        const listener = { type: "aws:lb/listener:Listener", id: "listener", properties: { defaultActions: [] } };
        const rule = (priority: number, type: string) => ({
            type: "aws:alb/listenerRule:ListenerRule",
            id: type,
            properties: {
                listenerArn: "listener",
                priority,
                conditions: [{ pathPattern: { values: ["*"] } }],
                actions: [{ type }],
            },
        });
        const account = new DeployedAccount([listener, rule(100, "late"), rule(20, "early")]);
        assert.equal(actionsFor(account, listener, request)[0]?.type, "early");
    });
});
