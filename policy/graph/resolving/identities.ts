import type { Resource } from "../resource";

/** The ids of a resource: the engine's own, and those under which its provider shows it. */
export function idsOf(resource: Resource, ...names: readonly string[]): string[] {
    const { id } = resource as { readonly id?: unknown };
    return [...new Set([id, ...names.map((name) => resource.properties[name])])].filter(
        (text): text is string => typeof text === "string" && text !== "",
    );
}

/**
 * Every id, ARN and name by which a property of another resource may refer to this one, whatever its type:
 * `aws-native:ec2:PrefixList` is referred to by `prefixListId`, `aws:lb/loadBalancer:LoadBalancer` by `arn`.
 */
export function identitiesOf(resource: Resource): string[] {
    const kind = resource.type.slice(resource.type.lastIndexOf(":") + 1);
    const prefix = kind.charAt(0).toLowerCase() + kind.slice(1);
    const names = ["id", "awsId", "arn", "name", `${prefix}Id`, `${prefix}Arn`, `${prefix}Name`];
    if (kind.endsWith("Group")) {
        names.push("groupId", "groupName");
    }
    return idsOf(resource, ...names);
}
