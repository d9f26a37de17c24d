import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { LoadBalancerLog, ValidatedCertificate } from "@encrypted-edge/encrypted-edge";

const everybody = ["0.0.0.0/0"];

/** The site as it is live: viewers reach the load balancer itself, by the records of their name. */
export function liveSite(
    hostedZoneName: string,
    has: { readonly groupForCloudFront: boolean; readonly ownRecords: boolean; readonly publicDoors: boolean },
) {
    const vpcId = aws.ec2.getVpcOutput({ default: true }).id;
    const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpcId] }] }).ids;
    const hostedZoneId = aws.route53.getZoneOutput({ name: hostedZoneName }).zoneId;
    const domainName = `www.${hostedZoneName}`;

    const everyPort = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: everybody }];
    const door = (port: number) => ({ protocol: "tcp", fromPort: port, toPort: port, cidrBlocks: everybody });
    const publicGroup = new aws.ec2.SecurityGroup("site-public", {
        vpcId,
        ingress: has.publicDoors ? [door(80), door(443)] : [],
        egress: everyPort,
    });
    // Step 1: a group without rules, which has room for the weight of CloudFront's prefix list.
    const groupForCloudFront = new aws.ec2.SecurityGroup("site-from-cloudfront", { vpcId });

    const log = new LoadBalancerLog("site", { retentionInDays: 365, deletionProtection: false });
    const loadBalancer = new aws.lb.LoadBalancer("site", {
        subnets: subnetIds,
        securityGroups: has.groupForCloudFront ? [publicGroup.id, groupForCloudFront.id] : [publicGroup.id],
        dropInvalidHeaderFields: true,
        accessLogs: { bucket: log.bucketName, prefix: "access-log", enabled: true },
    });
    const targetGroup = new aws.lb.TargetGroup("site", {
        vpcId,
        port: 443,
        protocol: "HTTPS",
        targetType: "instance",
        healthCheck: { protocol: "HTTPS" },
    });
    if (has.publicDoors) {
        publicDoors(loadBalancer, targetGroup, { domainName, hostedZoneId });
    }

    const instanceGroup = new aws.ec2.SecurityGroup("site-instance", {
        vpcId,
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [publicGroup.id] }],
        egress: everyPort,
    });
    const instance = new aws.ec2.Instance("site", {
        ami: aws.ec2.getAmiOutput({
            owners: ["amazon"],
            mostRecent: true,
            filters: [{ name: "name", values: ["al2023-ami-2023.*-x86_64"] }],
        }).id,
        instanceType: "t3.micro",
        subnetId: subnetIds.apply(([first]) => first ?? ""),
        vpcSecurityGroupIds: [instanceGroup.id],
    });
    new aws.lb.TargetGroupAttachment("site", { targetGroupArn: targetGroup.arn, targetId: instance.id });

    if (has.ownRecords) {
        new aws.route53.Record(
            "site",
            {
                zoneId: hostedZoneId,
                name: domainName,
                type: "A",
                allowOverwrite: true,
                aliases: [{ name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true }],
            },
            // The record stays as it is when this program no longer contains it.
            { retainOnDelete: true },
        );
    }
    return { vpcId, loadBalancer, groupForCloudFront, targetGroup, domainName };
}

function publicDoors(
    loadBalancer: aws.lb.LoadBalancer,
    targetGroup: aws.lb.TargetGroup,
    { domainName, hostedZoneId }: { domainName: string; hostedZoneId: pulumi.Output<string> },
): void {
    const { certificateArn } = new ValidatedCertificate("site", {
        domainNames: [domainName],
        hostedZoneIds: { [domainName]: hostedZoneId },
        retainValidationRecords: true,
    });
    new aws.lb.Listener("site-https", {
        loadBalancerArn: loadBalancer.arn,
        port: 443,
        protocol: "HTTPS",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        certificateArn,
        defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    });
    new aws.lb.Listener("site-http", {
        loadBalancerArn: loadBalancer.arn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    });
}
