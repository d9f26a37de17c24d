import { type Account, type AccountRecord, object, objects, text } from "../../account";
import { unknownValue } from "../../../provider";
import { doubled, pluck, refusals, type Report, type Rule } from "../resource";

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

/** What joins the properties of the actions at a path. Source: Elastic Load Balancing API reference, Action and its parts. */
export const actionRules = (place: string): readonly Rule[] => [
    {
        code: "InvalidLoadBalancerAction",
        wrong({ [place]: given }) {
            const types = pluck(given, "type").map(text);
            const last = types.at(-1) ?? "";
            const count = types.filter((type) => routing.includes(type)).length;
            return types.length === 0 || types.includes(unknownValue) || types.includes("jwt-validation")
                ? undefined
                : count !== 1 || !routing.includes(last)
                  ? [
                        place,
                        `has the types ${types.join(", ")}; exactly one of ${routing.join(", ")} must be there, as the last.`,
                    ]
                  : undefined;
        },
    },
    {
        at: `${place}.forward`,
        code: "TooManyTargetGroups",
        wrong({ targetGroups }) {
            const arns = pluck(targetGroups, "arn");
            const twice = doubled(arns);
            return arns.length > 5
                ? ["targetGroups", `has ${arns.length} target groups; AWS allows 5.`]
                : Array.isArray(targetGroups) && arns.length === 0
                  ? ["targetGroups", "is empty. Give it one target group at least."]
                  : twice === undefined
                    ? undefined
                    : ["targetGroups", `names ${text(twice)} twice.`];
        },
    },
    {
        at: `${place}.redirect`,
        form: ["port", /^(#\{port\}|[1-9]\d{0,4})$/, "1 to 65535 or #{port}"],
    },
    { at: `${place}.redirect`, form: ["path", /^\/.{0,127}$/, "up to 128 characters that begin with a slash"] },
    { at: `${place}.redirect`, form: ["query", /^[^?].{0,127}$|^$/, "up to 128 characters without the question mark"] },
    { at: `${place}.fixedResponse`, form: ["statusCode", /^[245]\d\d$/, "2XX, 4XX and 5XX"] },
    { at: `${place}.fixedResponse`, form: ["messageBody", /^[^]{0,1024}$/, "1024 characters"] },
    // Source: Elastic Load Balancing API reference, AuthenticateOidcActionConfig and AuthenticateCognitoActionConfig.
    ...["issuer", "authorizationEndpoint", "tokenEndpoint", "userInfoEndpoint"].map((name): Rule => ({
        at: `${place}.authenticateOidc`,
        form: [name, /^https:/, "URLs of HTTPS"],
    })),
    ...["authenticateOidc", "authenticateCognito"].map((kind): Rule => ({
        at: `${place}.${kind}`,
        wrong: ({ sessionTimeout: seconds }) =>
            typeof seconds === "number" && (seconds < 1 || seconds > 604_800)
                ? ["sessionTimeout", `is ${seconds}; AWS allows 1 to 604800 seconds.`]
                : undefined,
    })),
];

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
