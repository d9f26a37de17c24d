import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { argumentSpecs } from "./arguments/index";
import { type ExistingLoadBalancerArgs } from "./arguments/index";
import { foundLoadBalancerProblems, problemList, type Resolved } from "./checks/index";
import { lookUp } from "./lookUp";

/** The arguments for a load balancer that exists, with every default in its place. */
export type ExistingLoadBalancer = Resolved<ExistingLoadBalancerArgs, typeof argumentSpecs.existingLoadBalancer.fields>;

/** What CloudFront's prefix list counts as, and what a group may hold. Source: Amazon VPC user guide, "Amazon VPC quotas". */
const [prefixListWeight, rulesQuota] = [55, 60];

/** What AWS knows of the load balancer, once it is sure that a second door can be made in it. */
export function findLoadBalancer(
    { arn, securityGroupId }: Pick<ExistingLoadBalancer, "arn" | "securityGroupId">,
    vpcId: pulumi.Input<string>,
    options: pulumi.InvokeOptions,
): pulumi.Output<lb.GetLoadBalancerResult> {
    return pulumi.all([arn, securityGroupId, vpcId]).apply(([known, groupId, wantedVpcId]) =>
        lookUp(
            `The load balancer "${known}"`,
            "Write the ARN of one of this account and region in existingLoadBalancer.arn.",
            lb.getLoadBalancer({ arn: known }, options),
        ).apply((found) => {
            const problems = foundLoadBalancerProblems(found, { vpcId: wantedVpcId, securityGroupId: groupId });
            if (problems.length > 0) {
                throw new pulumi.RunError(
                    problemList(
                        `Cannot add a second door to the load balancer "${known}"`,
                        problems.map(([propertyPath, reason]) => ({ propertyPath, reason })),
                    ),
                );
            }
            return found;
        }),
    );
}

/** What AWS knows of a target group that exists. */
export function findTargetGroup(
    arn: pulumi.Input<string>,
    options: pulumi.InvokeOptions,
): pulumi.Output<lb.GetTargetGroupResult> {
    return pulumi
        .output(arn)
        .apply((known) =>
            lookUp(
                `The target group "${known}"`,
                "Write the ARN of one of this account and region in existingLoadBalancer.targetGroupArn.",
                lb.getTargetGroup({ arn: known }, options),
            ),
        );
}

/**
 * Says beforehand that AWS will refuse the rule for CloudFront: a group that exists holds other rules. A raised quota is
 * not known here, so it is a warning.
 */
export function warnOfFullGroup(
    { securityGroupId, port }: ExistingLoadBalancer,
    prefixListId: pulumi.Input<string>,
    parent: pulumi.Resource,
): void {
    pulumi.all([securityGroupId, prefixListId]).apply(async ([groupId, listId]) => {
        const { count, lists } = await otherRules(groupId, listId, port, { parent });
        if (count + lists * prefixListWeight + prefixListWeight > rulesQuota) {
            const held = lists === 0 ? `has ${count} inbound rules` : `already admits CloudFront on another port`;
            await pulumi.log.warn(
                `The security group ${groupId} ${held}. CloudFront's prefix list counts as ${prefixListWeight} rules, and a group may hold ${rulesQuota}: AWS refuses the rule (RulesPerSecurityGroupLimitExceeded) unless quota L-0EA8095F is raised. Give the load balancer a further security group without rules, and write its id in existingLoadBalancer.securityGroupId.`,
                parent,
            );
        }
    });
}

/** The group's other inbound rules, by weight; none if the caller may not list them, because AWS then reports it. */
async function otherRules(
    groupId: string,
    listId: string,
    port: number,
    options: pulumi.InvokeOptions,
): Promise<{ readonly count: number; readonly lists: number }> {
    try {
        const filters = [{ name: "group-id", values: [groupId] }];
        const { ids } = await vpc.getSecurityGroupRules({ filters }, options);
        const rules = await Promise.all(
            ids.map((securityGroupRuleId) => vpc.getSecurityGroupRule({ securityGroupRuleId }, options)),
        );
        const inbound = rules.filter(({ isEgress }) => !isEgress);
        return {
            count: inbound.filter(({ prefixListId }) => prefixListId !== listId).length,
            lists: inbound.filter(({ prefixListId, fromPort }) => prefixListId === listId && fromPort !== port).length,
        };
    } catch {
        return { count: 0, lists: 0 };
    }
}
