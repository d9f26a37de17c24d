import assert from "node:assert/strict";

import { UNKNOWN, type Resource, type Value } from "../graph";
import { inline, nativeIngress, nativePrefixList, prefixList, prefixListEntry, standalone } from "../test/ingress";
import { resource, stackVerdicts } from "../test/stack";
import { albNoPublicIngress as rule } from "./alb-no-public-ingress";

const said = (resources: readonly Resource[], settings = {}) => stackVerdicts(rule, resources, settings);

describe("alb-no-public-ingress", () => {
    describe("prefix lists", () => {
        const halfLists = [
            resource(prefixList, "low", { id: "pl-1", entries: [{ cidr: "0.0.0.0/1" }] }),
            resource(prefixList, "high", { id: "pl-2" }),
            resource(prefixListEntry, "entry", { prefixListId: "pl-2", cidr: "128.0.0.0/1" }),
        ];

        it("that hold every address open the rule that names them", () => {
            const list = resource(prefixList, "all", { id: "pl-1", entries: [{ cidr: "0.0.0.0/0" }] });
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }), list]), ["violation: rule0 prefixListId"]);
            assert.deepEqual(said([...inline({ prefixListIds: ["pl-1"] }), list]), [
                "violation: alb ingress[0].prefixListIds[0]",
            ]);
        });

        it("are summed with their separate entries", () => {
            const list = resource(prefixList, "all", { id: "pl-1", entries: [{ cidr: "2000::/5" }] });
            const entry = resource(prefixListEntry, "entry", { prefixListId: "pl-1", cidr: "2800::/5" });
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }), list, entry]), [
                "violation: rule0 prefixListId",
            ]);
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }), list]), ["advisory: rule0 prefixListId"]);
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }), entry, list]), [
                "violation: rule0 prefixListId",
            ]);
        });

        it("are summed with each other and with ranges", () => {
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }, { prefixListId: "pl-2" }), ...halfLists]), [
                "violation: alb",
            ]);
            assert.deepEqual(
                said([...standalone({ prefixListId: "pl-1" }, { cidrIpv4: "128.0.0.0/1" }), ...halfLists]),
                ["violation: alb"],
            );
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }, { prefixListId: "pl-1" }), ...halfLists]), [
                "advisory: rule0 prefixListId",
            ]);
        });

        it("that a state holds twice are one list, whichever comes first", () => {
            const few = resource(prefixList, "few", { id: "pl-1", entries: [] });
            const all = resource(prefixList, "all", { id: "pl-1", entries: [{ cidr: "0.0.0.0/0" }] });
            for (const lists of [
                [few, all],
                [all, few],
            ]) {
                assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }), ...lists]), [
                    "violation: rule0 prefixListId",
                ]);
            }
        });

        it("of aws-native count as well", () => {
            const list = resource(nativePrefixList, "all", { prefixListId: "pl-1", entries: [{ cidr: "0.0.0.0/0" }] });
            const ingress = resource(nativeIngress, "in", { groupId: "sg-1", sourcePrefixListId: "pl-1" });
            assert.deepEqual(said([...standalone(), ingress, list]), ["violation: in sourcePrefixListId"]);
        });

        it("whose entries are known to be few are closed", () => {
            const list = resource(prefixList, "office", { id: "pl-1", entries: [{ cidr: "198.51.100.0/24" }, null] });
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1", description: "office" }), list]), []);
        });

        it("with an unknown entry cannot be told, beside one that opens", () => {
            const list = (...cidrs: Value[]) =>
                resource(prefixList, "all", { id: "pl-1", entries: cidrs.map((cidr) => ({ cidr })) });
            const rules = standalone({ prefixListId: "pl-1" });
            assert.deepEqual(said([...rules, list(UNKNOWN)]), ["cannot tell: all entries[0].cidr"]);
            assert.deepEqual(said([...rules, list(UNKNOWN, "0.0.0.0/0")]), [
                "cannot tell: all entries[0].cidr",
                "violation: rule0 prefixListId",
            ]);
            assert.deepEqual(said([...rules, resource(prefixList, "all", { id: "pl-1", entries: UNKNOWN })]), [
                "cannot tell: all entries",
            ]);
            assert.deepEqual(said([...rules, resource(prefixList, "all", { id: "pl-1", entries: [UNKNOWN] })]), [
                "cannot tell: all entries[0]",
            ]);
        });

        it("from outside the stack cannot be told: once, however many rules name one", () => {
            const rules = standalone(
                { prefixListId: "pl-0123" },
                { prefixListId: "pl-0123" },
                { prefixListId: "pl-4567" },
            );
            assert.deepEqual(said(rules), ["cannot tell: rule0 prefixListId", "cannot tell: rule2 prefixListId"]);
            assert.deepEqual(said([...rules, ...inline({ prefixListIds: ["pl-0123"] })].slice(0, -1)), [
                "cannot tell: rule0 prefixListId",
                "cannot tell: rule2 prefixListId",
            ]);
        });

        it("from outside are trusted where a setting names them, and CloudFront's own always", () => {
            const rules = standalone({ prefixListId: "pl-0123" }, { prefixListId: "pl-3b927c52" });
            assert.deepEqual(said(rules), ["cannot tell: rule0 prefixListId"]);
            assert.deepEqual(said(rules, { trustedPrefixListIds: ["pl-0123"] }), []);
        });

        it("of another's id do not open a load balancer whose groups never name them", () => {
            const list = resource(prefixList, "all", { id: "pl-1", entries: [{ cidr: "0.0.0.0/0" }] });
            assert.deepEqual(said([...standalone({ prefixListId: "pl-3b927c52" }), list]), []);
        });
    });
});
