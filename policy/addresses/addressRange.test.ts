import assert from "node:assert/strict";

import * as fc from "fast-check";
import { fromByteArray, IPv4, IPv6 } from "ipaddr.js";

import {
    addressCount,
    coverOf,
    describeRange,
    everyAddress,
    families,
    mergeRanges,
    overlapOf,
    parseRange,
    subtractRanges,
    type AddressRange,
    type Family,
} from "./addressRange";

const bits: Readonly<Record<Family, number>> = { IPv4: 32, IPv6: 128 };

/** CIDR blocks that hold every address of the family once: the whole is split at random places. */
const partitions = (family: Family) =>
    fc.array(fc.nat(), { maxLength: 60 }).map((places) => {
        const blocks = [{ first: 0n, prefix: 0 }];
        for (const place of places) {
            const index = place % blocks.length;
            const { first, prefix } = blocks[index] as { first: bigint; prefix: number };
            if (prefix === bits[family]) {
                continue;
            }
            const half = 1n << BigInt(bits[family] - prefix - 1);
            blocks.splice(index, 1, { first, prefix: prefix + 1 }, { first: first + half, prefix: prefix + 1 });
        }
        return blocks.map(({ first, prefix }) => `${address(first, family)}/${prefix}`);
    });

function address(number: bigint, family: Family): string {
    const digits = number.toString(16).padStart(bits[family] / 4, "0");
    return fromByteArray([...Buffer.from(digits, "hex")]).toString();
}

function parsed(cidr: string): AddressRange {
    const range = parseRange(cidr);
    assert.ok(range, cidr);
    return range;
}

function coverOfEveryAddress<Range extends AddressRange>(ranges: readonly Range[], family: Family) {
    return coverOf([everyAddress[family]], ranges);
}

