import assert from "node:assert/strict";

import { addressCount, describeRange, families, parseRange, subtractRanges, type AddressRange } from "./addressRange";
import { coverOfEverybody, isEverybody, publicAddresses, publicPercentage } from "./publicAddresses";
import {
    ipv4Multicast,
    ipv4SpecialPurpose,
    ipv6Assigned,
    ipv6GlobalUnicast,
    ipv6SpecialPurpose,
    registriesReadOn,
} from "./registries";

function range(cidr: string): AddressRange {
    return parseRange(cidr) ?? assert.fail(cidr);
}

function isWithin(inner: string, outer: string): boolean {
    const [one, other] = [range(inner), range(outer)];
    return one.family === other.family && one.first >= other.first && one.last <= other.last;
}

function isPublic(address: string): boolean {
    const { family, first } = range(`${address}/${address.includes(":") ? 128 : 32}`);
    return publicAddresses(family).some((one) => first >= one.first && first <= one.last);
}

describe("the registries", () => {
    const special = { IPv4: ipv4SpecialPurpose, IPv6: ipv6SpecialPurpose };

    it("have a day, and every block once, of its family, with no bit below its prefix", () => {
        assert.match(registriesReadOn, /^20\d\d-\d\d-\d\d$/);
        for (const family of families) {
            const blocks = special[family].map(({ block }) => block);
            assert.equal(new Set(blocks).size, blocks.length);
            for (const block of blocks) {
                assert.equal(range(block).family, family, block);
                assert.ok(describeRange(range(block)).startsWith(`${block.split("/")[0]} to `), block);
            }
        }
        for (const block of [...ipv6Assigned, ipv4Multicast, ipv6GlobalUnicast]) {
            assert.ok(describeRange(range(block)).startsWith(`${block.split("/")[0]} to `), block);
        }
    });

    it("agree: what is assigned is global unicast, and no block of it twice", () => {
        for (const block of ipv6Assigned) {
            assert.ok(isWithin(block, ipv6GlobalUnicast), block);
            assert.ok(
                ipv6Assigned.every((other) => other === block || !isWithin(block, other)),
                block,
            );
        }
    });

    it("agree: a block that others may reach is ordinary unicast, or says that it is an exception of its parent", () => {
        for (const family of families) {
            for (const { block } of special[family].filter(({ globallyReachable }) => globallyReachable === true)) {
                const parent = special[family].find((other) => other.block !== block && isWithin(block, other.block));
                const ordinary = family === "IPv4" || ipv6Assigned.some((assigned) => isWithin(block, assigned));
                assert.ok(parent !== undefined || ordinary || block === "64:ff9b::/96", block);
            }
        }
    });
});

describe("public addresses", () => {
    it("are those of ordinary hosts and no others", () => {
        for (const address of [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "223.255.255.255",
            "2001:200::",
            "2600:9000::1",
            "2a10:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        ]) {
            assert.ok(isPublic(address), address);
        }
        for (const address of [
            "0.0.0.0",
            "10.0.0.0",
            "100.64.0.0",
            "127.0.0.1",
            "169.254.169.254",
            "172.31.255.255",
            "192.0.0.9",
            "192.168.1.1",
            "198.19.255.255",
            "224.0.0.0",
            "240.0.0.0",
            "255.255.255.255",
            "::1",
            "64:ff9b::1",
            "2001::1",
            "2001:db8::1",
            "2002::1",
            "2420::1",
            "3ffe::1",
            "fd00::1",
            "fe80::1",
            "ff02::1",
        ]) {
            assert.ok(!isPublic(address), address);
        }
    });

    it("are as many as the registries leave", () => {
        // 2^32 without 0/8, 10/8, 127/8, 224/4 and 240/4, 100.64/10, 172.16/12, 198.18/15, two /16 and eight /24.
        const special = 35n * (1n << 24n) + (1n << 22n) + (1n << 20n) + (1n << 17n) + 2n * (1n << 16n) + 8n * 256n;
        assert.equal(addressCount(publicAddresses("IPv4")), (1n << 32n) - special);
        assert.equal(publicPercentage([range("0.0.0.0/0")], "IPv4"), 100);
        assert.equal(publicPercentage([range("10.0.0.0/8")], "IPv4"), 0);
        assert.equal(publicPercentage([range("17.0.0.0/8"), range("17.1.0.0/16")], "IPv4").toPrecision(3), "0.453");
        assert.equal(publicPercentage([range("::/0"), range("2000::/3")], "IPv6"), 100);
    });

    for (const cidr of ["0.0.0.0/0", "::/0", "2000::/3", "::/1", "2000::/4"]) {
        it(`are all in ${cidr}`, () => assert.ok(isEverybody(range(cidr))));
    }

    for (const cidr of [
        "0.0.0.0/1",
        "128.0.0.0/1",
        "3000::/4",
        "8000::/1",
        "2400::/6",
        "::ffff:0:0/96",
        "10.0.0.0/8",
    ]) {
        it(`are not all in ${cidr}`, () => assert.ok(!isEverybody(range(cidr))));
    }

    for (const family of families) {
        it(`of ${family} are covered by their own ranges, and not with one address missing from any`, () => {
            const all = publicAddresses(family);
            assert.deepEqual(coverOfEverybody(all, family), all);
            for (const one of all) {
                const middle = (one.first + one.last) / 2n;
                const missing = subtractRanges(all, [{ family, first: middle, last: middle }]);
                assert.equal(coverOfEverybody(missing, family), undefined);
            }
            assert.equal(coverOfEverybody([], family), undefined);
        });
    }
});
