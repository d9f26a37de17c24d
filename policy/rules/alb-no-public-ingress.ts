import { families, isEveryAddress } from "../addresses";
import {
    attachmentsOf,
    attachmentTypes,
    chainOf,
    Exposures,
    type ApplicationLoadBalancer,
    type Attachment,
    type IngressRule,
    type Parts,
    type SecurityGroup,
    type Undecided,
} from "../attachment";
import * as say from "../attachment/wording";
import { securityHub } from "../controls";
import { isCloudFrontPrefixList } from "../edge";
import { texts, type Read } from "../read";
import type { Graph, Resource } from "../resource";
import type { Report, Settings, StackRule } from "../rule";

/** No application load balancer lets in every IPv4 address or every IPv6 address, on whatever port. */
export const albNoPublicIngress: StackRule = {
    scope: "stack",
    name: "alb-no-public-ingress",
    displayName: "Nobody goes around CloudFront to the load balancer",
    description:
        "The security groups of an application load balancer let in neither all of IPv4 nor all of IPv6, by one range or by several together.",
    level: "mandatory",
    severity: "critical",
    controls: securityHub(
        "EC2.18",
        "Accepts every address on ports 80 and 443, looks at single ranges only and not at prefix lists.",
    ),
    remediationSteps: `Take the range away and let in the CloudFront managed prefix list instead: ${say.lookUp("IPv4")}. Callers that have to come directly get a range or a security group of their own.`,
    types: attachmentTypes,
    settings: {
        trustedPrefixListIds: {
            type: "array",
            items: { type: "string", pattern: "^pl-[0-9a-f]+$" },
            default: [],
            description:
                "Ids of prefix lists outside the stack that are known not to hold every address. CloudFront's own lists need not be named.",
        },
        trustedSecurityGroupIds: {
            type: "array",
            items: { type: "string", pattern: "^sg-[0-9a-f]+$" },
            default: [],
            description: "Ids of security groups outside the stack that are known not to let in every address.",
        },
    },
    evaluate(graph, report, settings) {
        const { loadBalancers, orphans } = attachmentsOf(graph);
        new Verdict(graph, report, settings, loadBalancers).say(orphans);
    },
};

class Verdict {
    private readonly exposures = new Exposures();
    private readonly users = new Map<SecurityGroup, Attachment[]>();
    private readonly trustedLists: readonly string[];
    private readonly trustedGroups: ReadonlySet<string | undefined>;
    private readonly said = new Set<unknown>();

    constructor(
        private readonly graph: Graph,
        private readonly report: Report,
        settings: Settings,
        private readonly loadBalancers: readonly ApplicationLoadBalancer[],
    ) {
        this.trustedLists = texts(settings.trustedPrefixListIds);
        this.trustedGroups = new Set(texts(settings.trustedSecurityGroupIds));
        for (const attachment of loadBalancers.flatMap((balancer) => balancer.attachments)) {
            const others = this.users.get(attachment.group);
            if (others === undefined) {
                this.users.set(attachment.group, [attachment]);
            } else {
                others.push(attachment);
            }
        }
    }

    say(orphans: readonly IngressRule[]): void {
        for (const [group, attachments] of this.users) {
            this.sayGroup(group, attachments);
        }
        for (const balancer of this.loadBalancers) {
            this.saySum(balancer);
            for (const unresolved of balancer.unresolved) {
                const message = say.unresolvedGroup(balancer, unresolved);
                this.cannotTell(balancer.resource, unresolved.read, message);
            }
        }
        const isUnresolved = this.loadBalancers.some((balancer) => balancer.unresolved.length > 0);
        for (const rule of orphans) {
            if (isUnresolved || this.maybeOpens(rule)) {
                this.sayOrphan(rule);
            }
        }
    }

