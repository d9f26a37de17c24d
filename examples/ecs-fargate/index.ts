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
    targetPort: 8443,
    healthCheckPath: "/health",
    // Amazon ECS moves the requests between the two target groups; pulumi up leaves them where they are.
    blueGreenEnabled: true,
});

function role(name: string, service: string, policy: string): aws.iam.Role {
    const made = new aws.iam.Role(name, {
        assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
        }),
    });
    new aws.iam.RolePolicyAttachment(name, { role: made.name, policyArn: `arn:aws:iam::aws:policy/${policy}` });
    return made;
}

const executionRole = role(
    "site-execution",
    "ecs-tasks.amazonaws.com",
    "service-role/AmazonECSTaskExecutionRolePolicy",
);
const deploymentRole = role(
    "site-deployment",
    "ecs.amazonaws.com",
    "AmazonECSInfrastructureRolePolicyForLoadBalancers",
);

const task = new aws.ecs.TaskDefinition("site", {
    family: "site",
    cpu: "256",
    memory: "512",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    executionRoleArn: executionRole.arn,
    containerDefinitions: JSON.stringify([
        {
            // An image that speaks HTTPS on 8443; its certificate may be self-signed.
            name: "web",
            image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/site:1",
            essential: true,
            portMappings: [{ containerPort: 8443 }],
        },
    ]),
});

// The edge's group lets the load balancer in and nothing out: the tasks need a way to their image and their data.
const out = new aws.ec2.SecurityGroup("site-tasks", {
    vpcId,
    egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});

const service = new aws.ecs.Service("site", {
    cluster: new aws.ecs.Cluster("site").arn,
    taskDefinition: task.arn,
    desiredCount: 2,
    launchType: "FARGATE",
    healthCheckGracePeriodSeconds: 60,
    deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: "5" },
    networkConfiguration: {
        subnets: subnetIds,
        securityGroups: [out.id, edge.targetSecurityGroupId],
        assignPublicIp: true,
    },
    loadBalancers: [
        {
            targetGroupArn: edge.targetGroupArn,
            containerName: "web",
            containerPort: 8443,
            advancedConfiguration: {
                alternateTargetGroupArn: edge.alternateTargetGroupArn,
                productionListenerRule: edge.listenerRuleArn,
                roleArn: deploymentRole.arn,
            },
        },
    ],
});

export const { url } = edge;
export const serviceName = service.name;
