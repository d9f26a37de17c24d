import ipaddr from "ipaddr.js";
import { type Account, accountId, type AccountRecord, className } from "../account";
import { unknownValue, type Values } from "../server";
import {
    hex,
    object,
    objects,
    type Operation,
    refusals,
    type Report,
    type ResourceModel,
    type ServiceModel,
    text,
    texts,
} from "./model";

const refuse = refusals("EC2");

/** Rules of a group in one direction. Source: VPC user guide, "Amazon VPC quotas", L-0EA8095F. */
const rulesQuota = 60;

type Direction = "ingress" | "egress";

/** One peer of one rule: the unit in which AWS counts and compares rules. */
interface Rule {
    readonly direction: Direction;
    readonly protocol: string;
    readonly from: number | undefined;
    readonly to: number | undefined;
    readonly peer: string;
    /** The record that holds the rule. */
    readonly holder: string;
}

const sources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

const singleRule = (direction: Direction): ResourceModel => ({
    // Everything else of a rule is changed in place by ModifySecurityGroupRules.
    replaceOn: ["securityGroupId"],
    check(inputs, report) {
        const given = sources.filter((source) => inputs[source] !== undefined);
        if (given.length !== 1) {
            report(
                given[1] ?? "cidrIpv4",
                `Exactly one of ${sources.map((source) => `"${source}"`).join(", ")} must be given; there ${given.length === 0 ? "is none" : `are ${given.length}`}.`,
            );
        }
        checkRange(inputs, "cidrIpv4", "ipv4", report);
        checkRange(inputs, "cidrIpv6", "ipv6", report);
    },
    create(operation) {
        const { account, region, inputs } = operation;
        const id = `sgr-${hex(17)}`;
        const group = existingGroup(account, region, inputs["securityGroupId"], authorize(direction));
        admit(operation, group, rulesOfSingle(id, direction, inputs), authorize(direction));
        return { id, securityGroupRuleId: id, arn: arn(region, "security-group-rule", id) };
    },
    update(operation) {
        const { account, region, inputs, old } = operation;
        const group = existingGroup(account, region, inputs["securityGroupId"], "ModifySecurityGroupRules");
        admit(operation, group, rulesOfSingle(old.id, direction, inputs), "ModifySecurityGroupRules");
        return {};
    },
});

const manyRules: ResourceModel = {
    replaceOn: [
        "type",
        "fromPort",
        "toPort",
        "protocol",
        "cidrBlocks",
        "ipv6CidrBlocks",
        "prefixListIds",
        "securityGroupId",
        "self",
        "sourceSecurityGroupId",
    ],
    values: { type: ["ingress", "egress"] },
    check(inputs, report) {
        const given = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "self", "sourceSecurityGroupId"];
        if (!given.some((name) => inputs[name] !== undefined)) {
            report("cidrBlocks", `One of ${given.map((name) => `"${name}"`).join(", ")} must be given; there is none.`);
        }
    },
    create(operation) {
        const { account, region, inputs } = operation;
        const direction = text(inputs["type"]) as Direction;
        const id = `sgrule-${Number.parseInt(hex(8), 16)}`;
        const group = existingGroup(account, region, inputs["securityGroupId"], authorize(direction));
        admit(operation, group, rulesOfBlock(id, direction, inputs, group.id), authorize(direction));
        return { id, securityGroupRuleId: "" };
    },
};

const securityGroup: ResourceModel = {
    replaceOn: ["name", "namePrefix", "description", "vpcId"],
    defaults: { description: "Managed by Pulumi", ingress: [], egress: [], revokeRulesOnDelete: false },
    check(inputs, report) {
        const { description, name } = inputs;
        // Source: EC2 API reference, CreateSecurityGroup.
        if (
            typeof description === "string" &&
            description !== unknownValue &&
            !/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description)
        ) {
            report(
                "description",
                `is ${JSON.stringify(description)}; AWS allows 1 to 255 characters of a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*.`,
            );
        }
        if (typeof name === "string" && name.startsWith("sg-")) {
            report("name", `is "${name}"; a name must not begin with "sg-".`);
        }
    },
    create(operation) {
        const { account, region, inputs } = operation;
        const vpc = vpcOf(account, region, inputs["vpcId"]);
        const id = `sg-${hex(17)}`;
        const name = text(inputs["name"]) || `${text(inputs["namePrefix"])}${hex(17)}`;
        const twin = account
            .all("SecurityGroup", region)
            .find((group) => group.properties.vpcId === vpc.id && group.properties.name === name);
        if (twin !== undefined) {
            refuse(
                "CreateSecurityGroup",
                "InvalidGroup.Duplicate",
                `The security group '${name}' already exists for VPC '${vpc.id}'`,
            );
        }
        checkInline(operation, id);
        return { id, arn: arn(region, "security-group", id), ownerId: accountId, vpcId: vpc.id, name };
    },
    update(operation) {
        checkInline(operation, operation.old.id);
        return {};
    },
    delete({ account, old }) {
        const user = account.list().find((record) => record !== old && uses(record, old.id));
        if (user !== undefined) {
            refuse("DeleteSecurityGroup", "DependencyViolation", `resource ${old.id} has a dependent object`);
        }
    },
};

