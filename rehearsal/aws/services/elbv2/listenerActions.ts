import { type Account, type AccountRecord, object, objects, text } from "../../account";
import { unknownValue } from "../../../provider";
import { doubled, refusals, type Report, type Rule, ruleForms } from "../resource";

const refuse = refusals("Elastic Load Balancing v2");

/** Actions that decide where a request goes; the others come before them. Source: API reference, Action. */
const routing = ["forward", "redirect", "fixed-response"];

const placeholders: Readonly<Record<string, string>> = {
    protocol: "#{protocol}",
    host: "#{host}",
    port: "#{port}",
    path: "/#{path}",
    query: "#{query}",
};

const { filled, form, most, numbers, rule, unique } = ruleForms("InvalidLoadBalancerAction");

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
    most(`${place}.forward.targetGroups`, 5, "TooManyTargetGroups"),
    filled(`${place}.forward.targetGroups`),
    unique(`${place}.forward.targetGroups`, "arn", "TooManyTargetGroups"),
    form(`${place}.redirect.port`, (port) => port === "#{port}" || isPort(port), "1 to 65535 or #{port}"),
    form(`${place}.redirect.path`, /^\/.{0,127}$/, "up to 128 characters that begin with a slash"),
    form(`${place}.redirect.host`, /^.{1,128}$/, "1 to 128 characters"),
    form(`${place}.redirect.query`, /^[^?].{0,127}$|^$/, "up to 128 characters without the question mark"),
    form(`${place}.fixedResponse.statusCode`, /^[245]\d\d$/, "2XX, 4XX and 5XX"),
    form(`${place}.fixedResponse.messageBody`, /^[^]{0,1024}$/, "1024 characters"),
    ...["issuer", "authorizationEndpoint", "tokenEndpoint", "userInfoEndpoint"].map((url) =>
        form(`${place}.authenticateOidc.${url}`, /^https:\/\//, "URLs of HTTPS"),
    ),
    ...["authenticateOidc", "authenticateCognito"].flatMap((kind) => [
        most(`${place}.${kind}.authenticationRequestExtraParams`, 10),
        numbers(`${place}.${kind}.sessionTimeout`, [[1, 604800]], "seconds"),
    ]),
];

export function isPort(port: string): boolean {
    return /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535;
}

/** Refuses what actions cannot be on a listener of a protocol and port. Source: as above, RedirectActionConfig. */
export function checkProtocol(actions: unknown, listener: { protocol: string; port: unknown }, action: string): void {
    for (const each of objects(actions)) {
        if (text(each.type).startsWith("authenticate-") && listener.protocol !== "HTTPS") {
            refuse(
                action,
                "InvalidLoadBalancerAction",
                `Actions of type '${text(each.type)}' are supported only on HTTPS listeners`,
            );
        }
        const redirect = each.type === "redirect" ? object(each.redirect) : undefined;
        if (redirect === undefined) {
            continue;
        }
        const protocol = text(redirect.protocol) || "#{protocol}";
        if (protocol === "HTTP" && listener.protocol === "HTTPS") {
            refuse(action, "InvalidLoadBalancerAction", "You cannot redirect HTTPS requests to HTTP");
        }
        const same: Readonly<Record<string, string>> = {
            protocol: listener.protocol,
            port: String(Number(listener.port)),
        };
        const changes = Object.entries(placeholders).some(
            ([name, placeholder]) =>
                ![undefined, "", placeholder, same[name]].includes(redirect[name] as string | undefined),
        );
        if (!changes) {
            refuse(
                action,
                "InvalidLoadBalancerAction",
                "The redirect configuration is not valid because it creates a loop: change the protocol, host, port, path or query",
            );
        }
    }
}

export function checkActions(actions: unknown, path: string, report: Report): void {
    const blocks: Readonly<Record<string, readonly string[]>> = {
        forward: ["targetGroupArn", "forward"],
        redirect: ["redirect"],
        "fixed-response": ["fixedResponse"],
        "authenticate-cognito": ["authenticateCognito"],
        "authenticate-oidc": ["authenticateOidc"],
        "jwt-validation": ["jwtValidation"],
    };
    objects(actions).forEach((action, index) => {
        const place = `${path}[${index}]`;
        const needed = blocks[text(action.type)];
        if (needed !== undefined && !needed.some((name) => action[name] !== undefined)) {
            report(
                place,
                `An action of type "${text(action.type)}" needs ${needed.map((name) => `"${name}"`).join(" or ")}.`,
            );
        }
    });
}

function targetsOf(actions: unknown): string[] {
    return objects(actions)
        .flatMap((action) => [
            text(action.targetGroupArn),
            ...objects(object(action.forward).targetGroups).map((group) => text(group.arn)),
        ])
        .filter((arn) => arn !== "");
}

export function checkTargets(account: Account, actions: unknown, balancer: AccountRecord, action: string): void {
    for (const arn of targetsOf(actions)) {
        const group = account.find("TargetGroup", arn);
        if (group === undefined) {
            refuse(action, "TargetGroupNotFound", `Target groups '${arn}' not found`);
        }
        if (group?.properties.vpcId !== undefined && group.properties.vpcId !== balancer.properties.vpcId) {
            refuse(
                action,
                "InvalidConfigurationRequest",
                `The following target groups are not in the same VPC as the load balancer: '${arn}'`,
            );
        }
        // Source: API reference, CreateTargetGroup, Protocol: those of an Application Load Balancer are HTTP and HTTPS.
        const { protocol } = group?.properties ?? {};
        const isApplication = balancer.properties.loadBalancerType === "application";
        if (typeof protocol === "string" && isApplication !== /^HTTPS?$/.test(protocol)) {
            refuse(
                action,
                "InvalidConfigurationRequest",
                `The protocol '${protocol}' of the target group is not supported by the load balancer: '${arn}'`,
            );
        }
        const listeners = account.all("Listener");
        const users = [...listeners, ...account.all("ListenerRule")].filter(({ properties }) =>
            targetsOf(properties.defaultActions ?? properties.actions).includes(arn),
        );
        const balancers = users.map(
            ({ properties }) =>
                properties.loadBalancerArn ??
                listeners.find(({ id }) => id === properties.listenerArn)?.properties.loadBalancerArn,
        );
        if (balancers.some((other) => other !== balancer.id)) {
            refuse(
                action,
                "TargetGroupAssociationLimit",
                `The following target groups cannot be associated with more than one load balancer: ${arn}`,
            );
        }
    }
}
