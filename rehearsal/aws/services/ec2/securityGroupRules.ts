import { type Account, type AccountRecord, text } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import {
    admit,
    authorize,
    blockRules,
    descriptionRule,
    isProtocol,
    type Direction,
    rulesOfBlock,
    rulesOfSingle,
    sources,
} from "./ipPermissions";
import { hex, isNetwork, refusals, type Report, type ResourceModel, type ServiceModel } from "../resource";
import { arn } from "./securityGroup";

const refuse = refusals("EC2");

const singleRule = (direction: Direction): ResourceModel => ({
    rules: [
        descriptionRule("description"),
        { form: ["ipProtocol", isProtocol, "tcp, udp, icmp, icmpv6, -1 for all, and numbers to 255"] },
        // Source: EC2 API reference, AuthorizeSecurityGroupIngress, IpProtocol.
        {
            wrong: ({ ipProtocol, fromPort, toPort }) =>
                ipProtocol === "-1" && (isPort(fromPort) || isPort(toPort))
                    ? [
                          isPort(fromPort) ? "fromPort" : "toPort",
                          'goes with no protocol "-1", which has all ports. Leave it out.',
                      ]
                    : undefined,
        },
        { form: ["prefixListId", /^pl-/, "ids of prefix lists, which begin with pl-"] },
        { form: ["referencedSecurityGroupId", /^(\d{12}\/)?sg-/, "ids of security groups, which begin with sg-"] },
    ],
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
        const group = existingGroup(account, region, inputs.securityGroupId, authorize(direction));
        admit(operation, group, rulesOfSingle(id, direction, inputs), authorize(direction));
        return { id, securityGroupRuleId: id, arn: arn(region, "security-group-rule", id) };
    },
    update(operation) {
        const { account, region, inputs, old } = operation;
        const group = existingGroup(account, region, inputs.securityGroupId, "ModifySecurityGroupRules");
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
    rules: [
        ...blockRules([""]),
        // Source: the provider, aws_security_group_rule.
        { atMostOne: ["sourceSecurityGroupId", "cidrBlocks", "self"] },
        { atMostOne: ["sourceSecurityGroupId", "ipv6CidrBlocks", "self"] },
    ],
    check(inputs, report) {
        const given = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "self", "sourceSecurityGroupId"];
        if (!given.some((name) => inputs[name] !== undefined)) {
            report("cidrBlocks", `One of ${given.map((name) => `"${name}"`).join(", ")} must be given; there is none.`);
        }
    },
    create(operation) {
        const { account, region, inputs } = operation;
        const direction = text(inputs.type) as Direction;
        const id = `sgrule-${Number.parseInt(hex(8), 16)}`;
        const group = existingGroup(account, region, inputs.securityGroupId, authorize(direction));
        admit(operation, group, rulesOfBlock(id, direction, inputs, group.id), authorize(direction));
        return { id, securityGroupRuleId: "" };
    },
};

export const securityGroupRules: ServiceModel = {
    resources: {
        "aws:ec2/securityGroupRule:SecurityGroupRule": manyRules,
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": singleRule("ingress"),
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": singleRule("egress"),
    },
};

function isPort(value: unknown): boolean {
    return typeof value === "number" && value !== -1;
}

function existingGroup(account: Account, region: string, id: unknown, operation: string): AccountRecord {
    const group = account.all("SecurityGroup", region).find((record) => record.id === id);
    return group ?? refuse(operation, "InvalidGroup.NotFound", `The security group '${String(id)}' does not exist`);
}

function checkRange(inputs: Values, name: string, family: "ipv4" | "ipv6", report: Report): void {
    const range = inputs[name];
    if (typeof range !== "string" || range === unknownValue) {
        return;
    }
    if (!isNetwork(range, family)) {
        const example = family === "ipv4" ? "10.0.0.0/16" : "2001:db8::/32";
        report(
            name,
            `is "${range}"; a range of ${family === "ipv4" ? "IPv4" : "IPv6"} that begins with its network address is needed, such as "${example}".`,
        );
    }
}
