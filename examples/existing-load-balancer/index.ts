import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { liveSite } from "./site";

const config = new pulumi.Config();
const hostedZoneName = config.require("hostedZoneName");
// The steps of docs/adopt-a-live-site.md. Your own program needs no such number: there, each step is an edit.
const step = config.requireNumber("step");

const site = liveSite(hostedZoneName, {
    groupForCloudFront: step >= 1,
    ownRecords: step < 4,
    publicDoors: step < 7,
});

function adoptedBy(viewerRecords: string): EncryptedEdge {
    return new EncryptedEdge("edge", {
        hostedZoneName,
        domainNames: [site.domainName],
        vpcId: site.vpcId,
        existingLoadBalancer: {
            // If no program manages your load balancer, write its ARNs and ids here.
            arn: site.loadBalancer.arn,
            securityGroupId: site.groupForCloudFront.id,
            targetGroupArn: site.targetGroup.arn,
            viewerRecords,
        },
        rateLimit: config.getNumber("rateLimit"),
        deletionProtection: config.getBoolean("deletionProtection"),
    });
}

const edge = step < 2 ? undefined : adoptedBy(step < 4 ? "unchanged" : step < 5 ? "loadBalancer" : "distribution");

export const domainNames = [site.domainName];
export const distributionDomainName = edge?.distributionDomainName ?? "";
export const originDomainName = edge?.originDomainName ?? "";
