import { type Account, type AccountRecord, object, objects, text, texts } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { checkActions, checkTargets } from "./listenerActions";
import { hex, refusals, type Report, type ResourceModel } from "../resource";

const refuse = refusals("Elastic Load Balancing v2");

export const listenerRule: ResourceModel = {
    replaceOn: ["listenerArn"],
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
    if (name !== unknownValue && name.length > 40) {
        report(`${path}.httpHeader.httpHeaderName`, `has ${name.length} characters; AWS allows 40.`);
    }
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
