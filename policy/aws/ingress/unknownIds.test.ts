import assert from "node:assert/strict";

import { StackGraph, UNKNOWN, type Resource, type Value } from "../../graph";
import { component, group, ingressRule, lb, prefixList, prefixListEntry, stackReference } from "../../test/ingress";
import { resource, stackMessages, stackVerdicts } from "../../test/stack";
import { albNoPublicIngress as rule } from "../../rules/alb-no-public-ingress";
import { attachmentsOf } from ".";

const open = [{ cidrBlocks: ["0.0.0.0/0"] }];
const violation = "violation: open ingress[0].cidrBlocks[0]";

const said = (...resources: Resource[]) => stackVerdicts(rule, resources);

function attached(...resources: Resource[]): string[][] {
    return attachmentsOf(new StackGraph(resources)).loadBalancers.map(({ attachments, unresolved }) => [
        ...attachments.map(
            ({
                group: {
                    resources: [found],
                    id,
                },
                certain,
            }) => `${found?.name ?? id}${certain ? "" : "?"}`,
        ),
        ...unresolved.map(({ read }) => `unresolved ${read.path}`),
    ]);
}

describe("what a load balancer's groups are, while ids are unknown", () => {
    const alb = resource(group, "alb", { id: UNKNOWN, ingress: [] });
    const other = resource(group, "open", { id: UNKNOWN, ingress: open });
    const web = (securityGroups: Value, ...used: Resource[]) =>
        resource(lb, "web", { securityGroups }, { securityGroups: used });

    it("is what the property depends on", () => {
        assert.deepEqual(attached(web([UNKNOWN], alb), alb, other), [["alb"]]);
        assert.deepEqual(attached(web([UNKNOWN, UNKNOWN], alb, other), alb, other), [["alb", "open"]]);
        assert.deepEqual(attached(web(UNKNOWN, alb, other), alb, other), [["alb", "open"]]);
        assert.deepEqual(said(web([UNKNOWN], other), alb, other), [violation]);
    });

    it("is all that the property depends on, though a preview shows one unknown value for several", () => {
        assert.deepEqual(attached(web([UNKNOWN], alb, other), alb, other), [["alb", "open"]]);
    });

    it("is found beside a group whose id is known", () => {
        const known = resource(group, "known", { id: "sg-1" });
        assert.deepEqual(attached(web(["sg-1", UNKNOWN], known, alb), known, alb), [["known", "alb"]]);
    });

    it("is not what another property depends on, nor the balancer as a whole", () => {
        const balancer = {
            ...resource(
                lb,
                "web",
                { securityGroups: [UNKNOWN], subnets: [UNKNOWN] },
                { securityGroups: [alb], subnets: [other] },
            ),
            dependencies: [alb.urn, other.urn],
        };
        assert.deepEqual(attached(balancer, alb, other), [["alb"]]);
    });

    it("is what the whole balancer depends on where no dependency is said by property", () => {
        const balancer = { ...resource(lb, "web", { securityGroups: [UNKNOWN] }), dependencies: [other.urn] };
        assert.deepEqual(attached(balancer, alb, other), [["open"]]);
    });

    it("is not known where its property depends on nothing, though others do", () => {
        const balancer = resource(lb, "web", { id: "lb", securityGroups: [UNKNOWN] }, { subnets: [other] });
        assert.deepEqual(attached(balancer, alb, other), [["unresolved securityGroups[0]"]]);
    });

    it("comes through a component to the group in it, however deep", () => {
        const network = resource(component, "network");
        const inner = resource(component, "inner", {}, {}, network);
        const inside = resource(group, "open", { id: UNKNOWN, ingress: open }, {}, inner);
        assert.deepEqual(attached(web([UNKNOWN], network), network, inner, inside, alb), [["open"]]);
        assert.deepEqual(said(web([UNKNOWN], network), network, inner, inside, alb), [violation]);
    });

    it("is uncertain where a component holds more groups than there are values", () => {
        const network = resource(component, "network");
        const first = resource(group, "first", { id: UNKNOWN }, {}, network);
        const second = resource(group, "open", { id: UNKNOWN, ingress: open }, {}, network);
        assert.deepEqual(attached(web([UNKNOWN], network), network, first, second), [["first?", "open?"]]);
        assert.deepEqual(said(web([UNKNOWN], network), network, first, second), ["cannot tell: web securityGroups[0]"]);
        assert.deepEqual(attached(web([UNKNOWN, UNKNOWN], network), network, first, second), [["first", "open"]]);
        const many = Array.from({ length: 21 }, (_, index) =>
            resource(group, `g${index}`, { id: UNKNOWN }, {}, network),
        );
        assert.deepEqual(attached(web([UNKNOWN], network), network, ...many), [["unresolved securityGroups[0]"]]);
        assert.equal(attached(web([UNKNOWN], network), network, ...many.slice(1))[0]?.length, 20);
    });

    it("prefers a group that is named itself to those in a component", () => {
        const network = resource(component, "network");
        const inside = resource(group, "open", { id: UNKNOWN, ingress: open }, {}, network);
        assert.deepEqual(attached(web([UNKNOWN], network, alb), network, inside, alb), [["alb"]]);
    });

    it("comes through a rule to its group", () => {
        const rule0 = resource(ingressRule, "rule0", { securityGroupId: UNKNOWN }, { securityGroupId: [other] });
        assert.deepEqual(attached(web([UNKNOWN], rule0), rule0, alb, other), [["open"]]);
    });

    it("survives a circle of parents and dependencies", () => {
        const one = { ...resource(component, "one"), parent: `urn:pulumi:test::test::${component}::two` };
        const two = { ...resource(component, "two"), parent: one.urn, dependencies: [one.urn] };
        assert.deepEqual(attached(web([UNKNOWN], one), one, two), [["unresolved securityGroups[0]"]]);
    });

    it("is said not to be known where nothing of this stack stands behind it", () => {
        const reference = resource(stackReference, "network");
        assert.deepEqual(said(web([UNKNOWN], reference), reference, other), ["cannot tell: web securityGroups[0]"]);
        assert.deepEqual(said(web(UNKNOWN, reference), reference, other), ["cannot tell: web securityGroups"]);
        assert.match(
            stackMessages(rule, [web([UNKNOWN], reference), reference])[0] ?? "",
            /load balancer "web": securityGroups\[0\] is not known yet, and it leads to no security group of this stack/,
        );
    });

    it("is said not to be known where it is no text", () => {
        assert.deepEqual(said(web([7], alb), alb), ["cannot tell: web securityGroups[0]"]);
        assert.match(stackMessages(rule, [web([7], alb), alb])[0] ?? "", /securityGroups\[0\] is of the wrong type/);
    });
});

