import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Project } from "./project";
// Compiled, as it runs: the SDK is loaded by a dynamic import.
import { configurationOf, regionOf } from "../bin/command/stacks";

describe("rehearse show and seed: the region", () => {
    const project: Project = { directory: __dirname, file: "Pulumi.yaml", name: "shop", content: {} };

    it("is one that AWS has, old or new", async () => {
        assert.equal(await regionOf(project, {}, undefined), "us-east-1");
        assert.equal(await regionOf(project, { "aws:region": "eu-west-1" }, undefined), "eu-west-1");
        assert.equal(await regionOf(project, {}, "eu-south-2"), "eu-south-2");
    });

    it("is refused where AWS has none of that name, instead of making a network there", async () => {
        await assert.rejects(regionOf(project, {}, "eu-centrl-1"), /--region is "eu-centrl-1".*Write "eu-central-1"/);
        await assert.rejects(
            regionOf(project, { "aws:region": "mars-1" }, undefined),
            /aws:region of shop is "mars-1"/,
        );
    });

    it("takes a stack file whose configuration is a list for a mistake, not for an empty one", () => {
        const directory = mkdtempSync(path.join(tmpdir(), "stacks-"));
        try {
            writeFileSync(path.join(directory, "Pulumi.dev.yaml"), "config: [a]\n");
            const given = { ...project, directory };
            assert.deepEqual(configurationOf(given, "prod"), {});
            assert.throws(
                () => configurationOf(given, "dev"),
                /"config" in .*Pulumi\.dev\.yaml must hold keys and values/,
            );
        } finally {
            rmSync(directory, { recursive: true });
        }
    });
});
