import assert from "node:assert/strict";
import type { Project } from "./project";
// Compiled, as it runs: the SDK is loaded by a dynamic import.
import { regionOf } from "../bin/command/stacks";

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
});
