import type * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { argumentSpecs, type NextTargetsArgs, type TargetsArgs } from "./arguments/index";
import { type Resolved, resolved } from "./checks/index";
import { schemes } from "./ownLoadBalancer";
import { openTargetPath } from "./securityGroups";
import { type ForwardedGroup, targetGroup, targetGroupName } from "./targetGroups";

export type NextTargets = Resolved<NextTargetsArgs, typeof argumentSpecs.nextTargets.fields>;

/** The targets of the edge's own rule. */
export interface OriginTargetsArgs {
    readonly vpcId: pulumi.Input<string>;
    readonly targetProtocol: string;
    readonly targetPort: number;
    readonly targetType: string;
    readonly targetGeneration: number;
    readonly healthCheckPath: string;
    readonly healthCheckMatcher: string;
    readonly targets?: TargetsArgs;
    readonly loadBalancerScheme?: string;
}

/** The ends of the way from the load balancer to the targets. */
export interface PathGroups {
    readonly loadBalancerId: pulumi.Input<string>;
    readonly targetsId: pulumi.Input<string> | undefined;
}

/** The ports of the present and of the next targets; rules of the first generation keep their first names. */
export function openPorts(
    name: string,
    { targetPort, targetGeneration }: OriginTargetsArgs,
    { loadBalancerId, targetsId }: PathGroups,
    open: { readonly present: boolean; readonly next: number | undefined },
    child: pulumi.CustomResourceOptions,
): void {
    if (targetsId === undefined) {
        return;
    }
    const ends = { loadBalancerGroupId: loadBalancerId, targetsGroupId: targetsId };
    const first = targetGeneration === 1;
    if (open.present) {
        const present = { ...ends, port: targetPort, suffix: first ? "" : `-${targetPort}`, mayBeFirst: !first };
        openTargetPath(name, present, child);
    }
    if (open.next !== undefined && !(open.present && open.next === targetPort)) {
        openTargetPath(name, { ...ends, port: open.next, suffix: `-${open.next}`, mayBeFirst: false }, child);
    }
}

/** The target group that serves. */
export function presentTargets(
    name: string,
    args: OriginTargetsArgs,
    child: pulumi.CustomResourceOptions,
): lb.TargetGroup {
    return targetGroup(groupName(name, args, args.targetGeneration), args.vpcId, presentSettings(args), child);
}

/** The target group of next targets, with its share of the requests. */
export function comingTargets(
    name: string,
    args: OriginTargetsArgs,
    next: NextTargets | undefined,
    child: pulumi.CustomResourceOptions,
): ForwardedGroup | undefined {
    if (next === undefined) {
        return undefined;
    }
    const settings = { ...presentSettings(args), ...next };
    const group = targetGroup(groupName(name, args, args.targetGeneration + 1), args.vpcId, settings, child);
    return { group, weight: next.weight };
}

/** A second target group like the first, to which Amazon ECS or CodeDeploy shifts the requests. */
export function alternateTargets(
    name: string,
    args: OriginTargetsArgs,
    child: pulumi.CustomResourceOptions,
): ForwardedGroup {
    const letter = args.loadBalancerScheme === schemes.private ? "j" : "b";
    const group = targetGroup(`${name}-${letter}${args.targetGeneration}`, args.vpcId, presentSettings(args), child);
    return { group, weight: 0 };
}

function groupName(name: string, { loadBalancerScheme }: OriginTargetsArgs, generation: number): string {
    return targetGroupName(name, generation, loadBalancerScheme === schemes.private);
}

function presentSettings(args: OriginTargetsArgs) {
    const { targetProtocol: protocol, targetPort: port, targetType: type } = args;
    const { healthCheckPath, healthCheckMatcher, targets } = args;
    return {
        protocol,
        port,
        type,
        healthCheckPath,
        healthCheckMatcher,
        targets: resolved(targets ?? {}, argumentSpecs.targets.fields),
    };
}
