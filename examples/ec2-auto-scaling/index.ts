import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";

const hostedZoneName = new pulumi.Config().require("hostedZoneName");
const vpcId = aws.ec2.getVpcOutput({ default: true }).id;
const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpcId] }] }).ids;

const edge = new EncryptedEdge("site", {
    hostedZoneName,
    domainNames: [`www.${hostedZoneName}`],
    vpcId,
    subnetIds,
    targetType: "instance",
});

const out = new aws.ec2.SecurityGroup("site-instances", {
    vpcId,
    egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});

const userData = `#!/bin/bash
# nginx with a self-signed certificate: the load balancer encrypts but does not verify the certificate.
dnf install -y nginx openssl
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=site -keyout /etc/pki/nginx.key -out /etc/pki/nginx.crt
cat > /etc/nginx/conf.d/site.conf <<'CONF'
server {
    listen 443 ssl;
    ssl_certificate /etc/pki/nginx.crt;
    ssl_certificate_key /etc/pki/nginx.key;
    root /usr/share/nginx/html;
}
CONF
systemctl enable --now nginx
`;

const template = new aws.ec2.LaunchTemplate("site", {
    imageId: aws.ec2.getAmiOutput({
        owners: ["amazon"],
        mostRecent: true,
        filters: [{ name: "name", values: ["al2023-ami-2023.*-x86_64"] }],
    }).id,
    instanceType: "t3.micro",
    vpcSecurityGroupIds: [out.id, edge.targetSecurityGroupId],
    metadataOptions: { httpTokens: "required" },
    userData: Buffer.from(userData).toString("base64"),
});

const group = new aws.autoscaling.Group("site", {
    minSize: 2,
    maxSize: 4,
    vpcZoneIdentifiers: subnetIds,
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
    targetGroupArns: [edge.targetGroupArn],
    // Instances that the load balancer finds unhealthy are replaced.
    healthCheckType: "ELB",
    healthCheckGracePeriod: 120,
    instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 100 } },
});

export const { url } = edge;
export const groupName = group.name;
