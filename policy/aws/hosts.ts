import { groupBy, UNKNOWN, type Graph, type Resource } from "../graph";
import { dnsRecords, foreignRecordTypes, hostName, RECORD_TYPES, type DnsRecord } from "./dnsRecords";
import { isApplication, LOAD_BALANCER_TYPES } from "./loadBalancers";
import { ACCELERATOR_TYPES, namesOf, type Relays } from "./relays";

/** What has a name of AWS's, by which connections enter. */
const ENTRANCE_TYPES: readonly string[] = [...LOAD_BALANCER_TYPES, ...ACCELERATOR_TYPES];

/**
 * Which application load balancers a name leads to: their own names, those of what hands connections on to them, and
 * records for these, however many in a row.
 */
export class Hosts {
    readonly #graph: Graph;
    /** Records whose zone this stack does not know, by the part of their name that it does. */
    readonly #relative = new Map<string, DnsRecord[]>();
    readonly #byName = new Map<string, Set<DnsRecord>>();
    readonly #byResource: ReadonlyMap<Resource, readonly DnsRecord[]>;
    readonly #owners = new Map<string, Resource[]>();
    readonly #known = new Map<string, ReadonlySet<Resource>>();
    readonly #types: readonly string[];

    readonly #relays: Relays;

    constructor(graph: Graph, relays: Relays) {
        this.#graph = graph;
        this.#relays = relays;
        const records = dnsRecords(graph);
        this.#byResource = groupBy(records, ({ resource }) => resource);
        this.#types = [...ENTRANCE_TYPES, ...RECORD_TYPES, ...foreignRecordTypes(graph)];
        for (const record of records) {
            if (record.relative !== undefined) {
                this.#relative.set(record.relative, [...(this.#relative.get(record.relative) ?? []), record]);
            }
            for (const name of record.names) {
                this.#byName.set(name, (this.#byName.get(name) ?? new Set()).add(record));
            }
        }
        for (const owner of [...graph.ofType(...LOAD_BALANCER_TYPES).filter(isApplication), ...relays.all]) {
            for (const name of namesOf(owner).map(hostName)) {
                this.#owners.set(name, [...(this.#owners.get(name) ?? []), ...relays.behind(owner)]);
            }
        }
    }

    /** The load balancers that a name leads to. */
    behind(name: string): ReadonlySet<Resource> {
        const host = hostName(name);
        const known = this.#known.get(host);
        if (known !== undefined) {
            return known;
        }
        // A chain of names that comes back to itself leads nowhere.
        this.#known.set(host, new Set());
        const found = new Set(this.#owners.get(host) ?? []);
        for (const record of this.#recordsFor(host)) {
            this.#behindRecord(record).forEach((loadBalancer) => found.add(loadBalancer));
        }
        this.#known.set(host, found);
        return found;
    }

    /** The load balancers, and those behind records, that a still unknown value of a property may be. */
    behindDependencies(owner: Resource, property: string): Set<Resource> {
        return this.#behindResources(this.#graph.resolve(owner, property, UNKNOWN, this.#types), new Set());
    }

    /** The load balancers of records whose zone this stack does not know, where the host may be theirs. */
    perhapsBehind(host: string): { readonly record: Resource; readonly loadBalancer: Resource }[] {
        if (this.#relative.size === 0) {
            return [];
        }
        const labels = hostName(host).split(".");
        const below = labels.slice(1).flatMap((_, index) => {
            const [, ...others] = labels.slice(0, index + 1);
            return [labels.slice(0, index + 1), ["*", ...others]];
        });
        // The host may be the name of the zone itself.
        return [[], ...below]
            .flatMap((name) => this.#relative.get(name.join(".")) ?? [])
            .flatMap((record) =>
                [...this.#behindRecord(record)].map((loadBalancer) => ({ record: record.resource, loadBalancer })),
            );
    }

    #behindRecord(record: DnsRecord, seen: Set<Resource> = new Set()): Set<Resource> {
        const found = new Set<Resource>();
        for (const { property, read } of record.targets) {
            const behind = read.isUnknown
                ? this.#behindResources(this.#graph.resolve(record.resource, property, UNKNOWN, this.#types), seen)
                : this.behind(read.text ?? "");
            behind.forEach((loadBalancer) => found.add(loadBalancer));
        }
        return found;
    }

    #behindResources(resources: readonly Resource[], seen: Set<Resource>): Set<Resource> {
        const found = new Set<Resource>();
        for (const resource of resources) {
            if (ENTRANCE_TYPES.includes(resource.type)) {
                this.#relays.behind(resource).forEach((loadBalancer) => found.add(loadBalancer));
            } else if (!seen.has(resource)) {
                seen.add(resource);
                for (const record of this.#byResource.get(resource) ?? []) {
                    this.#behindRecord(record, seen).forEach((loadBalancer) => found.add(loadBalancer));
                }
            }
        }
        return found;
    }

    /** A name that has a record of its own is in no wildcard, and neither is a name below one (RFC 4592). */
    #recordsFor(host: string): Iterable<DnsRecord> {
        const own = this.#byName.get(host);
        if (own !== undefined || this.#byName.size === 0) {
            return own ?? [];
        }
        const labels = host.split(".");
        for (let index = 1; index < labels.length; index++) {
            const parent = labels.slice(index).join(".");
            const wildcard = this.#byName.get(`*.${parent}`);
            if (wildcard !== undefined) {
                return wildcard;
            }
            if (this.#byName.has(parent)) {
                return [];
            }
        }
        return [];
    }
}
