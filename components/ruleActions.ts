import type { types } from "@pulumi/aws";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import {
    type AuthenticateCognitoArgs,
    type AuthenticateOidcArgs,
    type EncryptedEdgeArgs,
    loginFields,
} from "./arguments/index";
import { resolved } from "./checks/index";

/** The login that a rule asks for before it forwards. */
export interface Login {
    readonly authenticateOidc?: AuthenticateOidcArgs;
    readonly authenticateCognito?: AuthenticateCognitoArgs;
}

type Action = types.input.lb.ListenerRuleAction;

/** Arguments with the secrets of logins marked as such, however they were given: the engine keeps arguments, too. */
export function withSecretLogins(args: EncryptedEdgeArgs): EncryptedEdgeArgs {
    const marked = <Rule extends Login>(rule: Rule): Rule =>
        rule.authenticateOidc
            ? {
                  ...rule,
                  authenticateOidc: {
                      ...rule.authenticateOidc,
                      clientSecret: pulumi.secret(rule.authenticateOidc.clientSecret),
                  },
              }
            : rule;
    const { routes, ...edge } = marked(args);
    return routes ? { ...edge, routes: routes.map(marked) } : edge;
}

/** What a rule does with a request: first the login, if there is one, then the rest. */
export function ruleActions({ authenticateOidc, authenticateCognito }: Login, forward: Action): Action[] {
    if (authenticateOidc) {
        const login = resolved(authenticateOidc, loginFields.authenticateOidc.fields);
        const clientSecret = pulumi.secret(login.clientSecret);
        return [{ type: "authenticate-oidc", authenticateOidc: { ...login, clientSecret } }, forward];
    }
    if (authenticateCognito) {
        const login = resolved(authenticateCognito, loginFields.authenticateCognito.fields);
        return [{ type: "authenticate-cognito", authenticateCognito: login }, forward];
    }
    return [forward];
}

/**
 * Lets the load balancer connect to the login provider's token and user info endpoints, over IPv4.
 * Source: AWS re:Post, "How do I troubleshoot authentication issues in my Application Load Balancer?".
 */
export function openWayToProvider(
    name: string,
    loadBalancerGroupId: pulumi.Input<string>,
    child: pulumi.CustomResourceOptions,
): void {
    new vpc.SecurityGroupEgressRule(
        `${name}-to-identity-provider`,
        {
            securityGroupId: loadBalancerGroupId,
            description: "HTTPS to whoever logs viewers in",
            cidrIpv4: "0.0.0.0/0",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
        },
        child,
    );
}
