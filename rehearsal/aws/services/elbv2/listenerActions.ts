import { type Account, type AccountRecord, object, objects, text } from "../../account";
import { unknownValue } from "../../../provider";
import { refusals, type Report } from "../resource";

const refuse = refusals("Elastic Load Balancing v2");

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
        const response = object(action.fixedResponse);
        const status = response.statusCode;
        if (typeof status === "string" && status !== unknownValue && !/^[245]\d\d$/.test(status)) {
            report(`${place}.fixedResponse.statusCode`, `is "${status}"; AWS allows 2XX, 4XX and 5XX.`);
        }
        if (text(response.messageBody).length > 1024) {
            report(
                `${place}.fixedResponse.messageBody`,
                `has ${text(response.messageBody).length} characters; AWS allows 1024.`,
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
