import ipaddr from "ipaddr.js";
import { type AccountRecord, type DeployedAccount, flag, number, objects, text, texts } from "./deployedAccount";

/** Who asks to connect. */
export type Source = "CloudFront" | "outside";

// Everything here runs on loopback, so each kind of caller is given addresses that it could have in AWS. For
// CloudFront one of its origin-facing range, for others those that RFC 5737 and RFC 3849 set aside for examples.
const addresses: Readonly<Record<Source, readonly string[]>> = {
    CloudFront: ["130.176.0.1", "2600:9000:1000::1"],
    outside: ["203.0.113.7", "2001:db8::7"],
};

/** One way into a security group. */
interface Ingress {
    readonly protocol: string;
    readonly fromPort: number;
    readonly toPort: number;
    readonly ranges: readonly string[];
    readonly prefixLists: readonly string[];
}

/**
 * Whether the security groups of a load balancer let a caller reach a port.
 *
 * Groups add up, and a rule that names another group lets in nobody from outside the VPC.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function admits(account: DeployedAccount, loadBalancer: AccountRecord, port: number, source: Source): boolean {
    const dualStack = text(loadBalancer.properties.ipAddressType)?.startsWith("dualstack") ?? false;
    const reachable = addresses[source].slice(0, dualStack ? 2 : 1);
    return texts(loadBalancer.properties.securityGroups)
        .flatMap((group) => ingressOf(account, group))
        .some(
            (ingress) =>
                admitsPort(ingress, port) &&
                [...ingress.ranges, ...ingress.prefixLists.flatMap((id) => prefixListRanges(account, id))].some(
                    (range) => reachable.some((address) => contains(range, address)),
                ),
        );
}

function ingressOf(account: DeployedAccount, group: string): Ingress[] {
    const inline = objects(account.find("SecurityGroup", group)?.properties.ingress).map((rule) => ({
        ...portsOf(rule, "protocol"),
        ranges: [...texts(rule.cidrBlocks), ...texts(rule.ipv6CidrBlocks)],
        prefixLists: texts(rule.prefixListIds),
    }));
    const standalone = account
        .all("SecurityGroupRule")
        .filter((rule) => rule.properties.securityGroupId === group && rule.properties.type === "ingress")
        .map(({ properties }) => ({
            ...portsOf(properties, "protocol"),
            ranges: [...texts(properties.cidrBlocks), ...texts(properties.ipv6CidrBlocks)],
            prefixLists: texts(properties.prefixListIds),
        }));
    const single = account
        .all("SecurityGroupIngressRule")
        .filter((rule) => rule.properties.securityGroupId === group)
        .map(({ properties }) => ({
            ...portsOf(properties, "ipProtocol"),
            ranges: texts([properties.cidrIpv4, properties.cidrIpv6]),
            prefixLists: texts([properties.prefixListId]),
        }));
    return [...inline, ...standalone, ...single];
}

function portsOf(rule: Readonly<Record<string, unknown>>, protocol: "protocol" | "ipProtocol") {
    return {
        protocol: text(rule[protocol]) ?? "",
        fromPort: number(rule.fromPort) ?? -1,
        toPort: number(rule.toPort) ?? number(rule.fromPort) ?? -1,
    };
}

function admitsPort(ingress: Ingress, port: number): boolean {
    if (ingress.protocol === "-1" || ingress.protocol === "all") {
        return true;
    }
    return (
        (ingress.protocol === "tcp" || ingress.protocol === "6") && ingress.fromPort <= port && port <= ingress.toPort
    );
}

/** Whether an address lies in a range; a range of the other family, or none at all, contains nothing. */
export function contains(range: string, address: string): boolean {
    if (!ipaddr.isValidCIDR(range) || !ipaddr.isValid(address)) {
        return false;
    }
    const [network, length] = ipaddr.parseCIDR(range);
    const candidate = ipaddr.process(address);
    return candidate.kind() === network.kind() && candidate.match(network, length);
}

/** The ranges of AWS's own lists lie in the account as well as those of its owner. */
function prefixListRanges(account: DeployedAccount, id: string): string[] {
    const standalone = account
        .all("ManagedPrefixListEntry")
        .filter((entry) => entry.properties.prefixListId === id)
        .map((entry) => entry.properties);
    const entries = [...objects(account.find("ManagedPrefixList", id)?.properties.entries), ...standalone];
    return entries.flatMap((entry) => text(entry.cidr) ?? []);
}

/** Whether a load balancer has an address on the internet. */
export function isInternetFacing(loadBalancer: AccountRecord): boolean {
    return !flag(loadBalancer.properties.internal);
}
