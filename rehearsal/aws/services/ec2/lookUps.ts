import { type AccountRecord, availabilityZoneId, availabilityZones, objects, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { type Lookup, type ServiceModel, theOnly } from "../resource";
import { securityGroupRuleLookups } from "./securityGroupRuleLookups";

export const networkLookUps: ServiceModel["lookups"] = {
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
};

/** The one resource that the arguments mean. Source of the messages: the official provider. */
function found(lookup: Lookup, kind: string, title: string): Values {
    return theOnly(
        matching(lookup, kind),
        `no matching ${title} found`,
        `multiple ${title}s matched; use additional constraints to reduce matches to a single ${title}`,
    );
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
