import type { Requirement } from "../resource";

/** EC2's code and words for an id that names nothing. Source: EC2 API reference, "Error codes". */
const answers = {
    Eip: ["InvalidElasticIpID.NotFound", "Elastic IP address [%s] could not be associated with this NAT gateway"],
    InternetGateway: ["InvalidInternetGatewayID.NotFound", "The internetGateway ID '%s' does not exist"],
    ManagedPrefixList: ["InvalidPrefixListID.NotFound", "The prefix list ID '%s' does not exist"],
    NetworkInterface: ["InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '%s' does not exist"],
    NatGateway: ["InvalidNatGatewayID.NotFound", "The natGateway ID '%s' does not exist"],
    SecurityGroup: ["InvalidGroup.NotFound", "The security group '%s' does not exist"],
    Subnet: ["InvalidSubnetID.NotFound", "The subnet ID '%s' does not exist"],
    Vpc: ["InvalidVpcID.NotFound", "The vpc ID '%s' does not exist"],
} as const;

/** What an input names exists. `only` says which names are asked for. Default: all. */
export const existing = (place: string, kind: keyof typeof answers, only?: RegExp): Requirement => [
    place,
    kind,
    ...answers[kind],
    only,
];
