import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { argumentProblems, refuse, resolved, componentNameProblem } from "./checks/index";
import {
    argumentSpecs,
    type RouteArgs,
    type RouteRuleArgs,
    connectionSpecs,
    routeSpecs,
    togetherProblems,
} from "./arguments/index";
import { originSecretHeaderName } from "./originSecret";
import type { OutputsOf } from "./outputsOf";
import { openTargetPath, targetsGroup } from "./securityGroups";
import { ruleActions } from "./ruleActions";
import { forwardAction, targetGroup, targetGroupName } from "./targetGroups";
import {
    type RouteNodes,
    routeNodes,
    type EdgeRouteOptions,
    nodesOf,
    transformProblems,
    WatchedNodes,
} from "./transform/index";

/** The arguments of EdgeRoute: where the edge is, which requests belong to the route, and how to reach its targets. */
export interface EdgeRouteArgs extends RouteRuleArgs {
    /** ARN of the edge's listener: its output `listenerArn`. */
    listenerArn: pulumi.Input<string>;

    /**
     * The edge's output `originSecretValues`, a secret. Deploy the route again after each rotation, before the next
     * one.
     */
    originSecretValues: pulumi.Input<pulumi.Input<string>[]>;

    /**
     * Id of the security group from which the load balancer reaches targets: the edge's output
     * `loadBalancerSecurityGroupId`.
     */
    loadBalancerSecurityGroupId: pulumi.Input<string>;

    /** Id of the VPC of the load balancer and of the targets. */
    vpcId: pulumi.Input<string>;
}

/**
 * A further service behind an edge, in this stack or another: a listener rule for some paths or names, a target group,
 * and a security group that admits only the load balancer.
 */
export class EdgeRoute extends pulumi.ComponentResource {
    /** ARN of the target group in which the service registers. */
    public readonly targetGroupArn!: pulumi.Output<string>;

    /** ARN of the second target group for `blueGreenEnabled`; otherwise empty. */
    public readonly alternateTargetGroupArn!: pulumi.Output<string>;

    /** Value of the CloudWatch dimension `TargetGroup`. */
    public readonly targetGroupArnSuffix!: pulumi.Output<string>;

    /** Id of the security group for the targets, in addition to the one that they have. */
    public readonly targetSecurityGroupId!: pulumi.Output<string>;

    /** ARN of the listener rule. */
    public readonly listenerRuleArn!: pulumi.Output<string>;

    /**
     * Builds the route.
     *
     * @param name Prefix of every resource: 1 to 20 letters, digits and inner hyphens.
     * @param opts Pulumi's resource options, and `transform`, which changes settings without an argument.
     * @throws pulumi.InputPropertiesError that lists every problem with the arguments, before anything is registered.
     */
    constructor(name: string, args: EdgeRouteArgs, opts?: EdgeRouteOptions) {
        const nameProblem = componentNameProblem(name);
        const specs = { ...routeSpecs, ...connectionSpecs };
        refuse("EdgeRoute", name, [
            ...(nameProblem === undefined ? [] : [{ propertyPath: "name", reason: nameProblem }]),
            ...argumentProblems("EdgeRoute", args, specs),
            ...togetherProblems(args).map(([propertyPath, reason]) => ({ propertyPath, reason })),
            ...transformProblems("EdgeRoute", opts?.transform, routeNodes),
        ]);
        const nodes = new WatchedNodes({ type: "EdgeRoute", name }, routeNodes, opts);
        super("encrypted-edge:index:EdgeRoute", name, {}, nodes.options);
        const child = { parent: this };
        const {
            targetProtocol: protocol,
            targetPort: port,
            targetType: type,
            ...settings
        } = resolved(args, routeSpecs);

        const targets = targetsGroup(name, args.vpcId, child);
        openTargetPath(
            name,
            {
                port,
                loadBalancerGroupId: args.loadBalancerSecurityGroupId,
                targetsGroupId: targets.id,
                suffix: "",
                mayBeFirst: false,
            },
            child,
        );
        const groupSettings = {
            ...settings,
            protocol,
            port,
            type,
            targets: resolved(args.targets ?? {}, argumentSpecs.targets.fields),
        };
        const group = targetGroup(targetGroupName(name, 1), args.vpcId, groupSettings, child);
        const alternate = settings.blueGreenEnabled
            ? { group: targetGroup(`${name}-b1`, args.vpcId, groupSettings, child), weight: 0 }
            : undefined;
        const rule = new lb.ListenerRule(
            `${name}-rule`,
            {
                listenerArn: args.listenerArn,
                priority: settings.priority,
                conditions: [
                    { httpHeader: { httpHeaderName: originSecretHeaderName, values: args.originSecretValues } },
                    ...(settings.paths.length === 0 ? [] : [{ pathPattern: { values: settings.paths } }]),
                    // The load balancer may see the origin's name as Host; this header is the viewer's in both cases.
                    ...(settings.hosts.length === 0
                        ? []
                        : [{ httpHeader: { httpHeaderName: "X-Forwarded-Host", values: settings.hosts } }]),
                ],
                actions: ruleActions(args, forwardAction(group.arn, alternate)),
            },
            { ...child, ignoreChanges: settings.blueGreenEnabled ? ["actions"] : undefined },
        );

        const outputs: OutputsOf<EdgeRoute> = {
            // Registering targets waits for the rule: a target group without one belongs to no load balancer.
            targetGroupArn: pulumi.all([group.arn, rule.id]).apply(([arn]) => arn),
            alternateTargetGroupArn: pulumi.all([alternate?.group.arn ?? "", rule.id]).apply(([arn]) => arn),
            targetGroupArnSuffix: group.arnSuffix,
            targetSecurityGroupId: targets.id,
            listenerRuleArn: rule.arn,
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
        nodes.belongTo(this);
    }

    /** The resources that the route is made of, for example `nodes.targetGroup`; in TypeScript only. */
    get nodes(): RouteNodes {
        return nodesOf(this, routeNodes);
    }
}

/** The routes of one edge, by their names. */
export function edgeRoutes(
    name: string,
    routes: readonly RouteArgs[],
    connection: Omit<EdgeRouteArgs, keyof RouteRuleArgs>,
    child: { readonly parent: pulumi.Resource },
): { readonly name: string; readonly built: EdgeRoute }[] {
    const { listenerArn, originSecretValues, loadBalancerSecurityGroupId, vpcId } = connection;
    return routes.map(({ name: route, ...rule }) => {
        const args = { ...rule, listenerArn, originSecretValues, loadBalancerSecurityGroupId, vpcId };
        return { name: route, built: new EdgeRoute(`${name}-${route}`, args, child) };
    });
}

/** One output of each of an edge's routes, by their names. */
export function byRoute(
    routes: readonly { readonly name: string; readonly built: EdgeRoute }[],
    output: (route: EdgeRoute) => pulumi.Output<string>,
): pulumi.Output<{ [route: string]: string }> {
    return pulumi.output(Object.fromEntries(routes.map(({ name, built }) => [name, output(built)])));
}
