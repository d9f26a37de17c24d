import { randomUUID } from "node:crypto";
import { accountId } from "../account";
import { unknownValue, type Values } from "../server";
import { isObject } from "../server";
import {
    object,
    objects,
    type Operation,
    refusals,
    type Report,
    type ResourceModel,
    type ServiceModel,
    text,
    texts,
} from "./model";

const refuse = refusals("WAFV2");

/** Web ACL capacity units of one ACL; not raisable. Source: WAF developer guide, "AWS WAF quotas". */
const capacityCap = 5000;

/** AWS's managed rule groups and what they weigh. Source: WAF developer guide, "AWS Managed Rules rule groups list". */
const managedGroups: Readonly<Record<string, number>> = {
    AWSManagedRulesCommonRuleSet: 700,
    AWSManagedRulesAdminProtectionRuleSet: 100,
    AWSManagedRulesKnownBadInputsRuleSet: 200,
    AWSManagedRulesSQLiRuleSet: 200,
    AWSManagedRulesLinuxRuleSet: 200,
    AWSManagedRulesUnixRuleSet: 100,
    AWSManagedRulesWindowsRuleSet: 200,
    AWSManagedRulesPHPRuleSet: 100,
    AWSManagedRulesWordPressRuleSet: 100,
    AWSManagedRulesAmazonIpReputationList: 25,
    AWSManagedRulesAnonymousIpList: 50,
    AWSManagedRulesACFPRuleSet: 50,
    AWSManagedRulesATPRuleSet: 50,
    AWSManagedRulesBotControlRuleSet: 50,
    AWSManagedRulesAntiDDoSRuleSet: 50,
};

function invalid(action: string, reason: string, field: string, parameter: string): never {
    return refuse(
        action,
        "WAFInvalidParameterException",
        `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`,
    );
}

