import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Project } from "./project";
// Compiled, as it runs: the SDK is loaded by a dynamic import.
import { seedCommand } from "../bin/command/seed";
import { showCommand } from "../bin/command/show";
import { configurationOf, refuseUnknownStack, regionOf } from "../bin/command/stacks";
import { rehearsalPaths } from "../bin/engine";

describe("a stack that nobody has created", () => {
    const directory = mkdtempSync(path.join(tmpdir(), "stacks-"));
    const project: Project = { directory, file: path.join(directory, "Pulumi.yaml"), name: "shop", content: {} };
    const paths = rehearsalPaths(directory);

    before(() => writeFileSync(path.join(directory, "Pulumi.prod.yaml"), ""));
    after(() => rmSync(directory, { recursive: true }));

    it("is refused with the stack that was probably meant, by show and seed as by every command", async () => {
        const misspelt = /no stack "prd".*Stacks of this project: prod\.\nDid you mean "prod"\?\nWrite that file/s;
        assert.throws(() => refuseUnknownStack({ paths, project, stack: "prd" }), misspelt);
        assert.throws(() => refuseUnknownStack({ paths, project, stack: "" }), /^MistakeError: --stack is empty: /);
        assert.throws(
            () => refuseUnknownStack({ paths, project, stack: "other" }),
            /no stack "other".*prod\.\nWrite that file/s,
        );
        writeFileSync(project.file, "name: shop\nruntime: nodejs\n");
        await assert.rejects(showCommand(["--stack", "prd"], directory), misspelt);
        for (const command of [showCommand, seedCommand]) {
            await assert.rejects(
                command(
                    [
                        ...(command === seedCommand ? ["--hosted-zone", "example.com"] : []),
                        "--stack",
                        "acme/other/prod",
                    ],
                    directory,
                ),
                /"acme\/other\/prod" is a stack of the project "other"; this project is "shop"/,
            );
        }
        await assert.rejects(seedCommand(["--stack", "prd", "--hosted-zone", "example.com"], directory), misspelt);
    });

    it("is no stack with a file, its own or one that is named", () => {
        refuseUnknownStack({ paths, project, stack: "prod" });
        refuseUnknownStack({ paths, project, stack: "prd" }, path.join(directory, "Pulumi.prod.yaml"));
    });
});

describe("rehearse show and seed: the region", () => {
    const project: Project = { directory: __dirname, file: "Pulumi.yaml", name: "shop", content: {} };

    it("is one that AWS has, old or new", async () => {
        assert.equal(await regionOf(project, {}, undefined), "us-east-1");
        assert.equal(await regionOf(project, { "aws:region": "eu-west-1" }, undefined), "eu-west-1");
        assert.equal(await regionOf(project, {}, "eu-south-2"), "eu-south-2");
    });

    it("is refused where AWS has none of that name, instead of making a network there", async () => {
        await assert.rejects(
            regionOf(project, {}, "eu-centrl-1"),
            /--region is "eu-centrl-1".*Did you mean "eu-central-1"\?/,
        );
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
