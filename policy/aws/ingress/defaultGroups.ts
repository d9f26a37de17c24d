import {
    Read,
    idsOf,
    isLeftOut,
    NamedTargets,
    mostCandidates,
    type Graph,
    type Resource,
    type Family,
} from "../../graph";
import type { SecurityGroup, SecurityGroups } from "./securityGroups";
import {
    defaultSecurityGroupTypes,
    defaultSubnetTypes,
    defaultVpcTypes,
    isOneOf,
    subnetTypes,
    vpcTypes,
} from "../types";

/** A VPC as far as the stack knows it: the group that AWS gives whatever names no group of its own there. */
interface Vpc {
    readonly id?: string;
    /** Empty where the VPC is not in this stack; several where a state holds it under several names. */
    readonly resources: Resource[];
    readonly region?: string;
    /** The account's default VPC in a region. */
    readonly isDefault: boolean;
    group?: SecurityGroup;
}

/** Finds the default security group of the VPC that a resource is in. */
export class DefaultGroups {
    readonly #vpcs: Vpc[] = [];
    readonly #links: NamedTargets<Vpc>;
    readonly #subnets: NamedTargets<Vpc>;
    readonly #possible = new Map<string | undefined, readonly SecurityGroup[]>();

    readonly #groups: SecurityGroups;

    constructor(graph: Graph, family: Family, groups: SecurityGroups) {
        this.#groups = groups;

        this.#links = new NamedTargets(family);
        this.#subnets = new NamedTargets(family);
        for (const resource of graph.ofType(...vpcTypes)) {
            this.#addVpc(resource);
        }
        for (const resource of graph.ofType(...defaultSecurityGroupTypes)) {
            this.#adopt(resource);
        }
        for (const vpc of this.#vpcs) {
            this.#complete(vpc);
        }
        for (const resource of graph.ofType(...subnetTypes)) {
            this.#addSubnet(resource);
        }
    }

    /** The default groups that a load balancer without groups may have: one where its VPC is known, else any. */
    of(resource: Resource): readonly SecurityGroup[] {
        const read = Read.of(resource);
        const id = read.at("vpcId").text;
        const vpc = id === undefined ? this.#vpcOf(resource) : this.#links.byIdentifier(id);
        if (vpc !== undefined || id !== undefined) {
            return vpc?.group === undefined ? [] : [vpc.group];
        }
        return this.#possibleIn(read.at("region").text);
    }

    #possibleIn(region: string | undefined): readonly SecurityGroup[] {
        const known = this.#possible.get(region);
        if (known !== undefined) {
            return known;
        }
        const groups = this.#vpcs.filter((vpc) => isSameRegion(region, vpc.region)).flatMap((vpc) => vpc.group ?? []);
        const possible = groups.length > mostCandidates ? [] : groups;
        this.#possible.set(region, possible);
        return possible;
    }

    #vpcOf(resource: Resource): Vpc | undefined {
        const read = Read.of(resource);
        const subnets = read.at("subnets").items();
        const mapped = read
            .at("subnetMappings")
            .items()
            .map((mapping) => mapping.at("subnetId"));
        const links = [
            ...this.#subnets.linksFrom(resource, "subnets", subnets, true),
            ...this.#subnets.linksFrom(resource, "subnetMappings", mapped, true),
            ...this.#links.linksFrom(resource, "subnets", subnets, true),
            ...this.#links.linksFrom(resource, "subnetMappings", mapped, true),
        ];
        return links.flatMap((link) => (link.certain ? link.targets : []))[0];
    }

    #addVpc(resource: Resource): void {
        const read = Read.of(resource);
        const [id] = idsOf(resource, "id", "vpcId");
        const isDefault = isOneOf(resource.type, defaultVpcTypes);
        const same = id === undefined ? undefined : this.#links.byIdentifier(id);
        const vpc = same ?? this.#register({ id, resources: [], region: read.at("region").text, isDefault });
        vpc.resources.push(resource);
        this.#links.standsFor(resource, vpc);
    }

    #register(vpc: Vpc): Vpc {
        this.#vpcs.push(vpc);
        this.#links.identify(vpc, vpc.id);
        return vpc;
    }

    /** A DefaultSecurityGroup takes over the default group of the VPC it names, or of the default VPC. */
    #adopt(resource: Resource): void {
        const read = Read.of(resource);
        const region = read.at("region").text;
        const given = !isLeftOut(resource, "vpcId") && !read.at("vpcId").isAbsent;
        const [link] = given ? this.#links.linksFrom(resource, "vpcId", [read.at("vpcId")], false) : [];
        const found = given ? link?.targets[0] : this.#defaultIn(region);
        const vpc = found ?? this.#register({ id: link?.id, resources: [], region, isDefault: !given });
        const group = this.#groups.links.byResource(resource);
        const taken = (vpc.group ??= group);
        if (group === undefined || taken === undefined || group === taken) {
            return;
        }
        // A VPC has one default group, so a second resource for it writes into the same.
        taken.resources.push(...group.resources);
        taken.rules.push(...group.rules);
        this.#groups.links.standsFor(resource, taken);
    }

    #complete(vpc: Vpc): void {
        // A state that holds the VPC twice may know its group by two ids; whichever comes first, both are the group's.
        const ids = vpc.resources
            .map((resource) => Read.of(resource).either("defaultSecurityGroupId", "defaultSecurityGroup").text)
            .filter((text): text is string => text !== undefined && text !== "");
        const [id] = ids;
        const found = vpc.group ?? ids.map((one) => this.#groups.links.byIdentifier(one)).find(Boolean);
        // AWS gives a new VPC a default group that lets in only itself; that of a VPC which was there before may hold more.
        vpc.group = found ?? this.#groups.create({ id, resources: [], rules: [], known: !vpc.isDefault });
        vpc.group.defaultOf ??= vpc.resources[0];
        for (const one of ids) {
            this.#groups.links.identify(vpc.group, one);
        }
        for (const resource of vpc.resources) {
            this.#groups.links.mayMean(resource, vpc.group);
        }
    }

    /** None where the stack has several, of other accounts or regions: any of them may be meant. */
    #defaultIn(region: string | undefined): Vpc | undefined {
        const [found, ...others] = this.#vpcs.filter((vpc) => vpc.isDefault && isSameRegion(region, vpc.region));
        return others.length === 0 ? found : undefined;
    }

    #addSubnet(resource: Resource): void {
        const read = Read.of(resource);
        const region = read.at("region").text;
        const [link] = this.#links.linksFrom(resource, "vpcId", [read.at("vpcId")], false);
        const vpc =
            link?.targets[0] ?? (isOneOf(resource.type, defaultSubnetTypes) ? this.#defaultIn(region) : undefined);
        if (vpc === undefined) {
            return;
        }
        for (const id of idsOf(resource, "id", "subnetId")) {
            this.#subnets.identify(vpc, id);
        }
        this.#subnets.standsFor(resource, vpc);
    }
}

function isSameRegion(one: string | undefined, other: string | undefined): boolean {
    return one === undefined || other === undefined || one === other;
}
