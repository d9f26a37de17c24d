import assert from "node:assert/strict";

import { StackGraph } from ".";
import { UNKNOWN, type Resource } from "./resource";
import { resource } from "../test/stack";
import { isCloudFrontPrefixList } from "../aws/cloudFrontPrefixLists";
import { referredTo } from "./resolving";

describe("what resources refer to", () => {
    const acl = resource("acl", "byArn", { id: "id-1", arn: "arn:aws:wafv2:us-east-1:1:global/webacl/a/id-1" });
    const byId = resource("acl", "byId", { id: "id-2" });
    const user = (name: string, aclArn: unknown, used: Resource[] = []) =>
        resource("user", name, { aclArn }, used.length > 0 ? { aclArn: used } : {});

    function said(...users: Resource[]) {
        const { by, unknown } = referredTo(new StackGraph([acl, byId, ...users]), ["user"], "aclArn", ["acl"]);
        const names = (all: readonly Resource[]) => all.map(({ name }) => name);
        return [[...by].map(([owner, found]) => [owner.name, ...names(found)]), names(unknown)];
    }

    it("is found by the ARN, and by the id at its end where a stack knows no ARN", () => {
        assert.deepEqual(said(user("a", acl.properties.arn), user("b", acl.properties.arn)), [
            [["byArn", "a", "b"]],
            [],
        ]);
        assert.deepEqual(said(user("a", "arn:aws:wafv2:us-east-1:1:global/webacl/a/id-2")), [[["byId", "a"]], []]);
        assert.deepEqual(said(user("a", "id-2")), [[["byId", "a"]], []]);
        assert.deepEqual(said(user("a", "arn:aws:wafv2:us-east-1:1:global/webacl/a/id-3")), [[], []]);
        assert.deepEqual(said(user("a", ["arn/id-2"])), [[], []]);
    });

    it("is unknown only where nothing of the stack stands behind the unknown value", () => {
        assert.deepEqual(said(user("a", UNKNOWN, [acl])), [[["byArn", "a"]], []]);
        assert.deepEqual(said(user("a", UNKNOWN)), [[], ["a"]]);
        assert.deepEqual(said(user("a", undefined)), [[], []]);
    });
});

describe("CloudFront's own prefix list", () => {
    const list = (id: string | undefined, name?: unknown) => ({
        id,
        resource: name === undefined ? undefined : resource("list", "list", { name }),
        blocks: [],
    });

    it("is known by its ids, by further ids, and by its name where the stack reads it", () => {
        assert.ok(isCloudFrontPrefixList(list("pl-3b927c52"), []));
        assert.ok(isCloudFrontPrefixList(list("pl-1"), ["pl-1"]));
        assert.ok(isCloudFrontPrefixList(list("pl-1", "com.amazonaws.global.cloudfront.origin-facing"), []));
        assert.ok(isCloudFrontPrefixList(list(undefined, "com.amazonaws.global.ipv6.cloudfront.origin-facing"), []));
        for (const other of [list("pl-1"), list(undefined), list("pl-1", "office"), list("pl-1", UNKNOWN)]) {
            assert.ok(!isCloudFrontPrefixList(other, ["pl-2"]));
        }
    });
});
