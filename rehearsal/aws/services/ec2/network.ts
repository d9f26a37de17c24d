import ipaddr from "ipaddr.js";
import {
    type Account,
    accountId,
    type AccountRecord,
    availabilityZoneId,
    availabilityZones,
    objects,
    text,
    texts,
} from "../../account";
import type { Values } from "../../../provider";
import {
    doubled,
    hex,
    isKnown,
    isNetwork,
    type Lookup,
    pluck,
    refusals,
    type ResourceModel,
    type Rule,
    type ServiceModel,
} from "../resource";
import { arn, vpcOf } from "./securityGroup";
import { securityGroupRuleLookups } from "./securityGroupRuleLookups";

const refuse = refusals("EC2");

/** A resource whose id is AWS's prefix and 17 digits, as most of EC2 has it. */
const identified = (prefix: string, kind: string, more: ResourceModel = {}): ResourceModel => ({
    ...more,
    create(operation) {
        const id = `${prefix}-${hex(17)}`;
        const own = { arn: arn(operation.region, kind, id), ownerId: accountId };
        return { ...own, ...more.create?.(operation), id };
    },
});

/** Sources: VPC user guide, "VPC CIDR blocks" and "Subnet CIDR blocks". */
const blockForm: Rule = {
    code: "InvalidParameterValue",
    wrong: ({ cidrBlock: range }) => {
        const bits = typeof range === "string" ? Number(range.split("/")[1]) : 16;
        return typeof range === "string" && isKnown(range) && (!isNetwork(range, "ipv4") || bits < 16 || bits > 28)
            ? [
                  "cidrBlock",
                  `is "${range}"; AWS allows ranges of IPv4 from /16 to /28 that begin with their network address.`,
              ]
            : undefined;
    },
};

const vpc: ResourceModel = {
    rules: [blockForm],
    replaceOn: ["cidrBlock", "instanceTenancy"],
    defaults: { enableDnsSupport: true, enableDnsHostnames: false, instanceTenancy: "default" },
    create({ account, region }) {
        const id = `vpc-${hex(17)}`;
        const groupId = `sg-${hex(17)}`;
        account.put({
            type: "aws:ec2/securityGroup:SecurityGroup",
            id: groupId,
            region,
            inputs: {},
            properties: {
                id: groupId,
                arn: arn(region, "security-group", groupId),
                region,
                name: "default",
                description: "default VPC security group",
                ownerId: accountId,
                vpcId: id,
                ingress: [],
                egress: [],
                tags: {},
                tagsAll: {},
            },
            createdAt: new Date().toISOString(),
        });
        return {
            id,
            arn: arn(region, "vpc", id),
            ownerId: accountId,
            defaultSecurityGroupId: groupId,
            mainRouteTableId: `rtb-${hex(17)}`,
            defaultRouteTableId: `rtb-${hex(17)}`,
            defaultNetworkAclId: `acl-${hex(17)}`,
            dhcpOptionsId: `dopt-${hex(17)}`,
        };
    },
    delete({ account, old }) {
        const group = old.properties.defaultSecurityGroupId;
        const inside = account
            .list()
            .filter((record) => record.properties.vpcId === old.id && record.id !== group && record.id !== old.id);
        if (inside.length > 0) {
            refuse("DeleteVpc", "DependencyViolation", `The vpc '${old.id}' has dependencies and cannot be deleted.`);
        }
        account.delete("aws:ec2/securityGroup:SecurityGroup", text(group));
    },
};

