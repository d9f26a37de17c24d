import { coverOfEverybody, families, type AddressRange, type Family } from "../addresses";
import {
    attachmentsOf,
    attachmentTypes,
    chainOf,
    DISTRIBUTION_TYPES,
    Exposures,
    isCloudFrontPrefixList,
    type ApplicationLoadBalancer,
    type Attachment,
    type IngressRule,
    type Parts,
    type SecurityGroup,
    type Share,
    type Undecided,
} from "../aws";
import { securityHub } from "./controls";
import { texts } from "../finding";
import type { Read, Graph, Resource } from "../graph";
import * as messages from "./alb-no-public-ingress.messages";
import { settings, widestByDefault } from "./alb-no-public-ingress.settings";
import type { Report, Settings, StackRule } from "../rule";

/** No application load balancer lets in every public address of a family, on whatever port. */
export const albNoPublicIngress: StackRule = {
    scope: "stack",
    name: "alb-no-public-ingress",
    displayName: "A load balancer is not open to everybody",
    description:
        "The security groups of an application load balancer do not allow every public IPv4 address or every public IPv6 address, in one range or in several together.",
    level: "mandatory",
    severity: "critical",
    controls: securityHub(
        "EC2.18",
        "Accepts every address on ports 80 and 443, looks only at single ranges, not at prefix lists.",
    ),
    remediationSteps: `Remove the range and allow CloudFront's managed prefix list instead (${messages.lookUp("IPv4")}). Give callers that must connect directly their own ranges or security group.`,
    types: attachmentTypes,
    settings,
    evaluate(graph, report, settings) {
        const { loadBalancers, orphans } = attachmentsOf(graph);
        new Openings(graph, report, settings, loadBalancers).reportAll(orphans);
    },
};

class Openings {
    readonly #exposures = new Exposures();
    readonly #users = new Map<SecurityGroup, Attachment[]>();
    readonly #trustedLists: readonly string[];
    readonly #trustedGroups: ReadonlySet<string | undefined>;
    readonly #widest: number;
    readonly #past: string;
    readonly #reported = new Set<unknown>();
    /** The balancers of which it was said that they let in every public address of the family. */
    readonly #opened = { IPv4: new Set<ApplicationLoadBalancer>(), IPv6: new Set<ApplicationLoadBalancer>() };

    readonly #graph: Graph;
    readonly #report: Report;
    readonly #loadBalancers: readonly ApplicationLoadBalancer[];

    constructor(graph: Graph, report: Report, settings: Settings, loadBalancers: readonly ApplicationLoadBalancer[]) {
        this.#graph = graph;
        this.#report = report;
        this.#loadBalancers = loadBalancers;

        this.#trustedLists = texts(settings.trustedPrefixListIds);
        this.#trustedGroups = new Set(texts(settings.trustedSecurityGroupIds));
        const { maximumPublicPercent: widest } = settings;
        this.#widest = typeof widest === "number" ? widest : widestByDefault;
        this.#past = graph.ofType(...DISTRIBUTION_TYPES).length > 0 ? messages.pastCloudFront : "";
        const all = loadBalancers.flatMap((balancer) => balancer.attachments);
        // What is said of a group is said first where it is written.
        for (const attachment of [...all.filter((one) => !one.isOfOther), ...all.filter((one) => one.isOfOther)]) {
            const others = this.#users.get(attachment.group);
            if (others === undefined) {
                this.#users.set(attachment.group, [attachment]);
            } else {
                others.push(attachment);
            }
        }
    }

    reportAll(orphans: readonly IngressRule[]): void {
        for (const [group, attachments] of this.#users) {
            this.#reportGroup(group, attachments);
        }
        for (const balancer of this.#loadBalancers) {
            this.#reportSum(balancer);
            for (const unresolved of balancer.unresolved) {
                const message = messages.unresolvedGroup(balancer, unresolved);
                this.#cannotTell(balancer.resource, unresolved.read, message);
            }
        }
        for (const family of families) {
            this.#reportWideOnes(family);
        }
        const isUnresolved = this.#loadBalancers.some((balancer) => balancer.unresolved.length > 0);
        for (const rule of orphans) {
            if (isUnresolved || this.#maybeOpens(rule)) {
                this.#reportOrphan(rule);
            }
        }
    }

