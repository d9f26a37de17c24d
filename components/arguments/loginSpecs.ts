import { choice, type Given, type InnerProblem, integer, type ValueSpec } from "../checks/index";
import {
    cookieNameProblem,
    endpointProblem,
    givenTextProblem,
    scopeProblem,
    secretProblem,
    userPoolArnProblem,
} from "../checks/index";
import type { AuthenticateCognitoArgs, AuthenticateOidcArgs, LoginSessionArgs } from "./loginArgs";

const session = {
    scope: { form: "text", default: "openid", check: scopeProblem },
    sessionTimeout: { form: "number", default: 43_200, check: integer(1, 604_800, "seconds") },
    sessionCookieName: { form: "text", default: "AWSELBAuthSessionCookie", check: cookieNameProblem },
    onUnauthenticatedRequest: {
        form: "text",
        default: "authenticate",
        check: choice("authenticate", "deny", "allow"),
    },
} satisfies Record<keyof LoginSessionArgs, ValueSpec>;

/** The two kinds of login that a rule of the load balancer may have. */
export const loginFields = {
    authenticateOidc: {
        form: "group",
        always: false,
        fields: {
            issuer: { form: "text", required: true, check: endpointProblem },
            authorizationEndpoint: { form: "text", required: true, check: endpointProblem },
            tokenEndpoint: { form: "text", required: true, check: endpointProblem },
            userInfoEndpoint: { form: "text", required: true, check: endpointProblem },
            clientId: { form: "text", required: true, check: givenTextProblem("the id of the provider's client") },
            clientSecret: { form: "text", required: true, secret: true, check: secretProblem },
            ...session,
        } satisfies Record<keyof AuthenticateOidcArgs, ValueSpec>,
    },
    authenticateCognito: {
        form: "group",
        always: false,
        fields: {
            userPoolArn: { form: "text", required: true, check: userPoolArnProblem },
            userPoolClientId: {
                form: "text",
                required: true,
                check: givenTextProblem("the id of the user pool's client"),
            },
            userPoolDomain: { form: "text", required: true, check: givenTextProblem("the domain of the user pool") },
            ...session,
        } satisfies Record<keyof AuthenticateCognitoArgs, ValueSpec>,
    },
} as const;

/** The arguments of an edge or a route that bear on the actions of its rule. */
type RuleGiven = Given | { readonly [name: string]: unknown };

/** Whether a login is asked for, here or by a route. */
export function asksForLogin({ authenticateOidc, authenticateCognito, routes }: RuleGiven): boolean {
    const given = (value: unknown) => value !== undefined && value !== null;
    return (
        given(authenticateOidc) ||
        given(authenticateCognito) ||
        (Array.isArray(routes) && routes.some((route) => given(route) && asksForLogin(route as Given)))
    );
}

/** What is wrong with the actions of a rule as a whole. */
export function actionsTogetherProblems(args: object): InnerProblem[] {
    const given = args as Given;
    const problems: InnerProblem[] = [];
    if (given.authenticateOidc && given.authenticateCognito) {
        problems.push([
            "authenticateCognito",
            "is given together with authenticateOidc; a rule can use only one login provider. Leave one of them out.",
        ]);
    }
    if (given.blueGreenEnabled === true) {
        if (given.authenticateOidc || given.authenticateCognito) {
            problems.push([
                "blueGreenEnabled",
                "is true, but Amazon ECS requires a rule that only forwards. Leave the login out, or write false and use rolling deployments.",
            ]);
        }
        if (given.nextTargets) {
            problems.push([
                "blueGreenEnabled",
                "is true, so the weight in nextTargets would have no effect: Amazon ECS or CodeDeploy shifts the requests. Leave nextTargets out.",
            ]);
        }
        if ((given.existingLoadBalancer as Given | undefined)?.targetGroupArn !== undefined) {
            problems.push([
                "blueGreenEnabled",
                "is true, which needs two equal target groups. Leave existingLoadBalancer.targetGroupArn out, so that the component creates both.",
            ]);
        }
    }
    return problems;
}

/** What a login needs of the edge as a whole. */
export function loginProblems(args: object): InnerProblem[] {
    const given = args as Given;
    const enabled = given.loginEnabled ?? asksForLogin(given);
    const problems: InnerProblem[] = [];
    if (given.loginEnabled === false && asksForLogin(given)) {
        problems.push([
            "loginEnabled",
            "is false, but authenticateOidc or authenticateCognito is given, here or in routes. Leave it out.",
        ]);
    }
    if (enabled === true && given.forwardHostHeader === false) {
        problems.push([
            "forwardHostHeader",
            "is false, but a login sends viewers back to the name in Host, which would be the origin's. Leave it out, or write true.",
        ]);
    }
    return problems;
}
