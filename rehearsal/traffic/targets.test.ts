import assert from "node:assert/strict";
import { DeployedAccount, type DeployedResource } from "./deployedAccount";
import { registeredTargets, unreachable } from "./targets";

type Records = readonly Omit<DeployedResource, "id">[];

const targetGroup = {
    type: "aws:lb/targetGroup:TargetGroup",
    id: "group",
    properties: { arn: "arn:group", port: 8443 },
};
const loadBalancer = {
    type: "aws:lb/loadBalancer:LoadBalancer",
    id: "balancer",
    properties: { securityGroups: ["sg-balancer"], subnets: ["public"] },
};
const subnet = (id: string, cidrBlock: string) => ({
    type: "aws:ec2/subnet:Subnet",
    id,
    properties: { vpcId: "vpc", cidrBlock },
});
const rule = (direction: "Ingress" | "Egress", securityGroupId: string, properties: Record<string, unknown>) => ({
    type: `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`,
    properties: { securityGroupId, ipProtocol: "tcp", fromPort: 8443, toPort: 8443, ...properties },
});
const attachment = (targetId: string, port?: number) => ({
    type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    properties: { targetGroupArn: "arn:group", targetId, port },
});
const instance = (groups: string[]) => ({
    type: "aws:ec2/instance:Instance",
    id: "i-1",
    properties: { vpcSecurityGroupIds: groups, subnetId: "private" },
});
/** What lets the load balancer out to members of a group, as the component does. */
const out = rule("Egress", "sg-balancer", { referencedSecurityGroupId: "sg-target" });
const into = rule("Ingress", "sg-target", { referencedSecurityGroupId: "sg-balancer" });

/** Why the load balancer reaches none of what is registered; empty if it reaches everything. */
function problems(...records: Records): (string | undefined)[] {
    const account = new DeployedAccount([
        targetGroup,
        loadBalancer,
        subnet("public", "10.0.0.0/24"),
        subnet("private", "10.0.1.0/24"),
        {
            type: "aws:ec2/securityGroup:SecurityGroup",
            id: "sg-default",
            properties: { name: "default", vpcId: "vpc", ingress: [{ protocol: "-1", self: true }] },
        },
        ...records.map((record, index) => ({ id: `record-${index}`, ...record })),
    ]);
    return registeredTargets(account, targetGroup).flatMap((one) => unreachable(account, loadBalancer, one) ?? []);
}

describe("the targets of a load balancer", () => {
    const service = (networkConfiguration: unknown) => ({
        type: "aws:ecs/service:Service",
        properties: {
            name: "shop",
            networkConfiguration,
            loadBalancers: [{ targetGroupArn: "arn:group", containerName: "app", containerPort: 8443 }],
        },
    });
    const scaled = [
        {
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            id: "lt-1",
            properties: { name: "web", vpcSecurityGroupIds: ["sg-target"] },
        },
        {
            type: "aws:autoscaling/group:Group",
            id: "web",
            properties: {
                name: "web",
                launchTemplate: { id: "lt-1" },
                targetGroupArns: ["arn:group"],
                vpcZoneIdentifiers: ["private"],
            },
        },
    ];
    const networkInterface = {
        type: "aws:ec2/networkInterface:NetworkInterface",
        id: "eni-1",
        properties: { securityGroups: ["sg-target"], privateIp: "10.0.1.9", subnetId: "private" },
    };

    const reached: readonly [string, Records][] = [
        ["an instance of the group", [attachment("i-1"), instance(["sg-target"])]],
        ["an instance with a further group", [attachment("i-1"), instance(["sg-other", "sg-target"])]],
        ["a service of the group", [service({ securityGroups: ["sg-target"], subnets: ["private"] })]],
        ["an Auto Scaling group whose template has the group", scaled],
        ["an address whose interface is in the group", [attachment("10.0.1.9"), networkInterface]],
        ["an address of which nothing is known", [attachment("10.0.1.10")]],
        ["a service without a network of its own", [service(undefined)]],
    ];
    for (const [what, records] of reached) {
        it(`are reached: ${what}`, () => {
            assert.deepEqual(problems(out, into, ...records), []);
        });
    }

    it("are reached by ranges that hold the other end", () => {
        const ranges = [
            rule("Egress", "sg-balancer", { cidrIpv4: "10.0.1.0/24" }),
            rule("Ingress", "sg-target", { cidrIpv4: "10.0.0.0/16" }),
        ];
        assert.deepEqual(problems(...ranges, attachment("i-1"), instance(["sg-target"])), []);
    });

    const letIn = /security groups of \S.* \(.*\) do not let the load balancer in on port 8443/;
    const letOut = /security groups \(sg-balancer\) do not let it out to .* on port 8443/;
    const missed: readonly [string, Records, RegExp][] = [
        [
            "a group that admits the load balancer while the load balancer reaches only another",
            [
                out,
                rule("Ingress", "sg-other", { referencedSecurityGroupId: "sg-balancer" }),
                attachment("i-1"),
                instance(["sg-other"]),
            ],
            letOut,
        ],
        ["no rule in", [out, attachment("i-1"), instance(["sg-target"])], letIn],
        ["no rule out", [into, attachment("i-1"), instance(["sg-target"])], letOut],
        [
            "a rule in on another port",
            [
                out,
                rule("Ingress", "sg-target", { referencedSecurityGroupId: "sg-balancer", fromPort: 443, toPort: 443 }),
                service({ securityGroups: ["sg-target"], subnets: ["private"] }),
            ],
            letIn,
        ],
        [
            "a range that holds a part of the load balancer's subnets",
            [
                out,
                rule("Ingress", "sg-target", { cidrIpv4: "10.0.0.0/25" }),
                attachment("i-1"),
                instance(["sg-target"]),
            ],
            letIn,
        ],
        ["the VPC's default group alone", [out, into, attachment("i-1"), instance([])], letOut],
        [
            "an interface of another group",
            [
                rule("Egress", "sg-balancer", { cidrIpv4: "0.0.0.0/0" }),
                into,
                attachment("10.0.1.9"),
                { ...networkInterface, properties: { ...networkInterface.properties, securityGroups: ["sg-other"] } },
            ],
            letIn,
        ],
        ["an Auto Scaling group with nothing let out", [into, ...scaled], letOut],
    ];
    for (const [what, records, because] of missed) {
        it(`are not reached: ${what}`, () => {
            const [problem = "", ...more] = problems(...records);
            assert.match(problem, because);
            assert.deepEqual(more, []);
        });
    }

    it("are asked on the port of their own attachment", () => {
        const [problem] = problems(out, into, attachment("i-1", 9000), instance(["sg-target"]));
        assert.match(problem ?? "", /i-1 on port 9000/);
    });
});
