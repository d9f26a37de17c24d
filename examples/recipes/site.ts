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

/** The public half of a key pair; the application signs with the other one. */
export const publicKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsnaTQ2ZCfUeX51/YLq6p
wnzM59Zp/XyL85lYlQ+/jvyGE9XDx6DRakE4uiw/sRKJBHnXQxCWUgdtwARMzexj
W3mk2eMKjYMaE9yvjOD7YIv+uXkIwk7jGn2caKVj7ZGi5oklUunsJlGMgofwglG6
LpWFVOHHrK7pfbP4su7Gpr4NI/HF05E8nnJyJ0RLSZRpv8djhDugyQK4pujabbE1
QjeL8OrMSu8v1xSICI1mSx8H7abEWWBM2q2mft5jwJju2+Cnc0sdk4ldoNVNT3e3
q9LkZ1MCpGl4mFbmjkcC+mgBu+5wd0lzCusL4dCGgTTdqfrDDwW+JuYb04vLP7Zr
8wIDAQAB
-----END PUBLIC KEY-----
`;
