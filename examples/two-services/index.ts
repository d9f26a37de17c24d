import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EdgeRoute, EncryptedEdge } from "@encrypted-edge/encrypted-edge";

const hostedZoneName = new pulumi.Config().require("hostedZoneName");
const vpcId = aws.ec2.getVpcOutput({ default: true }).id;
const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpcId] }] }).ids;

const edge = new EncryptedEdge("site", {
    hostedZoneName,
    domainNames: [`www.${hostedZoneName}`, `shop.${hostedZoneName}`],
    vpcId,
    subnetIds,
    // If the edge and its services are in one program, one list is enough.
    routes: [{ name: "api", priority: 10, paths: ["/api/*"], targetPort: 8443 }],
});

// A team with its own stack writes the same, and reads these outputs through a stack reference.
const { listenerArn, originSecretValues, loadBalancerSecurityGroupId } = edge;
const shop = new EdgeRoute("shop", {
    listenerArn,
    originSecretValues,
    loadBalancerSecurityGroupId,
    vpcId,
    priority: 20,
    hosts: [`shop.${hostedZoneName}`],
});

export const { url, targetGroupArn, routeTargetGroupArns } = edge;
export const shopTargetGroupArn = shop.targetGroupArn;
