import type { Family } from "../addresses";
import { once, writtenAt, type Read } from "../graph";
import {
    groupName,
    prefixListName,
    rangeOf,
    secret,
    whyUncertain,
    type ApplicationLoadBalancer,
    type Attachment,
    type IngressRule,
    type Part,
    type Parts,
    type PrefixList,
    type SecurityGroup,
    type Undecided,
    type Unresolved,
} from "../aws";
import { hasDefaultRanges, isGatewayDefault } from "../translation";

/** How many things of one kind a message names before it only counts them. */
const mostNamed = 5;

const listNames: Readonly<Record<Family, string>> = {
    IPv4: "com.amazonaws.global.cloudfront.origin-facing",
    IPv6: "com.amazonaws.global.ipv6.cloudfront.origin-facing",
};

/** How a program of any language gets the id of CloudFront's own prefix list. */
export function lookUp(family: Family): string {
    return `aws:ec2:getManagedPrefixList, or aws ec2 describe-managed-prefix-lists, finds its id by the name "${listNames[family]}"`;
}

/** What lies behind a load balancer's opening, in a stack that has a distribution. */
export const pastCloudFront = ", bypassing CloudFront and its web ACL";

/**
 * Parts that are every public address of a family, by themselves or together, and the balancers that they open.
 *
 * @param past `pastCloudFront` where the stack has a distribution
 */
export function open(parts: Parts, attachments: readonly Attachment[], past: string): string {
    const [part] = parts;
    const { family } = part;
    const whom = `Every public ${family} address can reach ${balancers(attachments)}${past}`;
    if (parts.length === 1) {
        return `${whom}: ${pathOf(part)}. ${remedy(part)}`;
    }
    return `${whom}: ${counted(parts)} together cover every public ${family} address: ${paths(parts)}. ${remedy(part)}`;
}

/** Parts that are a larger share of the public addresses than any list of partners. */
export function wide(
    { parts, percentage }: { readonly parts: Parts; readonly percentage: number },
    widest: number,
    attachments: readonly Attachment[],
    past: string,
): string {
    const [part] = parts;
    const digits = percentage > 99 ? 4 : 3;
    const share = percentage < 99.995 ? String(Number(percentage.toPrecision(digits))) : "More than 99.99";
    return `${share}% of all public ${part.family} addresses can reach ${balancers(attachments)}${past}: ${paths(parts)}. No list of partners is that wide. Allow only the ranges of the callers you know, or raise maximumPublicPercent (now ${widest}).`;
}

export function perhapsWide(parts: Parts, uncertainty: Read, attachments: readonly Attachment[]): string {
    return `Cannot tell whether a wide share of all public ${parts[0].family} addresses can reach ${balancers(attachments)}: ${paths(parts)}; but ${whyUncertain(uncertainty)}, so the rule may belong to another security group or be an egress rule.`;
}

function remedy(part: Part): string {
    const emptied = isGatewayDefault(part.rule.read.value) ? " and an empty spec.sourceRanges" : "";
    return `Write ${listProperty(part.rule)} with CloudFront's prefix list${emptied} instead (${lookUp(part.family)}${part.family === "IPv6" ? "; add that id to the setting trustedPrefixListIds" : ""}), or the ranges of the callers you know. A port, a protocol or another source in the same rule does not narrow the range.`;
}

function counted(parts: Parts): string {
    const groups = new Set(parts.map((one) => one.group)).size;
    return `${parts.length} ranges${groups > 1 ? ` of ${groups} security groups` : ""}`;
}

function paths(parts: Parts): string {
    return named(parts.slice(0, mostNamed + 1).map(pathOf), "; ", parts.length);
}

export function uncertain(parts: Parts, uncertainty: Read, attachments: readonly Attachment[]): string {
    const [{ family }] = parts;
    return `Cannot tell whether every public ${family} address can reach ${balancers(attachments)}: ${paths(parts)}; but ${whyUncertain(uncertainty)}, so the rule may belong to another security group or be an egress rule.`;
}

export function uncertainBalancer(parts: Parts, uncertainty: Read, attachments: readonly Attachment[]): string {
    const [{ family }] = parts;
    const several = new Set(attachments.map((attachment) => attachment.loadBalancer)).size > 1;
    const kind = several ? "are application load balancers" : "is an application load balancer";
    return `Cannot tell whether ${balancers(attachments)} ${kind} that every public ${family} address can reach: ${paths(parts)}; but ${whyUncertain(uncertainty)}.`;
}

