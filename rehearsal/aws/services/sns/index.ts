import { list, object, objects, text } from "../../account";
import { isObject, type Values } from "../../../provider";
import { isAddress, modelsOf, networkOf, type Rule, ruleForms, type ServiceModel } from "../resource";
import { conditionOperator, readPolicy } from "../s3";
import table from "./resourceTable.json";

const { rule } = ruleForms("InvalidParameter");

const isText = (value: unknown): boolean => typeof value === "string";

/** What the operators of filter policies compare with. Source: SNS developer guide, "Filter policy operators". */
const operators: Readonly<Record<string, (value: unknown) => boolean>> = {
    "anything-but": (value) => value !== null,
    cidr: (value) => isAddress(text(value)) || networkOf(text(value)) !== undefined,
    "equals-ignore-case": isText,
    exists: (value) => typeof value === "boolean",
    numeric(value) {
        const [lower = NaN, upper = Infinity] = list(value).flatMap((one) => (typeof one === "number" ? [one] : []));
        return /^(=|[<>]=?|>=?,,<=?)$/.test(list(value).filter(isText).join(",,")) && lower < upper;
    },
    prefix: isText,
    suffix: isText,
    wildcard: isText,
};

/** The objects in the lists of a filter policy, which hold an operator each. */
function conditionsIn(policy: object): Values[] {
    return Object.entries(policy).flatMap(([key, wanted]) =>
        key === "$or"
            ? objects(wanted).flatMap(conditionsIn)
            : Array.isArray(wanted)
              ? objects(wanted)
              : conditionsIn(object(wanted)),
    );
}

/** Source: SNS developer guide, "Creating an HTTP/S delivery policy": the least delay is no longer than the longest. */
const delayRule = rule("deliveryPolicy", (policy) => {
    const [least = NaN, most = NaN] = ["min", "max"].map((end) =>
        Number(new RegExp(`"${end}DelayTarget"\\s*:\\s*(\\d+)`).exec(text(policy))?.[1]),
    );
    return least > most ? `has a "minDelayTarget" of ${least}, more than "maxDelayTarget", ${most}.` : undefined;
});

/** Source: SNS API reference, Subscribe and SetSubscriptionAttributes. */
const subscriptionRules: readonly Rule[] = [
    delayRule,
    // Source: SNS developer guide, "Filter policy constraints"; what "$or" adds to the combinations is not counted.
    rule("filterPolicy", (policy, { filterPolicyScope: scope = "MessageAttributes" }) => {
        const keys = Object.entries(parsed(policy));
        const [plain, value] = keys.find(([, wanted]) => !isObject(wanted) && list(wanted).length === 0) ?? [];
        const [nested] = keys.find(([, wanted]) => isObject(wanted)) ?? [];
        const wrong = conditionsIn(parsed(policy)).find(
            (condition) => !Object.entries(condition).every(([name, value]) => operators[name]?.(value)),
        );
        const combinations = keys.reduce((product, [, wanted]) => product * (list(wanted).length || 1), 1);
        return keys.length > 5
            ? `has ${keys.length} keys; AWS allows 5.`
            : plain !== undefined
              ? `gives "${plain}" ${Array.isArray(value) ? "no" : "one"} value. Write a list of those that match, or an object.`
              : nested !== undefined && scope === "MessageAttributes"
                ? `nests keys in "${nested}"; only the "filterPolicyScope" "MessageBody" allows that.`
                : wrong !== undefined
                  ? `has ${JSON.stringify(wrong)}; AWS allows ${Object.keys(operators).join(", ")}, each with what it compares.`
                  : combinations > 150
                    ? `has ${combinations} combinations of values; AWS allows 150.`
                    : undefined;
    }),
];

/** What a JSON text holds; nothing where it is none. */
function parsed(json: unknown): object {
    try {
        return object(JSON.parse(text(json)));
    } catch {
        return {};
    }
}

/** Source: SNS developer guide, "Amazon SNS API permissions: Actions and resources reference"; of tags and patterns it does not speak. */
const topicAction =
    /^(\*|sns:(AddPermission|DeleteTopic|GetDataProtectionPolicy|GetTopicAttributes|ListSubscriptionsByTopic|ListTagsForResource|Publish|PutDataProtectionPolicy|Receive|RemovePermission|SetTopicAttributes|Subscribe|TagResource|UntagResource|\w+\*))$/i;

/** What a statement of a topic's own policy needs. Source: IAM user guide, "IAM JSON policy elements reference". */
const policyRule = rule("policy", (policy) => {
    const statements = typeof policy === "string" ? (readPolicy(policy) ?? []) : [];
    return statements
        .map(({ Effect, Principal, NotPrincipal, Action, Condition }) => {
            const unknown = Object.keys(object(Condition)).find((name) => !conditionOperator.test(name));
            const wrong = [Action ?? []]
                .flat()
                .map(text)
                .find((action) => !topicAction.test(action));
            return !/^(Allow|Deny)$/.test(text(Effect))
                ? `has the effect "${text(Effect)}"; AWS allows Allow and Deny.`
                : (Principal ?? NotPrincipal) === undefined
                  ? "has a statement without a principal."
                  : unknown !== undefined
                    ? `has the condition "${unknown}", which does not exist.`
                    : wrong === undefined
                      ? undefined
                      : `has the action "${wrong}", which is out of service scope: write the actions of topics one by one.`;
        })
        .find((problem) => problem !== undefined);
});

export const sns: ServiceModel = {
    title: "SNS",
    resources: modelsOf(table, {
        "aws:sns/topic:Topic": { rules: [policyRule, delayRule] },
        "aws:sns/topicPolicy:TopicPolicy": { rules: [policyRule] },
        "aws:sns/topicSubscription:TopicSubscription": { rules: subscriptionRules },
    }),
};
