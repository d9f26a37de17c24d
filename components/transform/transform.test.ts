import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EdgeRoute } from "../edgeRoute";
import { EncryptedEdge } from "../encryptedEdge";
import { tokens, unwrapped } from "../test/deployedEdge";
import { deploy, fewestArguments } from "../test/deployment";
import { edgeNodes, type EdgeTransform } from "./index";

/** What is wrong with an edge that is given these options, as property paths and reasons. */
function problemsOf(transform: unknown, args: object = {}): (readonly [string, string])[] {
    try {
        new EncryptedEdge("refused", { ...fewestArguments, ...args }, { transform: transform as EdgeTransform });
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
        return (error.errors ?? []).map(({ propertyPath, reason }) => [propertyPath, reason] as const);
    }
    return assert.fail("nothing was refused");
}

describe("The transform of an edge", () => {
    it("writes properties in the place of the edge's own, and leaves the others alone", async () => {
        const deployment = await deploy({}, { transform: { distribution: { priceClass: "PriceClass_100" } } });
        const { priceClass, httpVersion } = deployment.find(tokens.distribution).inputs;
        assert.deepEqual([priceClass, httpVersion], ["PriceClass_100", "http2and3"]);
    });

    it("changes arguments and options by a function, which knows the name", async () => {
        const names: string[] = [];
        const deployment = await deploy(
            { domainNames: ["www.example.com", "shop.example.com"] },
            {
                transform: {
                    distribution: (args, options) => {
                        args.comment = pulumi.interpolate`${args.comment}, changed`;
                        options.ignoreChanges = ["webAclId"];
                    },
                    viewerRecords: (args, _, name) => {
                        names.push(name);
                        if (name.includes("-https-")) {
                            args.setIdentifier = "one";
                        }
                    },
                },
            },
        );
        const distribution = deployment.find(tokens.distribution);
        assert.equal(distribution.inputs.comment, "www.example.com, changed");
        assert.deepEqual(distribution.options.ignoreChanges, ["webAclId"]);
        assert.equal(distribution.protect, true);
        assert.equal(names.length, 6);
        assert.equal(deployment.find(tokens.record, "viewer-https-shop.example.com").inputs.setIdentifier, "one");
        assert.equal(deployment.find(tokens.record, "viewer-a-shop.example.com").inputs.setIdentifier, undefined);
    });

    it("reaches every resource of an edge with everything, and gives each as a node", async () => {
        const seen = new Set<string>();
        const keys = Object.keys(edgeNodes) as (keyof EdgeTransform)[];
        const written: [string, unknown][] = [];
        const look = (key: string) => (args: unknown) => {
            seen.add(key);
            written.push([key, args]);
        };
        const everywhere = Object.fromEntries(keys.map((key) => [key, look(key)])) as EdgeTransform;
        // deploy() refuses a resource without a node.
        const { edge, resources } = await deploy(
            {
                dnsAccount: { profile: "dns" },
                loadBalancerIpAddressType: "dualstack",
                loginEnabled: true,
                alarms: {},
                nextTargets: { port: 8443 },
                routes: [{ name: "api", priority: 1, paths: ["/api"] }],
                staticFiles: { paths: ["/assets/*"] },
                errorPages: {},
                cacheBehaviors: [{ path: "/images/*", queryStrings: ["width"] }],
                firewall: {
                    allowedAddresses: ["192.0.2.0/24", "2001:db8::/32"],
                    blockedAddresses: ["198.51.100.1/32"],
                },
            },
            { transform: everywhere },
        );
        await deploy({ loadBalancerScheme: "internal" }, { transform: { vpcOrigin: everywhere.vpcOrigin } });
        assert.deepEqual([...seen].sort(), keys.toSorted());
        const nodes = Object.values(edge.nodes)
            .flat()
            .filter((node) => node !== undefined);
        assert.equal(nodes.length, resources.filter(({ custom }) => custom).length);
        assert.equal(new Set(nodes).size, nodes.length);
        assert.deepEqual(
            [edge.nodes.targetGroups.length, edge.nodes.webAclIpSets.length, edge.nodes.alarms.length],
            [2, 3, 8],
        );
        assert.equal(await promiseOf(edge.nodes.distribution.id), "edge-distribution-id");
        // Functions are promised plain objects and lists of objects.
        const outputs = written.flatMap(([key, args]) => outputsIn(args).map((output) => [key, output] as const));
        assert.ok(outputs.length > 20);
        for (const [key, output] of outputs) {
            const value = await promiseOf<unknown>(output);
            const values: unknown[] = Array.isArray(value) ? value : [value];
            assert.ok(
                values.every((one) => typeof one !== "object"),
                `${key}: ${JSON.stringify(value)}`,
            );
        }
    });

    it("gives functions a copy to change in place", async () => {
        const deployment = await deploy(
            {},
            {
                transform: {
                    distribution: (args) => {
                        for (const origin of args.origins) {
                            origin.connectionAttempts = 2;
                        }
                        args.origins[0]?.customHeaders?.push({ name: "X-Environment", value: "test" });
                    },
                },
            },
        );
        const [only] = unwrapped<{ connectionAttempts: number; customHeaders: { name: string }[] }[]>(
            deployment.find(tokens.distribution).inputs.origins,
        );
        assert.equal(only?.connectionAttempts, 2);
        assert.deepEqual(
            only?.customHeaders.map(({ name }) => name),
            ["X-Origin-Verify", "X-Environment"],
        );
    });

    it("changes both load balancers of an edge that moves; the node is the one that serves", async () => {
        const deployment = await deploy(
            { nextLoadBalancer: {} },
            { transform: { loadBalancer: { tags: { CostCenter: "web" } } } },
        );
        for (const { inputs } of deployment.all(tokens.loadBalancer)) {
            assert.deepEqual(inputs.tags, { CostCenter: "web" });
        }
        assert.equal(await promiseOf(deployment.edge.nodes.loadBalancer?.id ?? assert.fail()), "edge-alb-id");
    });

    it("has no node for what the arguments leave out", async () => {
        const { edge } = await deploy({ accessLogEnabled: false });
        assert.equal(edge.nodes.accessLogGroup, undefined);
        assert.deepEqual(edge.nodes.alarms, []);
    });

    it("is refused with the nearest name, all mistakes at once and those of the arguments with them", () => {
        const problems = problemsOf(
            { distributon: {}, webAcl: "none", listener: ["a"], nothingLikeIt: {} },
            { rateLimit: 1 },
        );
        assert.deepEqual(
            problems.map(([path]) => path),
            ["rateLimit", "transform.distributon", "transform.webAcl", "transform.listener", "transform.nothingLikeIt"],
        );
        const reasons = problems.map(([, reason]) => reason);
        assert.equal(reasons[1], 'is not a resource of EncryptedEdge. Did you mean "distribution"?');
        assert.match(reasons[2] ?? "", /is "none"; properties of the resource or a function are needed/);
        assert.match(reasons[4] ?? "", /Write one of distribution, responseHeadersPolicy, .*routeTargetIngressRules\./);
        assert.match(problemsOf([])[0]?.[1] ?? "", /is a list; an object is needed/);
    });

    it("is refused where a function returns something, which would be lost", async () => {
        const lost: unknown[] = [() => ({ comment: "lost" }), () => Promise.resolve()];
        for (const distribution of lost) {
            await assert.rejects(
                deploy({}, { transform: { distribution } as EdgeTransform }),
                (error) =>
                    pulumi.RunError.isInstance(error) &&
                    /transform\.distribution of EncryptedEdge "edge" returned .* Change its first argument in place/.test(
                        String(error),
                    ),
            );
        }
    });

    it("warns of a change of something that is not made", async () => {
        const logged: string[] = [];
        const warn = Object.getOwnPropertyDescriptor(pulumi.log, "warn") ?? {};
        Object.defineProperty(pulumi.log, "warn", { ...warn, value: (message: string) => logged.push(message) });
        try {
            await deploy({}, { transform: { alarms: { threshold: 1 }, distribution: { comment: "used" } } });
        } finally {
            Object.defineProperty(pulumi.log, "warn", warn);
        }
        assert.deepEqual(logged, ["transform.alarms has no effect: these arguments create no such resource."]);
    });
});

