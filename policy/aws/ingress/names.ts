import { describeRange } from "../../addresses";
import { LazyResource, type Read, type Resource } from "../../graph";
import type { Part } from "./exposure";
import type { PrefixList } from "./prefixLists";
import type { SecurityGroup } from "./securityGroups";

export const secret = "[secret]";

/** The range as the program wrote it, or as it follows from a prefix list's entries; hidden where one is a secret. */
export function rangeOf(part: Part): string {
    if (part.list === undefined) {
        return isSecret(part.rule.resource, part.read.text) ? secret : part.read.shown();
    }
    return part.list.blocks.some((block) => isSecret(block.resource, block.read.text)) ? secret : describeRange(part);
}

export function prefixListName(list: PrefixList): string {
    return `prefix list ${list.resource === undefined ? (list.id ?? "") : `"${list.resource.name}"`}`;
}

/** A message about one resource also names values of others, so it looks after their secrets itself. */
function isSecret(resource: Resource, text: string | undefined): boolean {
    return resource instanceof LazyResource && text !== undefined && resource.secrets.has(text);
}

/** Why a value leaves open which group a rule belongs to, or whether it lets in at all. */
export function whyUncertain(read: Read): string {
    if (read.isUnknown) {
        return `${read.path} ${read.unknown}`;
    }
    return read.path === "groupName" && read.text !== undefined
        ? `${read.path} is ${read.shown()}, and several security groups of this stack have that name`
        : `${read.path} is ${read.isAbsent ? "missing" : "of the wrong type"}`;
}

export function groupName(group: SecurityGroup): string {
    const [resource] = group.resources;
    if (resource !== undefined) {
        return `security group "${resource.name}"`;
    }
    if (group.defaultOf !== undefined) {
        return `default security group of VPC "${group.defaultOf.name}"`;
    }
    return group.id === undefined ? "security group" : `security group ${group.id}`;
}
