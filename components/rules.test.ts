import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "./encryptedEdge";
import { unwrapped, tokens } from "./test/deployedEdge";
import { deploy, fewestArguments, type Deployment } from "./test/deployment";
import { oidcLogin } from "./test/oidcLogin";

const oidc = { ...oidcLogin, clientId: "site", clientSecret: "not to be seen" };
const cognito = {
    userPoolArn: "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_AbCdEfGhI",
    userPoolClientId: "client",
    userPoolDomain: "site",
};

interface Action {
    readonly type: string;
    readonly forward?: { readonly targetGroups: readonly { readonly arn: string; readonly weight: number }[] };
    readonly authenticateOidc?: Readonly<Record<string, unknown>>;
    readonly authenticateCognito?: Readonly<Record<string, unknown>>;
}

const actionsOf = (deployment: Deployment, rule: string) =>
    unwrapped<Action[]>(deployment.find(tokens.listenerRule, rule).inputs.actions);

/** What is said of arguments that do not go together. */
function problems(args: object): string[] {
    try {
        new EncryptedEdge("edge", { ...fewestArguments, ...args });
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        return (error.errors ?? []).map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
    }
    return [];
}

describe("Blue/green on the rule of an edge and of a route", () => {
    let deployment: Deployment;

    before(async () => {
        const routes = [{ name: "api", priority: 10, paths: ["/api/*"], blueGreenEnabled: true, targetPort: 8443 }];
        deployment = await deploy({ blueGreenEnabled: true, targetPort: 9443, routes });
    });

    for (const [rule, first, second] of [
        ["from-this-distribution", "edge-tg", "edge-b1"],
        ["api-rule", "edge-api-tg", "edge-api-b1"],
    ] as const) {
        it(`has two target groups alike, of which the first serves, and leaves the actions alone: ${rule}`, () => {
            const group = (name: string) => deployment.find(tokens.targetGroup, name);
            assert.deepEqual(group(second).inputs, group(first).inputs);
            const [action, ...more] = actionsOf(deployment, rule);
            assert.deepEqual(more, []);
            assert.deepEqual(action?.forward?.targetGroups, [
                { arn: `arn:aws:mock:${tokens.targetGroup}:${first}`, weight: 100 },
                { arn: `arn:aws:mock:${tokens.targetGroup}:${second}`, weight: 0 },
            ]);
            assert.deepEqual(deployment.find(tokens.listenerRule, rule).options.ignoreChanges, ["actions"]);
        });
    }

    it("gives out what a deployer asks for", () => {
        const { outputs } = deployment;
        const arn = (type: string, name: string) => `arn:aws:mock:${type}:${name}`;
        assert.equal(outputs.alternateTargetGroupArn, arn(tokens.targetGroup, "edge-b1"));
        assert.deepEqual(outputs.routeAlternateTargetGroupArns, { api: arn(tokens.targetGroup, "edge-api-b1") });
        assert.deepEqual(outputs.routeListenerRuleArns, { api: arn(tokens.listenerRule, "edge-api-rule") });
    });

    it("is off by default, and the actions are the edge's own", async () => {
        const plain = await deploy();
        assert.equal(plain.find(tokens.listenerRule).options.ignoreChanges, undefined);
        assert.equal(plain.outputs.alternateTargetGroupArn, "");
    });

    it("goes with nothing else that moves requests or stands before them", () => {
        const targetGroupArn =
            "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/site/73e2d6bc24d8a067";
        const arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/site/50dc6c495c0c9188";
        const existingLoadBalancer = { arn, securityGroupId: "sg-0123456789abcdef0", targetGroupArn };
        const said = problems({
            blueGreenEnabled: true,
            nextTargets: {},
            authenticateOidc: oidc,
            existingLoadBalancer,
        });
        assert.equal(said.length, 3);
        assert.ok(said.every((problem) => problem.startsWith("blueGreenEnabled is true")));
        const route = { name: "api", priority: 1, paths: ["/a"], blueGreenEnabled: true, authenticateOidc: oidc };
        assert.match(problems({ routes: [route] }).join(), /^routes\[0\]\.blueGreenEnabled is true.*ECS/);
    });
});

