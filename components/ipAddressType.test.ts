import assert from "node:assert/strict";
import { edgeProblems, type EncryptedEdgeArgs } from "./arguments/index";
import { origin, tokens } from "./test/deployedEdge";
import { deploy, type Deployment, fewestArguments } from "./test/deployment";
import { oidcLogin } from "./test/oidcLogin";

const originRecordTypes = (deployment: Deployment) =>
    deployment
        .all(tokens.record)
        .filter(({ name }) => /^edge-origin-a/.test(name))
        .map(({ inputs }) => inputs.type);
const dialled = (deployment: Deployment) => {
    const { customOriginConfig } = origin(deployment.find(tokens.distribution).inputs);
    return (customOriginConfig as { ipAddressType?: string }).ipAddressType;
};
/** Each rule that lets CloudFront in, with the groups of its group and of the load balancer. */
const doors = (deployment: Deployment) =>
    deployment
        .all(tokens.ingressRule)
        .filter(({ name }) => name.includes("from-cloudfront"))
        .map(({ inputs }) => [inputs.securityGroupId, inputs.prefixListId]);
const ipv4Door = ["edge-cloudfront-id", "pl-of-com.amazonaws.global.cloudfront.origin-facing"];
const ipv6Door = ["edge-cloudfront-ipv6-id", "pl-of-com.amazonaws.global.ipv6.cloudfront.origin-facing"];

describe("The addresses of the load balancer", () => {
    it("are of IPv4 alone by default, with nothing of IPv6 anywhere", async () => {
        const deployment = await deploy();
        assert.equal(deployment.find(tokens.loadBalancer).inputs.ipAddressType, "ipv4");
        assert.equal(dialled(deployment), undefined);
        assert.deepEqual(doors(deployment), [ipv4Door]);
        assert.deepEqual(originRecordTypes(deployment), ["A"]);
        assert.deepEqual(
            deployment.lookups.filter(({ token }) => token.includes("PrefixList")).length,
            1,
            "the list of IPv6 is not looked up for nothing",
        );
    });

    const kinds = [
        ["dualstack", "dualstack", ["A", "AAAA"]],
        ["dualstack-without-public-ipv4", "ipv6", ["AAAA"]],
    ] as const;
    for (const [type, origins, records] of kinds) {
        it(`are ${type}, with a group of its own for CloudFront's list of IPv6`, async () => {
            const deployment = await deploy({ loadBalancerIpAddressType: type });
            const { ipAddressType, securityGroups } = deployment.find(tokens.loadBalancer).inputs;
            assert.equal(ipAddressType, type);
            assert.deepEqual(doors(deployment), [ipv4Door, ipv6Door]);
            // One after the other: a live load balancer keeps the first two.
            assert.deepEqual(securityGroups, [
                "edge-cloudfront-id",
                "edge-load-balancer-id",
                "edge-cloudfront-ipv6-id",
            ]);
            assert.equal(dialled(deployment), origins);
            assert.deepEqual(originRecordTypes(deployment), records);
        });
    }

    it("take the list of IPv6 that is given", async () => {
        const deployment = await deploy({
            loadBalancerIpAddressType: "dualstack",
            cloudFrontIpv6PrefixListId: "pl-0123456789abcdef0",
        });
        assert.deepEqual(doors(deployment), [ipv4Door, ["edge-cloudfront-ipv6-id", "pl-0123456789abcdef0"]]);
    });

    it("are of IPv4 at an internal load balancer, also while an edge moves to it and back", async () => {
        const groupsOf = (deployment: Deployment) =>
            deployment
                .all(tokens.loadBalancer)
                .map(({ name, inputs }) => [name, inputs.ipAddressType, (inputs.securityGroups as string[]).length]);
        const there = await deploy({ loadBalancerIpAddressType: "dualstack", nextLoadBalancer: {} });
        assert.deepEqual(groupsOf(there), [
            ["edge-alb", "dualstack", 3],
            ["edge-ilb", "ipv4", 2],
        ]);
        const back = await deploy({
            loadBalancerIpAddressType: "dualstack",
            loadBalancerScheme: "internal",
            nextLoadBalancer: { scheme: "internet-facing" },
        });
        assert.deepEqual(groupsOf(back), [
            ["edge-ilb", "ipv4", 2],
            ["edge-alb", "dualstack", 3],
        ]);
        assert.equal(dialled(there), "dualstack");
        assert.deepEqual(originRecordTypes(back), ["A", "AAAA"]);
    });

    const existingLoadBalancer = {
        arn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/site/50dc6c495c0c9188",
        securityGroupId: "sg-0123456789abcdef0",
    };
    const without = "dualstack-without-public-ipv4";
    const mistakes: readonly (readonly [string, Partial<EncryptedEdgeArgs>, string, RegExp])[] = [
        [
            "an unknown type",
            { loadBalancerIpAddressType: "ipv6" },
            "loadBalancerIpAddressType",
            /is "ipv6"; allowed values are ipv4, dualstack, dualstack-without-public-ipv4/,
        ],
        [
            "an internal load balancer",
            { loadBalancerIpAddressType: "dualstack", loadBalancerScheme: "internal" },
            "loadBalancerIpAddressType",
            /internal load balancer over private IPv4 addresses\. Leave it out/,
        ],
        [
            "an existing load balancer",
            { loadBalancerIpAddressType: "dualstack", subnetIds: undefined, existingLoadBalancer },
            "loadBalancerIpAddressType",
            /the component does not change existingLoadBalancer, and CloudFront reaches it over IPv4\. Leave it out/,
        ],
        [
            "a login without public IPv4",
            { loadBalancerIpAddressType: without, authenticateOidc: oidcLogin },
            "loadBalancerIpAddressType",
            /reaches identity providers over IPv4 only.*status 500\. Write "dualstack"/,
        ],
        [
            "a login of another stack without public IPv4",
            { loadBalancerIpAddressType: without, loginEnabled: true },
            "loadBalancerIpAddressType",
            /reaches identity providers over IPv4 only/,
        ],
        [
            "a list of IPv6 for nothing",
            { cloudFrontIpv6PrefixListId: "pl-0123456789abcdef0" },
            "cloudFrontIpv6PrefixListId",
            /CloudFront reaches the load balancer over IPv4 only\. Leave it out, or write loadBalancerIpAddressType: "dualstack"/,
        ],
    ];
    for (const [what, args, propertyPath, reason] of mistakes) {
        it(`are refused with ${what}`, () => {
            const problems = edgeProblems("edge", { ...fewestArguments, ...args });
            assert.deepEqual(
                problems.map((problem) => problem.propertyPath),
                [propertyPath],
            );
            assert.match(problems[0]?.reason ?? "", reason);
        });
    }

    it("allow a login where the load balancer has public IPv4 as well", () => {
        const problems = edgeProblems("edge", {
            ...fewestArguments,
            loadBalancerIpAddressType: "dualstack",
            authenticateOidc: oidcLogin,
        });
        assert.deepEqual(problems, []);
    });
});
