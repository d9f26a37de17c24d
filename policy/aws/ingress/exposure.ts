import {
    coverOfEverybody,
    families,
    isEverybody,
    mergeRanges,
    publicPercentage,
    type AddressRange,
    type Family,
} from "../../addresses";
import type { Read, Resource } from "../../graph";
import type { Block, PrefixList } from "./prefixLists";
import type { IngressRule, SecurityGroup } from "./securityGroups";

/** A range that a security group lets in, and the way it comes in. */
export interface Part extends AddressRange {
    readonly group: SecurityGroup;
    readonly rule: IngressRule;
    /** The property of the rule that lets it in. */
    readonly read: Read;
    /** The prefix list it comes from, where the property names one. */
    readonly list?: PrefixList;
    /** The value that would have to be known, where it is not certain that the group lets this in. */
    readonly uncertainty?: Read;
}

/** At least one part. */
export type Parts = readonly [Part, ...Part[]];

/** Something whose addresses are not known: its value is unknown, or cannot be read. */
export interface Undecided {
    readonly resource: Resource;
    readonly read: Read;
}

/** Parts of one family, and how many of all public addresses they hold together. */
export interface Share {
    readonly parts: readonly Part[];
    readonly percentage: number;
}

interface OutsideList {
    readonly rule: IngressRule;
    readonly read: Read;
    readonly list: PrefixList;
}

/** What a security group lets in, so far as it matters to the question whether that is everybody. */
export interface Exposure {
    /** Parts that are every public address of their family by themselves. */
    readonly alone: readonly Part[];
    /** Parts that are every public address of a family only together. */
    readonly together: readonly Parts[];
    /** What is certain of each family; nothing where it is every public address. */
    readonly remaining: Readonly<Record<Family, Share>>;
    /** As `together`, where some of the parts are uncertain. */
    readonly uncertain: readonly Parts[];
    /** As `remaining`, with the uncertain parts, where there are any. */
    readonly perhaps: Readonly<Record<Family, Share>>;
    readonly undecided: readonly Undecided[];
    /** Prefix lists that are not in this stack, with a rule that names each. */
    readonly outsideLists: readonly OutsideList[];
}

interface ListExposure {
    readonly ranges: readonly AddressRange[];
    /** How many of all public addresses of each family it holds. */
    readonly percentages: Readonly<Record<Family, number>>;
    /** It holds every public address of a family. */
    readonly isOpen: boolean;
    readonly undecided: readonly Undecided[];
}

/** Judges groups and prefix lists, each of them once. */
export class Exposures {
    readonly #lists = new Map<PrefixList, ListExposure>();
    readonly #groups = new Map<SecurityGroup, Exposure>();

    of(group: SecurityGroup): Exposure {
        const known = this.#groups.get(group);
        if (known !== undefined) {
            return known;
        }
        const exposure = this.#judge(group);
        this.#groups.set(group, exposure);
        return exposure;
    }

    /** The fewest parts of several groups that only together let in every public address of a family. */
    together(groups: readonly SecurityGroup[], family: Family): Parts | undefined {
        // A percentage is rounded down, each by less than a millionth.
        return this.#sum(groups, family) < 99.9 ? undefined : coverOfEverybody(this.#certain(groups, family), family);
    }

    /** What several groups let in together, where that is more than `widest` percent and no group does it alone. */
    widerThan(widest: number, groups: readonly SecurityGroup[], family: Family): Share | undefined {
        const alone = groups.some((group) => this.of(group).remaining[family].percentage > widest);
        if (alone || this.#sum(groups, family) <= widest) {
            return undefined;
        }
        const share = shareOf(this.#certain(groups, family), family);
        return share.percentage > widest ? share : undefined;
    }

    #sum(groups: readonly SecurityGroup[], family: Family): number {
        return groups.reduce((sum, group) => sum + this.of(group).remaining[family].percentage, 0);
    }

