import { isEveryAddress } from "../addresses";
import {
    attachmentsOf,
    chainTo,
    ingressRuleTypes,
    prefixListTypes,
    ruleLabel,
    securityGroupTypes,
    type Attachment,
    type IngressRule,
    type SecurityGroup,
} from "../attachment";
import { securityHub } from "../controls";
import {
    isCloudFrontPrefixList,
    LINK_TYPES,
    linksOf,
    originStep,
    prefixListIdsSetting,
    reportUnknownOrigins,
    type Entry,
} from "../edge";
import { cannotTell, Read, step, texts, violation } from "../read";
import type { Graph, Resource } from "../resource";
import type { Report, StackRule } from "../rule";

const serviceGroup = "CloudFront-VPCOrigins-Service-SG";
const fix =
    "Let in port 443 from the managed prefix list com.amazonaws.global.cloudfront.origin-facing and nothing else; put other callers into a security group of their own and name it in the setting securityGroupIds.";

interface Context {
    readonly graph: Graph;
    readonly entries: readonly Entry[];
    readonly loadBalancer: Resource;
    readonly attachment: Attachment;
    readonly group: SecurityGroup;
    readonly prefixListIds: readonly string[];
    readonly securityGroupIds: readonly string[];
    readonly report: Report;
}

/** Nothing but CloudFront reaches a load balancer that is an origin of it. */
export const albIngressCloudfrontOnly: StackRule = {
    scope: "stack",
    name: "alb-ingress-cloudfront-only",
    displayName: "Behind CloudFront, only CloudFront gets in",
    description:
        "The security groups of an application load balancer that is a CloudFront origin let in CloudFront's prefix list or its VPC origins group only.",
    level: "advisory",
    severity: "high",
    controls: securityHub(
        "EC2.18",
        "Accepts every address on ports 80 and 443 (its default authorized ports); only CloudFront's are accepted here.",
    ),
    remediationSteps: fix,
    types: [...LINK_TYPES, ...securityGroupTypes, ...ingressRuleTypes, ...prefixListTypes],
    settings: {
        prefixListIds: prefixListIdsSetting,
        securityGroupIds: {
            type: "array",
            items: { type: "string" },
            description:
                "Ids, or logical names in the stack, of security groups that may be let in beside CloudFront, such as internal callers or CloudFront-VPCOrigins-Service-SG.",
            default: [],
        },
    },
    evaluate(graph, report, settings) {
        const said = new Set<SecurityGroup>();
        for (const { resource: loadBalancer, attachments } of attachmentsOf(graph).loadBalancers) {
            const entries = linksOf(graph).entriesOf(loadBalancer);
            if (entries.length === 0) continue;
            for (const attachment of attachments) {
                const { group, certain } = attachment;
                const context: Context = {
                    graph,
                    entries,
                    loadBalancer,
                    attachment,
                    group,
                    prefixListIds: texts(settings.prefixListIds, []),
                    securityGroupIds: texts(settings.securityGroupIds, []),
                    report,
                };
                // A group that many load balancers share is judged once.
                if (!certain || said.has(group) || isBlessed(group.resources, group.id, context)) continue;
                said.add(group);
                for (const rule of group.rules) {
                    if (rule.certain) judge(rule, context);
                }
            }
        }
        reportUnknownOrigins(graph, report, "only CloudFront reaches this origin");
    },
};

function judge(rule: IngressRule, context: Context): void {
    for (const block of rule.blocks) {
        // Every address at once is what alb-no-public-ingress refuses.
        if (block.range !== undefined && isEveryAddress(block.range)) continue;
        if (block.read.isUnknown) say(rule, block.read, undefined, context);
        else say(rule, block.read, `addresses ${block.read.shown()}`, context);
    }
    for (const { read, id, targets } of rule.lists) {
        if (targets.some((list) => isCloudFrontPrefixList(list, context.prefixListIds))) continue;
        const own = targets.find((list) => list.resource !== undefined)?.resource;
        if (own !== undefined) say(rule, read, `prefix list "${own.name}" of your own`, context);
        else {
            const cause =
                id === undefined
                    ? undefined
                    : `prefix list ${id} is not in this stack. If it is com.amazonaws.global.cloudfront.origin-facing of its Region, add it to the setting prefixListIds`;
            say(rule, read, undefined, context, cause);
        }
    }
    for (const read of rule.groups) judgeGroup(rule, read, context);
}

function judgeGroup(rule: IngressRule, read: Read, context: Context): void {
    const { graph, entries } = context;
    if (read.flag === true) {
        say(rule, read, "every member of the group itself", context);
        return;
    }
    const property = read.path.split(/[.[]/)[0] ?? read.path;
    const found = graph.resolve(rule.resource, property, read.value, securityGroupTypes);
    const own = found.filter((resource) => !context.group.resources.includes(resource));
    if (isBlessed(own, read.text, context)) return;
    if (own.length > 0) say(rule, read, `security group "${own[0]?.name}"`, context);
    else if (read.isUnknown) say(rule, read, undefined, context);
    else if (entries.some((entry) => entry.vpcOrigin !== undefined)) {
        const cause = `security group ${read.shown()} is not in this stack. If it is ${serviceGroup}, add it to the setting securityGroupIds`;
        say(rule, read, undefined, context, cause);
    } else say(rule, read, `security group ${read.shown()}`, context);
}

function isBlessed(resources: readonly Resource[], id: string | undefined, context: Context): boolean {
    if (id !== undefined && context.securityGroupIds.includes(id)) return true;
    return resources.some(
        (resource) =>
            context.securityGroupIds.includes(resource.name) ||
            Read.of(resource).either("name", "groupName").text === serviceGroup,
    );
}

/** @param source what is let in; undefined where that cannot be told */
function say(rule: IngressRule, read: Read, source: string | undefined, context: Context, cause?: string): void {
    const { loadBalancer, attachment, group, report, entries } = context;
    const name = group.resources[0]?.name ?? group.id ?? "its security group";
    if (source === undefined) {
        cannotTell(report, rule.resource, read, `only CloudFront reaches load balancer "${loadBalancer.name}"`, cause);
        return;
    }
    violation(
        report,
        rule.resource,
        read,
        `Load balancer "${loadBalancer.name}" is an origin of distribution "${entries[0]?.distribution.name}", and its security group "${name}" lets in ${source} (${read.path || "the rule"}), which reach it past the firewall. ${fix}`,
        [
            ...entries.slice(0, 1).map(originStep),
            ...chainTo(attachment),
            step(ruleLabel(rule), rule.resource, read, read.flag === true ? "the group itself" : read.shown()),
        ],
    );
}
