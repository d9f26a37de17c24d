import type { AuthenticateCognitoArgs, AuthenticateOidcArgs } from "./loginArgs";
import type { TargetsArgs } from "./targetsArgs";

/** Which requests belong to a route, and how to reach its targets. */
export interface RouteRuleArgs {
    /**
     * Priority of the listener rule, 1 to 49999, which no other rule of the listener may have. Lower numbers are
     * evaluated first. The edge's own rule, which takes everything, has 50000.
     * Source: Elastic Load Balancing API reference, CreateRule.
     */
    priority: number;

    /**
     * Paths of the service, for example `/api/*`, where `*` and `?` are wildcards. Defaults to none: every path of
     * `hosts`. A rule has room for two paths and names together, in addition to the three values of the secret.
     * Source: Elastic Load Balancing user guide, "Path conditions".
     */
    paths?: string[];

    /**
     * Names of the edge that viewers use for the service, for example `api.example.com`. Defaults to none: every name.
     * The rule compares them with `X-Forwarded-Host`, so they need `forwardedHeadersEnabled` and do not work on
     * `cachedPaths`.
     */
    hosts?: string[];

    /** Protocol from the load balancer to the service's targets: `HTTPS` or `HTTP`. Defaults to `HTTPS`. */
    targetProtocol?: string;

    /** Port of the service's targets, 1 to 65535. Defaults to 443, or to 80 when their `targetProtocol` is `HTTP`. */
    targetPort?: number;

    /** How the service's targets are registered: `ip` or `instance`. Defaults to `ip`. */
    targetType?: string;

    /**
     * Whether Amazon ECS (in blue/green, linear or canary deployments) or CodeDeploy shifts the requests between two
     * target groups. Defaults to false. When true, the component creates a second target group like the first one
     * (output `alternateTargetGroupArn`). A new rule forwards everything to the first; from then on the component
     * leaves the rule's actions alone. It does not change a rule that already exists. Not together with
     * `authenticateOidc` or `authenticateCognito`.
     * Source: Amazon ECS developer guide, "Application Load Balancer resources for blue/green deployments".
     */
    blueGreenEnabled?: boolean;

    /** Path of the service's health checks, beginning with a slash. Defaults to `/`. */
    healthCheckPath?: string;

    /** Status codes of a healthy target of the service, between 200 and 499. Defaults to `200`. */
    healthCheckMatcher?: string;

    /**
     * A login at an OpenID Connect provider before the load balancer forwards a request. Defaults to none. The load
     * balancer keeps the login in a cookie and tells the targets who the viewer is in `x-amzn-oidc-data`, a signed
     * token, and `x-amzn-oidc-identity`. At the provider, register `https://<name>/oauth2/idpresponse` for each name of
     * the edge. If you create an `EdgeRoute` yourself, set `loginEnabled: true` on its edge.
     * Source: Elastic Load Balancing user guide, "Authenticate users using an Application Load Balancer".
     */
    authenticateOidc?: AuthenticateOidcArgs;

    /** A login at an Amazon Cognito user pool, in the same way. Defaults to none. */
    authenticateCognito?: AuthenticateCognitoArgs;

    /** How the load balancer treats the service's targets. Defaults to its fields' defaults. */
    targets?: TargetsArgs;
}

/** A further service behind an edge. */
export interface RouteArgs extends RouteRuleArgs {
    /**
     * Name of the service, for example `api`; the edge's name, a hyphen and this name have at most 20 characters
     * together.
     */
    name: string;
}
