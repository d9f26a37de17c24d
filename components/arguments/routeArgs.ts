import type { AuthenticateCognitoArgs, AuthenticateOidcArgs } from "./loginArgs";
import type { TargetsArgs } from "./targetsArgs";

/** Which requests a route means, and how their targets are reached. */
export interface RouteRuleArgs {
    /**
     * Number of the rule, 1 to 49999, that no other rule of the listener has; lower ones are asked first. The edge's own
     * rule, which takes everything, is 50000.
     * Source: Elastic Load Balancing API reference, CreateRule.
     */
    priority: number;

    /**
     * Paths of the service, for example `/api/*`, where `*` and `?` are wildcards. Defaults to none: every path of `hosts`.
     * A rule has room for two paths and names together, besides three values of the secret.
     * Source: Elastic Load Balancing user guide, "Path conditions".
     */
    paths?: string[];

    /**
     * Names of the edge that viewers use for the service, for example `api.example.com`. Defaults to none: every name.
     * They are compared with `X-Forwarded-Host`, so they need `forwardedHeadersEnabled`, and do not hold on `cachedPaths`.
     */
    hosts?: string[];

    /** Protocol from the load balancer to the service's targets: `HTTPS` or `HTTP`. Defaults to `HTTPS`. */
    targetProtocol?: string;

    /** Port of the service's targets, 1 to 65535. Defaults to 443, or to 80 when their `targetProtocol` is `HTTP`. */
    targetPort?: number;

    /** What is registered as one of the service's targets: `ip` or `instance`. Defaults to `ip`. */
    targetType?: string;

    /**
     * Whether somebody else moves the requests between two target groups: Amazon ECS in a blue/green, linear or canary
     * deployment, or CodeDeploy. Defaults to false. When true there is a second target group like the first one (output
     * `alternateTargetGroupArn`); a new rule forwards everything to the first, and what anybody makes of the rule's actions
     * after that is left alone. A rule that exists stays as it is. It goes with neither of `authenticateOidc` and `authenticateCognito`.
     * Source: Amazon ECS developer guide, "Application Load Balancer resources for blue/green deployments".
     */
    blueGreenEnabled?: boolean;

    /** Path that health checks of the service ask for, beginning with a slash. Defaults to `/`. */
    healthCheckPath?: string;

    /** Status codes of a healthy target of the service between 200 and 499. Defaults to `200`. */
    healthCheckMatcher?: string;

    /**
     * A login at a provider of OpenID Connect before this rule forwards. Defaults to none. The load balancer keeps the login
     * in a cookie and tells the targets who the viewer is in `x-amzn-oidc-data`, a signed token, and
     * `x-amzn-oidc-identity`. At the provider, register `https://<name>/oauth2/idpresponse` for each name of the edge.
     * The edge of an `EdgeRoute` that stands by itself needs `loginEnabled: true`.
     * Source: Elastic Load Balancing user guide, "Authenticate users using an Application Load Balancer".
     */
    authenticateOidc?: AuthenticateOidcArgs;

    /** A login at a user pool of Amazon Cognito, in the same way. Defaults to none. */
    authenticateCognito?: AuthenticateCognitoArgs;

    /** How the load balancer treats the service's targets. Defaults to the values of TargetsArgs. */
    targets?: TargetsArgs;
}

/** A further service behind an edge. */
export interface RouteArgs extends RouteRuleArgs {
    /** Name of the service, for example `api`; with the edge's name and a hyphen at most 20 characters. */
    name: string;
}