export const securityGroups: ServiceModel = {
    resources: {
        "aws:ec2/securityGroup:SecurityGroup": securityGroup,
        "aws:ec2/securityGroupRule:SecurityGroupRule": manyRules,
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": singleRule("ingress"),
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": singleRule("egress"),
    },
};

/** The VPC of an id, or the default one of the region. */
export function vpcOf(account: Account, region: string, id: unknown): AccountRecord {
    const vpcs = account.all("Vpc", region);
    const found =
        id === undefined ? vpcs.find((vpc) => vpc.properties.default === true) : vpcs.find((vpc) => vpc.id === id);
    return found ?? refuse("DescribeVpcs", "InvalidVpcID.NotFound", `The vpc ID '${String(id)}' does not exist`);
}

export function arn(region: string, kind: string, id: string): string {
    return `arn:aws:ec2:${region}:${accountId}:${kind}/${id}`;
}

/** Whether a record keeps a group from being deleted: a rule of another group, or whatever the group is on. */
function uses(record: AccountRecord, groupId: string): boolean {
    const { properties, type } = record;
    switch (className(type)) {
        case "SecurityGroupIngressRule":
        case "SecurityGroupEgressRule":
            return properties.referencedSecurityGroupId === groupId && properties.securityGroupId !== groupId;
        case "SecurityGroupRule":
            return properties.sourceSecurityGroupId === groupId && properties.securityGroupId !== groupId;
        case "SecurityGroup":
            return [...objects(properties.ingress), ...objects(properties.egress)].some((block) =>
                texts(block["securityGroups"]).includes(groupId),
            );
        default:
            return [
                ...texts(properties.securityGroups),
                ...texts(properties.vpcSecurityGroupIds),
                ...texts(properties.securityGroupIds),
            ].includes(groupId);
    }
}

function existingGroup(account: Account, region: string, id: unknown, operation: string): AccountRecord {
    const group = account.all("SecurityGroup", region).find((record) => record.id === id);
    return group ?? refuse(operation, "InvalidGroup.NotFound", `The security group '${String(id)}' does not exist`);
}

function authorize(direction: Direction): string {
    return direction === "ingress" ? "AuthorizeSecurityGroupIngress" : "AuthorizeSecurityGroupEgress";
}

function checkInline(operation: Operation, id: string): void {
    for (const direction of ["ingress", "egress"] as const) {
        const rules = objects(operation.inputs[direction]).flatMap((block) => rulesOfBlock(id, direction, block, id));
        rules.forEach((rule, index) => refuseBadRule(operation, rule, rules.slice(0, index), authorize(direction)));
        refuseBeyondQuota(operation, rules, authorize(direction));
    }
}

/** Refuses rules that the group cannot take. */
function admit(operation: Operation, group: AccountRecord, added: readonly Rule[], action: string): void {
    const others = rulesOf(operation.account, group).filter(
        (rule) => rule.holder !== added[0]?.holder && rule.direction === added[0]?.direction,
    );
    for (const rule of added) {
        refuseBadRule(operation, rule, others, action);
    }
    refuseBeyondQuota(operation, [...others, ...added], action);
}

function refuseBadRule({ account, region }: Operation, rule: Rule, others: readonly Rule[], action: string): void {
    const { protocol, from, to, peer } = rule;
    const ports = ["tcp", "udp", "6", "17"].includes(protocol);
    if (ports && (from === undefined || to === undefined)) {
        refuse(
            action,
            "InvalidParameterValue",
            "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
        );
    }
    if (ports && from !== undefined && to !== undefined && (from > to || from < 0 || to > 65535)) {
        refuse(action, "InvalidParameterValue", `Invalid TCP/UDP port range (${from}:${to})`);
    }
    if (peer.startsWith("pl-") && account.all("ManagedPrefixList", region).every((list) => list.id !== peer)) {
        refuse(action, "InvalidPrefixListID.NotFound", `The prefix list ID '${peer}' does not exist`);
    }
    if (
        peer.startsWith("sg-") &&
        peer !== rule.holder &&
        account.all("SecurityGroup", region).every((group) => group.id !== peer)
    ) {
        refuse(action, "InvalidGroup.NotFound", `The security group '${peer}' does not exist`);
    }
    if (/[./:]/.test(peer) && !ipaddr.isValidCIDR(peer)) {
        refuse(action, "InvalidParameterValue", `CIDR block ${peer} is malformed`);
    }
    if (
        others.some(
            (other) => other.protocol === protocol && other.from === from && other.to === to && other.peer === peer,
        )
    ) {
        const range = ports ? `${protocol.toUpperCase()}, from port: ${from}, to port: ${to}` : "ALL";
        refuse(
            action,
            "InvalidPermission.Duplicate",
            `the specified rule "peer: ${peer}, ${range}, ALLOW" already exists`,
        );
    }
}

