import type { Resource, Value } from "../graph";
import { resource } from "./stack";

export const lb = "aws:lb/loadBalancer:LoadBalancer";
export const group = "aws:ec2/securityGroup:SecurityGroup";
export const defaultGroup = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const groupRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const nativeLb = "aws-native:elasticloadbalancingv2:LoadBalancer";
export const nativeGroup = "aws-native:ec2:SecurityGroup";
export const nativeIngress = "aws-native:ec2:SecurityGroupIngress";
export const prefixList = "aws:ec2/managedPrefixList:ManagedPrefixList";
export const nativePrefixList = "aws-native:ec2:PrefixList";
export const prefixListEntry = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";
export const vpcType = "aws:ec2/vpc:Vpc";
export const defaultVpc = "aws:ec2/defaultVpc:DefaultVpc";
export const nativeVpc = "aws-native:ec2:Vpc";
export const subnet = "aws:ec2/subnet:Subnet";
export const defaultSubnet = "aws:ec2/defaultSubnet:DefaultSubnet";
export const component = "company:index:Network";
export const stackReference = "pulumi:pulumi:StackReference";

/** A load balancer with one group that holds these inline rules. */
export function inline(...ingress: Value[]): Resource[] {
    return [resource(lb, "web", { securityGroups: ["sg-1"] }), resource(group, "alb", { id: "sg-1", ingress })];
}

/** A load balancer with one group, and one standalone rule for each of these. */
export function standalone(...rules: Record<string, Value>[]): Resource[] {
    return [
        resource(lb, "web", { securityGroups: ["sg-1"] }),
        resource(group, "alb", { id: "sg-1" }),
        ...rules.map((properties, index) =>
            resource(ingressRule, `rule${index}`, { securityGroupId: "sg-1", ...properties }),
        ),
    ];
}
