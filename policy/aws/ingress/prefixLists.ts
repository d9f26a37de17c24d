import { parseRange, type AddressRange } from "../../addresses";
import { Read, idsOf, isLeftOut, NamedTargets, type Graph, type Resource, type Family } from "../../graph";
import { prefixListEntryTypes, prefixListTypes } from "../types";

/** A CIDR block at a place in a resource; its range is missing where the value is unknown or is no CIDR block. */
export interface Block {
    readonly resource: Resource;
    readonly read: Read;
    readonly range?: AddressRange;
}

/** A prefix list with all its entries, those of its own and those that are resources. */
export interface PrefixList {
    readonly id?: string;
    /** Absent where the list is not in this stack. */
    readonly resource?: Resource;
    readonly blocks: Block[];
}

/** A property of an entry, or the entry itself where it is not an object and so decides by what it is. */
export function field(entry: Read, name: string): Read {
    return typeof entry.value === "object" || entry.isAbsent ? entry.at(name) : entry;
}

/** A block for every value that is there. */
export function blocksAt(resource: Resource, reads: readonly Read[]): Block[] {
    return reads
        .filter((read) => !read.isAbsent)
        .map((read) => ({ resource, read, range: read.text === undefined ? undefined : parseRange(read.text) }));
}

/** The lists of a stack, with a list outside it for every other id that is asked for. */
export class PrefixLists {
    readonly links: NamedTargets<PrefixList>;

    constructor(graph: Graph, family: Family) {
        this.links = new NamedTargets(family);
        for (const resource of graph.ofType(...prefixListTypes)) {
            this.#add(resource);
        }
        for (const entry of graph.ofType(...prefixListEntryTypes)) {
            const read = Read.of(entry);
            const [link] = this.links.linksFrom(entry, "prefixListId", [read.at("prefixListId")], false);
            const lists = link?.id === undefined ? (link?.targets ?? []) : [this.withId(link.id)];
            for (const list of lists) {
                list.blocks.push(...blocksAt(entry, [read.at("cidr")]));
                this.links.mayMean(entry, list);
            }
        }
    }

    withId(id: string): PrefixList {
        const found = this.links.byIdentifier(id);
        if (found !== undefined) {
            return found;
        }
        const outside: PrefixList = { id, blocks: [] };
        this.links.identify(outside, id);
        return outside;
    }

    #add(resource: Resource): void {
        const read = Read.of(resource);
        const ids = idsOf(resource, "id", "prefixListId");
        const entries = isLeftOut(resource, "entries") ? [] : read.at("entries").items();
        const list: PrefixList = this.links.byAnyIdentifier(ids) ?? { id: ids[0], resource, blocks: [] };
        list.blocks.push(...entries.flatMap((entry) => blocksAt(resource, [field(entry, "cidr")])));
        for (const id of ids) {
            this.links.identify(list, id);
        }
        this.links.standsFor(resource, list);
    }
}
