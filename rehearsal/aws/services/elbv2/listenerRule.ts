import { list, object, objects, text } from "../../account";
import type { Values } from "../../../provider";
import { actionRules, checkProtocol, checkTargets } from "./listenerActions";
import {
    hex,
    isExpression,
    isNetwork,
    namesOf,
    type Operation,
    type ResourceModel,
    type Rule,
    ruleForms,
} from "../resource";

const single = ["hostHeader", "httpRequestMethod", "pathPattern", "sourceIp"];

const { form, rule } = ruleForms("ValidationError");

/** Sources: Elastic Load Balancing API reference, RuleCondition and its parts; user guide, "Quotas", for wildcards. */
const conditionRules: readonly Rule[] = [
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
    // Source: "Quotas for your Application Load Balancers": condition values per rule.
    rule("conditions", (conditions) => {
        const values = objects(conditions).flatMap((condition) => [
            ...Object.values(condition).flatMap((kind) => list(object(kind).values)),
            ...list(condition.queryStrings),
        ]);
        return values.length > 5 ? `has ${values.length} values; AWS allows 5.` : undefined;
    }),
    { at: "conditions", exactlyOne: [...single, "httpHeader", "queryStrings"], code: "ValidationError" },
    form(
        "conditions.sourceIp.values",
        (range) => isNetwork(range),
        "ranges such as 192.0.2.0/24 that begin with their network address",
    ),
    ...["urlRewriteConfig", "hostHeaderRewriteConfig"].map((config) =>
        form(`transforms.${config}.rewrite.regex`, isExpression, "regular expressions"),
    ),
];

export const listenerRule: ResourceModel = {
    rules: [...actionRules("actions"), ...conditionRules],
    create(operation) {
        const settings = checkRule(operation);
        const id = `${text(operation.inputs.listenerArn).replace(":listener/", ":listener-rule/")}/${hex(16)}`;
        return { id, arn: id, ...settings };
    },
    update: checkRule,
};

function checkRule(operation: Operation): Values {
    const { account, inputs, old, refuseIf } = operation;
    const parent = account.find("Listener", inputs.listenerArn)?.properties ?? {};
    const others = account
        .all("ListenerRule")
        .filter(({ id, properties }) => id !== old?.id && properties.listenerArn === inputs.listenerArn)
        .map(({ properties }) => Number(properties.priority));
    const priority = Number(inputs.priority ?? old?.properties.priority ?? Math.max(0, ...others) + 1);
    refuseIf(others.includes(priority), "PriorityInUse", `Priority '${priority}' is currently in use`);
    checkProtocol(operation, inputs.actions, { protocol: text(parent.protocol), port: parent.port });
    const balancer = account.find("LoadBalancer", parent.loadBalancerArn);
    // Source: API reference, CreateRule: of an Application Load Balancer or a dual-stack Network Load Balancer.
    refuseIf(
        !/^HTTPS?$/.test(text(parent.protocol)) && balancer?.properties.ipAddressType !== "dualstack",
        "InvalidConfigurationRequest",
        `Rules are unsupported for ${text(parent.protocol)} listeners`,
    );
    if (balancer !== undefined) {
        checkTargets(operation, inputs.actions, balancer, text(parent.protocol));
    }
    return { priority };
}
