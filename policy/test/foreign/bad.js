// Someone else's stack: one origin over HTTP, and a load balancer that a rule of its own opens to all of IPv6. In a
// preview nothing but the range itself is known: neither the group's id, nor the balancer's.
const pulumi = require("@pulumi/pulumi");

const resource = (type, name, inputs) =>
    new pulumi.CustomResource(type, name, { id: undefined, arn: undefined, ...inputs }, { version: "7.0.0" });

const group = resource("aws:ec2/securityGroup:SecurityGroup", "web", {});
resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "open", {
    securityGroupId: group.id,
    ipProtocol: "-1",
    cidrIpv6: "::/0",
});
resource("aws:alb/loadBalancer:LoadBalancer", "web", { securityGroups: [group.id] });
resource("aws:cloudfront/distribution:Distribution", "cdn", {
    comment: pulumi.secret("hush-hush"),
    origins: [
        {
            originId: "web",
            domainName: pulumi.interpolate`${group.arn}.example.com`,
            customOriginConfig: {
                httpPort: 80,
                httpsPort: 443,
                originProtocolPolicy: "match-viewer",
                originSslProtocols: ["TLSv1.2"],
            },
        },
    ],
});
