import { isEverybody } from "../addresses";
import {
    attachmentsOf,
    attachmentTypes,
    chainTo,
    ingressRuleTypes,
    isCloudFrontPrefixList,
    isForeignDns,
    LINK_TYPES,
    linksOf,
    prefixListIdsSetting,
    prefixListTypes,
    ruleLabel,
    securityGroupTypes,
    type Attachment,
    type Entry,
    type IngressRule,
    type SecurityGroup,
    whyUncertain,
} from "../aws";
import { securityHub } from "./controls";
import { originStep, reportUnknownOrigins } from "./originReports";
import { cannotTell, step, texts, violation } from "../finding";
import { Read, type Graph, type Resource } from "../graph";
import type { Report, StackRule } from "../rule";

const serviceGroup = "CloudFront-VPCOrigins-Service-SG";
const fix =
    "Allow port 443 from the managed prefix list com.amazonaws.global.cloudfront.origin-facing and nothing else; give other callers their own security group and name it in the setting securityGroupIds.";

/** What the rule says. */
export const messages = {
    originMayBeReached: "only CloudFront reaches this origin",
    mayBeReached: (loadBalancer: string) => `only CloudFront reaches load balancer "${loadBalancer}"`,
    unknownPrefixList: (id: string) =>
        `prefix list ${id} is not in this stack. If it is com.amazonaws.global.cloudfront.origin-facing of its Region, add it to the setting prefixListIds`,
    unknownSecurityGroup: (id: string) =>
        `security group ${id} is not in this stack. If it is ${serviceGroup}, add it to the setting securityGroupIds`,
    groupOfRelay: (group: string, relay: string) =>
        `${group} is on network load balancer "${relay}" before it, whose callers this rule does not judge. If only CloudFront reaches that one, add the group to the setting securityGroupIds`,
    mayHaveGroup: (path: string, group: string | undefined) =>
        `it is not known which security groups ${path} gives it, and ${group === undefined ? "one of them" : `"${group}"`} would let others in`,
    addresses: (block: string) => `addresses ${block}`,
    prefixList: (name: string) => `your own prefix list "${name}"`,
    securityGroup: (name: string) => `security group ${name}`,
    itself: "every member of the group itself",
    itselfInChain: "the group itself",
    ownGroup: (name: string) => `its security group "${name}"`,
    defaultGroup: "the default security group of its VPC",
    /**
     * @param group `ownGroup` or `defaultGroup`
     * @param source `addresses`, `prefixList`, `securityGroup` or `itself`, and the path of the property that lets it in
     */
    letsIn: (
        { loadBalancer, distribution }: { loadBalancer: string; distribution: string },
        group: string,
        source: string,
        path: string,
    ) =>
        `Load balancer "${loadBalancer}" is an origin of distribution "${distribution}", and ${group} allows ${source} (${path}): that traffic bypasses CloudFront. ${fix}`,
};

interface Context {
    readonly graph: Graph;
    /** A distribution that the load balancer is an origin of. */
    readonly entry: Entry;
    /** A distribution reaches the load balancer through a VPC origin. */
    readonly isInside: boolean;
    readonly loadBalancer: Resource;
    readonly attachment: Attachment;
    readonly group: SecurityGroup;
    readonly prefixListIds: readonly string[];
    readonly securityGroupIds: readonly string[];
    readonly report: Report;
    /** Load balancers of which it is said that their groups are not known, and rules of which the same is said. */
    readonly told: Set<Resource>;
}

/** Nothing but CloudFront reaches a load balancer that is an origin of it. */
export const albIngressCloudfrontOnly: StackRule = {
    scope: "stack",
    name: "alb-ingress-cloudfront-only",
    displayName: "Behind CloudFront, only CloudFront gets in",
    description:
        "The security groups of an application load balancer that is a CloudFront origin allow only CloudFront's prefix list or the security group of its VPC origins.",
    level: "advisory",
    severity: "high",
    controls: securityHub(
        "EC2.18",
        "Accepts every address on ports 80 and 443 (its default authorized ports); this rule accepts only CloudFront's addresses.",
    ),
    remediationSteps: fix,
    types: [...LINK_TYPES, ...securityGroupTypes, ...ingressRuleTypes, ...prefixListTypes],
    reads: attachmentTypes,
    looksAt: isForeignDns,
    settings: {
        prefixListIds: prefixListIdsSetting,
        securityGroupIds: {
            type: "array",
            items: { type: "string" },
            description:
                "Ids, or logical names in the stack, of security groups that are allowed in addition to CloudFront, such as those of internal callers or CloudFront-VPCOrigins-Service-SG.",
            default: [],
        },
    },
    evaluate(graph, report, settings) {
        const judged = new Set<SecurityGroup>();
        const told = new Set<Resource>();
        const attachments = attachmentsOf(graph).loadBalancers.flatMap((balancer) => balancer.attachments);
        // No group counts as judged that only may be on a load balancer.
        const certainFirst = [true, false].flatMap((is) => attachments.filter(({ certain }) => certain === is));
        for (const attachment of certainFirst) {
            const { group } = attachment;
            const loadBalancer = attachment.loadBalancer.resource;
            const entries = linksOf(graph).entriesOf(loadBalancer);
            const [entry] = entries;
            if (entry === undefined) {
                continue;
            }
            const context: Context = {
                graph,
                entry,
                isInside: entries.some(({ vpcOrigin }) => vpcOrigin !== undefined),
                loadBalancer,
                attachment,
                group,
                prefixListIds: texts(settings.prefixListIds),
                securityGroupIds: texts(settings.securityGroupIds),
                report,
                told,
            };
            // A group that many load balancers share is judged once.
            if (judged.has(group) || isBlessed(group.resources, group.id, context)) {
                continue;
            }
            if (attachment.certain) {
                judged.add(group);
            }
            for (const rule of group.rules) {
                judge(rule, context);
            }
        }
        reportUnknownOrigins(graph, report, messages.originMayBeReached);
    },
};

