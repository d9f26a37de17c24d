import assert from "node:assert/strict";
import { type EncryptedEdgeArgs, type FirewallArgs, labelOf, managedRuleGroups } from "./arguments/index";
import { type ManagedRuleGroup, tokens, webAcl, type WebAcl } from "./test/deployedEdge";
import { deploy, type Deployment } from "./test/deployment";

const rulesOf = (deployment: Deployment) => webAcl(deployment).rules;

async function withFirewall(firewall: FirewallArgs, others: Partial<EncryptedEdgeArgs> = {}) {
    const deployment = await deploy({ ...others, firewall });
    const rules = rulesOf(deployment);
    const named = (name: string) => rules.find((rule) => rule.name === name) ?? assert.fail(`no rule ${name}`);
    return { deployment, rules, named };
}

function managed({ name, statement }: WebAcl["rules"][number]): ManagedRuleGroup {
    return statement.managedRuleGroupStatement ?? assert.fail(`${name} is no managed rule group`);
}

describe("The firewall of an EncryptedEdge", () => {
    it("only counts where a team rolls it out", async () => {
        const { rules } = await withFirewall({ mode: "count", blockedCountries: ["QA"] });
        for (const { name, action, overrideAction } of rules) {
            assert.deepEqual(action ?? overrideAction, { count: {} }, name);
        }
    });

    it("only counts what one group finds", async () => {
        const { rules } = await withFirewall({ countedGroups: ["AWSManagedRulesSQLiRuleSet"] });
        const counting = rules.filter((rule) => JSON.stringify(rule.overrideAction ?? rule.action) === '{"count":{}}');
        assert.deepEqual(
            counting.map(({ name }) => name),
            ["sql-injection-rule-set"],
        );
    });

    it("adds rules that count to the one that counts by default, and blocks that one where it is told to", async () => {
        const counted = async (countedRules: string[], blockedRules: string[] = []) => {
            const { named } = await withFirewall({ blockedRules }, { countedRules });
            return managed(named("common-rule-set")).ruleActionOverrides.map(({ name }) => name);
        };
        const group = "AWSManagedRulesCommonRuleSet";
        assert.deepEqual(await counted([`${group}:NoUserAgent_HEADER`]), [
            "SizeRestrictions_BODY",
            "NoUserAgent_HEADER",
        ]);
        assert.deepEqual(await counted([`${group}:SizeRestrictions_BODY`]), ["SizeRestrictions_BODY"]);
        assert.deepEqual(await counted([], [`${group}:SizeRestrictions_BODY`]), []);
    });

    it("lets only some addresses in, of both families, and inspects what they send", async () => {
        const { deployment, rules, named } = await withFirewall({
            allowedAddresses: ["192.0.2.0/24", "2001:db8::/32"],
        });
        assert.deepEqual(
            deployment
                .all(tokens.ipSet)
                .map(({ name, inputs }) => [name, inputs.region, inputs.scope, inputs.addresses]),
            [
                ["edge-allowed-addresses-ipv4", "us-east-1", "CLOUDFRONT", ["192.0.2.0/24"]],
                ["edge-allowed-addresses-ipv6", "us-east-1", "CLOUDFRONT", ["2001:db8::/32"]],
            ],
        );
        const outside = (name: string) => ({
            notStatement: { statement: { ipSetReferenceStatement: { arn: `arn:aws:mock:${tokens.ipSet}:${name}` } } },
        });
        assert.deepEqual(named("allowed-addresses").statement, {
            andStatement: {
                statements: [outside("edge-allowed-addresses-ipv4"), outside("edge-allowed-addresses-ipv6")],
            },
        });
        assert.deepEqual([rules[0]?.name, rules[0]?.action], ["allowed-addresses", { block: {} }]);
    });

    it("keeps addresses and countries out before it counts how often they come", async () => {
        const { rules, named } = await withFirewall({
            blockedAddresses: ["198.51.100.0/24"],
            blockedCountries: ["QA", "ZW"],
        });
        assert.deepEqual(rules.map(({ name, priority }) => `${priority} ${name}`).slice(0, 4), [
            "0 blocked-addresses",
            "1 blocked-countries",
            "2 rate-limit",
            "3 amazon-ip-reputation-list",
        ]);
        assert.deepEqual(named("blocked-countries").statement, { geoMatchStatement: { countryCodes: ["QA", "ZW"] } });
        assert.deepEqual(named("blocked-addresses").statement, {
            ipSetReferenceStatement: { arn: `arn:aws:mock:${tokens.ipSet}:edge-blocked-addresses-ipv4` },
        });
    });

    it("lets only some countries in", async () => {
        const { named } = await withFirewall({ allowedCountries: ["DE", "AT"] });
        assert.deepEqual(named("allowed-countries").statement, {
            notStatement: { statement: { geoMatchStatement: { countryCodes: ["DE", "AT"] } } },
        });
    });

    it("does not ask a group on a path that is an exception, however the path is written", async () => {
        const ruleGroup = "AWSManagedRulesCommonRuleSet";
        const { named } = await withFirewall({
            exceptions: [
                { path: "/upload/*", ruleGroup },
                { path: "/editor", ruleGroup },
            ],
        });
        const match = (positionalConstraint: string, searchString: string) => ({
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
        assert.deepEqual(managed(named("common-rule-set")).scopeDownStatement, {
            notStatement: {
                statement: {
                    orStatement: { statements: [match("STARTS_WITH", "/upload/"), match("EXACTLY", "/editor")] },
                },
            },
        });
        assert.equal(managed(named("sql-injection-rule-set")).scopeDownStatement, undefined);
    });

    it("asks a team's own groups last, and pins versions by choice", async () => {
        const arn = "arn:aws:wafv2:us-east-1:111122223333:global/rulegroup/own/0123";
        const { rules, named } = await withFirewall({
            ruleGroupArns: [arn],
            versions: { AWSManagedRulesCommonRuleSet: "Version_1.10" },
        });
        assert.deepEqual(
            [rules.at(-1)?.name, rules.at(-1)?.statement, rules.at(-1)?.overrideAction],
            ["own-rule-group-1", { ruleGroupReferenceStatement: { arn } }, { none: {} }],
        );
        assert.equal(managed(named("common-rule-set")).version, "Version_1.10");
        assert.equal(managed(named("sql-injection-rule-set")).version, undefined);
    });

    it("lets one rule of a group count on a path, and block on every other", async () => {
        const ruleGroup = "AWSManagedRulesCommonRuleSet";
        const rule = "SizeRestrictions_BODY";
        const { rules, named } = await withFirewall({
            blockedRules: [`${ruleGroup}:${rule}`],
            exceptions: [
                { path: "/upload/*", ruleGroup, rule },
                { path: "/import", ruleGroup, rule },
                { path: "/editor", ruleGroup, rule: "UserAgent_BadBots_HEADER" },
                { path: "/pipe/*", ruleGroup },
            ],
        });
        const names = rules.map(({ name }) => name);
        const at = names.indexOf("common-rule-set");
        assert.deepEqual(names.slice(at, at + 4), [
            "common-rule-set",
            "common-rule-set-SizeRestrictions_BODY",
            "common-rule-set-UserAgent_BadBots_HEADER",
            "known-bad-inputs-rule-set",
        ]);
        assert.deepEqual(
            managed(named("common-rule-set")).ruleActionOverrides.map(({ name }) => name),
            [rule, "UserAgent_BadBots_HEADER"],
        );
        const scope = JSON.stringify(managed(named("common-rule-set")).scopeDownStatement);
        assert.ok(scope.includes('"/pipe/"') && !scope.includes("upload"), scope);
        const again = named("common-rule-set-SizeRestrictions_BODY");
        assert.deepEqual(again.action, { block: {} });
        const { statements } = again.statement.andStatement ?? assert.fail("no andStatement");
        assert.deepEqual(statements[0], {
            labelMatchStatement: { scope: "LABEL", key: "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body" },
        });
        const paths = JSON.stringify(statements[1]);
        assert.ok(paths.startsWith('{"notStatement"') && paths.includes('"/upload/"') && paths.includes('"/import"'));
        assert.match(
            JSON.stringify(named("common-rule-set-UserAgent_BadBots_HEADER").statement),
            /core-rule-set:BadBots_Header"/,
        );
    });

    it("counts such a rule everywhere while everything counts", async () => {
        const { named } = await withFirewall({
            mode: "count",
            exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesSQLiRuleSet", rule: "SQLi_BODY" }],
        });
        assert.deepEqual(named("sql-injection-rule-set-SQLi_BODY").action, { count: {} });
    });
});

describe("The labels of managed rules", () => {
    it("are those that AWS documents", () => {
        const documented: Readonly<Record<string, readonly string[]>> = {
            "amazon-ip-list": ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"],
            "core-rule-set": [
                ...["NoUserAgent_Header", "BadBots_Header", "SizeRestrictions_QueryString"],
                ...["SizeRestrictions_Cookie_Header", "SizeRestrictions_Body", "SizeRestrictions_URIPath"],
                ...["EC2MetaDataSSRF_Body", "EC2MetaDataSSRF_Cookie", "EC2MetaDataSSRF_URIPath"],
                ...["EC2MetaDataSSRF_QueryArguments", "GenericLFI_QueryArguments", "GenericLFI_URIPath"],
                ...["GenericLFI_Body", "RestrictedExtensions_URIPath", "RestrictedExtensions_QueryArguments"],
                ...["GenericRFI_QueryArguments", "GenericRFI_Body", "GenericRFI_URIPath"],
                ...["CrossSiteScripting_Cookie", "CrossSiteScripting_QueryArguments", "CrossSiteScripting_Body"],
                "CrossSiteScripting_URIPath",
            ],
            "known-bad-inputs": [
                ...["JavaDeserializationRCE_Header", "JavaDeserializationRCE_Body", "JavaDeserializationRCE_URIPath"],
                ...["JavaDeserializationRCE_QueryString", "Host_Localhost_Header", "Propfind_Method"],
                ...["ExploitablePaths_URIPath", "Log4JRCE_Header", "Log4JRCE_QueryString", "Log4JRCE_Body"],
                ...["Log4JRCE_URIPath", "ReactJSRCE_Body"],
            ],
            "sql-database": [
                ...["SQLi_QueryArguments", "SQLi_Body", "SQLi_Cookie", "SQLi_URIPath"],
                ...["SQLiExtendedPatterns_QueryArguments", "SQLiExtendedPatterns_Body"],
            ],
        };
        const labels = managedRuleGroups.flatMap((group) => group.rules.map((rule) => labelOf(group, rule)));
        assert.deepEqual(
            labels.sort(),
            Object.entries(documented)
                .flatMap(([namespace, names]) => names.map((name) => `awswaf:managed:aws:${namespace}:${name}`))
                .sort(),
        );
    });
});
