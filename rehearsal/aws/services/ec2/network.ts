import { accountId, type AccountRecord, availabilityZoneId, availabilityZones, text } from "../../account";
import type { Values } from "../../../provider";
import ipaddr from "ipaddr.js";
import { hex, isNetwork, type Operation, type ResourceModel, ruleForms, type ServiceModel } from "../resource";
import { bitsOf, blockForm, blocksOf, overlap, within } from "./addressBlocks";
import { elasticAddress, instance, networkInterface } from "./addresses";
import { networkSettings } from "./networkSettings";
import {
    internetGatewayAttachment,
    natGateway,
    route,
    routeTable,
    routeTableAssociation,
    vpcEndpoint,
} from "./routing";
import { addSecurityGroup, arn, vpcOf } from "./securityGroup";

const { form } = ruleForms("InvalidParameterValue");

/** Source: VPC user guide, "VPC CIDR blocks". */
const reserved = new Set(["unspecified", "loopback", "linkLocal", "multicast"]);

/** The range that AWS chooses where it is asked for one. Source: VPC user guide, "IPv6 VPC CIDR blocks" (a /56). */
function ipv6Block(inputs: Values, old: Values = {}): Values {
    if (inputs.assignGeneratedIpv6CidrBlock !== true) {
        return { ipv6CidrBlock: inputs.ipv6CidrBlock ?? "", ipv6AssociationId: "" };
    }
    return {
        ipv6CidrBlock: text(old.ipv6CidrBlock) || `2600:1f18:${hex(4)}:${hex(2)}00::/56`,
        ipv6AssociationId: text(old.ipv6AssociationId) || `vpc-cidr-assoc-${hex(17)}`,
    };
}

/** Sources: VPC user guide, "Subnet CIDR blocks"; EC2 API reference, CreateSubnet and AssociateSubnetCidrBlock. */
function checkBlock(
    { account, region, inputs, old, refuseIf }: Operation,
    parent: AccountRecord,
    property: "cidrBlock" | "ipv6CidrBlock",
): void {
    const range = text(inputs[property]);
    const blocks = blocksOf(account, parent).filter((block) => block.includes(":") === (property === "ipv6CidrBlock"));
    // What a pool of IPAM chooses is not known.
    const isKnownVpc = parent.properties.ipv6IpamPoolId === undefined && !blocks.includes("");
    refuseIf(
        range !== "" && isKnownVpc && blocks.every((block) => !within(range, block)),
        "InvalidSubnet.Range",
        `The CIDR '${range}' is invalid.`,
    );
    refuseIf(
        account
            .all("Subnet", region)
            .some(
                ({ id, properties }) =>
                    id !== old?.id && properties.vpcId === parent.id && overlap(range, text(properties[property])),
            ),
        "InvalidSubnet.Conflict",
        `The CIDR '${range}' conflicts with another subnet`,
    );
}

const vpc: ResourceModel = {
    // Source: EC2 API reference, ModifyVpcTenancy: a VPC can leave "dedicated", and never enter it.
    replacesIf: { instanceTenancy: (_, now) => now === "dedicated" },
    rules: [
        blockForm,
        form(
            "cidrBlock",
            (range) => !isNetwork(range) || !reserved.has(ipaddr.parseCIDR(range)[0].range()),
            "no ranges that are loopback, link-local or multicast",
            "InvalidVpc.Range",
        ),
    ],
    create({ account, region, inputs }) {
        const id = `vpc-${hex(17)}`;
        const description = "default VPC security group";
        const groupId = addSecurityGroup(account, region, { name: "default", description, vpcId: id });
        return {
            id,
            arn: arn(region, "vpc", id),
            ownerId: accountId,
            defaultSecurityGroupId: groupId,
            mainRouteTableId: `rtb-${hex(17)}`,
            defaultRouteTableId: `rtb-${hex(17)}`,
            defaultNetworkAclId: `acl-${hex(17)}`,
            dhcpOptionsId: `dopt-${hex(17)}`,
            ...ipv6Block(inputs),
        };
    },
    update: ({ inputs, old }) => ipv6Block(inputs, old.properties),
    delete({ account, old, refuseIf }) {
        const group = text(old.properties.defaultSecurityGroupId);
        refuseIf(
            account.list().some(({ id, properties }) => properties.vpcId === old.id && id !== group && id !== old.id),
            "DependencyViolation",
            `The vpc '${old.id}' has dependencies and cannot be deleted.`,
        );
        account.delete("aws:ec2/securityGroup:SecurityGroup", group);
    },
};

/** Source: VPC user guide, "Subnet CIDR blocks". */
const ipv6BlockForm = form(
    "ipv6CidrBlock",
    (range) => range === "" || (isNetwork(range, "ipv6") && [44, 48, 52, 56, 60, 64].includes(bitsOf(range))),
    "ranges of IPv6 from /44 to /64, in steps of 4, that begin with their network address",
);

const subnet: ResourceModel = {
    rules: [blockForm, ipv6BlockForm],
    create(operation) {
        const { region, inputs, refuseIf } = operation;
        const parent = vpcOf(operation);
        checkBlock(operation, parent, "ipv6CidrBlock");
        checkBlock(operation, parent, "cidrBlock");
        const zones = availabilityZones(region);
        const zoneId = text(inputs.availabilityZoneId);
        const zone =
            text(inputs.availabilityZone) ||
            (zoneId === "" ? (zones[0] ?? "") : (zones.find((each) => availabilityZoneId(each) === zoneId) ?? zoneId));
        refuseIf(
            !zones.includes(zone),
            "InvalidParameterValue",
            `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(", ")}.`,
        );
        return {
            availabilityZone: zone,
            availabilityZoneId: availabilityZoneId(zone),
            mapPublicIpOnLaunch: inputs.mapPublicIpOnLaunch === true,
        };
    },
    update(operation) {
        checkBlock(operation, vpcOf(operation), "ipv6CidrBlock");
        return {};
    },
};

export const network: ServiceModel["resources"] = {
    "aws:ec2/vpc:Vpc": vpc,
    "aws:ec2/subnet:Subnet": subnet,
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": internetGatewayAttachment,
    "aws:ec2/route:Route": route,
    "aws:ec2/routeTable:RouteTable": routeTable,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": routeTableAssociation,
    "aws:ec2/eip:Eip": elasticAddress,
    "aws:ec2/natGateway:NatGateway": natGateway,
    "aws:ec2/instance:Instance": instance,
    "aws:ec2/networkInterface:NetworkInterface": networkInterface,
    "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
    ...networkSettings,
};
