import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";

const hostedZoneName = new pulumi.Config().require("hostedZoneName");
const vpcId = aws.ec2.getVpcOutput({ default: true }).id;
const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpcId] }] }).ids;

// The controller registers the pods in the edge's target group (target-group-binding.yaml). A load balancer that it
// creates for an Ingress would bypass the edge.
const edge = new EncryptedEdge("site", {
    hostedZoneName,
    domainNames: [`www.${hostedZoneName}`],
    vpcId,
    subnetIds,
    targetType: "ip",
    targetPort: 8443,
});

function role(name: string, service: string, policies: readonly string[]): aws.iam.Role {
    const made = new aws.iam.Role(name, {
        assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
        }),
    });
    for (const policy of policies) {
        new aws.iam.RolePolicyAttachment(`${name}-${policy}`, {
            role: made.name,
            policyArn: `arn:aws:iam::aws:policy/${policy}`,
        });
    }
    return made;
}

// The control plane, the nodes and their pods reach one another because all are in this group.
const clusterGroup = new aws.ec2.SecurityGroup("site-cluster", {
    vpcId,
    ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});

const cluster = new aws.eks.Cluster("site", {
    roleArn: role("site-cluster", "eks.amazonaws.com", ["AmazonEKSClusterPolicy"]).arn,
    vpcConfig: { subnetIds, securityGroupIds: [clusterGroup.id] },
});

// Pods have addresses of their node's network interfaces, and so its security groups.
const template = new aws.ec2.LaunchTemplate("site-nodes", {
    vpcSecurityGroupIds: [clusterGroup.id, edge.targetSecurityGroupId],
    metadataOptions: { httpTokens: "required" },
});

const nodes = new aws.eks.NodeGroup("site", {
    clusterName: cluster.name,
    nodeRoleArn: role("site-nodes", "ec2.amazonaws.com", [
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "AmazonEC2ContainerRegistryReadOnly",
    ]).arn,
    subnetIds,
    scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
});

export const { url, targetGroupArn } = edge;
export const clusterName = cluster.name;
export const nodeGroupName = nodes.nodeGroupName;
