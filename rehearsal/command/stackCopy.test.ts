import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { MistakeError } from "./mistake";
import { copyStackFile } from "./stackCopy";

describe("rehearse: copies of stack files", () => {
    let directory: string;
    let real: string;
    let copy: string;

    beforeEach(() => {
        directory = mkdtempSync(path.join(tmpdir(), "stack-copy-"));
        real = path.join(directory, "Pulumi.dev.yaml");
        copy = path.join(directory, "copy.yaml");
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    const contentOf = (file: string) => parse(readFileSync(file, "utf8")) as Record<string, Record<string, unknown>>;

    it("keeps the salt of the rehearsal and leaves that of the real stack behind", () => {
        writeFileSync(real, "encryptionsalt: real\nsecretsprovider: awskms://key\nconfig:\n  p:a: 1\n");
        writeFileSync(copy, "encryptionsalt: rehearsal\n");
        copyStackFile(real, copy);
        assert.deepEqual(contentOf(copy), { encryptionsalt: "rehearsal", config: { "p:a": 1 } });
    });

    it("names secrets of the real stack, at any depth, that have no value for the rehearsal", () => {
        writeFileSync(
            real,
            stringify({ config: { "p:a": { secure: "x" }, "p:b": { deep: [{ secure: "y" }] }, "p:c": 1 } }),
        );
        const { unreadable } = copyStackFile(real, copy);
        assert.deepEqual(unreadable, ["p:a", "p:b"]);
        assert.deepEqual(contentOf(copy).config, { "p:c": 1 });
    });

    it("puts the rehearsal's own secrets in their place, and keeps those that the real file does not have", () => {
        writeFileSync(real, stringify({ config: { "p:a": { secure: "real" } } }));
        writeFileSync(copy, stringify({ config: { "p:a": { secure: "own" }, "p:b": { secure: "more" }, "p:old": 1 } }));
        const { unreadable } = copyStackFile(real, copy);
        assert.deepEqual(unreadable, []);
        assert.deepEqual(contentOf(copy).config, { "p:a": { secure: "own" }, "p:b": { secure: "more" } });
    });

    it("leaves alone what the engine has only spelt in its own way", () => {
        const text = "config:\n  size: 3 # as asked for\n  p:open: true\n  name: shop\n";
        writeFileSync(real, text);
        const made = copyStackFile(real, copy);
        writeFileSync(copy, stringify({ config: { "p:size": "3", "p:open": "true", "p:name": "shop" } }));
        assert.deepEqual(made.carryBack(), []);
        assert.equal(readFileSync(real, "utf8"), text);
        writeFileSync(copy, stringify({ config: { "p:size": "4", "p:open": "true", "p:name": "shop" } }));
        assert.deepEqual(made.carryBack(), [
            "Written to Pulumi.dev.yaml: p:size.",
            "Removed from Pulumi.dev.yaml: size.",
        ]);
        assert.deepEqual(contentOf(real).config, { "p:open": true, name: "shop", "p:size": "4" });
    });

    it("carries plain changes back, with the comments and the mode of the real file", () => {
        writeFileSync(real, "# why\nconfig:\n  # the port\n  p:port: 443\n  p:gone: x\n", { mode: 0o640 });
        const made = copyStackFile(real, copy);
        const changed = contentOf(copy);
        changed.config = { "p:port": "8443", "p:added": { a: [1] } };
        writeFileSync(copy, stringify({ ...changed, encryptionsalt: "rehearsal" }));
        assert.deepEqual(made.carryBack(), [
            "Written to Pulumi.dev.yaml: p:port, p:added.",
            "Removed from Pulumi.dev.yaml: p:gone.",
        ]);
        const text = readFileSync(real, "utf8");
        assert.deepEqual(parse(text), { config: { "p:port": "8443", "p:added": { a: [1] } } });
        assert.match(text, /# why/);
        assert.match(text, /# the port/);
        assert.equal(statSync(real).mode & 0o777, 0o640);
    });

    it("never carries a secret, or a salt, back", () => {
        const text = "config:\n  p:a: 1\n";
        writeFileSync(real, text);
        const made = copyStackFile(real, copy);
        writeFileSync(copy, stringify({ encryptionsalt: "s", config: { "p:a": 1, "p:b": { secure: "v1:x" } } }));
        assert.deepEqual(made.carryBack(), [
            "The secret p:b is kept for the rehearsal only; Pulumi.dev.yaml stays as it is.",
        ]);
        assert.equal(readFileSync(real, "utf8"), text);
    });

    it("does not touch the real file when nothing was changed", () => {
        const text = "config: {p:a: 1}   # odd\n";
        writeFileSync(real, text);
        const before = statSync(real).mtimeMs;
        assert.deepEqual(copyStackFile(real, copy).carryBack(), []);
        assert.equal(readFileSync(real, "utf8"), text);
        assert.equal(statSync(real).mtimeMs, before);
    });

    for (const [what, text, message] of [
        ["broken YAML", "config:\n  a: [1\n", /Pulumi\.dev\.yaml is not valid YAML/],
        ["a list", "- a\n", /must hold keys and values/],
        ["a configuration that is text", "config: here\n", /"config" in .*Pulumi\.dev\.yaml must hold keys and values/],
    ] as const) {
        it(`refuses ${what} in words`, () => {
            writeFileSync(real, text);
            assert.throws(
                () => copyStackFile(real, copy),
                (error: Error) => error instanceof MistakeError && message.test(error.message),
            );
        });
    }
});
