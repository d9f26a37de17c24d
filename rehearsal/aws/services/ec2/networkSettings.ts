import { text } from "../../account";
import type { ResourceModel } from "../resource";
import { blockForm, blocksOf, overlap, within } from "./addressBlocks";
import { allPortsRule, rangeRules } from "./ipPermissions";
import { vpcOf } from "./securityGroup";

/** Private ranges, of which a VPC has blocks of one only. Source: VPC user guide, "IPv4 CIDR block association restrictions". */
const families = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16"];

const entries = ["ingress", "egress"];

const protocolNumbers: Readonly<Record<string, string>> = { all: "-1", icmp: "1", icmpv6: "58", tcp: "6", udp: "17" };

/** Source: EC2 API reference, the calls of each; the provider. */
export const networkSettings: Readonly<Record<string, ResourceModel>> = {
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": {
        rules: [blockForm],
        create(operation) {
            const blocks = blocksOf(operation.account, vpcOf(operation));
            const [own = ""] = blocks;
            const range = text(operation.inputs.cidrBlock);
            const family = families.find((each) => within(range, each));
            operation.refuseIf(
                blocks.some((block) => overlap(block, range)) ||
                    (own !== "" && family !== undefined && !within(own, family)),
                "InvalidVpc.Range",
                `The CIDR '${range}' is restricted by, or overlaps, a CIDR block of the VPC.`,
            );
            return {};
        },
    },
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
        // Source: EC2 API reference, CreateVpcPeeringConnection: of VPCs whose ranges overlap, and of one with itself, it fails.
        judge({ account, inputs, refuseIf }) {
            const [own = [], other = []] = [inputs.vpcId, inputs.peerVpcId].flatMap((id) => {
                const vpc = account.find("Vpc", id);
                return vpc === undefined ? [] : [blocksOf(account, vpc)];
            });
            const twice = own.find((block) => other.some((each) => overlap(block, each)));
            refuseIf(
                twice !== undefined,
                "InvalidParameterValue",
                `The VPC peering connection fails: the CIDR block ${twice} overlaps one of ${text(inputs.peerVpcId)}.`,
            );
        },
    },
    "aws:ec2/vpcEndpointService:VpcEndpointService": {
        create: ({ inputs }) => ({
            serviceType: inputs.gatewayLoadBalancerArns === undefined ? "Interface" : "GatewayLoadBalancer",
        }),
    },
    "aws:ec2/networkAcl:NetworkAcl": {
        rules: entries.flatMap((list) => [
            ...rangeRules(`${list}.cidrBlock`, `${list}.ipv6CidrBlock`),
            allPortsRule(`${list}.fromPort`),
        ]),
    },
    // Source: the provider, aws_network_acl_rule: protocols by name or number, actions in either case.
    "aws:ec2/networkAclRule:NetworkAclRule": {
        canonical: {
            protocol: (protocol) => protocolNumbers[protocol.toLowerCase()] ?? protocol,
            ruleAction: (action) => action.toLowerCase(),
        },
    },
};
