import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EdgeRoute, type EdgeRouteArgs } from "./edgeRoute";
import { type EncryptedEdgeArgs, type RouteArgs, edgeProblems } from "./arguments/index";
import { tokens, unwrapped } from "./test/deployedEdge";
import { deploy, type Deployment, fewestArguments, secretValue } from "./test/deployment";

interface Condition {
    readonly httpHeader?: { readonly httpHeaderName: string; readonly values: string[] };
    readonly pathPattern?: { readonly values: string[] };
}

const conditions = (deployment: Deployment, name: string) =>
    unwrapped<Condition[]>(deployment.find(tokens.listenerRule, name).inputs.conditions);

const secret = (generation: number) => ({
    httpHeader: {
        httpHeaderName: "X-Origin-Verify",
        values: [generation, ...(generation > 1 ? [generation - 1] : []), generation + 1].map((one) =>
            secretValue(`edge-origin-secret-${one}`),
        ),
    },
});

describe("The routes of an EncryptedEdge", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await deploy({
            originSecretGeneration: 2,
            routes: [
                { name: "api", priority: 10, paths: ["/api/*"], targetProtocol: "HTTP", targetPort: 8080 },
                {
                    name: "shop",
                    priority: 20,
                    paths: ["/cart"],
                    hosts: ["shop.example.com"],
                    targets: { slowStart: 60 },
                },
            ],
        });
    });

    it("ask for the secret, and for a path or a name, before the edge's own rule", () => {
        assert.deepEqual(
            deployment.all(tokens.listenerRule).map(({ name, inputs }) => [name, inputs.priority]),
            [
                ["edge-from-this-distribution", 50_000],
                ["edge-api-rule", 10],
                ["edge-shop-rule", 20],
            ],
        );
        assert.deepEqual(conditions(deployment, "api-rule"), [secret(2), { pathPattern: { values: ["/api/*"] } }]);
        assert.deepEqual(conditions(deployment, "shop-rule"), [
            secret(2),
            { pathPattern: { values: ["/cart"] } },
            { httpHeader: { httpHeaderName: "X-Forwarded-Host", values: ["shop.example.com"] } },
        ]);
    });

    it("have room for both conditions and the secret in AWS's five values", () => {
        for (const name of ["api-rule", "shop-rule"]) {
            const values = conditions(deployment, name).flatMap(
                (one) => one.httpHeader?.values ?? one.pathPattern?.values ?? [],
            );
            assert.ok(values.length <= 5, name);
        }
    });

    it("have target groups of their own, which are reached by the load balancer alone", () => {
        const { protocol, port, vpcId } = deployment.find(tokens.targetGroup, "api-tg").inputs;
        assert.deepEqual([protocol, port, vpcId], ["HTTP", 8080, fewestArguments.vpcId]);
        assert.equal(deployment.find(tokens.targetGroup, "shop-tg").inputs.slowStart, 60);
        const egress = deployment.find(tokens.egressRule, "api-to-targets").inputs;
        assert.deepEqual(
            [egress.securityGroupId, egress.referencedSecurityGroupId, egress.fromPort],
            ["edge-load-balancer-id", "edge-api-targets-id", 8080],
        );
        const ingress = deployment.find(tokens.ingressRule, "api-from-load-balancer").inputs;
        assert.deepEqual(
            [ingress.securityGroupId, ingress.referencedSecurityGroupId, ingress.fromPort],
            ["edge-api-targets-id", "edge-load-balancer-id", 8080],
        );
    });

    it("say where each service registers itself", () => {
        const arn = (name: string) => `arn:aws:mock:${tokens.targetGroup}:${name}`;
        assert.deepEqual(deployment.outputs.routeTargetGroupArns, {
            api: arn("edge-api-tg"),
            shop: arn("edge-shop-tg"),
        });
        assert.deepEqual(deployment.outputs.routeTargetSecurityGroupIds, {
            api: "edge-api-targets-id",
            shop: "edge-shop-targets-id",
        });
    });

    it("follow a rotation before CloudFront sends the new secret", async () => {
        const routes = [{ name: "api", priority: 10, paths: ["/api/*"] }];
        const { events } = await deploy({ originSecretGeneration: 3, routes }, { slowType: tokens.listenerRule });
        const accepted = events.lastIndexOf(`answered ${tokens.listenerRule}`);
        assert.ok(accepted !== -1 && accepted < events.indexOf(`asked ${tokens.distribution}`), events.join("\n"));
    });

    const route = { name: "api", priority: 10, paths: ["/api/*"] };
    const mistakes: [unknown, string, RegExp][] = [
        [{ api: route }, "routes", /is an object; a list is needed/],
        [["api"], "routes[0]", /a route is a group/],
        [[{ ...route, name: undefined }], "routes[0].name", /is missing/],
        [[{ ...route, name: "a_b" }], "routes[0].name", /inner hyphens/],
        [[{ ...route, name: "a".repeat(16) }], "routes[0].name", /room for 15 characters/],
        [[{ ...route, priority: undefined }], "routes[0].priority", /is missing\. Write a number/],
        [[{ ...route, priority: 50_000 }], "routes[0].priority", /Write 49999/],
        [[{ ...route, paths: [] }], "routes[0].paths", /the route would take every request/],
        [[{ ...route, paths: ["/*"] }], "routes[0].paths[0]", /every path/],
        [[{ ...route, paths: ["api"] }], "routes[0].paths[0]", /begins with a slash/],
        [[{ ...route, paths: ["/a", "/b", "/c"] }], "routes[0].paths", /have 3 values; a rule has room for 2/],
        [[{ ...route, hosts: ["Api.example.com"] }], "routes[0].hosts[0]", /lower case/],
        [[{ ...route, path: "/api" }], "routes[0].path", /not an argument of a route\. Did you mean "paths"\?/],
        [[{ ...route, targetPort: 0 }], "routes[0].targetPort", /Write 1\./],
        [[{ ...route, targets: { slowStart: 1 } }], "routes[0].targets.slowStart", /Write 30/],
        [[route, { ...route, priority: 11 }], "routes[1].name", /another route has/],
        [[route, { ...route, name: "b" }], "routes[1].priority", /another route has/],
    ];
    for (const [routes, propertyPath, reason] of mistakes) {
        it(`are refused at ${propertyPath}: ${reason.source.slice(0, 30)}`, () => {
            const args = { ...fewestArguments, routes: routes as RouteArgs[] } satisfies EncryptedEdgeArgs;
            const problems = edgeProblems("edge", args);
            assert.deepEqual(
                problems.map((problem) => problem.propertyPath),
                [propertyPath],
            );
            assert.match(problems[0]?.reason ?? "", reason);
        });
    }
});

