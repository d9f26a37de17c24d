// Someone else's stack: an https-only distribution in front of a load balancer that only its prefix list reaches.
const pulumi = require("@pulumi/pulumi");

const resource = (type, name, inputs) =>
    new pulumi.CustomResource(type, name, { id: undefined, arn: undefined, ...inputs }, { version: "7.0.0" });

const group = resource("aws:ec2/securityGroup:SecurityGroup", "web", {
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }],
});
resource("aws:lb/loadBalancer:LoadBalancer", "web", { loadBalancerType: "application", securityGroups: [group.id] });
resource("aws:cloudfront/distribution:Distribution", "cdn", {
    origins: [
        {
            originId: "web",
            domainName: "origin.example.com",
            customOriginConfig: {
                httpPort: 80,
                httpsPort: 443,
                originProtocolPolicy: "https-only",
                originSslProtocols: ["TLSv1.2"],
            },
        },
    ],
});
