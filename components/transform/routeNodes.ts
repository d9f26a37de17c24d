import type * as ec2 from "@pulumi/aws/ec2";
import type * as lb from "@pulumi/aws/lb";
import type * as vpc from "@pulumi/aws/vpc";
import { type NodesOf, one, optional, type TransformsOf } from "./nodeSpec";
import type { TransformOptions } from "./watchedNodes";

/** Every kind of resource that EdgeRoute creates, by its key in `transform` and `nodes`. */
export const routeNodes = {
    /** The listener rule. */
    listenerRule: one<lb.ListenerRuleArgs, lb.ListenerRule>("aws:lb/listenerRule:ListenerRule", /rule/),
    /** The target group. */
    targetGroup: one<lb.TargetGroupArgs, lb.TargetGroup>("aws:lb/targetGroup:TargetGroup", /tg/),
    /** The second target group, with `blueGreenEnabled`. */
    alternateTargetGroup: optional<lb.TargetGroupArgs, lb.TargetGroup>("aws:lb/targetGroup:TargetGroup", /b1/),
    /** The security group for the targets. */
    targetSecurityGroup: one<ec2.SecurityGroupArgs, ec2.SecurityGroup>(
        "aws:ec2/securityGroup:SecurityGroup",
        /targets/,
    ),
    /** The rule that lets the load balancer connect to the targets. */
    targetEgressRule: one<vpc.SecurityGroupEgressRuleArgs, vpc.SecurityGroupEgressRule>(
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        /to-targets/,
    ),
    /** The rule that admits the load balancer at the targets. */
    targetIngressRule: one<vpc.SecurityGroupIngressRuleArgs, vpc.SecurityGroupIngressRule>(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        /from-load-balancer/,
    ),
};

/** Changes of the resources that EdgeRoute creates, by their keys, which are those of its `nodes`. */
export type RouteTransform = TransformsOf<typeof routeNodes>;

/** The resources that EdgeRoute created. */
export type RouteNodes = NodesOf<typeof routeNodes>;

/** The options of EdgeRoute: Pulumi's own, and `transform`. */
export type EdgeRouteOptions = TransformOptions<RouteTransform>;
