import assert from "node:assert/strict";

import { StackGraph, type Resource } from "../../graph";
import { group, ingressRule, lb } from "../../test/ingress";
import { resource, stackVerdicts } from "../../test/stack";
import { albNoPublicIngress as rule } from "../../rules/alb-no-public-ingress";
import { attachmentsOf } from ".";

const open = [{ cidrBlocks: ["0.0.0.0/0"] }];
const violation = "violation: open ingress[0].cidrBlocks[0]";

const said = (...resources: Resource[]) => stackVerdicts(rule, resources);

describe("attachments", () => {
    it("are found once for a stack, whoever asks", () => {
        const graph = new StackGraph([resource(lb, "web", { securityGroups: ["sg-1"] })]);
        assert.equal(attachmentsOf(graph), attachmentsOf(graph));
    });

    it("put two resources that are one group together", () => {
        const read = resource(group, "open", { id: "sg-1", ingress: open });
        const own = resource(group, "alb", { id: "sg-1" });
        assert.deepEqual(said(resource(lb, "web", { securityGroups: ["sg-1"] }), own, read), [violation]);
    });

    it("hold every source of a rule, for rules that ask for more than ranges", () => {
        const rule0 = {
            cidrBlocks: ["10.0.0.0/8"],
            prefixListIds: ["pl-1"],
            securityGroups: ["sg-2"],
            self: true,
            fromPort: 443,
        };
        const graph = new StackGraph([
            resource(lb, "web", { securityGroups: ["sg-1"] }),
            resource(group, "alb", { id: "sg-1", ingress: [rule0, { self: false, securityGroups: [] }] }),
        ]);
        const [first, second] = attachmentsOf(graph).loadBalancers[0]?.attachments[0]?.group.rules ?? [];
        assert.deepEqual(
            first?.blocks.map(({ read }) => read.path),
            ["ingress[0].cidrBlocks[0]"],
        );
        assert.deepEqual(
            first?.lists.map(({ id }) => id),
            ["pl-1"],
        );
        assert.deepEqual(
            first?.groups.map(({ path }) => path),
            ["ingress[0].securityGroups[0]", "ingress[0].self"],
        );
        assert.equal(first?.read.at("fromPort").number, 443);
        const named = resource(ingressRule, "in", { securityGroupId: "sg-1", referencedSecurityGroupId: "sg-2" });
        const [, , third] =
            attachmentsOf(new StackGraph([...graph.resources, named])).loadBalancers[0]?.attachments[0]?.group.rules ??
            [];
        assert.deepEqual(
            third?.groups.map(({ path }) => path),
            ["referencedSecurityGroupId"],
        );
        assert.ok(third?.certain);
        assert.deepEqual([second?.blocks, second?.lists, second?.groups], [[], [], []]);
    });
});
