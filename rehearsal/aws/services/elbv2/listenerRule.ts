import { type Account, type AccountRecord, object, objects, text, texts } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { actionRules, checkActions, checkProtocol, checkTargets } from "./listenerActions";
import {
    hex,
    isExpression,
    isNetwork,
    namesOf,
    refusals,
    type Report,
    type ResourceModel,
    type Rule,
    ruleForms,
} from "../resource";

const refuse = refusals("Elastic Load Balancing v2");

const single = ["hostHeader", "httpRequestMethod", "pathPattern", "sourceIp"];

const { filled, form, needed, rule, unique } = ruleForms("ValidationError");

/** Sources: Elastic Load Balancing API reference, RuleCondition and its parts; user guide, "Quotas", for wildcards. */
const conditionRules: readonly Rule[] = [
    filled("conditions"),
    rule("conditions", (conditions) => {
        const kinds = objects(conditions).flatMap(namesOf);
        const twice = single.find((kind) => kinds.indexOf(kind) !== kinds.lastIndexOf(kind));
        const texts = objects(conditions).map(({ hostHeader, pathPattern, httpHeader, queryStrings }) => [
            object(hostHeader).values,
            object(pathPattern).values,
            object(httpHeader).values,
            queryStrings,
        ]);
        const wildcards = JSON.stringify(texts).replace(/[^*?]/g, "").length;
        return twice !== undefined
            ? `has two conditions of the kind "${twice}"; AWS allows one. Put the values into one condition.`
            : wildcards > 6
              ? `has ${wildcards} wildcards; AWS allows 6.`
              : undefined;
    }),
    ...["hostHeader", "httpHeader", "httpRequestMethod", "pathPattern", "sourceIp"].map((kind) =>
        rule(`conditions.${kind}.values`, (values, { regexValues }) =>
            Array.isArray(values) && values.length === 0 && regexValues === undefined
                ? "is empty. Give it one value at least."
                : undefined,
        ),
    ),
    form(
        "conditions.hostHeader.values",
        /^[A-Za-z0-9*?-]+(\.[A-Za-z0-9*?-]+)+$/,
        "host names of letters, digits, hyphens and the wildcards * and ?, with one dot at least",
    ),
    form(
        "conditions.httpHeader.httpHeaderName",
        /^[\w!#$%&'*+.^`|~-]{1,40}$/,
        "1 to 40 characters of a header's name, without spaces",
    ),
    form("conditions.httpRequestMethod.values", /^[A-Z_-]{1,40}$/, "methods in capitals, such as GET"),
    form(
        "conditions.pathPattern.values",
        /^[\w.$/~"'@:+&*?-]+$/,
        "letters, digits, the wildcards * and ?, and _-.$/~\"'@:+&",
    ),
    form(
        "conditions.sourceIp.values",
        (range) => isNetwork(range),
        "ranges such as 192.0.2.0/24 that begin with their network address",
    ),
    ...["key", "value"].map((part) => form(`conditions.queryStrings.${part}`, /^[^]{0,128}$/, "up to 128 characters")),
    // Source: Elastic Load Balancing API reference, RuleTransform.
    unique("transforms", "type"),
    needed("transforms.urlRewriteConfig", "type", ["url-rewrite"]),
    needed("transforms.hostHeaderRewriteConfig", "type", ["host-header-rewrite"]),
    ...["urlRewriteConfig", "hostHeaderRewriteConfig"].map((config) =>
        form(`transforms.${config}.rewrite.regex`, isExpression, "regular expressions"),
    ),
];

export const listenerRule: ResourceModel = {
    replaceOn: ["listenerArn"],
    // Source: terraform-provider-aws, internal/service/elbv2/listener_rule.go (resourceListenerRuleUpdate).
    sentWhenChanged: ["actions", "conditions"],
    rules: [...actionRules("actions"), ...conditionRules],
    check(inputs, report) {
        checkActions(inputs.actions, "actions", report);
        objects(inputs.conditions).forEach((condition, index) =>
            checkCondition(condition, `conditions[${index}]`, report),
        );
    },
    create({ account, region, inputs }) {
        const parent = account.find("Listener", inputs.listenerArn);
        if (parent?.region !== region) {
            return refuse("CreateRule", "ListenerNotFound", "One or more listeners not found");
        }
        const settings = checkRule(account, inputs, parent, undefined);
        const id = `${parent.id.replace(":listener/", ":listener-rule/")}/${hex(16)}`;
        return { id, arn: id, ...settings };
    },
    update({ account, inputs, old }) {
        const parent = account.find("Listener", inputs.listenerArn);
        return parent === undefined
            ? refuse("ModifyRule", "ListenerNotFound", "One or more listeners not found")
            : checkRule(account, inputs, parent, old);
    },
};

function checkRule(account: Account, inputs: Values, parent: AccountRecord, old: AccountRecord | undefined): Values {
    const action = old === undefined ? "CreateRule" : "ModifyRule";
    const others = account
        .all("ListenerRule")
        .filter(({ id, properties }) => id !== old?.id && properties.listenerArn === parent.id);
    const priority =
        inputs.priority ??
        old?.properties.priority ??
        Math.max(0, ...others.map(({ properties }) => Number(properties.priority))) + 1;
    if (others.some(({ properties }) => properties.priority === priority)) {
        refuse(action, "PriorityInUse", `Priority '${Number(priority)}' is currently in use`);
    }
    // Source: "Quotas for your Application Load Balancers": condition values per rule.
    const values = objects(inputs.conditions)
        .flatMap((condition) => Object.values(condition))
        .flatMap((condition) => [...texts(object(condition).values), ...objects(object(condition).values)]);
    const pairs = objects(inputs.conditions).flatMap((condition) => objects(condition.queryStrings));
    if (values.length + pairs.length > 5) {
        refuse(action, "ValidationError", "A rule can only have '5' condition values");
    }
    checkProtocol(inputs.actions, { protocol: text(parent.properties.protocol), port: parent.properties.port }, action);
    const balancer = account.find("LoadBalancer", parent.properties.loadBalancerArn);
    if (balancer !== undefined) {
        checkTargets(account, inputs.actions, balancer, action);
    }
    return { priority };
}

/** Source: Elastic Load Balancing API reference, HttpHeaderConditionConfig and its siblings. */
function checkCondition(condition: Values, path: string, report: Report): void {
    const kinds = Object.keys(condition).filter((name) => !name.startsWith("__"));
    if (kinds.length !== 1) {
        report(
            path,
            `Exactly one kind of condition must be given; there ${kinds.length === 0 ? "is none" : `are ${kinds.join(", ")}`}. Put each into a condition of its own.`,
        );
    }
    const header = object(condition.httpHeader);
    const name = text(header.httpHeaderName);
    if (name.toLowerCase() === "host") {
        report(`${path}.httpHeader.httpHeaderName`, 'is "Host", which AWS forbids here. Use a "hostHeader" condition.');
    }
    for (const kind of ["httpHeader", "hostHeader", "pathPattern"]) {
        texts(object(condition[kind]).values).forEach((value, index) => {
            if (value !== unknownValue && (value.length > 128 || value === "")) {
                report(`${path}.${kind}.values[${index}]`, `has ${value.length} characters; AWS allows 1 to 128.`);
            }
        });
    }
}
