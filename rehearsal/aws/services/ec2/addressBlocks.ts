import ipaddr from "ipaddr.js";
import { type Account, type AccountRecord, text } from "../../account";
import { isNetwork, ruleForms } from "../resource";

export const bitsOf = (range: string) => Number(range.split("/")[1]);

/** Sources: VPC user guide, "VPC CIDR blocks" and "Subnet CIDR blocks". */
export const blockForm = ruleForms("InvalidParameterValue").form(
    "cidrBlock",
    (range) => isNetwork(range, "ipv4") && bitsOf(range) >= 16 && bitsOf(range) <= 28,
    "ranges of IPv4 from /16 to /28 that begin with their network address",
);

/** The ranges of a VPC, of both families: its own and those added to it. One that a pool of IPAM chooses is not known. */
export function blocksOf(account: Account, vpc: AccountRecord): string[] {
    const added = [...account.all("VpcIpv4CidrBlockAssociation"), ...account.all("VpcIpv6CidrBlockAssociation")].filter(
        ({ properties }) => properties.vpcId === vpc.id,
    );
    const ipv6 = text(vpc.properties.ipv6CidrBlock);
    return [
        text(vpc.properties.cidrBlock),
        ...(ipv6 === "" ? [] : [ipv6]),
        ...added.map(({ properties }) => text(properties.cidrBlock) || text(properties.ipv6CidrBlock)),
    ];
}

export function within(inner: string, outer: string): boolean {
    return (
        ipaddr.isValidCIDR(inner) &&
        ipaddr.isValidCIDR(outer) &&
        ipaddr.parseCIDR(inner)[1] >= ipaddr.parseCIDR(outer)[1] &&
        overlap(inner, outer)
    );
}

export function overlap(one: string, other: string): boolean {
    if (!ipaddr.isValidCIDR(one) || !ipaddr.isValidCIDR(other)) {
        return false;
    }
    const [first, firstBits] = ipaddr.parseCIDR(one);
    const [second, secondBits] = ipaddr.parseCIDR(other);
    return first.kind() === second.kind() && first.match(second, Math.min(firstBits, secondBits));
}
