import assert from "node:assert/strict";
import { edgeProblems, type EncryptedEdgeArgs } from "./arguments/index";
import { origin, sentSecret, tokens } from "./test/deployedEdge";
import { deploy, type Deployment, fewestArguments } from "./test/deployment";

interface VpcOriginEndpoint {
    readonly name: string;
    readonly arn: string;
    readonly originProtocolPolicy: string;
    readonly originSslProtocols: { readonly items: string[]; readonly quantity: number };
    readonly httpsPort: number;
}

const arn = (type: string, name: string) => `arn:aws:mock:${type}:${name}`;
const names = (deployment: Deployment, type: string) => deployment.all(type).map(({ name }) => name);
const originRecords = (deployment: Deployment) =>
    names(deployment, tokens.record).filter((name) => name.startsWith("edge-origin-a-"));

describe("An internal load balancer", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await deploy({ loadBalancerScheme: "internal" });
    });

    it("is reached by a VPC origin over HTTPS only, under the origin's name", () => {
        const { inputs } = deployment.find(tokens.loadBalancer);
        assert.deepEqual([inputs.internal, deployment.find(tokens.loadBalancer).name], [true, "edge-ilb"]);
        const vpcOrigin = deployment.find(tokens.vpcOrigin);
        const endpoint = vpcOrigin.inputs.vpcOriginEndpointConfig as VpcOriginEndpoint;
        assert.deepEqual(
            [endpoint.originProtocolPolicy, endpoint.originSslProtocols, endpoint.httpsPort],
            ["https-only", { items: ["TLSv1.2"], quantity: 1 }, 443],
        );
        assert.deepEqual([endpoint.arn, endpoint.name], [arn(tokens.loadBalancer, "edge-ilb"), "edge-ilb-0123456"]);
        // AWS changes no VPC origin that a distribution uses.
        assert.deepEqual(vpcOrigin.options.replaceOnChanges, ["vpcOriginEndpointConfig"]);
        const { domainName, customOriginConfig, vpcOriginConfig } = origin(
            deployment.find(tokens.distribution).inputs,
        ) as ReturnType<typeof origin> & { vpcOriginConfig: unknown };
        assert.equal(domainName, "origin.example.com");
        assert.equal(customOriginConfig, undefined);
        assert.deepEqual(vpcOriginConfig, {
            vpcOriginId: "edge-vpc-origin-id",
            originReadTimeout: 60,
            originKeepaliveTimeout: 30,
        });
    });

    it("keeps the certificate, the group, the secret and the refusal of the other scheme", () => {
        assert.equal(deployment.find(tokens.certificate, "origin-certificate").inputs.domainName, "origin.example.com");
        assert.equal(
            deployment.find(tokens.ingressRule, "https-from-cloudfront").inputs.prefixListId,
            "pl-of-com.amazonaws.global.cloudfront.origin-facing",
        );
        const [action] = deployment.find(tokens.listener).inputs.defaultActions as { fixedResponse: unknown }[];
        assert.deepEqual(action?.fixedResponse, {
            statusCode: "403",
            contentType: "text/plain",
            messageBody: "Forbidden",
        });
        assert.ok(sentSecret(deployment).length >= 32);
    });

    it("has routes, and two target groups where somebody else moves the requests", async () => {
        const routes = [{ name: "api", priority: 100, paths: ["/api/*"] }];
        const both = await deploy({ loadBalancerScheme: "internal", routes, blueGreenEnabled: true });
        assert.deepEqual(names(both, tokens.targetGroup), ["edge-i1", "edge-j1", "edge-api-tg"]);
        const { listenerArn } = both.find(tokens.listenerRule, "edge-api-rule").inputs;
        assert.equal(listenerArn, arn(tokens.listener, "edge-internal-https"));
        assert.equal(both.outputs.alternateTargetGroupArn, arn(tokens.targetGroup, "edge-j1"));
    });

    it("has no public DNS record, and says which VPC origin it is", () => {
        assert.deepEqual(originRecords(deployment), []);
        assert.equal(deployment.outputs.vpcOriginId, "edge-vpc-origin-id");
        assert.equal(deployment.outputs.loadBalancerDnsName, "internal-alb.example.elb.amazonaws.com");
    });
});

