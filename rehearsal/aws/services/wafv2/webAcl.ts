import { randomUUID } from "node:crypto";
import { accountId, object, objects, text, texts } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { isExpression, type Operation, type ResourceModel, ruleForms, type ServiceModel } from "../resource";
import { invalid, refuse } from "./refusals";
import { loggingConfiguration } from "./logging";
import { checkRule, scopedRules, weighed } from "./rules";
import { addressProblem } from "./statements";

/** A resource of WAF with a name and a scope: a web ACL, an IP set, a pattern set, a rule group. */
const scoped = (kind: string, action: string, more: ResourceModel = {}): ResourceModel => ({
    autoName: { maximum: 128 },
    replaceOn: ["name", "namePrefix", "scope", ...(more.replaceOn ?? [])],
    // Imports name all three: id/name/scope.
    importedId: (given) => given.split("/")[0] ?? given,
    ...(more.rules && { rules: more.rules }),
    check: (inputs, report) => more.check?.(inputs, report),
    create(operation) {
        const { account, type, region, inputs } = operation;
        const scope = text(inputs.scope);
        // Source: WAF API reference: for CLOUDFRONT, use the Region endpoint us-east-1.
        if (scope === "CLOUDFRONT" && region !== "us-east-1") {
            invalid(action, "The scope is not valid., CLOUDFRONT works in us-east-1 only", "SCOPE_VALUE", scope);
        }
        const name = text(inputs.name);
        if (
            account
                .list(type)
                .some(
                    (other) =>
                        other.region === region && other.properties.scope === scope && other.properties.name === name,
                )
        ) {
            refuse(
                action,
                "WAFDuplicateItemException",
                "AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an existing one.",
            );
        }
        const id = randomUUID();
        const place = scope === "CLOUDFRONT" ? "global" : "regional";
        return {
            ...more.create?.(operation),
            id,
            name,
            lockToken: randomUUID(),
            arn: `arn:aws:wafv2:${region}:${accountId}:${place}/${kind}/${name}/${id}`,
        };
    },
    update: (operation) => ({ lockToken: randomUUID(), ...more.update?.(operation) }),
    delete(operation) {
        const { account, old } = operation;
        const arn = text(old.properties.arn);
        const used = account
            .list()
            .some(
                (record) =>
                    record.id !== old.id &&
                    !/LoggingConfiguration/.test(record.type) &&
                    JSON.stringify(record.properties).includes(`"${arn}"`),
            );
        if (used) {
            refuse(
                action.replace(/^Create/, "Delete"),
                "WAFAssociatedItemException",
                "AWS WAF couldn't perform the operation because your resource is being used by another resource or it’s associated with another resource.",
            );
        }
    },
});

/** Source: WAF developer guide, "AWS WAF quotas", and API reference, CreateRuleGroup. */
const ruleGroup = scoped("rulegroup", "CreateRuleGroup", {
    replaceOn: ["capacity"],
    rules: [
        ...scopedRules,
        ruleForms("WAFLimitsExceededException").rule("capacity", (units) =>
            Number(units) > 5000 ? `is ${Number(units)}; AWS allows 5000 at most.` : undefined,
        ),
    ],
    check(inputs, report) {
        objects(inputs.rules).forEach((rule, index) => checkRule(rule, `rules[${index}]`, report));
    },
    create: (operation) => ({ id: "", ...checkCapacity(operation, "CreateRuleGroup") }),
    update: (operation) => checkCapacity(operation, "UpdateRuleGroup"),
});

function checkCapacity(operation: Operation, action: string): Values {
    const { capacity } = weighed(operation, action);
    if (Number(capacity) > Number(operation.inputs.capacity)) {
        refuse(
            action,
            "WAFLimitsExceededException",
            `AWS WAF couldn’t perform the operation because the rules need ${Number(capacity)} capacity units and the group has ${Number(operation.inputs.capacity)}.`,
        );
    }
    return {};
}

const ipSet = scoped("ipset", "CreateIPSet", {
    replaceOn: ["ipAddressVersion"],
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
const patternSet = scoped("regexpatternset", "CreateRegexPatternSet", {
    check(inputs, report) {
        const patterns = objects(inputs.regularExpressions);
        if (patterns.length > 10) {
            report("regularExpressions", `has ${patterns.length} expressions; AWS allows 10.`);
        }
        patterns.forEach(({ regexString: pattern }, index) => {
            if (
                typeof pattern === "string" &&
                pattern !== unknownValue &&
                (!isExpression(pattern) || pattern.length > 200)
            ) {
                report(
                    `regularExpressions[${index}].regexString`,
                    `is ${JSON.stringify(pattern)}; AWS allows regular expressions of 1 to 200 characters.`,
                );
            }
        });
    },
});

const webAcl = scoped("webacl", "CreateWebACL", {
    rules: scopedRules,
    check(inputs, report) {
        objects(inputs.rules).forEach((rule, index) => checkRule(rule, `rules[${index}]`, report));
        const actions = Object.keys(object(inputs.defaultAction)).filter((name) => !name.startsWith("__"));
        if (inputs.defaultAction !== undefined && inputs.defaultAction !== unknownValue && actions.length !== 1) {
            report("defaultAction", 'Exactly one of "allow" and "block" must be given.');
        }
    },
    create: (operation) => ({ id: "", applicationIntegrationUrl: "", ...weighed(operation, "CreateWebACL") }),
    update: (operation) => weighed(operation, "UpdateWebACL"),
});

const association: ResourceModel = {
    replaceOn: ["resourceArn", "webAclArn"],
    // Source: WAF API reference, AssociateWebACL: distributions name their web ACL themselves.
    rules: [
        ruleForms("WAFInvalidParameterException").form(
            "resourceArn",
            /^arn:aws[\w-]*:(elasticloadbalancing:.*:loadbalancer\/app\/|apigateway:|appsync:|cognito-idp:|apprunner:|ec2:.*verified-access|amplify:)/,
            "ARNs of load balancers, APIs and user pools; a distribution names its web ACL in webAclId",
        ),
    ],
    create({ account, region, inputs }) {
        const acl = account.find("WebAcl", inputs.webAclArn);
        if (acl?.region !== region || acl.properties.scope !== "REGIONAL") {
            refuse(
                "AssociateWebACL",
                "WAFNonexistentItemException",
                "AWS WAF couldn't perform the operation because your resource doesn't exist.",
            );
        }
        const resource = text(inputs.resourceArn);
        if (resource.includes(":loadbalancer/") && account.find("LoadBalancer", resource) === undefined) {
            refuse(
                "AssociateWebACL",
                "WAFUnavailableEntityException",
                "AWS WAF couldn’t retrieve the resource that you requested. Retry your request.",
            );
        }
        return { id: `${text(inputs.webAclArn)},${resource}` };
    },
};

export const wafv2: ServiceModel = {
    resources: {
        "aws:wafv2/webAcl:WebAcl": webAcl,
        "aws:wafv2/ipSet:IpSet": ipSet,
        "aws:wafv2/regexPatternSet:RegexPatternSet": patternSet,
        "aws:wafv2/ruleGroup:RuleGroup": ruleGroup,
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": loggingConfiguration,
        "aws:wafv2/webAclAssociation:WebAclAssociation": association,
    },
};
