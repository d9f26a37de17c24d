import { availabilityZoneId, availabilityZones, filledText, objects, text, texts } from "../../account";
import { enabledRegions, everyRegion } from "../../facts";
import type { Values } from "../../../provider";
import { findOne, type Lookup, matching, type ServiceModel, theOnly } from "../resource";
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
    "aws:index/getRegions:getRegions": ({ region, args }) => ({
        id: region,
        names: [...new Set([...enabledRegions, ...(args.allRegions === true ? everyRegion : [])])].sort(),
    }),
    "aws:index/getDefaultTags:getDefaultTags": ({ region, defaultTags }) => ({ id: region, tags: defaultTags }),
    "aws:ec2/getElasticIp:getElasticIp": findOne("aws:ec2/eip:Eip"),
    "aws:ec2/getInstances:getInstances": (lookup) => {
        const { instanceTags: tags, instanceStateNames: states = ["running"], ...args } = lookup.args;
        const found = matching({ ...lookup, args: { ...args, tags } }, "Instance").filter(({ properties }) =>
            texts(states).includes(text(properties.instanceState)),
        );
        const all = (name: string) => found.map(({ properties }) => properties[name]).filter(filledText);
        return {
            id: lookup.region,
            ids: found.map(({ id }) => id),
            privateIps: all("privateIp"),
            publicIps: all("publicIp"),
            ipv6Addresses: found.flatMap(({ properties }) => texts(properties.ipv6Addresses)),
        };
    },
    "aws:ec2/getVpc:getVpc": (lookup) => found(lookup, "Vpc", "EC2 VPC"),
    "aws:ec2/getVpcs:getVpcs": (lookup) => ids(lookup, "Vpc"),
    "aws:ec2/getSubnet:getSubnet": (lookup) => found(lookup, "Subnet", "EC2 Subnet"),
    "aws:ec2/getSubnets:getSubnets": (lookup) => ids(lookup, "Subnet"),
    // Of version 4 of the provider and older ones.
    "aws:ec2/getSubnetIds:getSubnetIds": (lookup) => ids(lookup, "Subnet"),
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
