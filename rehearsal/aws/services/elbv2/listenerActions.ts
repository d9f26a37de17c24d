import { type AccountRecord, list, object, objects, text } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { doubled, isKnown, type Operation, pluck, type Rule, ruleForms, valuesAt } from "../resource";

/** Actions that decide where a request goes; the others come before them. Source: API reference, Action. */
const routing = ["forward", "redirect", "fixed-response"];

const placeholders: Readonly<Record<string, string>> = {
    protocol: "#{protocol}",
    host: "#{host}",
    port: "#{port}",
    path: "/#{path}",
    query: "#{query}",
};

const { rule } = ruleForms("InvalidLoadBalancerAction");

/** Actions in the order in which they are run. */
const ordered = (actions: unknown) =>
    objects(actions)
        .map((action, index) => ({ type: text(action.type), order: Number(action.order ?? index + 1) }))
        .sort((one, other) => one.order - other.order);

/** What joins the properties of the actions at a path. Source: Elastic Load Balancing API reference, Action and its parts. */
export const actionRules = (place: string): readonly Rule[] => [
    rule(place, (given) => {
        const types = ordered(given).map(({ type }) => type);
        const count = types.filter((type) => routing.includes(type)).length;
        return types.length === 0 || types.includes(unknownValue) || types.includes("jwt-validation")
            ? undefined
            : count !== 1 || !routing.includes(types.at(-1) ?? "")
              ? `has the types ${types.join(", ")}; exactly one of ${routing.join(", ")} must be there, as the last.`
              : undefined;
    }),
    rule(place, (given) => {
        const twice = doubled(ordered(given).map(({ order }) => order));
        return twice === undefined ? undefined : `has the order ${Number(twice)} twice.`;
    }),
    rule(`${place}.forward`, (forward, { targetGroupArn }) =>
        isKnown(targetGroupArn) && pluck(object(forward).targetGroups, "arn").some((arn) => arn !== targetGroupArn)
            ? 'has target groups beside "targetGroupArn". Give one of the two.'
            : undefined,
    ),
    {
        at: place,
        wrong: (action) => {
            const blocks = blocksOf[text(action.type)] ?? [];
            return blocks.length === 0 || blocks.some((name) => action[name] !== undefined)
                ? undefined
                : [
                      "",
                      `An action of type "${text(action.type)}" needs ${blocks.map((name) => `"${name}"`).join(" or ")}.`,
                  ];
        },
    },
];

/** The properties that say what an action of a type does. */
const blocksOf: Readonly<Record<string, readonly string[]>> = {
    forward: ["targetGroupArn", "forward"],
    redirect: ["redirect"],
    "fixed-response": ["fixedResponse"],
    "authenticate-cognito": ["authenticateCognito"],
    "authenticate-oidc": ["authenticateOidc"],
    "jwt-validation": ["jwtValidation"],
};

/** Refuses what actions cannot be on a listener of a protocol and port. Source: as above, RedirectActionConfig. */
export function checkProtocol(
    { refuseIf }: Operation,
    actions: unknown,
    listener: { protocol: string; port: unknown },
): void {
    for (const { type, redirect } of objects(actions)) {
        const allowed = /^(authenticate|jwt)-/.test(text(type)) ? ["HTTPS"] : ["HTTP", "HTTPS"];
        refuseIf(
            type !== "forward" && !allowed.includes(listener.protocol),
            "InvalidLoadBalancerAction",
            `Actions of type '${text(type)}' are supported only on ${allowed.join(" and ")} listeners`,
        );
        const target = object(redirect);
        refuseIf(
            type === "redirect" && target.protocol === "HTTP" && listener.protocol === "HTTPS",
            "InvalidLoadBalancerAction",
            "You cannot redirect HTTPS requests to HTTP",
        );
        const same: Values = { protocol: listener.protocol, port: String(Number(listener.port)) };
        refuseIf(
            type === "redirect" &&
                Object.entries(placeholders).every(([name, placeholder]) =>
                    [undefined, "", placeholder, same[name]].includes(target[name]),
                ),
            "InvalidLoadBalancerAction",
            "The redirect configuration is not valid because it creates a loop: change the protocol, host, port or path",
        );
    }
}

function targetsOf(actions: unknown): string[] {
    return ["targetGroupArn", "forward.targetGroups.arn"]
        .flatMap((place) => list(actions).flatMap((action) => valuesAt(action, place)))
        .map(text)
        .filter((arn) => arn !== "");
}

/** What a Network Load Balancer's listener forwards to. Source: its user guide, "Target groups", routing configuration. */
const networkTargets: Readonly<Record<string, RegExp>> = {
    TCP: /^TCP(_UDP|_QUIC)?$/,
    TLS: /^(TCP|TLS)$/,
    UDP: /UDP$/,
    TCP_UDP: /^TCP_UDP$/,
};

export function checkTargets(
    { account, refuseIf }: Operation,
    actions: unknown,
    balancer: AccountRecord,
    listenerProtocol = "",
): void {
    const listeners = account.all("Listener");
    for (const arn of targetsOf(actions)) {
        const group = account.find("TargetGroup", arn);
        const { protocol, protocolVersion, targetType, vpcId } = group?.properties ?? {};
        refuseIf(group === undefined, "TargetGroupNotFound", `Target groups '${arn}' not found`);
        refuseIf(
            vpcId !== undefined && vpcId !== balancer.properties.vpcId,
            "InvalidConfigurationRequest",
            `The following target groups are not in the same VPC as the load balancer: '${arn}'`,
        );
        // Source: API reference, CreateTargetGroup, Protocol; user guides, "Target groups", of gRPC "Protocol version".
        const kind = /^HTTPS?$/.test(text(protocol)) ? "application" : protocol === "GENEVE" ? "gateway" : "network";
        const { loadBalancerType } = balancer.properties;
        refuseIf(
            (typeof protocol === "string" && kind !== loadBalancerType) ||
                (protocolVersion === "GRPC" && listenerProtocol === "HTTP"),
            "InvalidConfigurationRequest",
            `The protocol '${text(protocol)}' of the target group is not supported by the load balancer or its listener: '${arn}'`,
        );
        refuseIf(
            (targetType === "lambda" && loadBalancerType !== "application") ||
                (typeof protocol === "string" && networkTargets[listenerProtocol]?.test(protocol) === false),
            "InvalidConfigurationRequest",
            `The target group '${arn}' of ${text(protocol) || "Lambda functions"} is not supported by a listener of ${listenerProtocol}`,
        );
        const isElsewhere = [...listeners, ...account.all("ListenerRule")]
            .filter(({ properties }) => targetsOf(properties.defaultActions ?? properties.actions).includes(arn))
            .map(
                ({ properties }) =>
                    properties.loadBalancerArn ??
                    listeners.find(({ id }) => id === properties.listenerArn)?.properties.loadBalancerArn,
            )
            .some((other) => other !== balancer.id);
        refuseIf(
            isElsewhere,
            "TargetGroupAssociationLimit",
            `The following target groups cannot be associated with more than one load balancer: ${arn}`,
        );
    }
}