describe("The transform of a route", () => {
    const args = {
        listenerArn:
            "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/edge/0123456789abcdef/0123456789abcdef",
        originSecretValues: pulumi.secret(["secret"]),
        loadBalancerSecurityGroupId: "sg-0123456789abcdef0",
        vpcId: "vpc-0123456789abcdef0",
        priority: 1,
        paths: ["/api"],
    };

    it("changes its resources, which are its nodes", async () => {
        const inputs = new Map<string, Record<string, unknown>>();
        await pulumi.runtime.setMocks({
            newResource: (request) => {
                inputs.set(request.name, request.inputs as Record<string, unknown>);
                return { id: `${request.name}-id`, state: { arn: "arn", arnSuffix: "suffix" } };
            },
            call: () => ({}),
        });
        const { nodes } = new EdgeRoute(
            "api",
            { ...args, blueGreenEnabled: true },
            { transform: { targetGroup: { protocolVersion: "GRPC" } } },
        );
        assert.equal(await promiseOf(nodes.listenerRule.id), "api-rule-id");
        assert.equal(inputs.get("api-tg")?.protocolVersion, "GRPC");
        assert.ok(Object.values(nodes).every((node) => node !== undefined));
    });

    it("is refused with the nearest name", () => {
        assert.throws(
            () => new EdgeRoute("api", args, { transform: { targetGroups: {} } as object }),
            (error) => {
                assert.ok(pulumi.InputPropertiesError.isInstance(error));
                assert.equal(error.errors?.length, 1);
                const [problem] = error.errors ?? [];
                assert.equal(problem?.propertyPath, "transform.targetGroups");
                assert.match(problem?.reason ?? "", /Did you mean "targetGroup"\?/);
                return true;
            },
        );
    });
});

function promiseOf<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => output.apply(resolve));
}

/** The outputs in what a function is given. */
function outputsIn(value: unknown): pulumi.Output<unknown>[] {
    if (pulumi.Output.isInstance(value)) {
        return [value];
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(outputsIn) : [];
}
