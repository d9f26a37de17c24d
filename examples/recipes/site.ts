import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EncryptedEdgeArgs } from "@encrypted-edge/encrypted-edge";

const hostedZoneName = new pulumi.Config().require("hostedZoneName");
const vpcId = aws.ec2.getVpcOutput({ default: true }).id;
const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpcId] }] }).ids;

/** The arguments of an edge of its own for one recipe; two edges in a zone have two names for their origins. */
export function site(name: string): EncryptedEdgeArgs {
    return {
        hostedZoneName,
        domainNames: [`${name}.${hostedZoneName}`],
        originDomainName: `origin-${name}.${hostedZoneName}`,
        vpcId,
        subnetIds,
        cachedPaths: ["/assets/*"],
        deletionProtection: false,
    };
}
