import { accountId } from "../../account";
import { hex, type ResourceModel } from "../resource";
import { arn } from "./securityGroup";

/** A resource whose id is AWS's prefix and 17 digits, as most of EC2 has it. */
export const identified = (prefix: string, kind: string, more: ResourceModel = {}): ResourceModel => ({
    ...more,
    create(operation) {
        const id = `${prefix}-${hex(17)}`;
        const own = { arn: arn(operation.region, kind, id), ownerId: accountId };
        return { ...own, ...more.create?.(operation), id };
    },
});