describe("An EdgeRoute of another stack", () => {
    const connection: EdgeRouteArgs = {
        listenerArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/edge/1/2",
        originSecretValues: pulumi.secret(["a", "b"]),
        loadBalancerSecurityGroupId: "sg-0123456789abcdef0",
        vpcId: "vpc-0123456789abcdef0",
        priority: 10,
        paths: ["/api/*"],
    };
    const problemsOf = (change: Record<string, unknown>): string[] => {
        try {
            new EdgeRoute("api", { ...connection, ...change });
        } catch (error) {
            assert.ok(pulumi.InputPropertiesError.isInstance(error));
            return error.errors.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
        }
        return [];
    };
    before(() => deploy());

    it("is built from the edge's outputs", () => {
        assert.deepEqual(problemsOf({}), []);
    });

    for (const [change, problem] of [
        [{ originSecretValues: undefined }, /^originSecretValues is missing; without the secret/],
        [{ originSecretValues: "hunter2" }, /^originSecretValues is a text; without/],
        [{ originSecretValues: [] }, /^originSecretValues is a list; without/],
        [{ listenerArn: "arn" }, /^listenerArn is "arn"; .*output listenerArn/],
        [{ loadBalancerSecurityGroupId: "sg" }, /^loadBalancerSecurityGroupId is "sg"/],
        [{ vpcId: undefined }, /^vpcId is missing/],
        [{ paths: undefined }, /^paths is empty, and so is hosts/],
        [{ priority: 0 }, /^priority is 0/],
        [{ pahts: [] }, /^pahts is not an argument of EdgeRoute\. Did you mean "paths"\?/],
    ] as const) {
        it(`is refused: ${problem.source}`, () => {
            const problems = problemsOf(change);
            assert.equal(problems.length, 1, problems.join("\n"));
            assert.match(problems[0] ?? "", problem);
        });
    }
});
