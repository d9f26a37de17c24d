import * as lb from "@pulumi/aws/lb";
import type { Resolved } from "./checks/index";
import type { argumentSpecs, TargetsArgs } from "./arguments/index";
import type * as pulumi from "@pulumi/pulumi";

/** How the load balancer speaks to the targets of one group. */
export interface TargetSettings {
    readonly protocol: string;
    readonly port: number;
    readonly type: string;
    readonly healthCheckPath: string;
    readonly healthCheckMatcher: string;
    readonly targets: Resolved<TargetsArgs, typeof argumentSpecs.targets.fields>;
}

/** A target group whose health checks speak as its requests do. */
export function targetGroup(
    logicalName: string,
    vpcId: pulumi.Input<string>,
    { protocol, port, type, healthCheckPath, healthCheckMatcher, targets }: TargetSettings,
    options: pulumi.CustomResourceOptions,
): lb.TargetGroup {
    return new lb.TargetGroup(
        logicalName,
        {
            vpcId,
            protocol,
            port,
            targetType: type,
            deregistrationDelay: targets.deregistrationDelay,
            slowStart: targets.slowStart,
            // Off is written out, because the provider takes what is left out for unchanged; AWS wants a duration even so.
            stickiness: {
                enabled: targets.stickinessDuration > 0,
                type: "lb_cookie",
                cookieDuration: targets.stickinessDuration > 0 ? targets.stickinessDuration : 86_400,
            },
            healthCheck: {
                enabled: true,
                protocol,
                path: healthCheckPath,
                matcher: healthCheckMatcher,
                interval: targets.healthCheckInterval,
                timeout: targets.healthCheckTimeout,
                healthyThreshold: targets.healthyThreshold,
                unhealthyThreshold: targets.unhealthyThreshold,
            },
        },
        options,
    );
}

/** Logical name of a generation's target group. AWS allows 32 characters, of which Pulumi's random suffix takes eight. */
export function targetGroupName(name: string, generation: number, internal = false): string {
    return internal ? `${name}-i${generation}` : generation === 1 ? `${name}-tg` : `${name}-t${generation}`;
}

/** A target group and its share of the requests, in percent. */
export interface ForwardedGroup {
    readonly group: lb.TargetGroup;
    readonly weight: number;
}

/** Requests for the present targets, or, where there are others, for both by their shares. */
export function forwardAction(presentArn: pulumi.Input<string>, next: ForwardedGroup | undefined) {
    if (next === undefined) {
        return { type: "forward", targetGroupArn: presentArn };
    }
    const targetGroups = [
        { arn: presentArn, weight: 100 - next.weight },
        { arn: next.group.arn, weight: next.weight },
    ];
    return { type: "forward", forward: { targetGroups } };
}
