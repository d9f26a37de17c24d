import assert from "node:assert/strict";

import * as fc from "fast-check";
import { fromByteArray } from "ipaddr.js";

import { families, publicAddresses, type AddressRange } from "../addresses";
import { subtractRanges } from "../addresses/addressRange";
import type { Resource } from "../graph";
import { group, ingressRule, inline, lb, prefixList, standalone } from "../test/ingress";
import { resource, stackMessages, stackVerdicts } from "../test/stack";
import { albNoPublicIngress as rule } from "./alb-no-public-ingress";

const said = (resources: readonly Resource[], settings = {}) => stackVerdicts(rule, resources, settings);

describe("alb-no-public-ingress", () => {
    describe("ranges that add up", () => {
        const halves = ["0.0.0.0/1", "128.0.0.0/1"];
        const quarters = ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"];

        for (const ranges of [halves, quarters]) {
            it(`within one list: ${ranges.join(" + ")}`, () => {
                assert.deepEqual(said(inline({ cidrBlocks: ranges })), ["violation: alb ingress[0].cidrBlocks[0]"]);
                assert.deepEqual(said(inline({ cidrBlocks: ranges.slice(1) })), [
                    "advisory: alb ingress[0].cidrBlocks[0]",
                ]);
            });

            it(`across resources: ${ranges.join(" + ")}`, () => {
                const rules = ranges.map((cidrIpv4) => ({ cidrIpv4 }));
                assert.deepEqual(said(standalone(...rules)), ["violation: alb"]);
                assert.deepEqual(said(standalone(...rules.slice(1))), [
                    ranges.length === 2 ? "advisory: rule0 cidrIpv4" : "advisory: alb",
                ]);
            });
        }

        it("across inline rules of different ports", () => {
            const rules = inline(
                { cidrBlocks: ["0.0.0.0/1"], fromPort: 443 },
                { cidrBlocks: ["128.0.0.0/1"], fromPort: 80 },
            );
            assert.deepEqual(said(rules), ["violation: alb ingress[0].cidrBlocks[0]"]);
        });

        it("but not across the families", () => {
            assert.deepEqual(said(inline({ cidrBlocks: ["0.0.0.0/1"], ipv6CidrBlocks: ["2800::/5"] })), [
                "advisory: alb ingress[0].cidrBlocks[0]",
                "advisory: alb ingress[0].ipv6CidrBlocks[0]",
            ]);
        });

        it("in each family for itself", () => {
            const rules = inline({ cidrBlocks: halves, ipv6CidrBlocks: ["2000::/5", "2800::/5"] });
            assert.deepEqual(said(rules), [
                "violation: alb ingress[0].cidrBlocks[0]",
                "violation: alb ingress[0].ipv6CidrBlocks[0]",
            ]);
        });

        it("and every opening is said, that of one range and that of several", () => {
            assert.deepEqual(said(inline({ cidrBlocks: ["0.0.0.0/0", ...halves, "1.1.1.1/0"] })), [
                "violation: alb ingress[0].cidrBlocks[0]",
                "violation: alb ingress[0].cidrBlocks[1]",
                "violation: alb ingress[0].cidrBlocks[3]",
            ]);
        });

        it("across the groups of one load balancer", () => {
            const groups = halves.map((cidr, index) =>
                resource(group, `half${index}`, { id: `sg-${index}`, ingress: [{ cidrBlocks: [cidr] }] }),
            );
            const web = resource(lb, "web", { securityGroups: ["sg-0", "sg-1"] });
            assert.deepEqual(said([web, ...groups]), ["violation: web securityGroups"]);
            const advice = ["advisory: half0 ingress[0].cidrBlocks[0]", "advisory: half1 ingress[0].cidrBlocks[0]"];
            const apart = [
                resource(lb, "a", { securityGroups: ["sg-0"] }),
                resource(lb, "b", { securityGroups: ["sg-1"] }),
            ];
            assert.deepEqual(said([...apart, ...groups]), advice);
            assert.deepEqual(said([resource(lb, "web", { securityGroups: ["sg-0", "sg-0"] }), ...groups]), [advice[0]]);
        });

        it("across groups only where none of them does it alone", () => {
            const web = resource(lb, "web", { securityGroups: ["sg-0", "sg-1"] });
            const both = resource(group, "both", { id: "sg-0", ingress: [{ cidrBlocks: halves }] });
            const one = resource(group, "one", { id: "sg-1", ingress: [{ cidrBlocks: ["0.0.0.0/1"] }] });
            assert.deepEqual(said([web, both, one]), ["violation: both ingress[0].cidrBlocks[0]"]);
        });

        /** CIDR blocks that hold every IPv4 address once, split on the way to one address; that address comes last. */
        const partition = fc.record({
            address: fc.nat(0xffffffff),
            spread: fc.nat(),
            groups: fc.integer({ min: 1, max: 4 }),
        });
        const blocksOf = (address: number) => [
            ...Array.from({ length: 32 }, (_, bit) => `${dotted((address ^ (1 << (31 - bit))) >>> 0)}/${bit + 1}`),
            `${dotted(address)}/32`,
        ];
        /** The blocks, dealt to inline rules, standalone rules and prefix lists of several groups. */
        const dealt = (blocks: readonly string[], spread: number, groups: number): Resource[] => {
            const ids = Array.from({ length: groups }, (_, index) => `sg-${index}`);
            const dealtTo = (id: string, way: number) =>
                blocks.filter((_, index) => ids[(index * 7 + spread) % groups] === id && (index + spread) % 3 === way);
            return [
                resource(lb, "web", { securityGroups: ids }),
                ...ids.flatMap((id) => [
                    resource(group, id, { id, ingress: [{ cidrBlocks: dealtTo(id, 0), prefixListIds: [`pl-${id}`] }] }),
                    ...dealtTo(id, 1).map((cidrIpv4, index) =>
                        resource(ingressRule, `${id}-${index}`, { securityGroupId: id, cidrIpv4 }),
                    ),
                    resource(prefixList, `pl-${id}`, {
                        id: `pl-${id}`,
                        entries: dealtTo(id, 2).map((cidr) => ({ cidr })),
                    }),
                ]),
            ];
        };

        it("in any partition of IPv4 over rules, resources, prefix lists and groups", () => {
            fc.assert(
                fc.property(partition, ({ address, spread, groups }) => {
                    const verdicts = said(dealt(blocksOf(address), spread, groups));
                    assert.equal(verdicts.length, 1);
                    assert.match(verdicts[0] ?? "", /^violation: /);
                }),
            );
        });

        it("with one address missing only where nobody can come from it", () => {
            fc.assert(
                fc.property(partition, ({ address, spread, groups }) => {
                    const verdicts = said(dealt(blocksOf(address).slice(0, -1), spread, groups));
                    const isPublic = publicAddresses("IPv4").some(
                        ({ first, last }) => address >= first && address <= last,
                    );
                    assert.notEqual(verdicts.length, 0);
                    for (const verdict of verdicts) {
                        assert.match(verdict, isPublic ? /^advisory: / : /^violation: /);
                    }
                }),
            );
        });
    });

    describe("everybody, without what cannot be routed", () => {
        const withoutPrivate = [
            ...["0.0.0.0/5", "8.0.0.0/7", "11.0.0.0/8", "12.0.0.0/6", "16.0.0.0/4", "32.0.0.0/3", "64.0.0.0/2"],
            ...["128.0.0.0/3", "160.0.0.0/5", "168.0.0.0/6", "172.0.0.0/12", "172.32.0.0/11", "172.64.0.0/10"],
            ...["172.128.0.0/9", "173.0.0.0/8", "174.0.0.0/7", "176.0.0.0/4", "192.0.0.0/9", "192.128.0.0/11"],
            ...["192.160.0.0/13", "192.169.0.0/16", "192.170.0.0/15", "192.172.0.0/14", "192.176.0.0/12"],
            ...["192.192.0.0/10", "193.0.0.0/8", "194.0.0.0/7", "196.0.0.0/6", "200.0.0.0/5", "208.0.0.0/4"],
        ];
        const cidrsOf = (ranges: readonly AddressRange[]) =>
            ranges.flatMap(({ first, last, family }) => blocks(first, last, family === "IPv4" ? 32 : 128));

        for (const [title, ranges] of Object.entries({
            "all but multicast and what is reserved": ["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"],
            "all but the private ranges": withoutPrivate,
            "every public range": cidrsOf(publicAddresses("IPv4")),
            "all of IPv6 that may be assigned": ["2000::/3"],
            "all of IPv6 that is assigned": cidrsOf(publicAddresses("IPv6")),
            "all of IPv6 in two parts": ["2000::/5", "2800::/5"],
        })) {
            it(`is refused: ${title}`, () => {
                assert.deepEqual(said(inline({ cidrBlocks: ranges })), ["violation: alb ingress[0].cidrBlocks[0]"]);
            });

            it(`is refused over rules, lists and groups: ${title}`, () => {
                const verdicts = said(dealtOver(ranges));
                assert.equal(verdicts.length, 1);
                assert.match(verdicts[0] ?? "", /^violation: /);
            });
        }

        it("is advised against where one address is missing", () => {
            for (const family of families) {
                for (const { first } of publicAddresses(family)) {
                    const missing = subtractRanges(publicAddresses(family), [{ family, first, last: first }]);
                    const verdicts = said(inline({ cidrBlocks: cidrsOf(missing) }));
                    assert.equal(verdicts.length, 1);
                    assert.match(verdicts[0] ?? "", /^advisory: alb ingress/);
                }
            }
            const [message] = stackMessages(rule, inline({ cidrBlocks: withoutPrivate.slice(1) }));
            assert.match(message ?? "", /^9\d\.\d% of all public IPv4 addresses/);
            const [first] = publicAddresses("IPv4").map((range) => range.first);
            const allButOne = subtractRanges(publicAddresses("IPv4"), [
                { family: "IPv4", first: first!, last: first! },
            ]);
            const [almost] = stackMessages(rule, inline({ cidrBlocks: cidrsOf(allButOne) }));
            assert.match(almost ?? "", /^More than 99\.99% of all public IPv4 addresses/);
        });

        it("is no matter of its own where an opening was said of the same balancer", () => {
            const ranges = { cidrBlocks: ["0.0.0.0/0", "17.0.0.0/8", "18.0.0.0/7"] };
            assert.deepEqual(said(inline(ranges)), ["violation: alb ingress[0].cidrBlocks[0]"]);
        });
    });

    describe("a wide share of the public addresses", () => {
        const wide = (settings: object, ...cidrBlocks: string[]) => said(inline({ cidrBlocks }), settings);
        const advice = ["advisory: alb ingress[0].cidrBlocks[0]"];

        it("is more than one percent, in one range or in several", () => {
            assert.deepEqual(wide({}, "17.0.0.0/8", "53.0.0.0/8"), []);
            assert.deepEqual(wide({}, "17.0.0.0/8", "53.0.0.0/8", "57.0.0.0/8"), advice);
            assert.deepEqual(wide({}, "16.0.0.0/6"), advice);
            assert.deepEqual(wide({}, "2001:4860::/32", "2a02:6b8::/29", "2003::/19"), []);
            assert.deepEqual(wide({}, "2600::/14"), advice);
        });

        it("does not count what nobody can come from", () => {
            assert.deepEqual(wide({}, "10.0.0.0/8", "224.0.0.0/3", "100.64.0.0/10", "3000::/4", "8000::/1"), []);
        });

        it("is what the setting says", () => {
            assert.deepEqual(wide({ maximumPublicPercent: 5 }, "16.0.0.0/6"), []);
            assert.deepEqual(wide({ maximumPublicPercent: 0 }, "192.0.1.0/32"), advice);
            assert.deepEqual(wide({ maximumPublicPercent: 100 }, "0.0.0.0/1"), []);
            assert.deepEqual(wide({ maximumPublicPercent: 100 }, "0.0.0.0/0"), [
                "violation: alb ingress[0].cidrBlocks[0]",
            ]);
        });

        it("is summed over the groups of a balancer, and said of the balancer only where no group has it", () => {
            const groups = ["17.0.0.0/8", "53.0.0.0/8", "57.0.0.0/8"].map((cidr, index) =>
                resource(group, `g${index}`, { id: `sg-${index}`, ingress: [{ cidrBlocks: [cidr] }] }),
            );
            const all = resource(lb, "web", { securityGroups: ["sg-0", "sg-1", "sg-2"] });
            assert.deepEqual(said([all, ...groups]), ["advisory: web"]);
            assert.deepEqual(said([resource(lb, "web", { securityGroups: ["sg-0", "sg-1"] }), ...groups]), []);
        });
    });

    /** One range each to an inline rule, a rule that is a resource and a prefix list, of two groups in turn. */
    function dealtOver(ranges: readonly string[]): Resource[] {
        const of = (id: number, way: number) => ranges.filter((_, i) => i % 2 === id && Math.floor(i / 2) % 3 === way);
        return [
            resource(lb, "web", { securityGroups: ["sg-0", "sg-1"] }),
            ...[0, 1].flatMap((id) => [
                resource(group, `sg-${id}`, {
                    id: `sg-${id}`,
                    ingress: [{ cidrBlocks: of(id, 0), prefixListIds: [`pl-${id}`] }],
                }),
                ...of(id, 1).map((cidrIpv4, index) =>
                    resource(ingressRule, `${id}-${index}`, { securityGroupId: `sg-${id}`, cidrIpv4 }),
                ),
                resource(prefixList, `pl-${id}`, { id: `pl-${id}`, entries: of(id, 2).map((cidr) => ({ cidr })) }),
            ]),
        ];
    }
});

/** The CIDR blocks of a range. */
function blocks(first: bigint, last: bigint, bits: number): string[] {
    const found: string[] = [];
    for (let next = first; next <= last;) {
        let size = 0;
        while (size < bits && next % (1n << BigInt(size + 1)) === 0n && next + (1n << BigInt(size + 1)) - 1n <= last) {
            size++;
        }
        const digits = next.toString(16).padStart(bits / 4, "0");
        found.push(`${fromByteArray([...Buffer.from(digits, "hex")]).toString()}/${bits - size}`);
        next += 1n << BigInt(size);
    }
    return found;
}

function dotted(address: number): string {
    return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}