const subnet = identified("subnet", "subnet", {
    rules: [blockForm, { atMostOne: ["availabilityZone", "availabilityZoneId"] }],
    replaceOn: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "outpostArn"],
    // A range of IPv6 is associated anew, in place.
    keepOn: ["ipv6CidrBlock"],
    create({ account, region, inputs }) {
        const parent = vpcOf(account, region, inputs.vpcId);
        const range = text(inputs.cidrBlock);
        const blocks = blocksOf(account, parent);
        if (range !== "" && blocks.every((block) => block !== "" && !within(range, block))) {
            refuse("CreateSubnet", "InvalidSubnet.Range", `The CIDR '${range}' is invalid.`);
        }
        const zones = availabilityZones(region);
        const zoneId = text(inputs.availabilityZoneId);
        const zone =
            text(inputs.availabilityZone) ||
            (zoneId === "" ? (zones[0] ?? "") : (zones.find((each) => availabilityZoneId(each) === zoneId) ?? zoneId));
        if (!zones.includes(zone)) {
            refuse(
                "CreateSubnet",
                "InvalidParameterValue",
                `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(", ")}.`,
            );
        }
        const neighbour = account
            .all("Subnet", region)
            .find(
                (other) =>
                    other.properties.vpcId === parent.id &&
                    range !== "" &&
                    overlap(range, text(other.properties.cidrBlock)),
            );
        if (neighbour !== undefined) {
            refuse("CreateSubnet", "InvalidSubnet.Conflict", `The CIDR '${range}' conflicts with another subnet`);
        }
        return {
            id: "",
            availabilityZone: zone,
            availabilityZoneId: availabilityZoneId(zone),
            mapPublicIpOnLaunch: inputs.mapPublicIpOnLaunch === true,
        };
    },
    delete({ account, old }) {
        if (account.all("LoadBalancer").some(({ properties }) => texts(properties.subnets).includes(old.id))) {
            refuse(
                "DeleteSubnet",
                "DependencyViolation",
                `The subnet '${old.id}' has dependencies and cannot be deleted.`,
            );
        }
    },
});

const prefixList = identified("pl", "prefix-list", {
    autoName: { maximum: 255 },
    replaceOn: ["addressFamily"],
    // Sources: VPC user guide, "Customer-managed prefix lists"; EC2 API reference, CreateManagedPrefixList.
    rules: [
        {
            code: "PrefixListMaxEntriesExceeded",
            wrong: ({ entries, maxEntries }) =>
                isKnown(maxEntries) && objects(entries).length > Number(maxEntries)
                    ? ["entries", `has ${objects(entries).length} entries; "maxEntries" is ${Number(maxEntries)}.`]
                    : undefined,
        },
        {
            wrong: ({ maxEntries }) =>
                typeof maxEntries === "number" && (maxEntries < 1 || maxEntries > 1000)
                    ? ["maxEntries", `is ${maxEntries}; AWS allows 1 to 1000.`]
                    : undefined,
        },
        {
            code: "InvalidParameterValue",
            wrong: ({ entries }) => {
                const twice = doubled(pluck(entries, "cidr"));
                return twice === undefined ? undefined : ["entries", `has ${text(twice)} twice.`];
            },
        },
        {
            at: "entries",
            code: "InvalidParameterValue",
            wrong: ({ cidr }, { addressFamily }) => {
                const family = addressFamily === "IPv6" ? "ipv6" : "ipv4";
                return typeof cidr === "string" && isKnown(cidr) && isKnown(addressFamily) && !isNetwork(cidr, family)
                    ? [
                          "cidr",
                          `is "${cidr}"; a range of ${text(addressFamily)} that begins with its network address is needed.`,
                      ]
                    : undefined;
            },
        },
    ],
    create: () => ({ id: "", version: 1 }),
    delete({ account, old }) {
        const used = account
            .list()
            .some(
                ({ properties }) =>
                    (properties.prefixListId === old.id && properties.securityGroupId !== undefined) ||
                    texts(properties.prefixListIds).includes(old.id),
            );
        if (used) {
            refuse("DeleteManagedPrefixList", "InvalidState", `The prefix list ${old.id} is in use.`);
        }
    },
});

