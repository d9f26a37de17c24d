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

/** True where the range holds every address of its family. */
export function isEveryAddress(range: AddressRange): boolean {
    const { first, last } = everyAddress[range.family];
    return range.first === first && range.last === last;
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

/**
 * The fewest of these ranges that together hold every address of the family, in ascending order.
 *
 * @returns undefined where they leave out an address
 */
export function coverOfEveryAddress<Range extends AddressRange>(
    ranges: readonly Range[],
    family: Family,
): [...Range[], Range] | undefined {
    const { first, last } = everyAddress[family];
    const cover: Range[] = [];
    let next = first;
    let furthest: Range | undefined;
    for (const range of inOrder(ranges, family)) {
        if (range.first > next) {
            if (furthest === undefined) {
                return undefined;
            }
            if (furthest.last === last) {
                break;
            }
            cover.push(furthest);
            next = furthest.last + 1n;
            if (range.first > next) {
                return undefined;
            }
        }
        if (furthest === undefined || range.last > furthest.last) {
            furthest = range;
        }
    }
    if (furthest === undefined || furthest.last < last) {
        return undefined;
    }
    return [...cover, furthest];
}

function inOrder<Range extends AddressRange>(ranges: readonly Range[], family: Family): Range[] {
    return ranges.filter((range) => range.family === family).sort((one, other) => Number(one.first - other.first));
}

function toNumber(address: IPv4 | IPv6): bigint {
    return BigInt(`0x${Buffer.from(address.toByteArray()).toString("hex")}`);
}

function describeAddress(address: bigint, family: Family): string {
    const digits = address.toString(16).padStart(family === "IPv4" ? 8 : 32, "0");
    return fromByteArray([...Buffer.from(digits, "hex")]).toString();
}