describe("A load balancer that is to become internal", () => {
    it("stays and serves, while the next one has everything but requests", async () => {
        const deployment = await deploy({
            nextLoadBalancer: { subnetIds: ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"] },
        });
        assert.deepEqual(names(deployment, tokens.loadBalancer), ["edge-alb", "edge-ilb"]);
        assert.deepEqual(names(deployment, tokens.listener), ["edge-https", "edge-internal-https"]);
        // One belongs to one load balancer.
        assert.deepEqual(names(deployment, tokens.targetGroup), ["edge-tg", "edge-i1"]);
        assert.deepEqual(deployment.find(tokens.loadBalancer, "ilb").inputs.subnets, [
            "subnet-0aaaaaaaaaaaaaaaa",
            "subnet-0bbbbbbbbbbbbbbbb",
        ]);
        assert.equal(deployment.all(tokens.vpcOrigin).length, 1);
        const { outputs } = deployment;
        assert.equal(outputs.loadBalancerArn, arn(tokens.loadBalancer, "edge-alb"));
        assert.equal(outputs.targetGroupArn, arn(tokens.targetGroup, "edge-tg"));
        assert.equal(outputs.nextTargetGroupArn, arn(tokens.targetGroup, "edge-i1"));
        assert.equal(outputs.nextListenerArn, arn(tokens.listener, "edge-internal-https"));
        assert.equal(outputs.vpcOriginId, "");
        assert.ok(origin(deployment.find(tokens.distribution).inputs).customOriginConfig);
        assert.equal(originRecords(deployment).length, 1);
    });

    it("keeps the next one as it is when that takes over, and the record on the way back", async () => {
        const inputsOf = (deployment: Deployment) =>
            ["ilb", "internal-https", "i1", "vpc-origin"].map(
                (suffix) => deployment.resources.find(({ name }) => name === `edge-${suffix}`)?.inputs,
            );
        const before = await deploy({ nextLoadBalancer: {} });
        const after = await deploy({ loadBalancerScheme: "internal" });
        assert.deepEqual(inputsOf(after), inputsOf(before));
        assert.ok(inputsOf(after).every((inputs) => inputs !== undefined));
        const back = await deploy({
            loadBalancerScheme: "internal",
            nextLoadBalancer: { scheme: "internet-facing" },
        });
        assert.equal(originRecords(back).length, 1);
        assert.equal(back.outputs.vpcOriginId, "edge-vpc-origin-id");
        const [alias] = back.find(tokens.record, "edge-origin-a-origin.example.com").inputs.aliases as {
            name: string;
        }[];
        assert.equal(alias?.name, "alb.example.elb.amazonaws.com");
    });
});

describe("The scheme of the load balancer", () => {
    const existingLoadBalancer = {
        arn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/site/50dc6c495c0c9188",
        securityGroupId: "sg-0123456789abcdef0",
    };
    const mistakes: [Partial<EncryptedEdgeArgs>, string, RegExp][] = [
        [{ loadBalancerScheme: "private" }, "loadBalancerScheme", /allowed values are internet-facing, internal/],
        [{ nextLoadBalancer: { scheme: "public" } }, "nextLoadBalancer.scheme", /is "public"; allowed values are/],
        [
            { nextLoadBalancer: { subnetIds: ["subnet-0123456789abcdef0"] } },
            "nextLoadBalancer.subnetIds",
            /has one subnet; a load balancer needs/,
        ],
        [
            { loadBalancerScheme: "internal", nextLoadBalancer: {} },
            "nextLoadBalancer.scheme",
            /is "internal", which loadBalancerScheme is already\. .* write "internet-facing"/,
        ],
        [{ nextLoadBalancer: {}, nextTargets: {} }, "nextTargets", /Finish one move/],
        [
            { nextLoadBalancer: {}, routes: [{ name: "api", priority: 1, paths: ["/api"] }] },
            "routes",
            /target groups can belong to one load balancer only\. Create an EdgeRoute for each, and a second one for nextListenerArn/,
        ],
        [
            { nextLoadBalancer: {}, blueGreenEnabled: true },
            "blueGreenEnabled",
            /together with nextLoadBalancer\. Amazon ECS and CodeDeploy know one listener only: write false until the move is over/,
        ],
        [
            { nextLoadBalancer: {}, subnetIds: undefined, existingLoadBalancer },
            "nextLoadBalancer",
            /together with existingLoadBalancer, which the component does not create\. Leave one of them out/,
        ],
        [
            { loadBalancerScheme: "internal", subnetIds: undefined, existingLoadBalancer },
            "loadBalancerScheme",
            /is "internal", but the load balancer of existingLoadBalancer is internet-facing\. Leave one of them out/,
        ],
    ];
    for (const [args, propertyPath, reason] of mistakes) {
        it(`is refused with ${JSON.stringify(args)}`, () => {
            const problems = edgeProblems("edge", { ...fewestArguments, ...args });
            assert.deepEqual(
                problems.map((problem) => problem.propertyPath),
                [propertyPath],
            );
            assert.match(problems[0]?.reason ?? "", reason);
        });
    }
});