describe("an address range", () => {
    const whole: Record<Family, string[]> = {
        IPv4: ["0.0.0.0/0", "1.2.3.4/0", "255.255.255.255/0", " 0.0.0.0/0 ", "000.000.000.000/0", "0.0.0.0/00", "0/0"],
        IPv6: [
            "::/0",
            "::1/0",
            "0:0:0:0:0:0:0:0/0",
            "0000:0000:0000:0000:0000:0000:0000:0000/0",
            "2001:DB8::/0",
            "2001:db8:0:0:1::ffff/0",
            "::0.0.0.0/0",
            "::ffff:0:0/0",
            "fe80::1%eth0/0",
        ],
    };
    for (const family of families) {
        for (const cidr of whole[family]) {
            it(`is every ${family} address when it is written "${cidr}"`, () => {
                const range = parsed(cidr);
                assert.equal(range.family, family);
                assert.deepEqual({ ...range }, { ...everyAddress[family] });
            });
        }
    }

    it("ignores host bits", () => {
        assert.deepEqual(parsed("10.9.8.7/8"), { family: "IPv4", first: 0x0a000000n, last: 0x0affffffn });
        assert.deepEqual(parsed("10.9.8.7/32"), { family: "IPv4", first: 0x0a090807n, last: 0x0a090807n });
        assert.deepEqual(parsed("::ff/124"), { family: "IPv6", first: 0xf0n, last: 0xffn });
    });

    const noRange = [
        "",
        "0.0.0.0",
        "::",
        "0.0.0.0/33",
        "::/129",
        "0.0.0.0/-1",
        "banana",
        "banana/0",
        "10.0.0.0-10.0.0.9",
    ];
    for (const text of [...noRange, "0.0.0.0/0/0", "sg-1", "0.0.0.0 /x", "256.0.0.0/8", ":::/0"]) {
        it(`is none in "${text}"`, () => assert.equal(parseRange(text), undefined));
    }

    it("is described by its ends", () => {
        assert.equal(describeRange(parsed("0.0.0.0/1")), "0.0.0.0 to 127.255.255.255");
        assert.equal(describeRange(parsed("::f/124")), ":: to ::f");
        assert.equal(describeRange(parsed("2001:db8::/32")), "2001:db8:: to 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
    });
});

describe("address ranges together", () => {
    for (const family of families) {
        it(`are every ${family} address in any partition and any order`, () => {
            fc.assert(
                fc.property(
                    partitions(family).chain((blocks) => fc.shuffledSubarray(blocks, { minLength: blocks.length })),
                    (blocks) => {
                        const ranges = blocks.map(parsed);
                        const cover = coverOfEveryAddress(ranges, family);
                        assert.equal(cover?.length, blocks.length);
                        assert.deepEqual(mergeRanges(ranges, family), [everyAddress[family]]);
                        assert.equal(addressCount(ranges), 1n << BigInt(bits[family]));
                    },
                ),
            );
        });

        it(`are not every ${family} address with one address missing`, () => {
            fc.assert(
                fc.property(
                    partitions(family),
                    fc.bigInt({ min: 0n, max: everyAddress[family].last }),
                    (blocks, missing) => {
                        const ranges = blocks.map(parsed).flatMap((range) => without(range, missing));
                        assert.equal(coverOfEveryAddress(ranges, family), undefined);
                        assert.equal(addressCount(mergeRanges(ranges, family)), (1n << BigInt(bits[family])) - 1n);
                    },
                ),
            );
        });

        it(`are judged as a plain count of addresses judges them (${family})`, () => {
            // Sixteenths of the family, with overlaps: few enough to count one by one.
            const sixteenth = 1n << BigInt(bits[family] - 4);
            const some = fc.record({ from: fc.nat(15), length: fc.integer({ min: 1, max: 16 }) });
            fc.assert(
                fc.property(fc.array(some, { maxLength: 8 }), (choices) => {
                    const ranges: AddressRange[] = choices.map(({ from, length }) => ({
                        family,
                        first: BigInt(from) * sixteenth,
                        last: BigInt(Math.min(from + length, 16)) * sixteenth - 1n,
                    }));
                    const held = Array.from({ length: 16 }, (_, index) =>
                        choices.some(({ from, length }) => index >= from && index < from + length),
                    );
                    const cover = coverOfEveryAddress(ranges, family);
                    assert.equal(cover !== undefined, !held.includes(false));
                    const count = BigInt(held.filter(Boolean).length) * sixteenth;
                    assert.equal(addressCount(mergeRanges(ranges, family)), count);
                    if (cover === undefined) {
                        return;
                    }
                    assert.deepEqual(mergeRanges(cover, family), [everyAddress[family]]);
                    for (const left of cover) {
                        const others: AddressRange[] = cover.filter((range) => range !== left);
                        assert.equal(coverOfEveryAddress(others, family), undefined, "a range that is not needed");
                    }
                }),
            );
        });
    }

    it("keep the families apart", () => {
        const ranges = ["0.0.0.0/1", "8000::/1"].map(parsed);
        assert.equal(coverOfEveryAddress(ranges, "IPv4"), undefined);
        assert.equal(coverOfEveryAddress(ranges, "IPv6"), undefined);
        assert.equal(mergeRanges(ranges, "IPv4").length, 1);
    });

    it("are not everything when there are none", () => {
        assert.equal(coverOfEveryAddress([], "IPv4"), undefined);
        assert.deepEqual(mergeRanges([], "IPv6"), []);
        assert.equal(addressCount([]), 0n);
    });

    it("need only one where one is enough", () => {
        const ranges = ["0.0.0.0/1", "128.0.0.0/1", "0.0.0.0/0"].map(parsed);
        assert.deepEqual(coverOfEveryAddress(ranges, "IPv4"), [ranges[2]]);
    });

    it("are named as they were written first where several would do", () => {
        const ranges = ["0.0.0.0/0", "1.2.3.4/0"].map(parsed);
        assert.equal(coverOfEveryAddress(ranges, "IPv4")?.[0], ranges[0]);
    });

    it("are not everything where only the last address is missing", () => {
        const { first, last } = everyAddress.IPv4;
        const most: AddressRange = { family: "IPv4", first, last: last - 1n };
        assert.equal(coverOfEveryAddress([most, parsed("10.0.0.0/8")], "IPv4"), undefined);
    });

    it("leave what is in none of those that are taken away, and share what is in both", () => {
        const sixteenth = 1n << 28n;
        const some = fc.array(fc.record({ from: fc.nat(15), length: fc.integer({ min: 1, max: 16 }) }), {
            maxLength: 6,
        });
        const rangesOf = (choices: readonly { from: number; length: number }[]): AddressRange[] =>
            choices.map(({ from, length }) => ({
                family: "IPv4",
                first: BigInt(from) * sixteenth,
                last: BigInt(Math.min(from + length, 16)) * sixteenth - 1n,
            }));
        const held = (choices: readonly { from: number; length: number }[]) =>
            Array.from({ length: 16 }, (_, index) =>
                choices.some(({ from, length }) => index >= from && index < from + length),
            );
        const sixteenths = (ranges: readonly AddressRange[]) =>
            Array.from({ length: 16 }, (_, index) =>
                ranges.some(
                    ({ first, last }) =>
                        first <= BigInt(index) * sixteenth && last >= BigInt(index + 1) * sixteenth - 1n,
                ),
            );
        fc.assert(
            fc.property(some, some, (one, other) => {
                const [ones, others] = [held(one), held(other)];
                const left = subtractRanges(rangesOf(one), rangesOf(other));
                assert.deepEqual(
                    sixteenths(left),
                    ones.map((holds, index) => holds && !others[index]),
                );
                const both = overlapOf(mergeRanges(rangesOf(one), "IPv4"), mergeRanges(rangesOf(other), "IPv4"));
                assert.deepEqual(
                    sixteenths(mergeRanges(both, "IPv4")),
                    ones.map((holds, index) => holds && others[index]),
                );
                assert.equal(
                    addressCount(both),
                    BigInt(ones.filter((holds, i) => holds && others[i]).length) * sixteenth,
                );
                const cover = coverOf(mergeRanges(rangesOf(other), "IPv4"), rangesOf(one));
                const isCovered = !others.some((holds, index) => holds && !ones[index]);
                assert.equal(cover !== undefined, isCovered && others.includes(true));
            }),
        );
    });

    it("are merged where they touch and kept apart where they do not", () => {
        const merged = mergeRanges(["10.0.1.0/24", "10.0.0.0/24", "10.0.0.128/25", "10.0.3.0/24"].map(parsed), "IPv4");
        assert.deepEqual(merged.map(describeRange), ["10.0.0.0 to 10.0.1.255", "10.0.3.0 to 10.0.3.255"]);
    });

    it("never lose an address to a spelling", () => {
        const v4 = fc.tuple(fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }), fc.nat(32));
        const v6 = fc.tuple(fc.array(fc.nat(255), { minLength: 16, maxLength: 16 }), fc.nat(128));
        fc.assert(
            fc.property(fc.oneof(v4, v6), ([bytes, prefix]) => {
                const spelled = fromByteArray(bytes);
                const short = parsed(`${spelled.toString()}/${prefix}`);
                const long = parsed(`${spelled.toNormalizedString().toUpperCase()}/${prefix}`);
                assert.deepEqual(short, long);
                assert.ok(spelled instanceof IPv4 || spelled instanceof IPv6);
                assert.equal(short.family, bytes.length === 4 ? "IPv4" : "IPv6");
                assert.equal(short.last - short.first + 1n, 1n << BigInt(bytes.length * 8 - prefix));
            }),
        );
    });
});

function without(range: AddressRange, missing: bigint): AddressRange[] {
    if (missing < range.first || missing > range.last) {
        return [range];
    }
    return [
        { ...range, last: missing - 1n },
        { ...range, first: missing + 1n },
    ].filter(({ first, last }) => first <= last);
}
