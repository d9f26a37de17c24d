import { text } from "../../account";
import { isNetwork, type ResourceModel, ruleForms } from "../resource";
import { blocksOf, overlap, within } from "./addressBlocks";
import { existing } from "./existing";
import { rangeRules } from "./ipPermissions";

const { form, numbers, rule, unique } = ruleForms("InvalidParameterValue");
const provider = ruleForms();

/** Private ranges, of which a VPC has blocks of one only. Source: VPC user guide, "IPv4 CIDR block association restrictions". */
const families = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16"];

const entries = ["ingress", "egress"];

/** Source: EC2 API reference, the calls of each; the provider. */
export const networkSettings: Readonly<Record<string, ResourceModel>> = {
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": {
        rules: [
            form(
                "cidrBlock",
                (range) => isNetwork(range, "ipv4"),
                "ranges of IPv4 that begin with their network address",
            ),
        ],
        requires: [existing("vpcId", "Vpc")],
        judge({ account, inputs: { vpcId, cidrBlock }, old, refuseIf }) {
            const vpc = account.find("Vpc", vpcId);
            const [first = "", ...others] = vpc === undefined || old !== undefined ? [] : blocksOf(account, vpc);
            const range = text(cidrBlock);
            const family = families.find((each) => within(range, each));
            refuseIf(
                [first, ...others].some((block) => overlap(block, range)) ||
                    (first !== "" && family !== undefined && !within(first, family)),
                "InvalidVpc.Range",
                `The CIDR '${range}' is restricted by, or overlaps, a CIDR block of the VPC.`,
            );
        },
    },
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
        requires: [existing("vpcId", "Vpc")],
        rules: [
            rule("peerVpcId", (peer, { vpcId, peerRegion }) =>
                peer === vpcId && peerRegion === undefined ? "is the VPC itself. Name another." : undefined,
            ),
            provider.rule("peerRegion", (region, { autoAccept }) =>
                region !== undefined && autoAccept === true ? 'cannot be set with "autoAccept".' : undefined,
            ),
        ],
    },
    "aws:ec2/networkAclRule:NetworkAclRule": { rules: [numbers("ruleNumber", [[1, 32766]])] },
    "aws:ec2/networkAcl:NetworkAcl": {
        rules: entries.flatMap((list) => [
            numbers(`${list}.ruleNo`, [[1, 32766]]),
            unique(list, "ruleNo"),
            ...rangeRules(`${list}.cidrBlock`, `${list}.ipv6CidrBlock`),
            provider.rule(`${list}.fromPort`, (from, { protocol, toPort }) =>
                /^(-1|all)$/.test(text(protocol)) && (Number(from) > 0 || Number(toPort) > 0)
                    ? `and "toPort" must both be 0 where the protocol is "-1".`
                    : undefined,
            ),
        ]),
    },
};
