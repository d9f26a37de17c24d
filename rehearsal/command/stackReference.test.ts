import assert from "node:assert/strict";
import { readCommandLine } from "./commandLine";
import { withPlainStackNames } from "./stackReference";

describe("rehearse: names of stacks with an organization", () => {
    const project = { directory: "/projects/shop", file: "/projects/shop/Pulumi.yaml", name: "shop", content: {} };
    const plain = (line: string) => withPlainStackNames(readCommandLine(line.split(" ")), project);

    for (const [given, passedOn, stack] of [
        ["up --stack acme/shop/prod", "up --stack prod", "prod"],
        ["up --stack=acme/shop/prod --yes", "up --stack=prod --yes", "prod"],
        ["up -sacme/prod", "up -sprod", "prod"],
        ["stack select acme/shop/prod", "stack select prod", undefined],
        ["stack rename acme/shop/next --stack acme/shop/prod", "stack rename next --stack prod", "prod"],
        ["config set key a/b/c -s prod", "config set key a/b/c -s prod", "prod"],
    ] as const) {
        it(`runs "${given}" as "${passedOn}"`, () => {
            const line = plain(given);
            assert.deepEqual(line.arguments, passedOn.split(" "));
            assert.equal(line.stack, stack);
        });
    }

    it("refuses a stack of another project, and what is no name", () => {
        assert.throws(
            () => plain("up --stack acme/other/prod"),
            /a stack of the project "other"; this project is "shop"/,
        );
        assert.throws(() => plain("up --stack acme//prod"), /"acme\/\/prod" is not the name of a stack. Write "prod"/);
        assert.throws(() => plain("stack init a/b/c/d"), /is not the name of a stack/);
    });
});