describe("what a rule's group is, while ids are unknown", () => {
    const alb = resource(group, "alb", { id: UNKNOWN, ingress: [] });
    const db = resource(group, "db", { id: UNKNOWN, ingress: [] });
    const web = resource(lb, "web", { securityGroups: [UNKNOWN] }, { securityGroups: [alb] });
    const everybody = { cidrIpv4: "0.0.0.0/0", securityGroupId: UNKNOWN };
    const reference = resource(stackReference, "network");

    it("is what securityGroupId depends on", () => {
        assert.deepEqual(said(web, alb, db, resource(ingressRule, "in", everybody, { securityGroupId: [alb] })), [
            "violation: in cidrIpv4",
        ]);
        assert.deepEqual(said(web, alb, db, resource(ingressRule, "in", everybody, { securityGroupId: [db] })), []);
        const beside = resource(ingressRule, "in", everybody, {
            securityGroupId: [db],
            referencedSecurityGroupId: [alb],
        });
        assert.deepEqual(said(web, alb, db, beside), []);
    });

    it("comes through another rule, whichever is first", () => {
        const first = resource(
            ingressRule,
            "first",
            { ...everybody, cidrIpv4: "10.0.0.0/8" },
            { securityGroupId: [alb] },
        );
        const second = resource(ingressRule, "second", everybody, { securityGroupId: [first] });
        assert.deepEqual(said(web, alb, first, second), ["violation: second cidrIpv4"]);
        assert.deepEqual(said(web, alb, second, first), ["violation: second cidrIpv4"]);
    });

    it("is in doubt where it may be one of two groups", () => {
        const rule0 = resource(ingressRule, "in", everybody, { securityGroupId: [alb, db] });
        assert.deepEqual(said(web, alb, db, rule0), ["cannot tell: in securityGroupId"]);
        const half = (cidrIpv4: string, ...used: Resource[]) =>
            resource(ingressRule, cidrIpv4, { cidrIpv4, securityGroupId: UNKNOWN }, { securityGroupId: used });
        assert.deepEqual(said(web, alb, db, half("0.0.0.0/1", alb, db)), ["cannot tell: 0.0.0.0/1 securityGroupId"]);
        assert.deepEqual(said(web, alb, db, half("0.0.0.0/1", alb), half("128.0.0.0/1", alb, db)), [
            "advisory: 0.0.0.0/1 cidrIpv4",
            "cannot tell: 128.0.0.0/1 securityGroupId",
        ]);
    });

    it("matters only to a load balancer whose group is not known either", () => {
        const orphan = resource(ingressRule, "in", everybody, { securityGroupId: [reference] });
        assert.deepEqual(said(web, alb, reference, orphan), []);
        const foreign = resource(lb, "foreign", { securityGroups: [UNKNOWN] }, { securityGroups: [reference] });
        assert.deepEqual(said(foreign, reference, orphan), [
            "cannot tell: foreign securityGroups[0]",
            "cannot tell: in securityGroupId",
        ]);
        const harmless = resource(
            ingressRule,
            "in",
            { securityGroupId: UNKNOWN, referencedSecurityGroupId: "sg-2" },
            { securityGroupId: [reference] },
        );
        assert.deepEqual(said(foreign, reference, harmless), ["cannot tell: foreign securityGroups[0]"]);
        const list = resource(
            ingressRule,
            "in",
            { securityGroupId: UNKNOWN, prefixListId: "pl-1" },
            { securityGroupId: [reference] },
        );
        assert.equal(said(foreign, reference, list).length, 2);
    });

    it("is in doubt where it is missing or no text", () => {
        const foreign = resource(lb, "foreign", { securityGroups: [UNKNOWN] }, { securityGroups: [reference] });
        for (const securityGroupId of [undefined, null, 7]) {
            const rule0 = resource(ingressRule, "in", { ...everybody, securityGroupId });
            assert.deepEqual(said(foreign, rule0), [
                "cannot tell: foreign securityGroups[0]",
                "cannot tell: in securityGroupId",
            ]);
        }
    });
});

