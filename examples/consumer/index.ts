import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";

const config = new pulumi.Config();
const hostedZoneName = config.require("hostedZoneName");
const domainNames = config.getObject<string[]>("domainNames") ?? [`www.${hostedZoneName}`];
const originDomainName = config.get("originDomainName");
const vpcId = aws.ec2.getVpcOutput({ default: true }).id;
const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpcId] }] }).ids;
const edge = new EncryptedEdge("site", { hostedZoneName, domainNames, originDomainName, vpcId, subnetIds });

// For the prober, and for your application, which registers in the target group.
export const { url, loadBalancerDnsName, targetGroupArn, targetSecurityGroupId } = edge;
export { domainNames, originDomainName };
