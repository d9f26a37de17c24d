import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";

const hostedZoneName = new pulumi.Config().require("hostedZoneName");

const vpc = new aws.ec2.Vpc("site", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
const gateway = new aws.ec2.InternetGateway("site", { vpcId: vpc.id });
const routes = new aws.ec2.RouteTable("site", {
    vpcId: vpc.id,
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
});
const subnetIds = ["a", "b"].map((zone, index) => {
    const subnet = new aws.ec2.Subnet(`site-${zone}`, {
        vpcId: vpc.id,
        availabilityZone: `eu-central-1${zone}`,
        cidrBlock: `10.0.${index}.0/24`,
    });
    new aws.ec2.RouteTableAssociation(`site-${zone}`, { subnetId: subnet.id, routeTableId: routes.id });
    return subnet.id;
});

// No dependency on the gateway is needed here: the edge waits for it.
const edge = new EncryptedEdge("site", {
    hostedZoneName,
    domainNames: [`www.${hostedZoneName}`],
    vpcId: vpc.id,
    subnetIds,
});

export const { url, targetGroupArn, targetSecurityGroupId } = edge;