describe("what a rule's prefix list is, while ids are unknown", () => {
    const all = resource(prefixList, "all", { id: UNKNOWN, entries: [{ cidr: "0.0.0.0/0" }] });
    const few = resource(prefixList, "few", { id: UNKNOWN, entries: [{ cidr: "10.0.0.0/8" }] });
    const alb = resource(group, "alb", { id: "sg-1" });
    const web = resource(lb, "web", { securityGroups: ["sg-1"] });
    const within = (...used: Resource[]) =>
        resource(ingressRule, "in", { securityGroupId: "sg-1", prefixListId: UNKNOWN }, { prefixListId: used });

    it("is what the property depends on", () => {
        assert.deepEqual(said(web, alb, all, few, within(all)), ["violation: in prefixListId"]);
        assert.deepEqual(said(web, alb, all, few, within(few)), []);
    });

    it("is what the inline rules depend on", () => {
        const inline = (...used: Resource[]) =>
            resource(
                group,
                "alb",
                { id: "sg-1", ingress: [{ prefixListIds: [UNKNOWN] }, { prefixListIds: [UNKNOWN] }] },
                { ingress: used },
            );
        assert.deepEqual(said(web, all, few, inline(few, all)), ["violation: alb ingress[1].prefixListIds[0]"]);
        assert.deepEqual(said(web, all, few, inline(few)), ["cannot tell: alb ingress[1].prefixListIds[0]"]);
    });

    it("comes through an entry to its list", () => {
        const entry = resource(
            prefixListEntry,
            "entry",
            { prefixListId: UNKNOWN, cidr: "128.0.0.0/1" },
            { prefixListId: [few] },
        );
        const half = resource(
            prefixListEntry,
            "half",
            { prefixListId: UNKNOWN, cidr: "0.0.0.0/1" },
            { prefixListId: [few] },
        );
        assert.deepEqual(said(web, alb, few, entry, half, within(entry)), ["violation: in prefixListId"]);
        assert.deepEqual(said(web, alb, few, entry, within(entry)), ["advisory: alb"]);
    });

    it("is not known where nothing of this stack stands behind it", () => {
        const reference = resource(stackReference, "network");
        assert.deepEqual(said(web, alb, reference, within(reference)), ["cannot tell: in prefixListId"]);
    });

    it("is not known where it is no text", () => {
        const rule0 = resource(ingressRule, "in", { securityGroupId: "sg-1", prefixListId: 7 });
        assert.deepEqual(said(web, alb, rule0), ["cannot tell: in prefixListId"]);
    });

    it("may be one of several in a component", () => {
        const network = resource(component, "network");
        const lists = [all, few].map((list) => ({ ...list, parent: network.urn }));
        assert.deepEqual(said(web, alb, network, ...lists, within(network)), ["cannot tell: in prefixListId"]);
    });

    it("is said to be outside the stack once, though two groups name it", () => {
        const both = resource(lb, "web", { securityGroups: ["sg-1", "sg-2"] });
        const second = resource(group, "second", { id: "sg-2", ingress: [{ prefixListIds: ["pl-9"] }] });
        const rule0 = resource(ingressRule, "in", { securityGroupId: "sg-1", prefixListId: "pl-9" });
        assert.deepEqual(said(both, alb, second, rule0), ["cannot tell: in prefixListId"]);
    });

    it("counts entries of a list outside the stack", () => {
        const rule0 = resource(ingressRule, "in", { securityGroupId: "sg-1", prefixListId: "pl-9" });
        const entry = resource(prefixListEntry, "entry", { prefixListId: "pl-9", cidr: "0.0.0.0/0" });
        assert.deepEqual(said(web, alb, rule0, entry), ["cannot tell: in prefixListId", "violation: in prefixListId"]);
    });
});

