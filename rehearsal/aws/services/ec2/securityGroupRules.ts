import { type AccountRecord, text } from "../../account";
import {
    admit,
    authorize,
    blockRules,
    descriptionRule,
    isProtocol,
    rangeRules,
    type Direction,
    rulesOfBlock,
    rulesOfSingle,
    sources,
} from "./ipPermissions";
import { hex, type Operation, refusals, type ResourceModel, ruleForms, type ServiceModel } from "../resource";
import { arn } from "./securityGroup";

const { form } = ruleForms();

const singleRule = (direction: Direction): ResourceModel => ({
    // Source: the provider, aws_vpc_security_group_ingress_rule: a rule keeps its kind of source.
    replacesIf: Object.fromEntries(
        sources.map((source) => [source, (old, now) => (old === undefined) !== (now === undefined)]),
    ),
    rules: [
        descriptionRule("description"),
        form("ipProtocol", isProtocol, "tcp, udp, icmp, icmpv6, -1 for all, and numbers to 255"),
        form("referencedSecurityGroupId", /^(\d{12}\/)?sg-/, "ids of security groups, which begin with sg-"),
        ...rangeRules("cidrIpv4", "cidrIpv6"),
    ],
    create(operation) {
        const id = `sgr-${hex(17)}`;
        admit(operation, existingGroup(operation), rulesOfSingle(id, direction, operation.inputs));
        return { id, securityGroupRuleId: id, arn: arn(operation.region, "security-group-rule", id) };
    },
    update(operation) {
        admit(operation, existingGroup(operation), rulesOfSingle(operation.old.id, direction, operation.inputs));
        return {};
    },
});

const manyRules: ResourceModel = {
    rules: blockRules([""]),
    create(operation) {
        const { inputs } = operation;
        const direction = text(inputs.type) as Direction;
        const id = `sgrule-${Number.parseInt(hex(8), 16)}`;
        const call = { ...operation, ...refusals("EC2", authorize(direction)) };
        const group = existingGroup(call);
        admit(call, group, rulesOfBlock(id, direction, inputs, group.id));
        return { id, securityGroupRuleId: "" };
    },
};

export const securityGroupRules: ServiceModel["resources"] = {
    "aws:ec2/securityGroupRule:SecurityGroupRule": manyRules,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": singleRule("ingress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": singleRule("egress"),
};

function existingGroup({ account, region, inputs: { securityGroupId: id }, refuse }: Operation): AccountRecord {
    const group = account.all("SecurityGroup", region).find((record) => record.id === id);
    return group ?? refuse("InvalidGroup.NotFound", `The security group '${String(id)}' does not exist`);
}
