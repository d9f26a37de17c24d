import ipaddr from "ipaddr.js";
import { type Account, type AccountRecord, objects, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { isNetwork, type Operation, refusals, type Rule, ruleForms } from "../resource";

/** Rules of a group in one direction. Source: VPC user guide, "Amazon VPC quotas", L-0EA8095F. */
const rulesQuota = 60;

/** What a rule's protocol may be. Source: EC2 API reference, IpPermission. */
export function isProtocol(protocol: string): boolean {
    const number = Number(protocol);
    return (
        ["tcp", "udp", "icmp", "icmpv6", "all", "-1"].includes(protocol.toLowerCase()) ||
        (/^\d+$/.test(protocol) && number <= 255)
    );
}

const blockSources = "cidrBlocks ipv6CidrBlocks prefixListIds securityGroups self sourceSecurityGroupId".split(" ");

const { form, rule } = ruleForms();

/** Characters of descriptions of groups and rules. Source: EC2 API reference, CreateSecurityGroup and IpRange. */
export const descriptionRule = (place: string): Rule =>
    form(
        place,
        /^[\w .:/()#,@[\]+=&;{}!$*-]{0,255}$/,
        "up to 255 characters of a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*",
    );

/** Ranges, by the places of those of IPv4 and of IPv6. */
export const rangeRules = (ipv4: string, ipv6: string): readonly Rule[] => [
    form(
        ipv4,
        (range) => isNetwork(range, "ipv4"),
        "ranges of IPv4 that begin with their network address, such as 10.0.0.0/16",
    ),
    form(
        ipv6,
        (range) => isNetwork(range, "ipv6"),
        "ranges of IPv6 that begin with their network address, such as 2001:db8::/32",
    ),
];

/** What the provider says of ports beside the protocol that means all of them. */
export const allPortsRule = (fromPort: string): Rule =>
    rule(fromPort, (from, { protocol, toPort }) =>
        (protocol === "-1" || protocol === "all") && (Number(from) > 0 || Number(toPort) > 0)
            ? `and "toPort" must both be 0 where the protocol is "${protocol}", which has all ports.`
            : undefined,
    );

/** What joins the properties of a block of rules. Sources: EC2 API reference, IpPermission; the provider. */
export const blockRules = (places: readonly string[]): readonly Rule[] =>
    places.flatMap((place) => {
        const inner = (property: string) => (place === "" ? property : `${place}.${property}`);
        return [
            descriptionRule(inner("description")),
            form(inner("protocol"), isProtocol, "tcp, udp, icmp, icmpv6, -1 for all, and numbers to 255"),
            ...rangeRules(inner("cidrBlocks"), inner("ipv6CidrBlocks")),
            // EC2 itself takes any ports beside "-1"; the provider refuses them in the blocks of a group, not in a rule by itself.
            ...(place === "" ? [] : [allPortsRule(inner("fromPort"))]),
            {
                at: place,
                code: "MissingParameter",
                wrong: (block) =>
                    blockSources.every((name) => {
                        const source = block[name];
                        return (
                            source === undefined || source === false || (Array.isArray(source) && source.length === 0)
                        );
                    })
                        ? ["", `has no source or destination. Give it one of ${blockSources.slice(0, 5).join(", ")}.`]
                        : undefined,
            },
        ];
    });

export type Direction = "ingress" | "egress";

/** One peer of one rule: the unit in which AWS counts and compares rules. */
export interface Permission {
    readonly direction: Direction;
    readonly protocol: string;
    readonly from: number | undefined;
    readonly to: number | undefined;
    readonly peer: string;
    /** The record that holds the rule. */
    readonly holder: string;
}

type Resource = Pick<AccountRecord, "id" | "properties">;

/** An account, as far as rules of groups are read from it. */
interface Resources {
    all(kind: string): readonly Resource[];
}

export const sources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

export function authorize(direction: Direction): string {
    return direction === "ingress" ? "AuthorizeSecurityGroupIngress" : "AuthorizeSecurityGroupEgress";
}

/** Refuses rules of a group's own that it cannot have. */
export function checkInline(operation: Operation, id: string): void {
    for (const direction of ["ingress", "egress"] as const) {
        const rules = objects(operation.inputs[direction]).flatMap((block) => rulesOfBlock(id, direction, block, id));
        const call = { ...operation, ...refusals("EC2", authorize(direction)) };
        rules.forEach((each, index) => checkPermission(call, each, rules.slice(0, index)));
        checkQuota(call, rules);
    }
}

/** Refuses rules that the group cannot take. */
export function admit(operation: Operation, group: AccountRecord, added: readonly Permission[]): void {
    const { account, refuseIf } = operation;
    const others = rulesOf(account, group).filter(
        (each) => each.holder !== added[0]?.holder && each.direction === added[0]?.direction,
    );
    for (const each of added) {
        checkPermission(operation, each, others);
        // Source: VPC user guide, "Security group rules".
        const referenced = account.find("SecurityGroup", each.peer);
        refuseIf(
            referenced !== undefined && !arePeered(account, referenced.properties.vpcId, group.properties.vpcId),
            "InvalidGroup.NotFound",
            "You have specified two resources that belong to different networks.",
        );
    }
    checkQuota(operation, [...others, ...added]);
}

function checkPermission(
    { account, region, refuseIf }: Operation,
    { protocol, from, to, peer, holder }: Permission,
    others: readonly Permission[],
): void {
    const exists = (kind: string) => account.all(kind, region).some(({ id }) => id === peer);
    const ports = ["tcp", "udp", "6", "17"].includes(protocol);
    refuseIf(
        ports && (from === undefined || to === undefined),
        "InvalidParameterValue",
        "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    );
    refuseIf(
        ports && from !== undefined && to !== undefined && (from > to || from < 0 || to > 65535),
        "InvalidParameterValue",
        `Invalid TCP/UDP port range (${from}:${to})`,
    );
    // Source: EC2 API reference, IpPermission: types and codes of ICMP; -1 means all, as does none.
    const codes = /^(icmp|icmpv6|1|58)$/.test(protocol) ? [from, to] : [];
    refuseIf(
        codes.some((code = -1) => code < -1 || code > 255) || (codes[0] === -1 && codes[1] !== -1),
        "InvalidParameterValue",
        `ICMP type and code (${from}:${to}) must be -1 or within 0 to 255`,
    );
    refuseIf(
        peer.startsWith("pl-") &&
            !exists("ManagedPrefixList") &&
            !account.all("VpcEndpoint", region).some(({ properties }) => properties.prefixListId === peer),
        "InvalidPrefixListID.NotFound",
        `The prefix list ID '${peer}' does not exist`,
    );
    refuseIf(
        peer.startsWith("sg-") && peer !== holder && !exists("SecurityGroup"),
        "InvalidGroup.NotFound",
        `The security group '${peer}' does not exist`,
    );
    // A group of another account, whose VPC must be peered: `123456789012/sg-0a1b2c3d`.
    const isAbroad = /^\d{12}\/sg-[0-9a-f]+$/.test(peer);
    refuseIf(
        /[./:]/.test(peer) && !isAbroad && !ipaddr.isValidCIDR(peer),
        "InvalidParameterValue",
        `CIDR block ${peer} is malformed`,
    );
    const range = ports ? `${protocol.toUpperCase()}, from port: ${from}, to port: ${to}` : "ALL";
    refuseIf(
        others.some(
            (other) => other.protocol === protocol && other.from === from && other.to === to && other.peer === peer,
        ),
        "InvalidPermission.Duplicate",
        `the specified rule "peer: ${peer}, ${range}, ALLOW" already exists`,
    );
}

/** Whether groups of two VPCs may name each other. Source: VPC peering guide, "Reference peer security groups". */
function arePeered(account: Account, one: unknown, other: unknown): boolean {
    return (
        one === other ||
        account.all("VpcPeeringConnection").some(({ properties: { vpcId, peerVpcId } }) => {
            return (vpcId === one && peerVpcId === other) || (vpcId === other && peerVpcId === one);
        })
    );
}

/** A prefix list counts with its weight, and in both families. Source: VPC user guide, "Work with AWS-managed prefix lists". */
function checkQuota({ account, region, refuseIf }: Operation, rules: readonly Permission[]): void {
    for (const otherFamily of [":", "."]) {
        const counted = rules.filter(({ peer }) => /^(pl|sg)-/.test(peer) || !peer.includes(otherFamily));
        const weight = counted.reduce((sum, { peer }) => sum + weightOf(account, region, peer), 0);
        refuseIf(
            weight > rulesQuota,
            "RulesPerSecurityGroupLimitExceeded",
            `The maximum number of rules per security group has been reached. (The rules weigh ${weight} of ${rulesQuota}; a prefix list weighs its maximum of entries. Use a second group, or have quota L-0EA8095F raised.)`,
        );
    }
}

function weightOf(account: Account, region: string, peer: string): number {
    const list = account.all("ManagedPrefixList", region).find((record) => record.id === peer);
    return list === undefined ? 1 : Number(list.properties.maxEntries);
}

/** Every rule of a group, inline or a resource of its own, one for each peer. */
export function rulesOf(account: Resources, group: Resource): Permission[] {
    const inline = (direction: Direction) =>
        objects(group.properties[direction]).flatMap((block) => rulesOfBlock(group.id, direction, block, group.id));
    const own = (kind: string, rules: (id: string, properties: Values) => Permission[]) =>
        account
            .all(kind)
            .filter(({ properties }) => properties.securityGroupId === group.id)
            .flatMap(({ id, properties }) => rules(id, properties));
    return [
        ...inline("ingress"),
        ...inline("egress"),
        ...own("SecurityGroupIngressRule", (id, properties) => rulesOfSingle(id, "ingress", properties)),
        ...own("SecurityGroupEgressRule", (id, properties) => rulesOfSingle(id, "egress", properties)),
        ...own("SecurityGroupRule", (id, properties) =>
            rulesOfBlock(id, text(properties.type) as Direction, properties, group.id),
        ),
    ];
}

export function rulesOfSingle(holder: string, direction: Direction, properties: Values): Permission[] {
    const peer = sources.map((source) => text(properties[source])).find((source) => source !== "") ?? "";
    return [
        {
            holder,
            direction,
            protocol: text(properties.ipProtocol),
            from: port(properties.fromPort),
            to: port(properties.toPort),
            peer,
        },
    ];
}

export function rulesOfBlock(holder: string, direction: Direction, block: Values, groupId: string): Permission[] {
    const peers = [
        ...["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"].flatMap((name) => texts(block[name])),
        ...(text(block.sourceSecurityGroupId) === "" ? [] : [text(block.sourceSecurityGroupId)]),
        ...(block.self === true ? [groupId] : []),
    ];
    const [protocol, from, to] = [text(block.protocol).toLowerCase(), port(block.fromPort), port(block.toPort)];
    return peers.map((peer) => ({ holder, direction, protocol, from, to, peer }));
}

function port(value: unknown): number | undefined {
    return typeof value === "number" ? value : undefined;
}