export const network: ServiceModel = {
    resources: {
        "aws:ec2/vpc:Vpc": vpc,
        "aws:ec2/subnet:Subnet": subnet,
        "aws:ec2/managedPrefixList:ManagedPrefixList": prefixList,
        "aws:ec2/internetGateway:InternetGateway": identified("igw", "internet-gateway"),
        "aws:ec2/routeTable:RouteTable": identified("rtb", "route-table", { replaceOn: ["vpcId"] }),
        "aws:ec2/routeTableAssociation:RouteTableAssociation": identified("rtbassoc", "route-table-association", {
            replaceOn: ["subnetId", "gatewayId"],
        }),
        "aws:ec2/eip:Eip": identified("eipalloc", "elastic-ip", {
            replaceOn: ["domain", "address", "networkBorderGroup", "publicIpv4Pool", "customerOwnedIpv4Pool"],
        }),
        "aws:ec2/natGateway:NatGateway": identified("nat", "natgateway", {
            replaceOn: ["subnetId", "allocationId", "connectivityType", "privateIp"],
        }),
        "aws:ec2/instance:Instance": identified("i", "instance", {
            replaceOn: [
                "ami",
                "subnetId",
                "availabilityZone",
                "associatePublicIpAddress",
                "hibernation",
                "keyName",
                "privateIp",
            ],
        }),
        "aws:ec2/networkInterface:NetworkInterface": identified("eni", "network-interface", {
            replaceOn: ["subnetId", "interfaceType"],
        }),
        "aws:ec2/vpcEndpoint:VpcEndpoint": identified("vpce", "vpc-endpoint", {
            replaceOn: ["serviceName", "vpcId", "vpcEndpointType"],
            keepOn: ["privateDnsEnabled"],
        }),
        "aws:ec2/launchTemplate:LaunchTemplate": identified("lt", "launch-template", {
            replaceOn: ["name", "namePrefix"],
        }),
        "aws:ebs/volume:Volume": identified("vol", "volume", {
            replaceOn: ["availabilityZone", "encrypted", "kmsKeyId", "multiAttachEnabled", "outpostArn", "snapshotId"],
        }),
    },
    lookups: {
        "aws:index/getRegion:getRegion": ({ region }) => ({
            id: region,
            name: region,
            region,
            description: region,
            endpoint: `ec2.${region}.amazonaws.com`,
        }),
        "aws:index/getAvailabilityZones:getAvailabilityZones": ({ region }) => ({
            id: region,
            names: availabilityZones(region),
            zoneIds: availabilityZones(region).map(availabilityZoneId),
            groupNames: [region],
        }),
        "aws:ec2/getVpc:getVpc": (lookup) => found(lookup, "Vpc", "EC2 VPC"),
        "aws:ec2/getVpcs:getVpcs": (lookup) => ids(lookup, "Vpc"),
        "aws:ec2/getSubnet:getSubnet": (lookup) => found(lookup, "Subnet", "EC2 Subnet"),
        "aws:ec2/getSubnets:getSubnets": (lookup) => ids(lookup, "Subnet"),
        "aws:ec2/getSecurityGroup:getSecurityGroup": (lookup) => found(lookup, "SecurityGroup", "EC2 Security Group"),
        "aws:ec2/getSecurityGroups:getSecurityGroups": (lookup) => ids(lookup, "SecurityGroup"),
        ...securityGroupRuleLookups,
        "aws:ec2/getInternetGateway:getInternetGateway": (lookup) =>
            found(lookup, "InternetGateway", "EC2 Internet Gateway"),
        "aws:ec2/getManagedPrefixList:getManagedPrefixList": (lookup) =>
            found(lookup, "ManagedPrefixList", "EC2 Managed Prefix List"),
        "aws:ec2/getPrefixList:getPrefixList": (lookup) => {
            const list = found(lookup, "ManagedPrefixList", "EC2 Prefix List");
            return { ...list, cidrBlocks: objects(list.entries).map((entry) => entry.cidr) };
        },
    },
};

/** The one resource that the arguments mean. Source of the messages: the official provider. */
function found(lookup: Lookup, kind: string, title: string): Values {
    const [record, another] = matching(lookup, kind);
    if (record === undefined) {
        throw new Error(`no matching ${title} found`);
    }
    if (another !== undefined) {
        throw new Error(
            `multiple ${title}s matched; use additional constraints to reduce matches to a single ${title}`,
        );
    }
    return { ...record.properties, id: record.id };
}

