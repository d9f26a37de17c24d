import { fromByteArray, IPv4, IPv6, isValidCIDR, parseCIDR } from "ipaddr.js";

export type Family = "IPv4" | "IPv6";

/** Neighbouring addresses of one family, both ends included. */
export interface AddressRange {
    readonly family: Family;
    readonly first: bigint;
    readonly last: bigint;
}

/** Every address of a family. */
export const everyAddress: Readonly<Record<Family, AddressRange>> = {
    IPv4: { family: "IPv4", first: 0n, last: (1n << 32n) - 1n },
    IPv6: { family: "IPv6", first: 0n, last: (1n << 128n) - 1n },
};

export const families = Object.keys(everyAddress) as readonly Family[];

/**
 * The range that a CIDR block stands for, whatever its spelling: host bits are ignored, as EC2 ignores them.
 *
 * @returns undefined where the text is not a CIDR block
 */
export function parseRange(text: string): AddressRange | undefined {
    const cidr = text.trim();
    if (!isValidCIDR(cidr)) {
        return undefined;
    }
    const family = parseCIDR(cidr)[0].kind() === "ipv4" ? "IPv4" : "IPv6";
    const address = family === "IPv4" ? IPv4 : IPv6;
    return {
        family,
        first: toNumber(address.networkAddressFromCIDR(cidr)),
        last: toNumber(address.broadcastAddressFromCIDR(cidr)),
    };
}

/** The range for a message: `0.0.0.0 to 127.255.255.255`. */
export function describeRange(range: AddressRange): string {
    return `${describeAddress(range.first, range.family)} to ${describeAddress(range.last, range.family)}`;
}

/** How many addresses the ranges hold together at most; exact where none of them overlap. */
export function addressCount(ranges: readonly AddressRange[]): bigint {
    return ranges.reduce((count, range) => count + (range.last - range.first + 1n), 0n);
}

/** The same addresses of one family in as few ranges as possible, in ascending order. */
export function mergeRanges(ranges: readonly AddressRange[], family: Family): AddressRange[] {
    const merged: AddressRange[] = [];
    for (const range of inOrder(ranges, family)) {
        const before = merged.at(-1);
        if (before === undefined || range.first > before.last + 1n) {
            merged.push({ family, first: range.first, last: range.last });
        } else if (range.last > before.last) {
            merged[merged.length - 1] = { ...before, last: range.last };
        }
    }
    return merged;
}

/** What of `ranges` is in none of `without`, merged and in ascending order. All are of one family. */
export function subtractRanges(ranges: readonly AddressRange[], without: readonly AddressRange[]): AddressRange[] {
    const [{ family } = { family: "IPv4" as Family }] = ranges;
    const holes = mergeRanges(without, family);
    return mergeRanges(ranges, family).flatMap((range) => {
        const left: AddressRange[] = [];
        let { first } = range;
        for (const hole of holes) {
            if (hole.last < first || hole.first > range.last) {
                continue;
            }
            if (hole.first > first) {
                left.push({ family, first, last: hole.first - 1n });
            }
            first = hole.last + 1n;
        }
        return first > range.last ? left : [...left, { family, first, last: range.last }];
    });
}

/** What two merged lists of one family, each in ascending order, have in common. */
export function overlapOf(some: readonly AddressRange[], others: readonly AddressRange[]): AddressRange[] {
    const common: AddressRange[] = [];
    let index = 0;
    for (const range of some) {
        while (index > 0 && (others[index - 1] as AddressRange).last >= range.first) {
            index--;
        }
        for (; index < others.length && (others[index] as AddressRange).first <= range.last; index++) {
            const other = others[index] as AddressRange;
            const first = range.first > other.first ? range.first : other.first;
            const last = range.last < other.last ? range.last : other.last;
            if (first <= last) {
                common.push({ family: range.family, first, last });
            }
        }
    }
    return common;
}

/**
 * The fewest of these ranges that together hold every address of `wanted`, in ascending order.
 *
 * @param wanted merged, of one family, in ascending order
 * @returns undefined where they leave out an address
 */
export function coverOf<Range extends AddressRange>(
    wanted: readonly AddressRange[],
    ranges: readonly Range[],
): [Range, ...Range[]] | undefined {
    const [{ family } = { family: "IPv4" as Family }] = wanted;
    const ordered = inOrder(ranges, family);
    const cover: Range[] = [];
    let furthest: Range | undefined;
    let index = 0;
    for (const { first, last } of wanted) {
        let next = first;
        while (next <= last) {
            const before = cover.at(-1);
            if (before !== undefined && before.last >= next) {
                next = before.last + 1n;
                continue;
            }
            for (; index < ordered.length && (ordered[index] as Range).first <= next; index++) {
                const range = ordered[index] as Range;
                if (furthest === undefined || range.last > furthest.last) {
                    furthest = range;
                }
            }
            if (furthest === undefined || furthest.last < next) {
                return undefined;
            }
            cover.push(furthest);
        }
    }
    const [one, ...more] = cover;
    return one && [one, ...more];
}

function inOrder<Range extends AddressRange>(ranges: readonly Range[], family: Family): Range[] {
    return ranges
        .filter((range) => range.family === family)
        .sort((one, other) => (one.first < other.first ? -1 : one.first > other.first ? 1 : 0));
}

function toNumber(address: IPv4 | IPv6): bigint {
    return BigInt(`0x${Buffer.from(address.toByteArray()).toString("hex")}`);
}

function describeAddress(address: bigint, family: Family): string {
    const digits = address.toString(16).padStart(family === "IPv4" ? 8 : 32, "0");
    return fromByteArray([...Buffer.from(digits, "hex")]).toString();
}
