import { randomUUID } from "node:crypto";
import { accountId, text, texts } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { isExpression, modelsOf, type Operation, type ResourceModel, ruleForms, type ServiceModel } from "../resource";
import { invalid, missing } from "./refusals";
import { loggingConfiguration } from "./logging";
import table from "./resourceTable.json";
import { checkEach, scopedRules, weighed } from "./rules";
import { addressProblem } from "./statements";

const { form } = ruleForms();

/** A resource of WAF with a name and a scope: a web ACL, an IP set, a pattern set, a rule group. */
const scoped = (kind: string, noun: string, more: ResourceModel = {}): ResourceModel => ({
    ...more,
    autoName: { maximum: 128 },
    // Imports name all three: id/name/scope.
    importedId: (given) => given.split("/")[0] ?? given,
    calls: { create: `Create${noun}`, update: `Update${noun}`, delete: `Delete${noun}` },
    unique: [
        [
            ["name", "scope"],
            "WAFDuplicateItemException",
            "AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an existing one.",
        ],
    ],
    create(operation) {
        const { region, inputs, refuseIf } = operation;
        const [name, scope] = [text(inputs.name), text(inputs.scope)];
        // Source: WAF API reference: for CLOUDFRONT, use the Region endpoint us-east-1.
        refuseIf(
            scope === "CLOUDFRONT" && region !== "us-east-1",
            ...invalid("The scope is not valid., CLOUDFRONT works in us-east-1 only", "SCOPE_VALUE", scope),
        );
        const id = randomUUID();
        const place = scope === "CLOUDFRONT" ? "global" : "regional";
        const arn = `arn:aws:wafv2:${region}:${accountId}:${place}/${kind}/${name}/${id}`;
        return { ...more.create?.(operation), id, lockToken: randomUUID(), arn };
    },
    update: (operation) => ({ lockToken: randomUUID(), ...more.update?.(operation) }),
    delete({ account, old, refuseIf }) {
        const arn = text(old.properties.arn);
        refuseIf(
            account
                .list()
                .some(
                    (record) =>
                        record.id !== old.id &&
                        !/LoggingConfiguration/.test(record.type) &&
                        JSON.stringify(record.properties).includes(`"${arn}"`),
                ),
            "WAFAssociatedItemException",
            "AWS WAF couldn't perform the operation because your resource is being used by another resource or it’s associated with another resource.",
        );
    },
});

/** Source: WAF developer guide, "AWS WAF quotas", and API reference, CreateRuleGroup. */
const ruleGroup = scoped("rulegroup", "RuleGroup", {
    rules: scopedRules,
    check: checkEach,
    create: checkCapacity,
    update: checkCapacity,
});

function checkCapacity(operation: Operation): Values {
    const [needed, given] = [Number(weighed(operation).capacity), Number(operation.inputs.capacity)];
    operation.refuseIf(
        needed > given,
        "WAFLimitsExceededException",
        `AWS WAF couldn’t perform the operation because the rules need ${needed} capacity units and the group has ${given}.`,
    );
    return {};
}

const ipSet = scoped("ipset", "IPSet", {
    check(inputs, report) {
        texts(inputs.addresses).forEach((address, index) => {
            const problem = address === unknownValue ? undefined : addressProblem(address, inputs.ipAddressVersion);
            if (problem !== undefined) {
                report(`addresses[${index}]`, `is "${address}"; ${problem}.`);
            }
        });
    },
});

/** Source: WAF developer guide, "AWS WAF quotas": patterns of a set, and characters of a pattern. */
const patternSet = scoped("regexpatternset", "RegexPatternSet", {
    rules: [
        form(
            "regularExpressions.regexString",
            (pattern) => isExpression(pattern) && pattern.length <= 200,
            "regular expressions of 1 to 200 characters, without lookarounds and backreferences",
        ),
    ],
});

const webAcl = scoped("webacl", "WebACL", {
    // The SDK gives the blocks of wafv2.WebAclRule the names of these; a rule group's are the same statements.
    twin: (name) =>
        /^wafv2\.WebAclRule(Statement|Action)/.test(name)
            ? name
                  .replace("WebAclRule", "RuleGroupRule")
                  .replace("ManagedRuleGroupStatementScopeDown", "RateBasedStatementScopeDown")
            : undefined,
    rules: scopedRules,
    check: checkEach,
    create: (operation) => ({ applicationIntegrationUrl: "", ...weighed(operation) }),
    update: weighed,
});

const association: ResourceModel = {
    create({ account, inputs, refuseIf }) {
        const { webAclArn, resourceArn } = inputs;
        refuseIf(account.find("WebAcl", webAclArn)?.properties.scope !== "REGIONAL", ...missing());
        return { id: `${text(webAclArn)},${text(resourceArn)}` };
    },
};

export const wafv2: ServiceModel = {
    title: "WAFV2",
    resources: modelsOf(table, {
        "aws:wafv2/webAcl:WebAcl": webAcl,
        "aws:wafv2/ipSet:IpSet": ipSet,
        "aws:wafv2/regexPatternSet:RegexPatternSet": patternSet,
        "aws:wafv2/ruleGroup:RuleGroup": ruleGroup,
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": loggingConfiguration,
        "aws:wafv2/webAclAssociation:WebAclAssociation": association,
    }),
};
