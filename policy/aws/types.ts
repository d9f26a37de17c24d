/** Type tokens, as strings: the classes of old ones are gone, and a state may hold any of them. */

export const loadBalancerTypes = [
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:alb/loadBalancer:LoadBalancer",
    "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
    "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
    "aws-native:elasticloadbalancingv2:LoadBalancer",
] as const;

export const defaultSecurityGroupTypes = ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"] as const;

export const securityGroupTypes = [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws-native:ec2:SecurityGroup",
    ...defaultSecurityGroupTypes,
] as const;

/** Rules that are resources of their own. `SecurityGroupRule` is ingress or egress by its `type`. */
export const ingressRuleTypes = [
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws-native:ec2:SecurityGroupIngress",
] as const;

export const prefixListTypes = ["aws:ec2/managedPrefixList:ManagedPrefixList", "aws-native:ec2:PrefixList"] as const;

export const prefixListEntryTypes = ["aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"] as const;

export const defaultVpcTypes = ["aws:ec2/defaultVpc:DefaultVpc"] as const;

export const vpcTypes = ["aws:ec2/vpc:Vpc", "aws-native:ec2:Vpc", ...defaultVpcTypes] as const;

export const defaultSubnetTypes = ["aws:ec2/defaultSubnet:DefaultSubnet"] as const;

export const subnetTypes = ["aws:ec2/subnet:Subnet", "aws-native:ec2:Subnet", ...defaultSubnetTypes] as const;

/** Everything that decides what a load balancer lets in. */
export const attachmentTypes: readonly string[] = [
    ...loadBalancerTypes,
    ...securityGroupTypes,
    ...ingressRuleTypes,
    ...prefixListTypes,
    ...prefixListEntryTypes,
    ...vpcTypes,
    ...subnetTypes,
];

export function isOneOf(type: string, types: readonly string[]): boolean {
    return types.includes(type);
}
