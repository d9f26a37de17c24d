import {
    attachmentsOf,
    attachmentTypes,
    cloudFrontPrefixLists,
    ingressRuleTypes,
    isCloudFrontPrefixList,
    loadBalancerTypes,
    prefixListIdsSetting,
    prefixListTypes,
    securityGroupTypes,
    type SecurityGroup,
} from "../aws";
import { cannotTell, listed, texts, violation } from "../finding";
import { Read } from "../graph";
import type { StackRule } from "../rule";

/** What the rule says. */
export const messages = {
    tooHeavy: (group: string, weight: number, parts: readonly string[], quota: number) =>
        `The ingress rules of security group "${group}" weigh ${weight} (${listed(parts, " + ")}), over the quota of ${quota}, so AWS refuses them with RulesPerSecurityGroupLimitExceeded. ` +
        "Refer to each list once, in its own security group, or request a higher quota (L-0EA8095F) and set rulesPerSecurityGroup.",
    mayFit: (group: string) => `the rules of "${group}" fit within the quota`,
    unknownWeight: (lists: readonly string[], weight: number, quota: number) =>
        `the weight of ${listed(lists)} is not known in this stack, and the rest weighs ${weight} of ${quota}`,
    forList: (weight: number, name: string) => `${weight} for ${name}`,
    forOtherSources: (count: number) => `${count} for other sources`,
};

const defaultQuota = 60;

/** A security group holds no more rules than AWS's quota, prefix lists counted by their weight. */
export const prefixListWeight: StackRule = {
    scope: "stack",
    name: "prefix-list-weight",
    displayName: "Prefix lists fit within the security group's quota",
    description:
        "The ingress rules of a load balancer's security group, prefix lists counted by their weight, stay within AWS's quota.",
    level: "advisory",
    severity: "low",
    controls: [],
    remediationSteps:
        "Refer to the CloudFront prefix list once, for port 443, in its own security group, and put everything else into another group of the same load balancer. Or request a higher quota (L-0EA8095F) and set rulesPerSecurityGroup.",
    types: [...loadBalancerTypes, ...securityGroupTypes, ...ingressRuleTypes, ...prefixListTypes],
    reads: attachmentTypes,
    settings: {
        rulesPerSecurityGroup: {
            type: "integer",
            minimum: 1,
            description: "Your account's quota of inbound rules per security group (Service Quotas code L-0EA8095F).",
            default: defaultQuota,
        },
        prefixListIds: prefixListIdsSetting,
    },
    evaluate(graph, report, settings) {
        const configured = settings.rulesPerSecurityGroup;
        const quota = typeof configured === "number" ? configured : defaultQuota;
        const further = texts(settings.prefixListIds);
        const groups = attachmentsOf(graph).loadBalancers.flatMap(({ attachments }) =>
            attachments.map(({ group }) => group),
        );
        for (const group of new Set(groups)) {
            const [resource] = group.resources;
            if (resource === undefined || group.rules.every((rule) => rule.lists.length === 0)) {
                continue;
            }
            const { lists, others, unknown } = weigh(group, further);
            const weight = lists.reduce((sum, list) => sum + list.weight, 0) + others;
            const subject = Read.of(resource);
            const parts = [...countsOf(lists), ...(others > 0 ? [messages.forOtherSources(others)] : [])];
            if (weight > quota) {
                violation(report, resource, subject, messages.tooHeavy(resource.name, weight, parts, quota));
            } else if (weight + unknown.length * cloudFrontPrefixLists.weight > quota) {
                const cause = messages.unknownWeight([...new Set(unknown)], weight, quota);
                cannotTell(report, resource, subject, messages.mayFit(resource.name), cause);
            }
        }
    },
};

/** `55 for pl-1`, or `3 x 55 for pl-1` where three rules refer to it. */
function countsOf(lists: Weights["lists"]): string[] {
    const counts = new Map<string, number>();
    for (const { name, weight } of lists) {
        const part = messages.forList(weight, name);
        counts.set(part, (counts.get(part) ?? 0) + 1);
    }
    return [...counts].map(([part, count]) => (count === 1 ? part : `${count} x ${part}`));
}

interface Weights {
    readonly lists: readonly { readonly name: string; readonly weight: number }[];
    /** Address ranges of the fuller family, and security groups. */
    readonly others: number;
    /** Prefix lists of unknown weight. */
    readonly unknown: readonly string[];
}

function weigh(group: SecurityGroup, further: readonly string[]): Weights {
    const lists: { name: string; weight: number }[] = [];
    const unknown: string[] = [];
    const count = { ipv4: 0, ipv6: 0, groups: 0 };
    for (const rule of group.rules) {
        for (const { read } of rule.blocks) {
            count[read.text?.includes(":") ? "ipv6" : "ipv4"]++;
        }
        count.groups += rule.groups.length;
        for (const { read, id, targets } of rule.lists) {
            const [list] = rule.certain && targets.length === 1 ? targets : [];
            const name = list?.resource?.name ?? id ?? read.path;
            const entries = list?.resource && Read.of(list.resource).at("maxEntries").number;
            if (list !== undefined && isCloudFrontPrefixList(list, further)) {
                lists.push({ name, weight: cloudFrontPrefixLists.weight });
            } else if (entries !== undefined) {
                lists.push({ name, weight: entries });
            } else {
                unknown.push(name);
            }
        }
    }
    return { lists, unknown, others: Math.max(count.ipv4, count.ipv6) + count.groups };
}
