import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "../encryptedEdge";
import type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { deploy, fewestArguments } from "../test/deployment";

/** The problems that a further edge of the same program has. */
function problemsOf(name: string, args: Partial<EncryptedEdgeArgs>): string[] {
    try {
        new EncryptedEdge(name, { ...fewestArguments, ...args });
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        return error.errors.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
    }
    return [];
}

describe("Two edges in one program", () => {
    beforeEach(() => deploy());

    it("do not share the origin's default name", () => {
        assert.deepEqual(problemsOf("shop", { domainNames: ["shop.example.com"] }), [
            'originDomainName is "origin.example.com", which EncryptedEdge "edge" in this program already has. Write another name, for example "shop-origin.example.com".',
        ]);
    });

    it("share no name at all, nor a name and its wildcard", () => {
        const domainNames = ["shop.example.com", "www.example.com", "*.www.example.com", "*.origin.example.com"];
        assert.deepEqual(
            problemsOf("shop", { domainNames, originDomainName: "shop-origin.example.com" }).map(
                (problem) => problem.split(" ")[0],
            ),
            ["domainNames[1]", "domainNames[2]", "domainNames[3]"],
        );
        assert.deepEqual(
            problemsOf("shop", { domainNames: ["shop.example.com"], originDomainName: "www.example.com" }).length,
            1,
        );
    });

    it("live together with names of their own, and a refused edge takes none", () => {
        assert.equal(problemsOf("shop", { domainNames: ["shop.example.com"] }).length, 1);
        const args = { domainNames: ["shop.example.com"], originDomainName: "origin-shop.example.com" };
        assert.deepEqual(problemsOf("shop", args), []);
        assert.equal(problemsOf("again", args).length, 2);
    });
});
