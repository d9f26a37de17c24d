import assert from "node:assert/strict";

import { StackGraph } from ".";
import { UNKNOWN, type Resource } from "./resource";
import { urn } from "../test/stack";

function resource(name: string, properties: Record<string, unknown> = {}, links: Partial<Resource> = {}): Resource {
    return {
        urn: urn(name, links.type),
        type: "t:m:Thing",
        name,
        properties,
        protect: false,
        dependencies: [],
        propertyDependencies: {},
        ...links,
    };
}

describe("the graph of a stack", () => {
    it("finds by type, in order and once, and by URN", () => {
        const [a, b] = [resource("a"), resource("b", {}, { type: "t:m:Other" })];
        const graph = new StackGraph([a, b, resource("a", { second: true })]);
        assert.deepEqual(graph.ofType("t:m:Other", "t:m:Thing", "t:m:Other"), [b, a, graph.resources[2]]);
        assert.deepEqual(graph.ofType("t:m:Thing"), [a, graph.resources[2]]);
        assert.deepEqual(graph.ofType("t:m:None"), []);
        assert.equal(graph.byUrn(a.urn), a);
        assert.equal(graph.byUrn("urn:none"), undefined);
    });

    it("resolves ids, ARNs and names, each to resources of the asked types only", () => {
        const balancer = resource("lb", { id: "arn:lb", arn: "arn:lb", name: "web" });
        const native = resource("sg", { groupId: "sg-1" }, { type: "aws-native:ec2:SecurityGroup" });
        const list = resource("pl", { prefixListId: "pl-1" }, { type: "aws-native:ec2:PrefixList" });
        const rule = resource("rule", { prefixListId: "pl-1" }, { type: "t:m:Rule" });
        const graph = new StackGraph([balancer, native, list, rule]);
        const find = (value: unknown, ...types: string[]) => graph.resolve(rule, "x", value, types);
        assert.deepEqual(find("arn:lb", "t:m:Thing"), [balancer]);
        assert.deepEqual(find("web", "t:m:Thing"), [balancer]);
        assert.deepEqual(find("web", "t:m:Rule"), []);
        assert.deepEqual(find("sg-1", "t:m:Thing", "aws-native:ec2:SecurityGroup"), [native]);
        assert.deepEqual(find("pl-1", "aws-native:ec2:PrefixList", "t:m:Rule"), [list]);
        for (const value of ["", null, undefined, 1, {}, []]) {
            assert.deepEqual(find(value, "t:m:Thing"), []);
        }
    });

    it("resolves an unknown by the property's own dependencies", () => {
        const [one, two] = [resource("one"), resource("two")];
        const owner = resource(
            "owner",
            {},
            {
                dependencies: [one.urn, two.urn],
                propertyDependencies: { first: [one.urn, one.urn, "urn:gone"], none: [] },
            },
        );
        const graph = new StackGraph([one, two, owner]);
        assert.deepEqual(graph.resolve(owner, "first", UNKNOWN, ["t:m:Thing"]), [one]);
        assert.deepEqual(graph.resolve(owner, "first", UNKNOWN, ["t:m:Other"]), []);
        assert.deepEqual(graph.resolve(owner, "none", UNKNOWN, ["t:m:Thing"]), []);
        assert.deepEqual(graph.resolve(owner, "other", UNKNOWN, ["t:m:Thing"]), []);
    });

    it("resolves an unknown by all dependencies where none is recorded by property", () => {
        const one = resource("one");
        const owner = resource("owner", {}, { dependencies: [one.urn, "urn:self"] });
        assert.deepEqual(new StackGraph([one, owner]).resolve(owner, "any", UNKNOWN, ["t:m:Thing"]), [one]);
    });

    it("survives resources that depend on each other and on themselves", () => {
        const [a, b] = [
            resource("a", {}, { dependencies: [urn("b"), urn("a")] }),
            resource("b", {}, { dependencies: [urn("a")] }),
        ];
        assert.deepEqual(new StackGraph([a, b]).resolve(a, "x", UNKNOWN, ["t:m:Thing"]), [b, a]);
    });
});
