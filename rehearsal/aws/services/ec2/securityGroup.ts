import { type Account, accountId, type AccountRecord, className, objects, text, texts } from "../../account";
import { blockRules, checkInline, descriptionRule } from "./ipPermissions";
import { hex, refusals, type ResourceModel, ruleForms, type ServiceModel } from "../resource";

const refuse = refusals("EC2");
const { form } = ruleForms();

const securityGroup: ResourceModel = {
    replaceOn: ["name", "namePrefix", "description", "vpcId"],
    defaults: { description: "Managed by Pulumi", ingress: [], egress: [], revokeRulesOnDelete: false },
    rules: [
        ...blockRules(["ingress", "egress"]),
        descriptionRule("description"),
        // Source: EC2 API reference, CreateSecurityGroup, GroupName.
        form(
            "name",
            /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
            'up to 255 characters of a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*; a name must not begin with "sg-"',
        ),
    ],
    create(operation) {
        const { account, region, inputs } = operation;
        const vpc = vpcOf(account, region, inputs.vpcId);
        const id = `sg-${hex(17)}`;
        const name = text(inputs.name);
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
                texts(block.securityGroups).includes(groupId),
            );
        default:
            return [
                ...texts(properties.securityGroups),
                ...texts(properties.vpcSecurityGroupIds),
                ...texts(properties.securityGroupIds),
            ].includes(groupId);
    }
}