describe("an argument that a program leaves out", () => {
    const alb = (properties: Record<string, Value>, given = {}) =>
        resource(group, "alb", { id: UNKNOWN, ...properties }, given);
    const web = resource(lb, "web", { securityGroups: [UNKNOWN] }, { securityGroups: [alb({})] });

    it("is nothing to be unsure of before the resource exists", () => {
        assert.deepEqual(said(web, alb({ ingress: UNKNOWN }, { vpcId: [] })), []);
        const list = resource(prefixList, "list", { id: UNKNOWN, entries: UNKNOWN }, { name: [] });
        const rule0 = resource(
            ingressRule,
            "in",
            { securityGroupId: UNKNOWN, prefixListId: UNKNOWN },
            { securityGroupId: [alb({})], prefixListId: [list] },
        );
        assert.deepEqual(said(web, alb({}), list, rule0), []);
    });

    it("is something to be unsure of where it was given", () => {
        assert.deepEqual(said(web, alb({ ingress: UNKNOWN }, { ingress: [] })), ["cannot tell: alb ingress"]);
        assert.deepEqual(said(web, alb({ ingress: UNKNOWN })), ["cannot tell: alb ingress"]);
        const [known] = [resource(group, "alb", { id: "sg-1", ingress: UNKNOWN }, { vpcId: [] })];
        assert.deepEqual(said(resource(lb, "web", { securityGroups: ["sg-1"] }), known), ["cannot tell: alb ingress"]);
    });
});
