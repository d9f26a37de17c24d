import assert from "node:assert/strict";

import { Read, UNKNOWN } from "../graph";
import { resource } from "../test/stack";
import { testRule, verdictsOf, says } from "../test/testRule";
import { verdicts } from "../test/compliantStack";
import { programOf } from "../test/yamlProgram";
import { messages, webAclNotEmpty } from "./web-acl-not-empty";

describe("web-acl-not-empty", () => {
    testRule(webAclNotEmpty, {
        breaks: {
            "missing rules": ["firewall.rules", undefined, "violation: firewall rules"],
            "an empty list": ["firewall.rules", [], "violation: firewall rules"],
            "a list of nothing": ["firewall.rules", [null], "violation: firewall rules"],
        },
        unknowns: {
            "firewall.rules": ["cannot tell: firewall rules"],
            "firewall.rules.0": ["cannot tell: firewall rules[0]"],
        },
        shapes: ["firewall.rules", "firewall.rules.0", "firewall.ruleJson"],
    });

    it("accepts rules as JSON and as resources, each for its own web ACL", () => {
        const program = `
resources:
  json: { type: aws:wafv2:WebAcl, properties: { ruleJson: '[{"Name":"a"}]' } }
  emptyJson: { type: aws:wafv2:WebAcl, properties: { ruleJson: '[]' } }
  brokenJson: { type: aws:wafv2:WebAcl, properties: { ruleJson: '[{' } }
  separate: { type: aws:wafv2:WebAcl }
  rule: { type: aws:wafv2:WebAclRule, properties: { webAclArn: "\${separate.arn}" } }
  group: { type: aws:wafv2:WebAcl }
  association: { type: aws:wafv2:WebAclRuleGroupAssociation, properties: { webAclArn: "\${group.arn}" } }
  native: { type: aws-native:wafv2:WebAcl, properties: { rules: [] } }
`;
        assert.deepEqual(verdictsOf(webAclNotEmpty, program), [
            "violation: emptyJson rules",
            "violation: brokenJson rules",
            "violation: native rules",
        ]);
    });

    it("cannot tell while a rule's web ACL is unknown", () => {
        const program = programOf(`
resources:
  empty: { type: aws:wafv2:WebAcl }
  other: { type: aws:s3:Bucket }
  rule: { type: aws:wafv2:WebAclRule, properties: { webAclArn: "\${other.arn}" } }
`);
        assert.deepEqual(verdicts(webAclNotEmpty, program, { form: "preview" }), ["cannot tell: empty rules"]);
        assert.deepEqual(verdicts(webAclNotEmpty, program, { form: "state" }), ["violation: empty rules"]);
    });
});

describe("web-acl-not-empty, value by value", () => {
    it("does not take JSON that is no list for rules", () => {
        const missing = Read.of(resource("aws:wafv2/webAcl:WebAcl", "firewall")).at("rules");
        for (const ruleJson of ["{}", '{"Name":"a"}', "null", "3", '"rules"']) {
            says(webAclNotEmpty, { "firewall.rules": undefined, "firewall.ruleJson": ruleJson }, [
                messages.noRules(missing),
            ]);
        }
    });
});

describe("web-acl-not-empty says of", () => {
    it("missing rules", () => {
        says(webAclNotEmpty, { "firewall.rules": undefined }, [
            "rules is missing: a web ACL without rules inspects nothing. Add rule groups to rules, ruleJson, or as WebAclRule resources.",
        ]);
    });

    it("an empty list", () => {
        says(webAclNotEmpty, { "firewall.rules": [] }, [
            "rules is []: a web ACL without rules inspects nothing. Add rule groups to rules, ruleJson, or as WebAclRule resources.",
        ]);
    });

    it("a text in the list", () => {
        says(webAclNotEmpty, { "firewall.rules": ["common"] }, [
            'rules is ["common"]: a web ACL without rules inspects nothing. Add rule groups to rules, ruleJson, or as WebAclRule resources.',
        ]);
    });

    it("rules that are not known yet", () => {
        says(webAclNotEmpty, { "firewall.rules": UNKNOWN }, [
            "Cannot tell whether the web ACL has rules: rules is not known yet.",
        ]);
    });

    it("a rule of a web ACL that is not known yet", () => {
        says(
            webAclNotEmpty,
            {
                other: { type: "aws:s3:Bucket" },
                "firewall.rules": [],
                rule0: { type: "aws:wafv2:WebAclRule", properties: { webAclArn: "${other.arn}" } },
            },
            [
                "Cannot tell whether the web ACL has rules: a rule of this stack belongs to a web ACL that is not known yet.",
            ],
            "preview",
        );
    });
});
