import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";

const config = new pulumi.Config();
const hostedZoneName = config.require("hostedZoneName");

const vpc = new aws.ec2.Vpc("site", { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true });
const gateway = new aws.ec2.InternetGateway("site", { vpcId: vpc.id });
const routes = new aws.ec2.RouteTable("site", {
    vpcId: vpc.id,
    routes: [
        { cidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
        { ipv6CidrBlock: "::/0", gatewayId: gateway.id },
    ],
});
const subnetIds = ["a", "b"].map((zone, index) => {
    const subnet = new aws.ec2.Subnet(`site-${zone}`, {
        vpcId: vpc.id,
        availabilityZone: `eu-central-1${zone}`,
        cidrBlock: `10.0.${index}.0/24`,
        // Of the VPC's /56, each subnet has a /64.
        ipv6CidrBlock: vpc.ipv6CidrBlock.apply((block) => block.replace("00::/56", `0${index}::/64`)),
    });
    new aws.ec2.RouteTableAssociation(`site-${zone}`, { subnetId: subnet.id, routeTableId: routes.id });
    return subnet.id;
});

const edge = new EncryptedEdge("site", {
    hostedZoneName,
    domainNames: [`www.${hostedZoneName}`],
    vpcId: vpc.id,
    subnetIds,
    loadBalancerIpAddressType: config.get("loadBalancerIpAddressType"),
    rateLimit: config.getNumber("rateLimit"),
});

export const { url, targetGroupArn, targetSecurityGroupId } = edge;
