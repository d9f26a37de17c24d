import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";

const hostedZoneName = new pulumi.Config().require("hostedZoneName");

const vpc = new aws.ec2.Vpc("site", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
// AWS requires the gateway as a sign of consent; no route leads to it, so nothing in this VPC is on the internet.
new aws.ec2.InternetGateway("site", { vpcId: vpc.id });
const zones = aws.getAvailabilityZonesOutput({ state: "available" }).names;
const subnetIds = [0, 1].map(
    (index) =>
        new aws.ec2.Subnet(`site-${index}`, {
            vpcId: vpc.id,
            cidrBlock: `10.0.${index}.0/24`,
            availabilityZone: zones.apply((names) => names[index] ?? ""),
        }).id,
);

const edge = new EncryptedEdge("site", {
    hostedZoneName,
    domainNames: [`www.${hostedZoneName}`],
    vpcId: vpc.id,
    subnetIds,
    loadBalancerScheme: "internal",
});

export const { url, targetGroupArn, targetSecurityGroupId, vpcOriginId } = edge;
// The prober needs these to see that nobody on the internet reaches the load balancer.
export const { originDomainName, loadBalancerDnsName, targetProtocol } = edge;
