import type * as pulumi from "@pulumi/pulumi";

/** How long a login holds, and what becomes of viewers without one. */
export interface LoginSessionArgs {
    /** User claims that are asked for, with spaces between, `openid` among them. Defaults to `openid`. */
    scope?: pulumi.Input<string>;

    /**
     * Seconds after which a viewer has to log in again, 1 to 604800. Defaults to 43200, a working day; AWS takes 604800,
     * and a login cannot be taken back before.
     * Source: Elastic Load Balancing user guide, "Authenticate users using an Application Load Balancer".
     */
    sessionTimeout?: number;

    /** Name of the cookies that hold the login, which the load balancer numbers. Defaults to `AWSELBAuthSessionCookie`. */
    sessionCookieName?: string;

    /**
     * What becomes of a request without a login: `authenticate` sends the viewer to the provider, `deny` answers 401, `allow`
     * lets it through without the headers that say who it is. Defaults to `authenticate`.
     * Source: Elastic Load Balancing API reference, AuthenticateOidcActionConfig.
     */
    onUnauthenticatedRequest?: string;
}

/** A login at a provider of OpenID Connect, done by the load balancer before it forwards. */
export interface AuthenticateOidcArgs extends LoginSessionArgs {
    /** The issuer as the provider names it, beginning with `https://`. */
    issuer: pulumi.Input<string>;

    /** URL to which viewers are sent to log in, beginning with `https://`. */
    authorizationEndpoint: pulumi.Input<string>;

    /** URL where the load balancer gets tokens, with a public DNS name and an IPv4 address. */
    tokenEndpoint: pulumi.Input<string>;

    /** URL where the load balancer asks who the viewer is, with a public DNS name and an IPv4 address. */
    userInfoEndpoint: pulumi.Input<string>;

    /** Id of the client that the provider has for this site. */
    clientId: pulumi.Input<string>;

    /** Secret of that client; kept as a secret. In a stack file: `pulumi config set --secret --path`. */
    clientSecret: pulumi.Input<string>;
}

/** A login at a user pool of Amazon Cognito, done by the load balancer before it forwards. */
export interface AuthenticateCognitoArgs extends LoginSessionArgs {
    /** ARN of the user pool. */
    userPoolArn: pulumi.Input<string>;

    /** Id of the user pool's client, which has a secret and the authorization code grant. */
    userPoolClientId: pulumi.Input<string>;

    /** Domain prefix, or domain name, of the user pool. */
    userPoolDomain: pulumi.Input<string>;
}
