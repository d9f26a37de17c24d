import ipaddr from "ipaddr.js";
import { filledText, flag, objects, texts } from "../aws/account";
import { rulesOf, within } from "../aws/services";
import type { DeployedAccount, DeployedResource } from "./deployedAccount";

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

/** One end of a connection inside the network. */
export interface Party {
    readonly groups: readonly string[];
    /** Ranges in one of whose addresses it is. */
    readonly networks: readonly string[];
}

/** The kinds of public addresses of each type beside ipv4. Source: ELB API reference, LoadBalancer (IpAddressType). */
const families: Readonly<Record<string, readonly Family[]>> = {
    dualstack: ["IPv4", "IPv6"],
    "dualstack-without-public-ipv4": ["IPv6"],
};

/** The kinds of public addresses that a load balancer has. */
export function familiesOf(loadBalancer: DeployedResource): readonly Family[] {
    return families[filledText(loadBalancer.properties.ipAddressType) ?? ""] ?? ["IPv4"];
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
    by: readonly Family[] = familiesOf(loadBalancer),
): boolean {
    const reachable = by.map((family) => addresses[source][family]);
    return peersAt(account, texts(loadBalancer.properties.securityGroups), "ingress", port).some((peer) =>
        reachable.some((address) => contains(peer, address)),
    );
}

/**
 * Whether one end may connect to a port of the other: the groups of the first must let it out, those of the second in.
 * A range counts if it holds every address that the other end may have.
 */
export function connects(account: DeployedAccount, from: Party, to: Party, port: number): "yes" | "let out" | "let in" {
    const allowed = (party: Party, direction: Direction, other: Party) => {
        const peers = peersAt(account, party.groups, direction, port);
        return peers.some((peer) => other.groups.includes(peer)) || holds(peers, other.networks);
    };
    if (!allowed(from, "egress", to)) {
        return "let out";
    }
    return allowed(to, "ingress", from) ? "yes" : "let in";
}

/** Whether a load balancer may connect to port 443 of any address of IPv4, such as an identity provider's. */
export function letsOutTo443(account: DeployedAccount, loadBalancer: DeployedResource): boolean {
    return peersAt(account, texts(loadBalancer.properties.securityGroups), "egress", 443).includes("0.0.0.0/0");
}

function holds(ranges: readonly string[], networks: readonly string[]): boolean {
    return networks.length === 0
        ? ranges.includes("0.0.0.0/0")
        : networks.every((network) => ranges.some((range) => within(network, range)));
}

type Direction = "ingress" | "egress";

/** The other sides that some groups let a port be reached by: ranges, and groups whose members it is open to. */
function peersAt(account: DeployedAccount, groups: readonly string[], direction: Direction, port: number): string[] {
    return groups
        .flatMap((id) => rulesOf(account, account.find("SecurityGroup", id) ?? { id, properties: {} }))
        .filter((rule) => rule.direction === direction && coversPort(rule, port))
        .flatMap(({ peer }) => (peer.startsWith("pl-") ? prefixListRanges(account, peer) : [peer]));
}

function coversPort({ protocol, from = -1, to = from }: ReturnType<typeof rulesOf>[number], port: number): boolean {
    return /^(-1|all)$/.test(protocol) || (/^(tcp|6)$/.test(protocol) && from <= port && port <= to);
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
        .map((entry) => entry.properties)
        .filter(({ prefixListId }) => prefixListId === id);
    const entries = [...objects(account.find("ManagedPrefixList", id)?.properties.entries), ...standalone];
    return texts(entries.map(({ cidr }) => cidr));
}

/** Whether a load balancer has an address on the internet. */
export function isInternetFacing(loadBalancer: DeployedResource): boolean {
    return !flag(loadBalancer.properties.internal);
}
