import {
    groupBy,
    Read,
    idsOf,
    isLeftOut,
    mostCandidates,
    NamedTargets,
    type Graph,
    type Resource,
    type Family,
    type Link,
} from "../../graph";
import { blocksAt, field, type Block, type PrefixList, type PrefixLists } from "./prefixLists";
import { ingressRuleTypes, securityGroupTypes } from "../types";

/** A prefix list as an ingress rule names it. */
export type ListSource = Link<PrefixList>;

/** One ingress rule of a security group: an entry of the group's own list, or a resource. */
export interface IngressRule {
    /** The rule, or the group that holds the entry. */
    readonly resource: Resource;
    /** Where the rule stands in the resource; its path is empty where the resource is the rule. */
    readonly read: Read;
    /** CIDR blocks of both families. */
    readonly blocks: readonly Block[];
    readonly lists: readonly ListSource[];
    /** Security groups that are let in, `self` among them. */
    readonly groups: readonly Read[];
    /** False where an unknown value decides whether this is a rule of this group, or lets in at all. */
    readonly certain: boolean;
    /** The value that decides it, where `certain` is false. */
    readonly uncertainty?: Read;
}

/** A security group with every rule that the stack gives it. */
export interface SecurityGroup {
    id?: string;
    /** Empty where the group is not in this stack. */
    readonly resources: Resource[];
    /** The VPC of this stack whose default group it is, where known. */
    defaultOf?: Resource;
    readonly rules: IngressRule[];
    /** False where rules may exist that this stack does not know. */
    known: boolean;
}

const inlineRules = ["ingress", "securityGroupIngress"] as const;
const blockNames = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6", "cidrIp"] as const;
const listNames = ["prefixListIds", "prefixListId", "sourcePrefixListId"] as const;
const groupNames = [
    "securityGroups",
    "self",
    "sourceSecurityGroupId",
    "sourceSecurityGroupName",
    "referencedSecurityGroupId",
] as const;
const groupIdNames = ["securityGroupId", "groupId", "groupName"] as const;

/** The groups of a stack, with a group outside it for every other id that is asked for. */
export class SecurityGroups {
    readonly links: NamedTargets<SecurityGroup>;
    readonly all: SecurityGroup[] = [];
    /** Rules whose group is unknown and not in this stack. */
    readonly orphans: IngressRule[] = [];
    /** A name is one group's in one VPC only: those of other VPCs may have the same. */
    readonly #byName = new Map<string, Set<SecurityGroup>>();

    readonly #graph: Graph;
    readonly #lists: PrefixLists;

    constructor(graph: Graph, family: Family, lists: PrefixLists) {
        this.#graph = graph;
        this.#lists = lists;

        this.links = new NamedTargets(family);
        for (const resource of graph.ofType(...securityGroupTypes)) {
            this.#add(resource);
        }
    }

    /** Reads the rules that are resources. Groups that are not resources have to be known before. */
    readRules(): void {
        const rules = this.#graph.ofType(...ingressRuleTypes);
        const unplaced = rules.filter((rule) => !this.#place(rule, false));
        for (const rule of unplaced) {
            this.#place(rule, true);
        }
    }

    withId(id: string): SecurityGroup {
        return this.links.byIdentifier(id) ?? this.create({ id, resources: [], rules: [], known: false });
    }

    create(group: SecurityGroup): SecurityGroup {
        this.all.push(group);
        this.links.identify(group, group.id);
        return group;
    }

    #add(resource: Resource): void {
        const read = Read.of(resource);
        const ids = idsOf(resource, "id", "groupId", "awsId");
        const group =
            this.links.byAnyIdentifier(ids) ?? this.create({ id: ids[0], resources: [], rules: [], known: true });
        group.resources.push(resource);
        for (const id of ids) {
            this.links.identify(group, id);
        }
        const name = read.either("groupName", "name").text;
        if (name !== undefined) {
            this.#byName.set(name, (this.#byName.get(name) ?? new Set()).add(group));
        }
        this.links.standsFor(resource, group);
        for (const property of inlineRules) {
            if (isLeftOut(resource, property)) {
                continue;
            }
            group.rules.push(...this.#rulesAt(resource, property, read.at(property).items()));
        }
    }

    /** @returns false where the rule's group is not known yet */
    #place(resource: Resource, last: boolean): boolean {
        const read = Read.of(resource);
        const direction = resource.type.endsWith(":SecurityGroupRule") ? read.at("type") : undefined;
        if (direction?.text?.trim().toLowerCase() === "egress") {
            return true;
        }
        const property = groupIdNames.find((name) => !read.at(name).isAbsent) ?? groupIdNames[0];
        const groups = this.#groupsAt(resource, property, read.at(property));
        if (groups.length === 0 && !last) {
            return false;
        }
        const uncertainty =
            groups.length !== 1
                ? read.at(property)
                : direction !== undefined && direction.text?.trim().toLowerCase() !== "ingress"
                  ? direction
                  : undefined;
        const rules = this.#rulesAt(resource, undefined, [read], uncertainty);
        if (groups.length === 0) {
            this.orphans.push(...rules);
        }
        for (const group of groups) {
            group.rules.push(...rules);
            this.links.mayMean(resource, group);
        }
        return true;
    }

    #groupsAt(resource: Resource, property: string, read: Read): readonly SecurityGroup[] {
        const named = property === "groupName" && read.text !== undefined ? this.#byName.get(read.text) : undefined;
        if (named !== undefined) {
            return named.size > mostCandidates ? [] : [...named];
        }
        const [link] = this.links.linksFrom(resource, property, [read], false);
        return link?.id === undefined ? (link?.targets ?? []) : [this.withId(link.id)];
    }

    /** @param property the property that holds the entries; undefined where the resource is the rule */
    #rulesAt(
        resource: Resource,
        property: string | undefined,
        entries: readonly Read[],
        uncertainty?: Read,
    ): IngressRule[] {
        const at = (entry: Read, names: readonly string[]) =>
            [...new Set(names.map((name) => (property === undefined ? entry.at(name) : field(entry, name))))]
                .flatMap((read) => read.items())
                .filter((read) => !read.isAbsent);
        const entryOf = new Map<Read, Read>();
        for (const entry of entries) {
            if (property !== undefined && typeof entry.value !== "object") {
                continue;
            }
            for (const read of at(entry, listNames)) {
                entryOf.set(read, entry);
            }
        }
        const listsOf = groupBy(this.#listsAt(resource, property, [...entryOf.keys()]), (link) =>
            entryOf.get(link.read),
        );
        return entries.map((entry) => ({
            resource,
            read: entry,
            blocks: blocksAt(resource, at(entry, blockNames)),
            lists: listsOf.get(entry) ?? [],
            groups: typeof entry.value === "object" ? at(entry, groupNames).filter((read) => read.flag !== false) : [],
            certain: uncertainty === undefined,
            uncertainty,
        }));
    }

    #listsAt(resource: Resource, property: string | undefined, reads: readonly Read[]): ListSource[] {
        const byProperty = groupBy(reads, (read) => property ?? read.path.replace(/\[.*/, ""));
        return [...byProperty].flatMap(([name, values]) =>
            this.#lists.links
                .linksFrom(resource, name, values, true)
                .map((link) => (link.id === undefined ? link : { ...link, targets: [this.#lists.withId(link.id)] })),
        );
    }
}
