import assert from "node:assert/strict";

import * as fc from "fast-check";

import { Exemptions, today } from ".";

const exemption = { urn: "*web", reason: "Moves in May", expires: "2026-05-31" };

describe("exemptions", () => {
    const urn = "urn:pulumi:dev::shop::my:mod:Comp$aws:lb/loadBalancer:LoadBalancer::web[0](a)!.x";
    const covers = (pattern: string) =>
        new Exemptions([{ ...exemption, urn: pattern }]).covering(urn, "2026-01-01") !== undefined;

    it("match whole URNs, with * for any text and everything else literally", () => {
        for (const pattern of [
            urn,
            "*",
            "*web*",
            "urn:pulumi:*::shop::*",
            "*LoadBalancer::web?0?*",
            "**::web[0]*",
            "*.x",
            "*$aws:lb?loadBalancer:*",
        ]) {
            assert.equal(covers(pattern), true, pattern);
        }
        for (const pattern of [
            "web*",
            "*LoadBalancer",
            "*web[1]*",
            "*web0*",
            "urn:pulumi:prod::*",
            "*web?",
            "*+x",
            "*!*?x.y",
            "*loadBalancer::web*",
            "",
        ]) {
            assert.equal(covers(pattern), false, pattern);
        }
    });

    it("match whatever a name is made of, quotation marks and backslashes too", () => {
        const part = fc.oneof(
            fc.string({ unit: "grapheme" }).map((text) => ({ text, pattern: text.replace(/[*?]/g, "?") })),
            fc.string({ unit: "binary" }).map((text) => ({ text, pattern: "*" })),
            fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).map((text) => ({ text, pattern: "?" })),
        );
        fc.assert(
            fc.property(fc.array(part), (parts) => {
                const name = parts.map(({ text }) => text).join("");
                const pattern = parts.map((part) => part.pattern).join("");
                const list = new Exemptions([{ ...exemption, urn: `*::${pattern}` }]);
                assert.ok(list.covering(`urn::${name}`, "2026-01-01"));
            }),
        );
    });

    it("hold through their last day and have expired on the next", () => {
        const list = new Exemptions([exemption]);
        assert.deepEqual(list.covering("x::web", "2026-05-31"), { exemption, expired: false });
        assert.deepEqual(list.covering("x::web", "2026-06-01"), { exemption, expired: true });
        assert.equal(list.covering("x::api", "2026-05-31"), undefined);
        assert.equal(list.covering(undefined, "2026-05-31"), undefined);
    });

    it("cover by one that holds rather than by one that has expired", () => {
        const later = { ...exemption, expires: "2027-01-01" };
        assert.deepEqual(new Exemptions([exemption, later]).covering("web", "2026-12-01"), {
            exemption: later,
            expired: false,
        });
    });

    it("tell which of them covered nothing in this stack", () => {
        const list = new Exemptions([
            exemption,
            { ...exemption, urn: "*api" },
            { ...exemption, urn: "urn:pulumi:dev::shop::*gone" },
            { ...exemption, urn: "urn:pulumi:prod::shop::*gone" },
            { ...exemption, urn: "urn:pulumi:*::other::*gone" },
        ]);
        list.covering("urn:pulumi:dev::shop::t::web", "2026-01-01");
        const unused = list.unused("urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev").map((each) => each.urn);
        assert.deepEqual(unused, ["*api", "urn:pulumi:dev::shop::*gone"]);
        assert.equal(list.unused(undefined).length, 4);
    });

    it("cover nothing where the list is not what it should be", () => {
        for (const configured of [undefined, null, {}, [3], [{ ...exemption, expires: "never" }]]) {
            const list = new Exemptions(configured);
            assert.equal(list.covering("web", "2026-01-01"), undefined);
            assert.deepEqual(list.unused("web"), []);
        }
    });

    it("count days in UTC", () => {
        assert.equal(today(new Date("2026-05-31T23:59:59Z")), "2026-05-31");
        assert.match(today(), /^\d{4}-\d{2}-\d{2}$/);
    });
});
