import * as aws from "@pulumi/aws";

const vpc = aws.ec2.getVpcOutput({ default: true });
const subnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpc.id] }] });

const group = new aws.ec2.SecurityGroup("web", { vpcId: vpc.id, description: "Web traffic" });
new aws.vpc.SecurityGroupIngressRule("web-https", {
    securityGroupId: group.id,
    description: "HTTPS",
    // The mistake: whoever calls the load balancer directly walks past CloudFront and its firewall.
    cidrIpv4: "0.0.0.0/0",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
});

const loadBalancer = new aws.lb.LoadBalancer("web", {
    loadBalancerType: "application",
    securityGroups: [group.id],
    subnets: subnets.ids,
    dropInvalidHeaderFields: true,
    accessLogs: { bucket: "example-load-balancer-logs", enabled: true },
});

export const dnsName = loadBalancer.dnsName;
