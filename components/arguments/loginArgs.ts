import type * as pulumi from "@pulumi/pulumi";

/** How long a login lasts, and what happens to viewers without one. */
export interface LoginSessionArgs {
    /** User claims to request, separated by spaces, with `openid` among them. Defaults to `openid`. */
    scope?: pulumi.Input<string>;

    /**
     * Seconds after which a viewer has to log in again, 1 to 604800. Defaults to 43200, a working day. AWS's default is
     * 604800, a week; nobody can revoke a login before it ends.
     * Source: Elastic Load Balancing user guide, "Authenticate users using an Application Load Balancer".
     */
    sessionTimeout?: number;

    /**
     * Name of the cookies that hold the login, to which the load balancer adds a number. Defaults to
     * `AWSELBAuthSessionCookie`.
     */
    sessionCookieName?: string;

    /**
     * What happens to a request without a login: `authenticate` sends the viewer to the provider, `deny` answers 401,
     * `allow` forwards the request without the headers that say who the viewer is. Defaults to `authenticate`.
     * Source: Elastic Load Balancing API reference, AuthenticateOidcActionConfig.
     */
    onUnauthenticatedRequest?: string;
}

/** A login at an OpenID Connect provider, which the load balancer asks for before it forwards a request. */
export interface AuthenticateOidcArgs extends LoginSessionArgs {
    /** The provider's issuer, beginning with `https://`. */
    issuer: pulumi.Input<string>;

    /** URL where viewers log in, beginning with `https://`. */
    authorizationEndpoint: pulumi.Input<string>;

    /** URL where the load balancer gets tokens, with a public DNS name and an IPv4 address. */
    tokenEndpoint: pulumi.Input<string>;

    /** URL where the load balancer asks who the viewer is, with a public DNS name and an IPv4 address. */
    userInfoEndpoint: pulumi.Input<string>;

    /** Id of the client that you registered for this site at the provider. */
    clientId: pulumi.Input<string>;

    /**
     * Secret of that client, which Pulumi encrypts. In a stack file, set it with `pulumi config set --secret --path`.
     */
    clientSecret: pulumi.Input<string>;
}

/** A login at an Amazon Cognito user pool, which the load balancer asks for before it forwards a request. */
export interface AuthenticateCognitoArgs extends LoginSessionArgs {
    /** ARN of the user pool. */
    userPoolArn: pulumi.Input<string>;

    /** Id of the user pool's client; the client needs a secret and the authorization code grant. */
    userPoolClientId: pulumi.Input<string>;

    /** Domain prefix or domain name of the user pool. */
    userPoolDomain: pulumi.Input<string>;
}