export function undecided(one: Undecided, group: SecurityGroup, attachments: readonly Attachment[]): string {
    const cause = one.read.isUnknown
        ? `${one.read.path} ${one.read.unknown}`
        : `${one.read.path} is neither a CIDR block nor an id, for example "10.0.0.0/8"`;
    return `Cannot tell whether everybody can reach ${balancers(attachments)} through the ${groupName(group)}: ${cause}.`;
}

export function outsideList(
    list: PrefixList,
    rule: IngressRule,
    group: SecurityGroup,
    attachments: readonly Attachment[],
): string {
    return `Cannot tell whether everybody can reach ${balancers(attachments)}: ${rule.read.path === "" ? `rule "${rule.resource.name}" of the ${groupName(group)} allows` : `the rules of the ${groupName(group)} allow`} prefix list ${list.id ?? ""}, which is not in this stack. If it holds only callers you know, or is ${listNames.IPv6}, name it once in the setting trustedPrefixListIds of alb-no-public-ingress.`;
}

export function outsideGroup(group: SecurityGroup, attachments: readonly Attachment[]): string {
    const remedy =
        group.id === undefined
            ? "Give the load balancer its own security group."
            : "If you know that they are safe, name the group once in the setting trustedSecurityGroupIds of alb-no-public-ingress.";
    return `Cannot tell whether everybody can reach ${balancers(attachments)}: the ${groupName(group)} may have rules outside this stack. ${remedy}`;
}

export function unresolvedGroup(balancer: ApplicationLoadBalancer, { read, isDefault }: Unresolved): string {
    const name = `load balancer "${balancer.resource.name}"`;
    if (isDefault) {
        return `Cannot tell whether everybody can reach ${name}: it names no security group, so AWS gives it the default group of its VPC, which is not in this stack. Give it its own security group.`;
    }
    return `Cannot tell whether everybody can reach ${name}: ${whyUncertain(read)}, and it leads to no security group of this stack.`;
}

export function orphan(uncertainty: Read): string {
    const elsewhere = uncertainty.text === undefined ? ", and it leads to no security group of this stack" : "";
    return `Cannot tell whether this rule opens a load balancer: ${whyUncertain(uncertainty)}${elsewhere}.`;
}

/** A group that is on thousands of balancers may have thousands of rules: their names are put together once. */
const balancers = once((attachments: readonly Attachment[]): string => {
    const names = [...new Set(attachments.map((attachment) => `"${attachment.loadBalancer.resource.name}"`))].sort();
    return `load balancer${names.length > 1 ? "s" : ""} ${named(names, ", ")}`;
});

/** Security group, rule, property and range, in the order in which a packet meets them. */
function pathOf(part: Part): string {
    const range = hasDefaultRanges(part.rule.read.value)
        ? `${part.read.path.replace(/\[\d+\]$/, "")} is missing (the controller's default is ${source(part)})`
        : `${part.read.path} = ${source(part)}`;
    return `${groupName(part.group)} -> ${ruleName(part.rule)} -> ${range}`;
}

function source(part: Part): string {
    const range = rangeOf(part);
    if (part.list === undefined) {
        return range;
    }
    return range === secret ? prefixListName(part.list) : `${prefixListName(part.list)} with ${range}`;
}

function ruleName(rule: IngressRule): string {
    return rule.read.path === "" ? `rule "${rule.resource.name}"` : "its own rules";
}

/** The property that names a prefix list, as the program writes it. */
function listProperty(rule: IngressRule): string {
    const name = knownListProperty(rule);
    return writtenAt(rule.read.value, name) ?? name;
}

function knownListProperty(rule: IngressRule): string {
    if (rule.resource.type.startsWith("aws-native:")) {
        return "sourcePrefixListId";
    }
    return rule.resource.type.endsWith(":SecurityGroupIngressRule") ? "prefixListId" : "prefixListIds";
}

/** @param count of all, where only the first of them are given */
function named(names: readonly string[], separator: string, count = names.length): string {
    if (count <= mostNamed) {
        return names.join(separator);
    }
    return `${names.slice(0, mostNamed).join(separator)}${separator}and ${count - mostNamed} more`;
}
