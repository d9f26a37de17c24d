import assert from "node:assert/strict";
import { DeployedAccount } from "./deployedAccount";
import { WebAcl } from "./webAcl";

const account = new DeployedAccount([
    { type: "aws:wafv2/ipSet:IpSet", id: "set", properties: { arn: "arn:set", addresses: ["198.51.100.0/24"] } },
]);
const allowed = { ipSetReferenceStatement: { arn: "arn:set" } };

function webAcl(rules: unknown[], defaultAction: unknown = { allow: {} }): WebAcl {
    return new WebAcl(account, { defaultAction, rules });
}

describe("a web ACL", () => {
    it("takes its default action where no rule decides", () => {
        assert.equal(webAcl([]).judge("203.0.113.1").blocked, false);
        assert.equal(webAcl([], { block: {} }).judge("203.0.113.1").blocked, true);
    });

    it("lets the first rule by priority decide", () => {
        const rules = [
            { name: "late", priority: 9, action: { block: {} }, statement: { notStatement: { statements: [] } } },
            { name: "early", priority: 1, action: { allow: {} }, statement: allowed },
        ];
        assert.equal(webAcl(rules).judge("198.51.100.9").blocked, false);
        assert.deepEqual(webAcl(rules).judge("203.0.113.1"), { blocked: true, status: 403, rule: "late" });
    });

    it("counts without deciding", () => {
        const rules = [{ name: "count", priority: 1, action: { count: {} }, statement: allowed }];
        assert.equal(webAcl(rules).judge("198.51.100.9").blocked, false);
    });

    it("combines statements, and answers with the status of the block action", () => {
        const action = { block: { customResponse: { responseCode: 429 } } };
        const either = { orStatement: { statements: [allowed, { notStatement: { statements: [allowed] } }] } };
        const both = { andStatement: { statements: [allowed, { notStatement: { statements: [allowed] } }] } };
        assert.deepEqual(webAcl([{ name: "or", priority: 1, action, statement: either }]).judge("203.0.113.1"), {
            blocked: true,
            status: 429,
            rule: "or",
        });
        assert.equal(
            webAcl([{ name: "and", priority: 1, action, statement: both }]).judge("203.0.113.1").blocked,
            false,
        );
    });

    it("blocks an address above its rate, and lets it in again when the window has passed", () => {
        const rate = { rateBasedStatement: { limit: 10, aggregateKeyType: "IP", evaluationWindowSec: 60 } };
        const acl = webAcl([{ name: "rate", priority: 1, action: { block: {} }, statement: rate }]);
        const blocked = Array.from({ length: 12 }, (_, index) => acl.judge("203.0.113.1", index).blocked);
        assert.deepEqual(blocked, [...Array<boolean>(10).fill(false), true, true]);
        assert.equal(acl.judge("203.0.113.2", 12).blocked, false);
        assert.equal(acl.judge("203.0.113.1", 60_012).blocked, false);
    });

    it("never decides by what it does not model, and names it", () => {
        const rules = [
            {
                name: "managed",
                priority: 1,
                overrideAction: { none: {} },
                statement: { managedRuleGroupStatement: { name: "AWSManagedRulesCommonRuleSet" } },
            },
            {
                name: "country",
                priority: 2,
                action: { block: {} },
                statement: { geoMatchStatement: { countryCodes: ["XX"] } },
            },
            {
                name: "scoped",
                priority: 3,
                action: { block: {} },
                statement: {
                    rateBasedStatement: {
                        limit: 0,
                        aggregateKeyType: "IP",
                        scopeDownStatement: { byteMatchStatement: {} },
                    },
                },
            },
            {
                name: "negated",
                priority: 4,
                action: { block: {} },
                statement: { notStatement: { statements: [{ geoMatchStatement: {} }] } },
            },
        ];
        const acl = webAcl(rules);
        assert.deepEqual(acl.notModelled, ["managed", "country", "scoped", "negated"]);
        assert.equal(acl.judge("203.0.113.1").blocked, false);
    });
});