    #certain(groups: readonly SecurityGroup[], family: Family): Part[] {
        return groups.flatMap((group) => this.of(group).remaining[family].parts);
    }

    #judge(group: SecurityGroup): Exposure {
        return this.#ofOnlyList(group) ?? this.#ofEverything(group);
    }

    /** Many groups may name one long list and nothing else: what it holds is added up once for all of them. */
    #ofOnlyList(group: SecurityGroup): Exposure | undefined {
        const links = group.rules.flatMap((rule) => rule.lists.map((link) => ({ rule, link })));
        const lists = new Set(links.flatMap(({ link }) => link.targets));
        const [list] = lists;
        const [first] = links;
        if (first === undefined || list?.resource === undefined || lists.size > 1) {
            return undefined;
        }
        const isPlain = group.rules.every((rule) => rule.blocks.length === 0 && rule.uncertainty === undefined);
        const { ranges, percentages, undecided, isOpen } = this.#ofList(list);
        if (!isPlain || isOpen || !links.every(({ link }) => link.certain && link.targets.length === 1)) {
            return undefined;
        }
        const { rule, link } = first;
        const share = (family: Family): Share => ({
            percentage: percentages[family],
            get parts() {
                return ranges
                    .filter((range) => range.family === family)
                    .map((range) => ({ ...range, group, rule, read: link.read, list, uncertainty: undefined }));
            },
        });
        const remaining = { IPv4: share("IPv4"), IPv6: share("IPv6") };
        const perhaps = { IPv4: nothing, IPv6: nothing };
        return { alone: [], together: [], remaining, uncertain: [], perhaps, undecided, outsideLists: [] };
    }

    #ofEverything(group: SecurityGroup): Exposure {
        const parts: Part[] = [];
        const undecided: Undecided[] = [];
        const outsideLists: OutsideList[] = [];
        const listsSeen = new Set<PrefixList>();
        for (const rule of group.rules) {
            undecided.push(...undecidedOf(rule.blocks));
            for (const { range, read } of rule.blocks) {
                if (range !== undefined) {
                    parts.push({ ...range, group, rule, read, uncertainty: rule.uncertainty });
                }
            }
            for (const link of rule.lists) {
                const { read } = link;
                if (link.targets.length === 0) {
                    undecided.push({ resource: rule.resource, read });
                }
                for (const list of link.targets) {
                    const uncertainty = rule.uncertainty ?? (link.certain ? undefined : read);
                    const exposure = this.#ofList(list);
                    const part = { group, rule, read, list, uncertainty };
                    const isNew = !listsSeen.has(list);
                    listsSeen.add(list);
                    parts.push(
                        ...exposure.ranges
                            .filter((range) => isNew || isEverybody(range))
                            .map((range) => ({ ...range, ...part })),
                    );
                    if (isNew) {
                        undecided.push(...exposure.undecided);
                    }
                    if (isNew && list.resource === undefined) {
                        outsideLists.push({ rule, read, list });
                    }
                }
            }
        }
        return { ...sumUp(parts), undecided, outsideLists };
    }

    #ofList(list: PrefixList): ListExposure {
        const known = this.#lists.get(list);
        if (known !== undefined) {
            return known;
        }
        const ranges = list.blocks.flatMap((block) => block.range ?? []);
        const exposure = {
            ranges: families.flatMap((family) => mergeRanges(ranges, family)),
            percentages: { IPv4: publicPercentage(ranges, "IPv4"), IPv6: publicPercentage(ranges, "IPv6") },
            isOpen: families.some((family) => coverOfEverybody(ranges, family) !== undefined),
            undecided: undecidedOf(list.blocks),
        };
        this.#lists.set(list, exposure);
        return exposure;
    }
}

const nothing: Share = { parts: [], percentage: 0 };

function shareOf(parts: readonly Part[], family: Family): Share {
    return parts.length === 0 ? nothing : { parts, percentage: publicPercentage(parts, family) };
}

function sumUp(parts: readonly Part[]): Omit<Exposure, "undecided" | "outsideLists"> {
    const whole = parts.filter(isEverybody);
    const alone = whole.filter((part) => part.uncertainty === undefined);
    const together: Parts[] = [];
    const uncertain = whole.filter((part) => part.uncertainty !== undefined).map((part): Parts => [part]);
    const remaining = { IPv4: nothing, IPv6: nothing };
    const perhaps = { IPv4: nothing, IPv6: nothing };
    for (const family of families) {
        const some = parts.filter((part) => part.family === family && !isEverybody(part));
        if (some.length === 0) {
            continue;
        }
        const certain = some.filter((part) => part.uncertainty === undefined);
        const cover = coverOfEverybody(certain, family);
        if (cover !== undefined) {
            together.push(cover);
            continue;
        }
        if (alone.some((part) => part.family === family)) {
            continue;
        }
        remaining[family] = shareOf(certain, family);
        if (certain.length === some.length) {
            continue;
        }
        const possible = coverOfEverybody(some, family);
        if (possible === undefined) {
            perhaps[family] = shareOf(some, family);
        } else {
            uncertain.push(possible);
        }
    }
    return { alone: withoutRepetition(alone), together, remaining, uncertain, perhaps };
}

/**
 * A refreshed security group shows the rules that are resources in its own list too: the same opening is said once, of
 * the rule that a person would edit.
 */
function withoutRepetition(parts: readonly Part[]): Part[] {
    const ruled = new Set(parts.filter((part) => !isInline(part)).map(sameTraffic));
    return parts.filter((part) => !isInline(part) || !ruled.has(sameTraffic(part)));
}

function isInline(part: Part): boolean {
    return part.rule.read.path !== "";
}

function sameTraffic(part: Part): string {
    const { read } = part.rule;
    const protocol = word(read.either("protocol", "ipProtocol")).toLowerCase();
    const ports = protocol === "-1" || protocol === "all" ? [] : [word(read.at("fromPort")), word(read.at("toPort"))];
    return [part.family, part.list?.id ?? part.list?.resource?.urn, protocol, ...ports].join(" ");
}

function word(read: Read): string {
    return read.text ?? (read.number === undefined ? "" : String(read.number));
}

function undecidedOf(blocks: readonly Block[]): Undecided[] {
    return blocks.filter((block) => block.range === undefined).map(({ resource, read }) => ({ resource, read }));
}
