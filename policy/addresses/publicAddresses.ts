import {
    addressCount,
    coverOf,
    everyAddress,
    mergeRanges,
    overlapOf,
    parseRange,
    subtractRanges,
    type AddressRange,
    type Family,
} from "./addressRange";
import { ipv4Multicast, ipv4SpecialPurpose, ipv6Assigned, ipv6SpecialPurpose } from "./registries";

/**
 * The addresses from which somebody on the internet can open a connection: all of IPv4 but multicast, and what of IPv6
 * has been assigned, without the special-purpose blocks. Those that are globally reachable all the same are anycast
 * services, relays and identifiers, and belong to nobody who calls: a list that leaves them out leaves nobody out.
 */
export function publicAddresses(family: Family): readonly AddressRange[] {
    return (known[family] ??= computed[family]());
}

/** Computed when they are first asked for: a stack that names no range does without them. */
const computed: Readonly<Record<Family, () => readonly AddressRange[]>> = {
    IPv4: () =>
        subtractRanges([everyAddress.IPv4], rangesOf([ipv4Multicast, ...ipv4SpecialPurpose.map(({ block }) => block)])),
    IPv6: () => subtractRanges(rangesOf(ipv6Assigned), rangesOf(ipv6SpecialPurpose.map(({ block }) => block))),
};

const known: Partial<Record<Family, readonly AddressRange[]>> = {};

/** True where the range holds every public address of its family. */
export function isEverybody(range: AddressRange): boolean {
    const all = publicAddresses(range.family);
    return range.first <= (all[0]?.first ?? 0n) && range.last >= (all.at(-1)?.last ?? 0n);
}

/**
 * The fewest of these ranges that together hold every public address of the family, in ascending order.
 *
 * @returns undefined where they leave out a public address
 */
export function coverOfEverybody<Range extends AddressRange>(
    ranges: readonly Range[],
    family: Family,
): [Range, ...Range[]] | undefined {
    const isThere = ranges.some((range) => range.family === family);
    return isThere ? coverOf(publicAddresses(family), ranges) : undefined;
}

/** How many public addresses of the family these ranges hold together, in percent of all. */
export function publicPercentage(ranges: readonly AddressRange[], family: Family): number {
    const merged = mergeRanges(ranges, family);
    if (merged.length === 0) {
        return 0;
    }
    const held = addressCount(overlapOf(merged, publicAddresses(family)));
    // Two digits after the point of a millionth: a single IPv4 address is more than nothing.
    return Number((held * 10n ** 12n) / addressCount(publicAddresses(family))) / 10 ** 10;
}

function rangesOf(blocks: readonly string[]): AddressRange[] {
    return blocks.map((block) => {
        const range = parseRange(block);
        if (range === undefined) {
            throw new Error(`"${block}" is not a CIDR block.`);
        }
        return range;
    });
}
