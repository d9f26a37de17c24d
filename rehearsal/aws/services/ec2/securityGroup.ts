import { type Account, accountId, type AccountRecord, text } from "../../account";
import { blockRules, checkInline, descriptionRule } from "./ipPermissions";
import { hex, type Operation, type ResourceModel } from "../resource";

export const securityGroup: ResourceModel = {
    rules: [...blockRules(["ingress", "egress"]), descriptionRule("description")],
    create(operation) {
        const { account, region, inputs, refuseIf } = operation;
        const { id: vpcId } = vpcOf(operation);
        const id = `sg-${hex(17)}`;
        refuseIf(
            account
                .all("SecurityGroup", region)
                .some(({ properties }) => properties.vpcId === vpcId && properties.name === inputs.name),
            "InvalidGroup.Duplicate",
            `The security group '${text(inputs.name)}' already exists for VPC '${vpcId}'`,
        );
        checkInline(operation, id);
        return { id, arn: arn(region, "security-group", id), ownerId: accountId, vpcId };
    },
    update(operation) {
        checkInline(operation, operation.old.id);
        return {};
    },
};

/** A group that AWS makes by itself. @returns its id */
export function addSecurityGroup(
    account: Account,
    region: string,
    group: { name: string; description: string; vpcId: string },
): string {
    const id = `sg-${hex(17)}`;
    const own = { id, region, arn: arn(region, "security-group", id), ownerId: accountId };
    account.put({
        type: "aws:ec2/securityGroup:SecurityGroup",
        id,
        region,
        properties: { ...own, ...group, ingress: [], egress: [], tags: {}, tagsAll: {} },
    });
    return id;
}

/** The VPC that the inputs name, or the default one of the region. */
export function vpcOf({ account, region, inputs: { vpcId }, refuse }: Operation): AccountRecord {
    const found = account
        .all("Vpc", region)
        .find(({ id, properties }) => (vpcId === undefined ? properties.default === true : id === vpcId));
    return found ?? refuse("InvalidVpcID.NotFound", `The vpc ID '${String(vpcId)}' does not exist`);
}

export function arn(region: string, kind: string, id: string): string {
    return `arn:aws:ec2:${region}:${accountId}:${kind}/${id}`;
}