/** A resource of WAF with a name and a scope: a web ACL, an IP set, a pattern set, a rule group. */
const scoped = (kind: string, action: string, more: ResourceModel = {}): ResourceModel => ({
    autoName: { maximum: 128 },
    replaceOn: ["name", "namePrefix", "scope", ...(more.replaceOn ?? [])],
    values: { scope: ["CLOUDFRONT", "REGIONAL"], ...more.values },
    check(inputs, report) {
        const { name } = inputs;
        if (typeof name === "string" && name !== unknownValue && !/^[\w-]{1,128}$/.test(name)) {
            report("name", `is "${name}"; AWS allows 1 to 128 letters, digits, hyphens and underscores.`);
        }
        more.check?.(inputs, report);
    },
    create(operation) {
        const { account, type, region, inputs } = operation;
        const scope = text(inputs["scope"]);
        // Source: WAF API reference: for CLOUDFRONT, use the Region endpoint us-east-1.
        if (scope === "CLOUDFRONT" && region !== "us-east-1") {
            invalid(action, "The scope is not valid., CLOUDFRONT works in us-east-1 only", "SCOPE_VALUE", scope);
        }
        const name = text(inputs["name"]) || `${text(inputs["namePrefix"])}${randomUUID().slice(0, 8)}`;
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

const webAcl = scoped("webacl", "CreateWebACL", {
    check(inputs, report) {
        objects(inputs["rules"]).forEach((rule, index) => checkRule(rule, `rules[${index}]`, report));
        const { description } = inputs;
        // Source: WAF API reference, CreateWebACL.
        if (
            typeof description === "string" &&
            description !== unknownValue &&
            !/^[\w+=:#@/,.-][\w+=:#@/,.\s-]{1,254}[\w+=:#@/,.-]$/.test(description)
        ) {
            report(
                "description",
                `is ${JSON.stringify(description)}; AWS allows 3 to 256 letters, digits, spaces and +=:#@/-,._`,
            );
        }
        const actions = Object.keys(object(inputs["defaultAction"])).filter((name) => !name.startsWith("__"));
        if (inputs["defaultAction"] !== undefined && inputs["defaultAction"] !== unknownValue && actions.length !== 1) {
            report("defaultAction", 'Exactly one of "allow" and "block" must be given.');
        }
    },
    create: (operation) => ({ id: "", applicationIntegrationUrl: "", ...weighed(operation, "CreateWebACL") }),
    update: (operation) => weighed(operation, "UpdateWebACL"),
});

const loggingConfiguration: ResourceModel = {
    replaceOn: ["resourceArn"],
    create(operation) {
        const { account, region, inputs } = operation;
        const arn = text(inputs["resourceArn"]);
        const acl = account.find("WebAcl", arn);
        if (acl?.region !== region) {
            refuse(
                "PutLoggingConfiguration",
                "WAFNonexistentItemException",
                "AWS WAF couldn't perform the operation because your resource doesn't exist.",
            );
        }
        if (account.all("WebAclLoggingConfiguration").some(({ id }) => id === arn)) {
            invalid("PutLoggingConfiguration", "A web ACL has one logging configuration", "LOG_DESTINATION", arn);
        }
        checkDestinations(operation);
        return { id: arn };
    },
    update(operation) {
        checkDestinations(operation);
        return {};
    },
};

const association: ResourceModel = {
    replaceOn: ["resourceArn", "webAclArn"],
    create({ account, region, inputs }) {
        const acl = account.find("WebAcl", inputs["webAclArn"]);
        if (acl?.region !== region || acl.properties.scope !== "REGIONAL") {
            refuse(
                "AssociateWebACL",
                "WAFNonexistentItemException",
                "AWS WAF couldn't perform the operation because your resource doesn't exist.",
            );
        }
        const resource = text(inputs["resourceArn"]);
        if (resource.includes(":loadbalancer/") && account.find("LoadBalancer", resource) === undefined) {
            refuse(
                "AssociateWebACL",
                "WAFUnavailableEntityException",
                "AWS WAF couldn’t retrieve the resource that you requested. Retry your request.",
            );
        }
        return { id: `${text(inputs["webAclArn"])},${resource}` };
    },
};

export const firewall: ServiceModel = {
    resources: {
        "aws:wafv2/webAcl:WebAcl": webAcl,
        "aws:wafv2/ipSet:IpSet": scoped("ipset", "CreateIPSet", {
            replaceOn: ["ipAddressVersion"],
            values: { ipAddressVersion: ["IPV4", "IPV6"] },
        }),
        "aws:wafv2/regexPatternSet:RegexPatternSet": scoped("regexpatternset", "CreateRegexPatternSet"),
        "aws:wafv2/ruleGroup:RuleGroup": scoped("rulegroup", "CreateRuleGroup", { replaceOn: ["capacity"] }),
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": loggingConfiguration,
        "aws:wafv2/webAclAssociation:WebAclAssociation": association,
    },
};

/** Source: WAF API reference, PutLoggingConfiguration. */
function checkDestinations({ account, region, inputs }: Operation): void {
    const notValid =
        "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.";
    for (const arn of texts(inputs["logDestinationConfigs"])) {
        const [, , service = "", place = "", , kind = "", name = ""] = arn.split(":");
        const destination = service === "logs" ? name : service === "s3" ? kind : kind.replace(/^deliverystream\//, "");
        if (!destination.startsWith("aws-waf-logs-") || arn.endsWith(":*") || (place !== "" && place !== region)) {
            invalid("PutLoggingConfiguration", notValid, "LOG_DESTINATION", arn);
        }
        const kinds: Readonly<Record<string, string>> = { logs: "LogGroup", s3: "Bucket" };
        if (kinds[service] !== undefined && account.find(kinds[service], arn) === undefined) {
            refuse(
                "PutLoggingConfiguration",
                "WAFLogDestinationPermissionIssueException",
                `The log destination ${arn} doesn't exist or the operation failed because you don't have the permissions to use it.`,
            );
        }
    }
}

function checkRule(rule: Values, path: string, report: Report): void {
    const statement = object(rule["statement"]);
    const isGroup =
        statement["managedRuleGroupStatement"] !== undefined || statement["ruleGroupReferenceStatement"] !== undefined;
    const [needed, other] = isGroup ? ["overrideAction", "action"] : ["action", "overrideAction"];
    if (
        rule["statement"] !== undefined &&
        rule["statement"] !== unknownValue &&
        (rule[needed] === undefined || rule[other] !== undefined)
    ) {
        report(
            path,
            `A rule with ${isGroup ? "a rule group" : "a statement of its own"} needs "${needed}" and no "${other}".`,
        );
    }
    const rate = object(statement["rateBasedStatement"]);
    const { limit, evaluationWindowSec: window } = rate;
    const place = `${path}.statement.rateBasedStatement`;
    // Source: WAF API reference, RateBasedStatement.
    if (typeof limit === "number" && (limit < 10 || limit > 2_000_000_000)) {
        report(`${place}.limit`, `is ${limit}; AWS allows 10 to 2000000000.`);
    }
    if (typeof window === "number" && ![60, 120, 300, 600].includes(window)) {
        report(`${place}.evaluationWindowSec`, `is ${window}; AWS allows 60, 120, 300 and 600.`);
    }
    const metric = text(object(rule["visibilityConfig"])["metricName"]);
    if (metric !== "" && metric !== unknownValue && !/^[\w-]{1,128}$/.test(metric)) {
        report(
            `${path}.visibilityConfig.metricName`,
            `is "${metric}"; AWS allows 1 to 128 letters, digits, hyphens and underscores.`,
        );
    }
}

/** Refuses rules that contradict each other or weigh too much, and says what they weigh. */
function weighed({ inputs }: Pick<Operation, "inputs">, action: string): Values {
    const rules = objects(inputs["rules"]);
    const doubled = (name: string) =>
        rules.map((rule) => rule[name]).find((value, index, all) => all.indexOf(value) !== index);
    if (doubled("priority") !== undefined) {
        invalid(
            action,
            "You have used the same priority for more than one rule",
            "RULE",
            String(Number(doubled("priority"))),
        );
    }
    if (doubled("name") !== undefined) {
        invalid(action, "You have used the same name for more than one rule", "RULE", text(doubled("name")));
    }
    const capacity = rules.reduce((sum, rule) => sum + weight(object(rule["statement"]), action), 0);
    if (capacity > capacityCap) {
        refuse(
            action,
            "WAFLimitsExceededException",
            `AWS WAF couldn’t perform the operation because you exceeded your resource limit: the rules need ${capacity} web ACL capacity units of ${capacityCap}.`,
        );
    }
    return { capacity };
}

/** Capacity units of a statement. Source: WAF developer guide, "Web ACL capacity units (WCUs)" and the statements' own pages. */
function weight(statement: Values, action: string): number {
    return Object.entries(statement).reduce((sum, [kind, value]) => {
        const inner = object(value);
        const nested = [
            ...objects(inner["statements"]),
            object(inner["statement"]),
            object(inner["scopeDownStatement"]),
        ].reduce((total, each) => total + weight(each, action), 0);
        switch (kind) {
            case "managedRuleGroupStatement":
                return sum + managedWeight(inner, action) + nested;
            case "rateBasedStatement":
                return sum + 2 + 30 * objects(inner["customKeys"]).length + nested;
            case "byteMatchStatement":
                return (
                    sum +
                    (inner["positionalConstraint"] === "CONTAINS"
                        ? 10
                        : inner["positionalConstraint"] === "CONTAINS_WORD"
                          ? 10
                          : 2) +
                    10 * objects(inner["textTransformations"]).filter(({ type }) => type !== "NONE").length
                );
            case "regexPatternSetReferenceStatement":
            case "sqliMatchStatement":
                return sum + (inner["sensitivityLevel"] === "HIGH" ? 30 : 20);
            case "xssMatchStatement":
                return sum + 40;
            case "regexMatchStatement":
                return sum + 3;
            default:
                return sum + (isObject(value) && nested > 0 ? nested : kind.startsWith("__") ? 0 : 1);
        }
    }, 0);
}

function managedWeight(group: Values, action: string): number {
    const name = text(group["name"]);
    if (text(group["vendorName"]) !== "AWS") {
        // Groups of the marketplace: their weight is not published.
        return 1000;
    }
    const weight = managedGroups[name];
    return (
        weight ??
        refuse(
            action,
            "WAFNonexistentItemException",
            `AWS WAF couldn't perform the operation because your resource doesn't exist. (The managed rule group ${name}; AWS has ${Object.keys(managedGroups).join(", ")}.)`,
        )
    );
}