    private sayGroup(group: SecurityGroup, attachments: readonly Attachment[]): void {
        const exposure = this.exposures.of(group);
        const certain = attachments.filter(isCertain);
        const sayOpen = (parts: Parts, resource: Resource, read: Read | undefined) => {
            if (certain.length === 0) {
                this.sayPerhapsOpen(parts, attachments);
            } else {
                const message = say.open(parts, certain);
                const chain = chainOf(parts, certain);
                this.report({ kind: "violation", resource, path: read?.path, message, chain });
            }
        };
        for (const part of exposure.alone) {
            sayOpen([part], part.rule.resource, part.read);
        }
        for (const parts of exposure.together) {
            const resource = group.resources[0] ?? parts[0].rule.resource;
            const read = parts.find((part) => part.rule.resource === resource)?.read;
            sayOpen(parts, resource, read);
        }
        for (const parts of exposure.doubtful) {
            const doubted = parts.find((part) => part.doubt !== undefined);
            if (doubted?.doubt === undefined) {
                continue;
            }
            this.cannotTell(doubted.rule.resource, doubted.doubt, say.doubtful(parts, doubted.doubt, attachments));
        }
        this.sayUndecided(exposure.undecided, group, attachments);
        for (const { rule, read, list } of exposure.outsideLists) {
            if (isCloudFrontPrefixList(list, this.trustedLists) || !this.isNew(list)) {
                continue;
            }
            this.cannotTell(rule.resource, read, say.outsideList(list, rule, group, attachments));
        }
        const [attachment] = attachments;
        if (group.known || attachment === undefined || this.trustedGroups.has(group.id)) {
            return;
        }
        this.cannotTell(attachment.loadBalancer.resource, attachment.read, say.outsideGroup(group, attachments));
    }

    private sayPerhapsOpen(parts: Parts, attachments: readonly Attachment[]): void {
        const [attachment] = attachments;
        if (attachment === undefined) {
            return;
        }
        const { loadBalancer } = attachment;
        const doubt = loadBalancer.isCertain ? attachment.read : loadBalancer.type;
        this.cannotTell(loadBalancer.resource, doubt, say.doubtfulBalancer(parts, doubt, attachments));
    }

    private saySum(balancer: ApplicationLoadBalancer): void {
        const attachments = balancer.attachments.filter(isCertain);
        const groups = attachments.map((attachment) => attachment.group);
        for (const family of families) {
            const parts = this.exposures.together(groups, family);
            if (parts === undefined) {
                continue;
            }
            const path = "securityGroups";
            const message = say.open(parts, [attachments[0] as Attachment]);
            const chain = chainOf(parts, attachments);
            this.report({ kind: "violation", resource: balancer.resource, path, message, chain });
        }
    }

    private sayUndecided(
        undecided: readonly Undecided[],
        group: SecurityGroup,
        attachments: readonly Attachment[],
    ): void {
        const perResource = new Map<Resource, number>();
        for (const one of undecided) {
            const count = (perResource.get(one.resource) ?? 0) + 1;
            perResource.set(one.resource, count);
            if (count > mostPerResource || !this.isNew(one.read)) {
                continue;
            }
            this.cannotTell(one.resource, one.read, say.undecided(one, group, attachments));
        }
    }

    /** Unless the group's id comes from another stack, the group may be a balancer's after all. */
    private maybeOpens({ resource, blocks, doubt }: IngressRule): boolean {
        if (this.loadBalancers.length === 0 || doubt === undefined) {
            return false;
        }
        const behind = resource.propertyDependencies[doubt.path] ?? [];
        const isForeign =
            behind.length > 0 &&
            behind.every((urn) => (this.graph.byUrn(urn)?.type ?? stackReference) === stackReference);
        return !isForeign && blocks.some(({ range }) => range !== undefined && isEveryAddress(range));
    }

    private sayOrphan(rule: IngressRule): void {
        const open = rule.blocks.length > 0 || rule.lists.length > 0;
        if (open && rule.doubt !== undefined) {
            this.cannotTell(rule.resource, rule.doubt, say.orphan(rule.doubt));
        }
    }

    private isNew(what: unknown): boolean {
        if (this.said.has(what)) {
            return false;
        }
        this.said.add(what);
        return true;
    }

    private cannotTell(resource: Resource, read: Read, message: string): void {
        this.report({ kind: "cannot tell", resource, path: read.path, message });
    }
}

const stackReference = "pulumi:pulumi:StackReference";

/** A resource with more unknown values than this says no more by naming all of them. */
const mostPerResource = 10;

function isCertain(attachment: Attachment): boolean {
    return attachment.certain && attachment.loadBalancer.isCertain;
}