describe("A login at the load balancer", () => {
    it("comes before the edge's rule forwards, with Host forwarded and a way out to the provider", async () => {
        const deployment = await deploy({ authenticateOidc: { ...oidc, scope: "openid email" } });
        const [login, forward, ...more] = actionsOf(deployment, "from-this-distribution");
        assert.deepEqual([login?.type, forward?.type, more], ["authenticate-oidc", "forward", []]);
        const { clientSecret, ...others } = login?.authenticateOidc ?? {};
        assert.equal(unwrapped(clientSecret), "not to be seen");
        const { clientSecret: given, ...plain } = oidc;
        assert.equal(given, "not to be seen");
        assert.deepEqual(others, {
            ...plain,
            scope: "openid email",
            sessionTimeout: 43_200,
            sessionCookieName: "AWSELBAuthSessionCookie",
            onUnauthenticatedRequest: "authenticate",
        });
        const { cidrIpv4, fromPort, toPort, securityGroupId } = deployment.find(
            tokens.egressRule,
            "to-identity-provider",
        ).inputs;
        assert.deepEqual([cidrIpv4, fromPort, toPort], ["0.0.0.0/0", 443, 443]);
        assert.equal(securityGroupId, "edge-load-balancer-id");
        assert.ok(deployment.find(tokens.certificate, "viewer-names-certificate"));
    });

    it("keeps the client's secret out of the state and the messages", async () => {
        const routes = [{ name: "admin", priority: 10, paths: ["/admin/*"], authenticateOidc: oidc }];
        const deployment = await deploy({ authenticateOidc: oidc, routes });
        const isSecret = "4dabf18193072939515e22adb298388d";
        const holders = deployment.resources.filter(({ inputs }) => JSON.stringify(inputs).includes("not to be seen"));
        assert.deepEqual(holders.map(({ name }) => name).sort(), [
            "edge",
            "edge-admin-rule",
            "edge-from-this-distribution",
        ]);
        for (const { inputs } of holders) {
            // Whatever holds the value is wrapped as a secret.
            const open = JSON.stringify(inputs, (_, value: unknown) =>
                typeof value === "object" && value !== null && isSecret in value ? "a secret" : value,
            );
            assert.doesNotMatch(open, /not to be seen/);
        }
        assert.doesNotMatch(problems({ authenticateOidc: { ...oidc, issuer: "x" } }).join(), /not to be seen/);
    });

    it("stands before one route alone, and the edge gets what it needs", async () => {
        const routes = [{ name: "admin", priority: 10, paths: ["/admin/*"], authenticateCognito: cognito }];
        const deployment = await deploy({ routes });
        assert.deepEqual(
            actionsOf(deployment, "admin-rule").map(({ type }) => type),
            ["authenticate-cognito", "forward"],
        );
        assert.deepEqual(
            actionsOf(deployment, "from-this-distribution").map(({ type }) => type),
            ["forward"],
        );
        assert.ok(deployment.find(tokens.egressRule, "edge-to-identity-provider"));
        assert.ok(deployment.find(tokens.certificate, "viewer-names-certificate"));
    });

    it("may be asked for from another stack", async () => {
        const deployment = await deploy({ loginEnabled: true });
        assert.ok(deployment.find(tokens.egressRule, "edge-to-identity-provider"));
        assert.deepEqual(
            (await deploy()).all(tokens.egressRule).map(({ name }) => name),
            ["edge-to-targets"],
        );
    });

    const mistakes: [object, RegExp][] = [
        [
            { authenticateOidc: { ...oidc, issuer: "http://login.example.com" } },
            /^authenticateOidc\.issuer is "http:.*https:\/\//,
        ],
        [
            { authenticateOidc: { ...oidc, clientSecret: undefined } },
            /^authenticateOidc\.clientSecret is missing.*requireSecret/,
        ],
        [{ authenticateOidc: { ...oidc, clientId: "" } }, /^authenticateOidc\.clientId is "";/],
        [{ authenticateOidc: { ...oidc, scope: "email" } }, /^authenticateOidc\.scope is "email".*openid/],
        [{ authenticateOidc: { ...oidc, sessionTimeout: 604_801 } }, /^authenticateOidc\.sessionTimeout.*Write 604800/],
        [{ authenticateOidc: { ...oidc, sessionCookieName: "a b" } }, /^authenticateOidc\.sessionCookieName is "a b"/],
        [{ authenticateOidc: { ...oidc, onUnauthenticatedRequest: "ask" } }, /authenticate, deny, allow/],
        [{ authenticateCognito: { ...cognito, userPoolArn: "pool" } }, /^authenticateCognito\.userPoolArn is "pool"/],
        [{ authenticateOidc: oidc, authenticateCognito: cognito }, /^authenticateCognito is given together with/],
        [
            { authenticateOidc: oidc, forwardHostHeader: false },
            /^forwardHostHeader is false, but a login sends viewers back/,
        ],
        [{ authenticateOidc: oidc, loginEnabled: false, forwardHostHeader: true }, /^loginEnabled is false, but/],
        [
            { routes: [{ name: "a", priority: 1, paths: ["/a"], authenticateOidc: { ...oidc, tokenEndpoint: "t" } }] },
            /^routes\[0\]\.authenticateOidc\.tokenEndpoint is "t"/,
        ],
    ];
    for (const [args, message] of mistakes) {
        it(`says what AWS would refuse: ${message.source}`, () => {
            const said = problems(args);
            assert.equal(said.length, 1, said.join("\n"));
            assert.match(said[0] ?? "", message);
        });
    }
});
