import ipaddr from "ipaddr.js";
import { filledText, flag, number, objects, text, texts } from "../aws/account";
import type { DeployedAccount, DeployedResource, Properties } from "./deployedAccount";

/** Who asks to connect. */
export type Source = "CloudFront" | "outside";

// Everything here runs on loopback, so each kind of caller is given addresses that it could have in AWS. For
// CloudFront one of its origin-facing range, for others those that RFC 5737 and RFC 3849 set aside for examples.
const addresses: Readonly<Record<Source, Readonly<Record<Family, string>>>> = {
    CloudFront: { IPv4: "130.176.0.1", IPv6: "2600:9000:1000::1" },
    outside: { IPv4: "203.0.113.7", IPv6: "2001:db8::7" },
};

/** The two kinds of addresses of the internet. */
export type Family = "IPv4" | "IPv6";

/** One rule of a security group. */
interface Rule {
    readonly protocol: string;
    readonly fromPort: number;
    readonly toPort: number;
    readonly ranges: readonly string[];
    /** Groups whose members are the other side. */
    readonly groups: readonly string[];
}

/** One end of a connection inside the network. */
export interface Party {
    readonly groups: readonly string[];
    /** Ranges in one of whose addresses it is. */
    readonly networks: readonly string[];
}

/** The kinds of public addresses that a load balancer has. Source: ELB API reference, LoadBalancer (IpAddressType). */
export function familiesOf(loadBalancer: DeployedResource): readonly Family[] {
    switch (filledText(loadBalancer.properties.ipAddressType) ?? "ipv4") {
        case "dualstack":
            return ["IPv4", "IPv6"];
        case "dualstack-without-public-ipv4":
            return ["IPv6"];
        default:
            return ["IPv4"];
    }
}

/**
 * Whether the security groups of a load balancer let a caller reach a port, by one of the kinds of addresses.
 *
 * Groups add up, and a rule that names another group lets in nobody from outside the VPC.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function admits(
    account: DeployedAccount,
    loadBalancer: DeployedResource,
    port: number,
    source: Source,
    families: readonly Family[] = familiesOf(loadBalancer),
): boolean {
    const reachable = families.map((family) => addresses[source][family]);
    return texts(loadBalancer.properties.securityGroups)
        .flatMap((group) => rulesOf(account, group, "ingress"))
        .some(
            (rule) =>
                coversPort(rule, port) &&
                rule.ranges.some((range) => reachable.some((address) => contains(range, address))),
        );
}

/**
 * Whether one end may connect to a port of the other: the groups of the first must let it out, those of the second in.
 * A range counts if it holds every address that the other end may have.
 */
export function connects(account: DeployedAccount, from: Party, to: Party, port: number): "yes" | "let out" | "let in" {
    const allowed = (party: Party, direction: Direction, other: Party) =>
        party.groups
            .flatMap((group) => rulesOf(account, group, direction))
            .some(
                (rule) =>
                    coversPort(rule, port) &&
                    (rule.groups.some((group) => other.groups.includes(group)) || holds(rule.ranges, other.networks)),
            );
    if (!allowed(from, "egress", to)) {
        return "let out";
    }
    return allowed(to, "ingress", from) ? "yes" : "let in";
}

/** Whether a load balancer may connect to port 443 of any address of IPv4, such as an identity provider's. */
export function letsOutTo443(account: DeployedAccount, loadBalancer: DeployedResource): boolean {
    return texts(loadBalancer.properties.securityGroups)
        .flatMap((group) => rulesOf(account, group, "egress"))
        .some((rule) => coversPort(rule, 443) && rule.ranges.includes("0.0.0.0/0"));
}

function holds(ranges: readonly string[], networks: readonly string[]): boolean {
    return networks.length === 0
        ? ranges.includes("0.0.0.0/0")
        : networks.every((network) => ranges.some((range) => holdsNetwork(range, network)));
}

function holdsNetwork(range: string, network: string): boolean {
    const [address = "", length = "32"] = network.split("/");
    return contains(range, address) && Number(range.split("/")[1]) <= Number(length);
}

type Direction = "ingress" | "egress";

function rulesOf(account: DeployedAccount, group: string, direction: Direction): Rule[] {
    const of = (kind: string) =>
        account
            .all(kind)
            .map(({ properties }) => properties)
            .filter(({ securityGroupId }) => securityGroupId === group);
    const listed = [
        ...objects(account.find("SecurityGroup", group)?.properties[direction]),
        ...of("SecurityGroupRule").filter(({ type }) => type === direction),
    ].map((rule) => ({
        ...portsOf(rule, rule.protocol),
        ranges: [
            ...texts(rule.cidrBlocks),
            ...texts(rule.ipv6CidrBlocks),
            ...prefixListRanges(account, rule.prefixListIds),
        ],
        groups: [
            ...texts(rule.securityGroups),
            ...texts([rule.sourceSecurityGroupId]),
            ...(flag(rule.self) ? [group] : []),
        ],
    }));
    const single = of(direction === "ingress" ? "SecurityGroupIngressRule" : "SecurityGroupEgressRule").map((rule) => ({
        ...portsOf(rule, rule.ipProtocol),
        ranges: [...texts([rule.cidrIpv4, rule.cidrIpv6]), ...prefixListRanges(account, [rule.prefixListId])],
        groups: texts([rule.referencedSecurityGroupId]),
    }));
    return [...listed, ...single];
}

function portsOf({ fromPort, toPort }: Properties, protocol: unknown) {
    return {
        protocol: text(protocol),
        fromPort: number(fromPort) ?? -1,
        toPort: number(toPort) ?? number(fromPort) ?? -1,
    };
}

function coversPort(rule: Rule, port: number): boolean {
    if (rule.protocol === "-1" || rule.protocol === "all") {
        return true;
    }
    return (rule.protocol === "tcp" || rule.protocol === "6") && rule.fromPort <= port && port <= rule.toPort;
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
function prefixListRanges(account: DeployedAccount, ids: unknown): string[] {
    return texts(ids).flatMap((id) => {
        const standalone = account
            .all("ManagedPrefixListEntry")
            .map((entry) => entry.properties)
            .filter(({ prefixListId }) => prefixListId === id);
        const entries = [...objects(account.find("ManagedPrefixList", id)?.properties.entries), ...standalone];
        return texts(entries.map(({ cidr }) => cidr));
    });
}

/** Whether a load balancer has an address on the internet. */
export function isInternetFacing(loadBalancer: DeployedResource): boolean {
    return !flag(loadBalancer.properties.internal);
}