function ids(lookup: Lookup, kind: string): Values {
    return {
        id: lookup.region,
        ids: matching(lookup, kind)
            .map(({ id }) => id)
            .sort(),
    };
}

function matching({ account, region, args }: Lookup, kind: string): AccountRecord[] {
    const { filters, tags, id, state: ignored, ...properties } = args;
    void ignored;
    return account.all(kind, region).filter((record) => {
        const own = record.properties;
        const attachment = account
            .all("InternetGatewayAttachment", region)
            .find(({ properties: { internetGatewayId } }) => internetGatewayId === record.id);
        const filtered = {
            ...record,
            properties: { ...own, ...(attachment && { vpcId: attachment.properties.vpcId }) },
        };
        const ownTags = (own.tags ?? {}) as Values;
        return (
            (id === undefined || record.id === id || args.prefixListId === record.id) &&
            Object.entries((tags ?? {}) as Values).every(([name, value]) => ownTags[name] === value) &&
            Object.entries(properties).every(
                ([name, value]) => name === "region" || name === "prefixListId" || (own[name] ?? false) === value,
            ) &&
            objects(filters).every((filter) => texts(filter.values).includes(filterValue(filtered, text(filter.name))))
        );
    });
}

/** What a filter of DescribeVpcs, DescribeSubnets and the like compares: `vpc-id`, `tag:Name`, `default-for-az`. */
function filterValue({ id, properties }: AccountRecord, filter: string): string {
    if (filter.startsWith("tag:")) {
        return text(((properties.tags ?? {}) as Values)[filter.slice("tag:".length)]);
    }
    const names: Readonly<Record<string, string>> = {
        "is-default": "default",
        isDefault: "default",
        "group-name": "name",
        "prefix-list-name": "name",
        cidr: "cidrBlock",
        "attachment.vpc-id": "vpcId",
    };
    if (
        ["subnet-id", "group-id", "prefix-list-id", "internet-gateway-id"].includes(filter) ||
        (filter === "vpc-id" && id.startsWith("vpc-"))
    ) {
        return id;
    }
    const name = names[filter] ?? filter.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const value = properties[name];
    return typeof value === "string" ? value : filter === "state" ? "available" : String(value === true);
}

/** The ranges of a VPC: its own and those added to it. One that a pool of IPAM chooses is not known. */
function blocksOf(account: Account, vpc: AccountRecord): string[] {
    const added = [...account.all("VpcIpv4CidrBlockAssociation"), ...account.all("VpcIpv6CidrBlockAssociation")].filter(
        ({ properties }) => properties.vpcId === vpc.id,
    );
    return [
        text(vpc.properties.cidrBlock),
        ...added.map(({ properties }) => text(properties.cidrBlock) || text(properties.ipv6CidrBlock)),
    ];
}

function within(inner: string, outer: string): boolean {
    return (
        ipaddr.isValidCIDR(inner) &&
        ipaddr.isValidCIDR(outer) &&
        ipaddr.parseCIDR(inner)[1] >= ipaddr.parseCIDR(outer)[1] &&
        overlap(inner, outer)
    );
}

function overlap(one: string, other: string): boolean {
    if (!ipaddr.isValidCIDR(one) || !ipaddr.isValidCIDR(other)) {
        return false;
    }
    const [first, firstBits] = ipaddr.parseCIDR(one);
    const [second, secondBits] = ipaddr.parseCIDR(other);
    return first.kind() === second.kind() && first.match(second, Math.min(firstBits, secondBits));
}

/** Whether a VPC has an internet gateway: load balancers and VPC origins ask. */
export function hasInternetGateway(account: Account, vpcId: unknown): boolean {
    const attachments = account.all("InternetGatewayAttachment");
    return [...account.all("InternetGateway"), ...attachments].some(({ properties }) => properties.vpcId === vpcId);
}
