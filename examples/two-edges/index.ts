import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";

const hostedZoneName = new pulumi.Config().require("hostedZoneName");
const vpcId = aws.ec2.getVpcOutput({ default: true }).id;
const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpcId] }] }).ids;

const common = { hostedZoneName, vpcId, subnetIds };
const site = new EncryptedEdge("site", { ...common, domainNames: [`www.${hostedZoneName}`] });
// The first has the zone's default, origin.<zone>; two load balancers cannot share one name.
const shop = new EncryptedEdge("shop", {
    ...common,
    domainNames: [`shop.${hostedZoneName}`],
    originDomainName: `origin-shop.${hostedZoneName}`,
});

export const urls = [site.url, shop.url];
export const targetGroupArns = [site.targetGroupArn, shop.targetGroupArn];
