import type { Values } from "../../../../provider";
import { distributionInputs, type RehearsedStack, visibility } from "../../rehearsedStack";

/** The parts of programs that cases are made of: each with what is usual, and what a case says instead. */

export const letters = (count: number): string => "x".repeat(count);

export const target = async (stack: RehearsedStack, more: Values = {}, name = "target"): Promise<string> =>
    (
        await stack.create(
            "aws:lb/targetGroup:TargetGroup",
            { port: 443, protocol: "HTTPS", vpcId: await stack.vpcId(), ...more },
            name,
        )
    ).id;

export const functionArn = async (stack: RehearsedStack, name = "a") => {
    const code = { s3Bucket: "code", s3Key: "a.zip", runtime: "nodejs22.x", handler: "index.handler" };
    const inputs = { name, role: "arn:aws:iam::111122223333:role/a", ...code };
    return (await stack.create("aws:lambda/function:Function", inputs, name)).properties.arn;
};

export const fixed = (more: Values): Values => ({
    defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403", ...more } },
    ],
});

export const redirect = (more: Values): Values => ({
    defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301", ...more } }],
});

export const oidc = (more: Values = {}): Values => ({
    type: "authenticate-oidc",
    authenticateOidc: {
        authorizationEndpoint: "https://a.example.com/a",
        clientId: "a",
        clientSecret: "b",
        issuer: "https://a.example.com",
        tokenEndpoint: "https://a.example.com/t",
        userInfoEndpoint: "https://a.example.com/u",
        ...more,
    },
});

export const conditions = (...given: Values[]): Values => ({ conditions: given });

export const http: Values = { protocol: "HTTP", port: 80, certificateArn: undefined, sslPolicy: undefined };

export const rules = (...given: Values[]): Values => ({
    rules: given.map((rule, index) => ({
        name: `r${index}`,
        priority: index,
        action: { block: {} },
        visibilityConfig: visibility,
        ...rule,
    })),
});

export const statement = (given: Values, more: Values = {}): Values => rules({ statement: given, ...more });

export const none = [{ priority: 0, type: "NONE" }];

export const bytes = (more: Values = {}): Values => ({
    byteMatchStatement: {
        searchString: "a",
        positionalConstraint: "EXACTLY",
        fieldToMatch: { uriPath: {} },
        textTransformations: none,
        ...more,
    },
});

export const managed = (more: Values, rule: Values = {}): Values => ({
    name: "m",
    priority: 9,
    overrideAction: { none: {} },
    visibilityConfig: visibility,
    statement: { managedRuleGroupStatement: { vendorName: "AWS", ...more } },
    ...rule,
});

export const ruleGroup = async (stack: RehearsedStack) =>
    (
        await stack.create(
            "aws:wafv2/ruleGroup:RuleGroup",
            { scope: "REGIONAL", capacity: 50, visibilityConfig: visibility },
            "group",
        )
    ).properties.arn;

const distribution = distributionInputs() as {
    origins: { customOriginConfig: Values; [name: string]: unknown }[];
    defaultCacheBehavior: Values;
};

export const origin = (more: Values = {}, custom: Values = {}): Values => {
    const [usual] = distribution.origins;
    return { origins: [{ ...usual, customOriginConfig: { ...usual?.customOriginConfig, ...custom }, ...more }] };
};

export const behavior = (more: Values): Values => ({
    defaultCacheBehavior: { ...distribution.defaultCacheBehavior, ...more },
});

export const behaviors = (...more: Values[]): Values => ({
    orderedCacheBehaviors: more.map((one, index) => ({
        ...distribution.defaultCacheBehavior,
        pathPattern: `/p${index}/*`,
        ...one,
    })),
});

export const legacy = (more: Values, forwarded: Values = {}): Values =>
    behavior({
        cachePolicyId: undefined,
        forwardedValues: { queryString: false, cookies: { forward: "none" }, ...forwarded },
        ...more,
    });

export const originGroup = (more: Values = {}): Values => ({
    origins: [distribution.origins[0], { ...distribution.origins[0], originId: "two" }],
    originGroups: [
        {
            originId: "g",
            failoverCriteria: { statusCodes: [500] },
            members: [{ originId: "origin" }, { originId: "two" }],
            ...more,
        },
    ],
});

export const ingress = (more: Values): Values => ({
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"], ...more }],
});

export const alias = async (stack: RehearsedStack, more: Values = {}): Promise<Values> => {
    const name = typeof more.name === "string" ? more.name : "a.example.com";
    const { properties } = await stack.distribution({
        aliases: [name],
        viewerCertificate: {
            acmCertificateArn: (await stack.certificate("us-east-1", name)).id,
            sslSupportMethod: "sni-only",
        },
    });
    const target = { name: properties.domainName, zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false };
    return { ttl: undefined, records: undefined, aliases: [target], ...more };
};

export const lifecycle = (more: Values): Values => ({ rules: [{ id: "a", status: "Enabled", filter: {}, ...more }] });

export const policy = (more: Values): Values => ({
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::logs/*", ...more }],
    }),
});

export const queries = (metricQueries: Values[], more: Values = {}): Values => ({
    metricName: undefined,
    namespace: undefined,
    period: undefined,
    statistic: undefined,
    metricQueries,
    ...more,
});