    #reportGroup(group: SecurityGroup, attachments: readonly Attachment[]): void {
        const exposure = this.#exposures.of(group);
        const certain = attachments.filter(isCertain);
        const reportOpen = (parts: Parts, resource: Resource, read: Read | undefined) => {
            if (certain.length === 0) {
                this.#reportPerhapsOpen(parts, attachments);
            } else {
                certain.forEach(({ loadBalancer }) => this.#opened[parts[0].family].add(loadBalancer));
                const message = messages.open(parts, certain, this.#past);
                const chain = chainOf(parts, certain);
                this.#report({ kind: "violation", resource, path: read?.path, message, chain });
            }
        };
        for (const part of exposure.alone) {
            reportOpen([part], part.rule.resource, part.read);
        }
        for (const parts of exposure.together) {
            const resource = group.resources[0] ?? parts[0].rule.resource;
            const read = parts.find((part) => part.rule.resource === resource)?.read;
            reportOpen(parts, resource, read);
        }
        for (const parts of exposure.uncertain) {
            const uncertainPart = parts.find((part) => part.uncertainty !== undefined);
            if (uncertainPart?.uncertainty === undefined) {
                continue;
            }
            this.#cannotTell(
                uncertainPart.rule.resource,
                uncertainPart.uncertainty,
                messages.uncertain(parts, uncertainPart.uncertainty, attachments),
            );
        }
        this.#reportUndecided(exposure.undecided, group, attachments);
        for (const { rule, read, list } of exposure.outsideLists) {
            if (isCloudFrontPrefixList(list, this.#trustedLists) || !this.#isNew(list)) {
                continue;
            }
            this.#cannotTell(rule.resource, read, messages.outsideList(list, rule, group, attachments));
        }
        const [attachment] = attachments;
        if (group.known || attachment === undefined || this.#trustedGroups.has(group.id)) {
            return;
        }
        this.#cannotTell(attachment.loadBalancer.resource, attachment.read, messages.outsideGroup(group, attachments));
    }

    /** A wide share is said of a group where it is the group's, else of the balancer whose groups add up to it. */
    #reportWideOnes(family: Family): void {
        const isClosed = ({ loadBalancer }: Attachment) => !this.#opened[family].has(loadBalancer);
        for (const [group, attachments] of this.#users) {
            const exposure = this.#exposures.of(group);
            this.#reportWide(
                exposure.remaining[family],
                group.resources[0],
                attachments.filter(isCertain).filter(isClosed),
            );
            this.#reportPerhapsWide(exposure.perhaps[family], attachments.filter(isClosed));
        }
        for (const balancer of this.#loadBalancers) {
            const attachments = balancer.attachments.filter(isCertain).filter(isClosed);
            const groups = attachments.map(({ group }) => group);
            const share = groups.length > 1 ? this.#exposures.widerThan(this.#widest, groups, family) : undefined;
            if (share !== undefined) {
                this.#reportWide(share, balancer.resource, attachments);
            }
        }
    }

    /** @param holder what the share is the sum of; the rule itself where one range is wide enough */
    #reportWide(share: Share, holder: Resource | undefined, attachments: readonly Attachment[]): void {
        const isWide = share.percentage > this.#widest && attachments.length > 0;
        const parts = isWide ? widestFirst(share.parts) : undefined;
        if (parts === undefined) {
            return;
        }
        const [part] = parts;
        const only = parts.length === 1;
        this.#report({
            kind: "violation",
            level: "advisory",
            resource: only ? part.rule.resource : (holder ?? part.rule.resource),
            path: only || holder === part.rule.resource ? part.read.path : undefined,
            message: messages.wide({ parts, percentage: share.percentage }, this.#widest, attachments, this.#past),
            chain: chainOf(parts, attachments),
        });
    }

    #reportPerhapsWide({ parts, percentage }: Share, attachments: readonly Attachment[]): void {
        const uncertainPart = parts.find((part) => part.uncertainty !== undefined);
        const ordered = widestFirst(parts);
        if (
            attachments.length > 0 &&
            percentage > this.#widest &&
            uncertainPart?.uncertainty !== undefined &&
            ordered !== undefined
        ) {
            const message = messages.perhapsWide(ordered, uncertainPart.uncertainty, attachments);
            this.#cannotTell(uncertainPart.rule.resource, uncertainPart.uncertainty, message);
        }
    }

    #reportPerhapsOpen(parts: Parts, attachments: readonly Attachment[]): void {
        const [attachment] = attachments;
        if (attachment === undefined) {
            return;
        }
        const { loadBalancer } = attachment;
        const uncertainty = loadBalancer.isCertain ? attachment.read : loadBalancer.type;
        this.#cannotTell(
            loadBalancer.resource,
            uncertainty,
            messages.uncertainBalancer(parts, uncertainty, attachments),
        );
    }

    #reportSum(balancer: ApplicationLoadBalancer): void {
        const attachments = balancer.attachments.filter(isCertain);
        const groups = attachments.map((attachment) => attachment.group);
        for (const family of families) {
            const parts = this.#exposures.together(groups, family);
            if (parts === undefined) {
                continue;
            }
            this.#opened[family].add(balancer);
            const path = "securityGroups";
            const message = messages.open(parts, [attachments[0] as Attachment], this.#past);
            const chain = chainOf(parts, attachments);
            this.#report({ kind: "violation", resource: balancer.resource, path, message, chain });
        }
    }

    #reportUndecided(undecided: readonly Undecided[], group: SecurityGroup, attachments: readonly Attachment[]): void {
        const perResource = new Map<Resource, number>();
        for (const one of undecided) {
            const count = (perResource.get(one.resource) ?? 0) + 1;
            perResource.set(one.resource, count);
            if (count > mostPerResource || !this.#isNew(one.read)) {
                continue;
            }
            this.#cannotTell(one.resource, one.read, messages.undecided(one, group, attachments));
        }
    }

    /** Unless the group's id comes from another stack, the group may be a balancer's after all. */
    #maybeOpens({ resource, blocks, lists, uncertainty }: IngressRule): boolean {
        if (this.#loadBalancers.length === 0 || uncertainty === undefined) {
            return false;
        }
        const behind = resource.propertyDependencies[uncertainty.path] ?? [];
        const isForeign =
            behind.length > 0 &&
            behind.every((urn) => (this.#graph.byUrn(urn)?.type ?? stackReference) === stackReference);
        const ranges = [...blocks, ...lists.flatMap(({ targets }) => targets.flatMap((list) => list.blocks))].flatMap(
            ({ range }) => range ?? [],
        );
        return !isForeign && families.some((family) => coverOfEverybody(ranges, family) !== undefined);
    }

    #reportOrphan(rule: IngressRule): void {
        const open = rule.blocks.length > 0 || rule.lists.length > 0;
        if (open && rule.uncertainty !== undefined) {
            this.#cannotTell(rule.resource, rule.uncertainty, messages.orphan(rule.uncertainty));
        }
    }

    #isNew(what: unknown): boolean {
        if (this.#reported.has(what)) {
            return false;
        }
        this.#reported.add(what);
        return true;
    }

    #cannotTell(resource: Resource, read: Read, message: string): void {
        this.#report({ kind: "cannot tell", resource, path: read.path, message });
    }
}

const stackReference = "pulumi:pulumi:StackReference";

/** A resource with more unknown values than this says no more by naming all of them. */
const mostPerResource = 10;

function isCertain(attachment: Attachment): boolean {
    return attachment.certain && attachment.loadBalancer.isCertain;
}

function widestFirst(parts: Share["parts"]): Parts | undefined {
    const size = ({ first, last }: AddressRange) => last - first;
    const [part, ...others] = [...parts].sort((one, other) => (size(one) > size(other) ? -1 : 1));
    return part && [part, ...others];
}
