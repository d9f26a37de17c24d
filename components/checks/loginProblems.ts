import { arnProblem } from "./existingProblems";
import { isDeferred, shown } from "./valueProblems";

/** A URL of a provider. Source: Elastic Load Balancing API reference, AuthenticateOidcActionConfig. */
export function endpointProblem(url: unknown): string | undefined {
    return isDeferred(url) || (typeof url === "string" && /^https:\/\/[^\s/]+\.[^\s/]+/.test(url) && URL.canParse(url))
        ? undefined
        : `is ${shown(url)}; it is a URL of the provider that begins with https://. Write, for example, "https://login.example.com/oauth2/token".`;
}

/** A text that has no form of its own, but has to be there. */
export function givenTextProblem(what: string): (value: unknown) => string | undefined {
    return (value) =>
        isDeferred(value) || (typeof value === "string" && value !== "")
            ? undefined
            : `is ${shown(value)}; it is ${what}. Write it, or give an output.`;
}

/** The value itself is never shown. */
export function secretProblem(value: unknown): string | undefined {
    return isDeferred(value) || (typeof value === "string" && value !== "")
        ? undefined
        : 'is missing. Give an output that is a secret, for example new pulumi.Config().requireSecret("clientSecret").';
}

/** Source: OpenID Connect Core 1.0, section 3.1.2.1. */
export function scopeProblem(scope: unknown): string | undefined {
    return isDeferred(scope) || (typeof scope === "string" && scope.split(" ").includes("openid"))
        ? undefined
        : `is ${shown(scope)}; claims are written with spaces between, openid among them. Write, for example, "openid email".`;
}

/** Source: RFC 6265, section 4.1.1; the load balancer adds a hyphen and a digit. */
export function cookieNameProblem(name: unknown): string | undefined {
    return typeof name === "string" && /^[\w!#$%&'*+.^`|~-]{1,64}$/.test(name)
        ? undefined
        : `is ${shown(name)}; a cookie's name has letters, digits and no spaces. Write, for example, "AWSELBAuthSessionCookie".`;
}

export function userPoolArnProblem(arn: unknown): string | undefined {
    return arnProblem(arn, {
        pattern: /^arn:aws[\w-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[\w-]+$/,
        what: "the ARN of a user pool of Amazon Cognito",
        example: "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_AbCdEfGhI",
    });
}
