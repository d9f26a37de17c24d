import assert from "node:assert/strict";
import { DeployedAccount } from "./deployedAccount";
import type { InspectedRequest } from "./managedRuleGroups";
import { WebAcl } from "./webAcl";

/** An ordinary request from an address, with something changed. */
function from(source: string, change: Partial<InspectedRequest> = {}): InspectedRequest {
    return {
        source,
        method: "GET",
        host: "www.example.com",
        url: "/",
        headers: { "user-agent": "test" },
        body: Buffer.alloc(0),
        ...change,
    };
}

const account = new DeployedAccount([
    { type: "aws:wafv2/ipSet:IpSet", id: "set", properties: { arn: "arn:set", addresses: ["198.51.100.0/24"] } },
]);
const allowed = { ipSetReferenceStatement: { arn: "arn:set" } };

function webAcl(rules: unknown[], defaultAction: unknown = { allow: {} }): WebAcl {
    return new WebAcl(account, { defaultAction, rules });
}

describe("a web ACL", () => {
    it("takes its default action where no rule decides", () => {
        assert.equal(webAcl([]).judge(from("203.0.113.1")).blocked, false);
        assert.equal(webAcl([], { block: {} }).judge(from("203.0.113.1")).blocked, true);
    });

    it("lets the first rule by priority decide", () => {
        const rules = [
            { name: "late", priority: 9, action: { block: {} }, statement: { notStatement: { statements: [] } } },
            { name: "early", priority: 1, action: { allow: {} }, statement: allowed },
        ];
        assert.equal(webAcl(rules).judge(from("198.51.100.9")).blocked, false);
        assert.deepEqual(webAcl(rules).judge(from("203.0.113.1")), { blocked: true, status: 403, rule: "late" });
    });

    it("counts without deciding", () => {
        const rules = [{ name: "count", priority: 1, action: { count: {} }, statement: allowed }];
        assert.equal(webAcl(rules).judge(from("198.51.100.9")).blocked, false);
    });

    it("combines statements, and answers with the status of the block action", () => {
        const action = { block: { customResponse: { responseCode: 429 } } };
        const single = webAcl([
            { name: "not", priority: 1, action, statement: { notStatement: { statement: allowed } } },
        ]);
        assert.equal(single.judge(from("203.0.113.1")).blocked, true);
        assert.equal(single.judge(from("198.51.100.9")).blocked, false);
        const either = { orStatement: { statements: [allowed, { notStatement: { statements: [allowed] } }] } };
        const both = { andStatement: { statements: [allowed, { notStatement: { statements: [allowed] } }] } };
        assert.deepEqual(webAcl([{ name: "or", priority: 1, action, statement: either }]).judge(from("203.0.113.1")), {
            blocked: true,
            status: 429,
            rule: "or",
        });
        assert.equal(
            webAcl([{ name: "and", priority: 1, action, statement: both }]).judge(from("203.0.113.1")).blocked,
            false,
        );
    });

    it("blocks an address above its rate, and lets it in again when the window has passed", () => {
        const rate = { rateBasedStatement: { limit: 10, aggregateKeyType: "IP", evaluationWindowSec: 60 } };
        const acl = webAcl([{ name: "rate", priority: 1, action: { block: {} }, statement: rate }]);
        const blocked = Array.from({ length: 12 }, (_, index) => acl.judge(from("203.0.113.1"), index).blocked);
        assert.deepEqual(blocked, [...Array<boolean>(10).fill(false), true, true]);
        assert.equal(acl.judge(from("203.0.113.2"), 12).blocked, false);
        assert.equal(acl.judge(from("203.0.113.1"), 60_012).blocked, false);
    });

    it("never decides by what it does not model, and names it", () => {
        const rules = [
            {
                name: "managed",
                priority: 1,
                overrideAction: { none: {} },
                statement: { managedRuleGroupStatement: { name: "AWSManagedRulesAmazonIpReputationList" } },
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
        assert.equal(acl.judge(from("203.0.113.1")).blocked, false);
    });

    const group = (name: string, more: object = {}, override: object = { none: {} }) =>
        webAcl([
            {
                name: "managed",
                priority: 1,
                overrideAction: override,
                statement: { managedRuleGroupStatement: { vendorName: "AWS", name, ...more } },
            },
        ]);
    const [common, inputs, injection] = [
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesSQLiRuleSet",
    ] as const;
    const encoded = encodeURIComponent;
    const published: readonly [string, string, Partial<InspectedRequest>][] = [
        [common, "NoUserAgent_HEADER", { headers: {} }],
        [common, "UserAgent_BadBots_HEADER", { headers: { "user-agent": "Mozilla/5.0 (Nmap Scripting Engine)" } }],
        [common, "SizeRestrictions_QUERYSTRING", { url: `/?${"a".repeat(2049)}` }],
        [common, "SizeRestrictions_Cookie_HEADER", { headers: { "user-agent": "a", cookie: "a".repeat(10_241) } }],
        [common, "SizeRestrictions_BODY", { body: Buffer.alloc(8193) }],
        [common, "SizeRestrictions_URIPATH", { url: `/${"a".repeat(1024)}` }],
        [common, "EC2MetaDataSSRF_QUERYARGUMENTS", { url: "/?u=169.254.169.254/latest" }],
        [common, "GenericLFI_QUERYARGUMENTS", { url: `/?file=${encoded("../../etc/passwd")}` }],
        [common, "GenericLFI_URIPATH", { url: "/../../etc/passwd" }],
        [common, "GenericLFI_BODY", { body: Buffer.from("file=..%2f..%2fetc") }],
        [common, "RestrictedExtensions_URIPATH", { url: "/app.log?x" }],
        [common, "GenericRFI_QUERYARGUMENTS", { url: "/?include=http://198.51.100.7/x" }],
        [common, "CrossSiteScripting_QUERYARGUMENTS", { url: `/?q=${encoded('<script>alert("hello")</script>')}` }],
        [common, "CrossSiteScripting_COOKIE", { headers: { "user-agent": "a", cookie: "a=<script>" } }],
        [
            inputs,
            "JavaDeserializationRCE_BODY",
            { body: Buffer.from('(java.lang.Runtime).getRuntime().exec("whoami")') },
        ],
        [inputs, "Host_localhost_HEADER", { host: "localhost" }],
        [inputs, "PROPFIND_METHOD", { method: "PROPFIND" }],
        [inputs, "ExploitablePaths_URIPATH", { url: "/WEB-INF/web.xml" }],
        [inputs, "Log4JRCE_HEADER", { headers: { "x-api": "${jndi:ldap://example.com/}" } }],
        [inputs, "Log4JRCE_QUERYSTRING", { url: `/?q=${encoded("${jndi:ldap://example.com/}")}` }],
        [injection, "SQLi_QUERYARGUMENTS", { url: `/?id=${encoded("1' or '1'='1")}` }],
        [injection, "SQLi_BODY", { body: Buffer.from("id=1+union+select+password+from+users") }],
        [injection, "SQLi_COOKIE", { headers: { cookie: "id=1; drop table users" } }],
    ];
    for (const [name, rule, change] of published) {
        it(`blocks by what AWS publishes of a managed group: ${rule}`, () => {
            const request = from("203.0.113.1", change);
            assert.deepEqual(group(name).judge(request), { blocked: true, status: 403, rule: `managed, ${rule}` });
            assert.equal(
                group(name, { ruleActionOverrides: [{ name: rule, actionToUse: { count: {} } }] }).judge(request)
                    .blocked,
                false,
            );
            assert.equal(group(name, {}, { count: {} }).judge(request).blocked, false);
        });
    }

    it("lets ordinary requests pass the managed groups, and says that only a part of them is known", () => {
        const ordinary: readonly Partial<InspectedRequest>[] = [
            {},
            { url: `/?q=${"a".repeat(2000)}&next=https%3A%2F%2Fwww.example.com%2Fa` },
            { url: "/a/../b?text=select+a+union+or+a+drop&x=O'Reilly or Byte" },
            { method: "POST", body: Buffer.alloc(8192, "a") },
            { headers: { "user-agent": "a", cookie: "a".repeat(10_240) } },
            { url: "/catalogue/logistics.login" },
        ];
        for (const name of [common, inputs, injection]) {
            const acl = group(name);
            assert.deepEqual([acl.partlyModelled, acl.notModelled], [["managed"], []]);
            for (const change of ordinary) {
                assert.deepEqual(acl.judge(from("203.0.113.1", change)), {
                    blocked: false,
                    status: 403,
                    rule: undefined,
                });
            }
        }
    });

    it("leaves out of a managed group what its scope leaves out", () => {
        const uploads = {
            byteMatchStatement: {
                fieldToMatch: { uriPath: {} },
                positionalConstraint: "STARTS_WITH",
                searchString: "/uploads/",
                textTransformations: [{ priority: 0, type: "NONE" }],
            },
        };
        const acl = group(common, { scopeDownStatement: { notStatement: { statements: [uploads] } } });
        const body = Buffer.alloc(9000);
        assert.equal(acl.judge(from("203.0.113.1", { url: "/uploads/a", body })).blocked, false);
        assert.equal(acl.judge(from("203.0.113.1", { url: "/upload", body })).blocked, true);
    });

    const onPath = (positionalConstraint: string, searchString: string) => ({
        byteMatchStatement: {
            fieldToMatch: { uriPath: {} },
            positionalConstraint,
            searchString,
            textTransformations: [
                { priority: 0, type: "URL_DECODE" },
                { priority: 1, type: "NORMALIZE_PATH" },
            ],
        },
    });

    it("knows later on by its label what a rule of a managed group counted", () => {
        const again = (label: string, action: object = { block: {} }) =>
            webAcl([
                {
                    name: "managed",
                    priority: 1,
                    overrideAction: { none: {} },
                    statement: {
                        managedRuleGroupStatement: {
                            vendorName: "AWS",
                            name: common,
                            ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
                        },
                    },
                },
                {
                    name: "again",
                    priority: 2,
                    action,
                    statement: {
                        andStatement: {
                            statements: [
                                { labelMatchStatement: { scope: "LABEL", key: label } },
                                { notStatement: { statements: [onPath("STARTS_WITH", "/upload/")] } },
                            ],
                        },
                    },
                },
            ]);
        const body = Buffer.alloc(9000);
        const acl = again("awswaf:managed:aws:core-rule-set:SizeRestrictions_Body");
        assert.deepEqual(acl.notModelled, []);
        assert.equal(acl.judge(from("203.0.113.1", { url: "/upload/a", body })).blocked, false);
        assert.equal(acl.judge(from("203.0.113.1", { url: "/upload/a" })).blocked, false);
        assert.equal(acl.judge(from("203.0.113.1", { url: "/", body })).rule, "again");
        // Nobody gets out of the rule by a detour.
        for (const url of ["/upload/../admin", "/upload/%2e%2e/admin", "/upload/..%2fadmin", "/%2e/upload/.././x"]) {
            assert.equal(acl.judge(from("203.0.113.1", { url, body })).rule, "again", url);
        }
        // Another rule of the group still decides there.
        const query = { url: `/upload/a?${"a".repeat(2049)}`, body };
        assert.equal(acl.judge(from("203.0.113.1", query)).rule, "managed, SizeRestrictions_QUERYSTRING");
        // A label as the rule is spelt is none.
        assert.deepEqual(again("awswaf:managed:aws:core-rule-set:SizeRestrictions_BODY").notModelled, ["again"]);
    });

    it("gives labels where a whole group only counts", () => {
        const counted = {
            name: "managed",
            priority: 1,
            overrideAction: { count: {} },
            statement: { managedRuleGroupStatement: { vendorName: "AWS", name: inputs } },
        };
        const label = {
            labelMatchStatement: { scope: "LABEL", key: "awswaf:managed:aws:known-bad-inputs:Propfind_Method" },
        };
        const acl = webAcl([counted, { name: "again", priority: 2, action: { block: {} }, statement: label }]);
        assert.equal(acl.judge(from("203.0.113.1", { method: "PROPFIND" })).rule, "again");
        assert.equal(acl.judge(from("203.0.113.1")).blocked, false);
    });
});
