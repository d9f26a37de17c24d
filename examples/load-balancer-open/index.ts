import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const vpc = aws.ec2.getVpcOutput({ default: true });
const subnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpc.id] }] });

const group = new aws.ec2.SecurityGroup("web", { vpcId: vpc.id, description: "Web traffic" });
new aws.vpc.SecurityGroupIngressRule("web-https", {
    securityGroupId: group.id,
    description: "HTTPS",
    // The mistake: requests sent to the load balancer directly bypass CloudFront and its firewall.
    cidrIpv4: "0.0.0.0/0",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
});

const logs = new aws.s3.Bucket("logs", { forceDestroy: true });
const logDelivery = new aws.s3.BucketPolicy("logs", {
    bucket: logs.bucket,
    policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
                Action: "s3:PutObject",
                Resource: pulumi.interpolate`${logs.arn}/*`,
            },
        ],
    }),
});

const loadBalancer = new aws.lb.LoadBalancer(
    "web",
    {
        loadBalancerType: "application",
        securityGroups: [group.id],
        subnets: subnets.ids,
        dropInvalidHeaderFields: true,
        accessLogs: { bucket: logs.bucket, enabled: true },
    },
    { dependsOn: logDelivery },
);

export const dnsName = loadBalancer.dnsName;
