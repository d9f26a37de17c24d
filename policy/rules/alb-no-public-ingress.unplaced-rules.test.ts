import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { ref, run, type Fixture } from "../test/harness";
import { albNoPublicIngress as rule } from "./alb-no-public-ingress";

const stack = (behind: string, open: object, balancer = "application"): Fixture[] => [
    {
        type: "aws:lb/loadBalancer:LoadBalancer",
        name: "web",
        properties: { loadBalancerType: balancer, securityGroups: [ref("group")] },
    },
    { type: "aws:ec2/securityGroup:SecurityGroup", name: "group", properties: { vpcId: "vpc-1" } },
    { type: behind, name: "behind" },
    {
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "in",
        properties: { securityGroupId: UNKNOWN, ipProtocol: "-1", ...open },
        propertyDependencies: { securityGroupId: ["behind"] },
    },
];

const everybody = { cidrIpv4: "0.0.0.0/0" };
const parameter = "aws:ssm/parameter:Parameter";

describe("alb-no-public-ingress, of a rule whose group is not known and not found in the stack", () => {
    const said = async (fixtures: Fixture[]) =>
        (await run(rule, fixtures, "preview")).map(({ kind, resource }) => `${kind}: ${resource}`);

    it("says that it cannot tell, because the group may be the balancer's", async () => {
        for (const behind of [parameter, "aws:lb/targetGroup:TargetGroup", "aws:eks/cluster:Cluster"]) {
            assert.deepEqual(await said(stack(behind, everybody)), ["cannot tell: in"], behind);
        }
        const nothingBehind = stack(parameter, everybody).map((fixture) => ({ ...fixture, propertyDependencies: {} }));
        assert.deepEqual(await said(nothingBehind), ["cannot tell: in"]);
        const [seen] = await run(rule, stack(parameter, { cidrIpv6: "::/0" }), "preview");
        assert.match(
            seen?.message ?? "",
            /^Cannot tell whether this rule opens a load balancer: securityGroupId is not known yet/,
        );
    });

    it("says nothing where the group is another stack's, the range is not everybody's, or no balancer is ours", async () => {
        assert.deepEqual(await said(stack("pulumi:pulumi:StackReference", everybody)), []);
        assert.deepEqual(await said(stack(parameter, { cidrIpv4: "10.0.0.0/8" })), []);
        assert.deepEqual(await said(stack(parameter, { referencedSecurityGroupId: "sg-1" })), []);
        assert.deepEqual(await said(stack(parameter, everybody, "network")), []);
    });
});