/** A prefix list counts with its weight, and in both families. Source: VPC user guide, "Work with AWS-managed prefix lists". */
function refuseBeyondQuota({ account, region }: Operation, rules: readonly Rule[], action: string): void {
    for (const otherFamily of [":", "."]) {
        const counted = rules.filter(({ peer }) => /^(pl|sg)-/.test(peer) || !peer.includes(otherFamily));
        const weight = counted.reduce((sum, { peer }) => sum + weightOf(account, region, peer), 0);
        if (weight > rulesQuota) {
            refuse(
                action,
                "RulesPerSecurityGroupLimitExceeded",
                `The maximum number of rules per security group has been reached. (The rules weigh ${weight} of ${rulesQuota}; a prefix list weighs its maximum of entries. Use a second group, or have quota L-0EA8095F raised.)`,
            );
        }
    }
}

function weightOf(account: Account, region: string, peer: string): number {
    const list = account.all("ManagedPrefixList", region).find((record) => record.id === peer);
    return list === undefined ? 1 : Number(list.properties.maxEntries);
}

function rulesOf(account: Account, group: AccountRecord): Rule[] {
    const { ingress, egress } = group.properties;
    const inline = (direction: Direction, blocks: unknown) =>
        objects(blocks).flatMap((block) => rulesOfBlock(group.id, direction, block, group.id));
    const own = account.list().filter((record) => record.properties.securityGroupId === group.id);
    return [
        ...inline("ingress", ingress),
        ...inline("egress", egress),
        ...own.flatMap(({ id, type, properties }) => {
            switch (className(type)) {
                case "SecurityGroupIngressRule":
                    return rulesOfSingle(id, "ingress", properties);
                case "SecurityGroupEgressRule":
                    return rulesOfSingle(id, "egress", properties);
                case "SecurityGroupRule":
                    return rulesOfBlock(id, text(properties.type) as Direction, properties, group.id);
                default:
                    return [];
            }
        }),
    ];
}

function rulesOfSingle(holder: string, direction: Direction, properties: Values): Rule[] {
    const peer = sources.map((source) => text(properties[source])).find((source) => source !== "") ?? "";
    return [
        {
            holder,
            direction,
            protocol: text(properties["ipProtocol"]),
            from: port(properties["fromPort"]),
            to: port(properties["toPort"]),
            peer,
        },
    ];
}

function rulesOfBlock(holder: string, direction: Direction, block: Values, groupId: string): Rule[] {
    const peers = [
        ...texts(block["cidrBlocks"]),
        ...texts(block["ipv6CidrBlocks"]),
        ...texts(block["prefixListIds"]),
        ...texts(block["securityGroups"]),
        ...(text(block["sourceSecurityGroupId"]) === "" ? [] : [text(block["sourceSecurityGroupId"])]),
        ...(block["self"] === true ? [groupId] : []),
    ];
    const { protocol, fromPort, toPort } = object(block);
    return peers.map((peer) => ({
        holder,
        direction,
        protocol: text(protocol).toLowerCase(),
        from: port(fromPort),
        to: port(toPort),
        peer,
    }));
}

function port(value: unknown): number | undefined {
    return typeof value === "number" ? value : undefined;
}

function checkRange(inputs: Values, name: string, family: "ipv4" | "ipv6", report: Report): void {
    const range = inputs[name];
    if (typeof range !== "string" || range === unknownValue) {
        return;
    }
    const valid = ipaddr.isValidCIDR(range) && ipaddr.parseCIDR(range)[0].kind() === family;
    const network = !valid
        ? undefined
        : family === "ipv4"
          ? ipaddr.IPv4.networkAddressFromCIDR(range)
          : ipaddr.IPv6.networkAddressFromCIDR(range);
    if (network?.toString() !== (valid ? ipaddr.parseCIDR(range)[0].toString() : "")) {
        const example = family === "ipv4" ? "10.0.0.0/16" : "2001:db8::/32";
        report(
            name,
            `is "${range}"; a range of ${family === "ipv4" ? "IPv4" : "IPv6"} that begins with its network address is needed, such as "${example}".`,
        );
    }
}