function judge(rule: IngressRule, context: Context): void {
    for (const block of rule.blocks) {
        // Every address at once is what alb-no-public-ingress refuses.
        if (block.range !== undefined && isEverybody(block.range)) {
            continue;
        }
        if (block.read.isUnknown) {
            reportSource(rule, block.read, undefined, context);
        } else {
            reportSource(rule, block.read, messages.addresses(block.read.shown()), context);
        }
    }
    for (const { read, id, targets } of rule.lists) {
        const trusted = targets.filter((list) => isCloudFrontPrefixList(list, context.prefixListIds));
        if (targets.length > 0 && trusted.length === targets.length) {
            continue;
        }
        const own = targets[0]?.resource;
        if (own !== undefined && trusted.length === 0) {
            reportSource(rule, read, messages.prefixList(own.name), context);
        } else {
            const cause = id === undefined ? undefined : messages.unknownPrefixList(id);
            reportSource(rule, read, undefined, context, cause);
        }
    }
    for (const read of rule.groups) {
        judgeGroup(rule, read, context);
    }
}

function judgeGroup(rule: IngressRule, read: Read, context: Context): void {
    if (read.flag === true) {
        reportSource(rule, read, messages.itself, context);
        return;
    }
    const found = context.graph.resolve(rule.resource, read.topLevel, read.value, securityGroupTypes);
    const others = found.filter((resource) => !context.group.resources.includes(resource));
    const mayBe = others.length > 0 ? others.map((each) => [each]) : [[]];
    if (mayBe.every((each) => isBlessed(each, read.text, context))) {
        return;
    }
    const [other] = others;
    const relay = linksOf(context.graph)
        .relays.before(context.loadBalancer)
        .find((before) => hasGroup(context.graph, before, others, read.text));
    if (relay !== undefined) {
        const group = messages.securityGroup(other === undefined ? read.shown() : `"${other.name}"`);
        reportSource(rule, read, undefined, context, messages.groupOfRelay(group, relay.name));
        return;
    }
    if (other !== undefined) {
        reportSource(rule, read, messages.securityGroup(`"${other.name}"`), context);
    } else if (found.length > 0) {
        reportSource(rule, read, messages.itself, context);
    } else if (read.isUnknown) {
        reportSource(rule, read, undefined, context);
    } else if (context.isInside) {
        reportSource(rule, read, undefined, context, messages.unknownSecurityGroup(read.shown()));
    } else {
        reportSource(rule, read, messages.securityGroup(read.shown()), context);
    }
}

function hasGroup(graph: Graph, relay: Resource, groups: readonly Resource[], id: string | undefined): boolean {
    const property = "securityGroups";
    const items = Read.of(relay).at(property).items();
    const own = items.flatMap((item) => graph.resolve(relay, property, item.value, securityGroupTypes));
    return groups.some((group) => own.includes(group)) || items.some((item) => id !== undefined && item.text === id);
}

function isBlessed(resources: readonly Resource[], id: string | undefined, context: Context): boolean {
    const names = [id, ...resources.map((resource) => resource.name)];
    return (
        context.securityGroupIds.some((blessed) => names.includes(blessed)) ||
        resources.some((resource) => Read.of(resource).either("name", "groupName").text === serviceGroup)
    );
}

/** @param source what is let in; undefined where that cannot be told */
function reportSource(
    rule: IngressRule,
    read: Read,
    source: string | undefined,
    context: Context,
    cause?: string,
): void {
    const { loadBalancer, attachment, group, report, entry } = context;
    if (!attachment.certain) {
        // Once is enough: every other group leaves the same property open.
        if (context.told.has(loadBalancer)) {
            return;
        }
        context.told.add(loadBalancer);
        const cause = messages.mayHaveGroup(attachment.read.path, group.resources[0]?.name ?? group.id);
        cannotTell(report, loadBalancer, attachment.read, messages.mayBeReached(loadBalancer.name), cause);
        return;
    }
    if (rule.uncertainty !== undefined) {
        if (!context.told.has(rule.resource)) {
            context.told.add(rule.resource);
            const { uncertainty } = rule;
            const question = messages.mayBeReached(loadBalancer.name);
            cannotTell(report, rule.resource, uncertainty, question, whyUncertain(uncertainty));
        }
        return;
    }
    if (source === undefined) {
        cannotTell(report, rule.resource, read, messages.mayBeReached(loadBalancer.name), cause);
        return;
    }
    const name = group.resources[0]?.name ?? group.id;
    const subject = name === undefined ? messages.defaultGroup : messages.ownGroup(name);
    violation(
        report,
        rule.resource,
        read,
        messages.letsIn(
            { loadBalancer: loadBalancer.name, distribution: entry.distribution.name },
            subject,
            source,
            read.path,
        ),
        [
            originStep(entry),
            ...chainTo(attachment),
            step(ruleLabel(rule), rule.resource, read, read.flag === true ? messages.itselfInChain : read.shown()),
        ],
    );
}
