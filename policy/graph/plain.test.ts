import assert from "node:assert/strict";

import * as sdk from "@pulumi/policy";

import { parsedProperties, plain, plainProperties } from ".";
import { isEncrypted, keepEncrypted } from "./encrypted";
import { UNKNOWN } from "./resource";

// The SDK exports it, but its typings do not hold together.
const { unknownCheckingProxy } = sdk as unknown as { unknownCheckingProxy: <T>(properties: T) => T };

const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknownSentinels = [
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    unknownString,
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

describe("plain values", () => {
    it("marks each of the engine's seven unknowns, alone and nested, and keeps what stands beside", () => {
        for (const sentinel of unknownSentinels) {
            assert.equal(plain(sentinel), UNKNOWN);
        }
        assert.deepEqual(plain({ a: ["0.0.0.0/0", unknownString], b: { c: unknownString, d: 1 } }), {
            a: ["0.0.0.0/0", UNKNOWN],
            b: { c: UNKNOWN, d: 1 },
        });
    });

    it("reads through the SDK's throwing proxies", () => {
        const proxied = unknownCheckingProxy({
            list: [unknownString, { x: unknownString, y: "y" }],
            whole: unknownString,
        });
        assert.deepEqual(plain(proxied), { list: [UNKNOWN, { x: UNKNOWN, y: "y" }], whole: UNKNOWN });
        const marks = [
            { [signature]: unknownString },
            { [signature]: secretSignature, value: unknownString },
            { [signature]: secretSignature, plaintext: unknownString },
        ];
        assert.deepEqual(plain(unknownCheckingProxy(marks)), [UNKNOWN, UNKNOWN, UNKNOWN]);
    });

    it("unwraps secrets and tells their texts", () => {
        const secrets = new Set<string>();
        const wire = { [signature]: secretSignature, value: { user: "root", words: ["a b", ""], on: true } };
        const shownSecret = { [signature]: secretSignature, plaintext: '{"key":"k"}' };
        assert.deepEqual(plain({ wire, shownSecret, open: "o" }, secrets), {
            wire: { user: "root", words: ["a b", ""], on: true },
            shownSecret: { key: "k" },
            open: "o",
        });
        assert.deepEqual([...secrets], ["root", "a b", "k"]);
    });

    it("takes what cannot be decrypted or read for unknown", () => {
        const ciphertext = { [signature]: secretSignature, ciphertext: "v1:abc" };
        const broken = { [signature]: secretSignature, plaintext: "{" };
        const asset = { [signature]: "c44067f5952c0a294b673a41bacd8c17", path: "x" };
        assert.deepEqual(plain([ciphertext, broken, asset, "[secret]"]), [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]);
    });

    it("reads the text of assets, alone and in archives", () => {
        const asset = { [signature]: "c44067f5952c0a294b673a41bacd8c17", hash: "h", text: "x" };
        const archive = { [signature]: "0def7320c3a5731c473e5ecbe6d01bc7", hash: "h", assets: { "index.js": asset } };
        assert.deepEqual(plain({ asset, archive }), { asset: "x", archive: { "index.js": "x" } });
        assert.deepEqual(plain({ ...archive, assets: undefined, path: "./folder" }), UNKNOWN);
    });

    it("takes a reference to a resource for its id, or its URN where it has none", () => {
        const reference = { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x" };
        assert.equal(plain({ ...reference, id: "sg-1" }), "sg-1");
        assert.equal(plain({ ...reference, id: unknownString }), UNKNOWN);
        assert.equal(plain({ ...reference, id: "" }), "urn:x");
        assert.equal(plain(reference), "urn:x");
    });

    it("leaves out keys of the provider's own and touches no prototype", () => {
        const hostile = JSON.parse(
            '{"__proto__": {"polluted": true}, "__defaults": ["x"], "a": {"__proto__": 1}}',
        ) as object;
        const result = plainProperties(hostile);
        assert.deepEqual(Object.keys(result), ["a"]);
        assert.equal((result as { polluted?: unknown }).polluted, undefined);
        assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    });

    it("ends at any depth", () => {
        let deep: unknown = "end";
        for (let level = 0; level < 20_000; level += 1) {
            deep = [deep];
        }
        let reached = plain(deep);
        let levels = 0;
        while (Array.isArray(reached)) {
            reached = reached[0] as unknown;
            levels += 1;
        }
        assert.equal(reached, UNKNOWN);
        assert.equal(levels, 101);
    });

    it("reads a parsed tree where it is, and copies one of which something stands for something else", () => {
        const tree = { list: [{ a: "0.0.0.0/0", b: null }, 1], text: "x".repeat(36) };
        assert.equal(parsedProperties(tree), tree);
        const others: [unknown, unknown][] = [
            [{ a: [{ b: unknownString }] }, { a: [{ b: UNKNOWN }] }],
            [{ a: "[secret]" }, { a: UNKNOWN }],
            [{ a: { [signature]: secretSignature, value: "s" } }, { a: "s" }],
            [{ a: 1, __defaults: ["a"] }, { a: 1 }],
            [JSON.parse('{"__proto__": {"polluted": true}, "a": 1}'), { a: 1 }],
        ];
        for (const [given, wanted] of others) {
            assert.deepEqual(parsedProperties(given), wanted);
        }
        // What a parser assigns under that key instead gives the object keys that are not its own.
        const hostile = Object.setPrototypeOf({ a: 1 }, { inherited: unknownString }) as object;
        assert.deepEqual(parsedProperties(hostile), { a: 1 });
        assert.deepEqual(parsedProperties([1]), {});
    });

    it("gives no properties where there is no object", () => {
        for (const value of [undefined, null, 1, "x", [1], unknownString]) {
            assert.deepEqual(plainProperties(value), {});
        }
    });

    describe("of secrets that stay encrypted", () => {
        const secret = (rest: Record<string, unknown>) => ({ [signature]: secretSignature, ...rest });
        const encrypted = {
            text: "[secret]",
            sealed: secret({ ciphertext: "v1:a" }),
            broken: secret({ plaintext: "{" }),
        };
        const others = {
            known: secret({ plaintext: '"a"' }),
            passed: secret({ value: "a" }),
            unknown: unknownString,
            unknownSecret: secret({ value: unknownString }),
            decryptedUnknown: secret({ plaintext: JSON.stringify(unknownString) }),
            file: { [signature]: "c44067f5952c0a294b673a41bacd8c17", hash: "a" },
            later: { [signature]: "later", ciphertext: "v1:a" },
        };

        it("tell which they are, each of them and no other that is unknown", () => {
            const read = plainProperties({ ...encrypted, ...others });
            assert.deepEqual(
                Object.keys(read).filter((key) => isEncrypted(read, key)),
                Object.keys(encrypted),
            );
            assert.deepEqual(
                Object.keys(read).filter((key) => read[key] === UNKNOWN),
                ["text", "sealed", "broken", "unknown", "unknownSecret", "decryptedUnknown", "file", "later"],
            );
            const list = plain([...Object.values(others), "[secret]"]) as object;
            assert.deepEqual(
                [isEncrypted(list, "7"), isEncrypted(list, "6"), isEncrypted("list", "7")],
                [true, false, false],
            );
        });

        it("keep it where they are copied", () => {
            const [one, other] = [
                plainProperties({ a: "[secret]", b: "[secret]" }),
                plainProperties({ c: "[secret]" }),
            ];
            const copied = keepEncrypted({ ...one, ...other, d: UNKNOWN }, one, other);
            assert.deepEqual(
                ["a", "b", "c", "d"].map((key) => isEncrypted(copied, key)),
                [true, true, true, false],
            );
        });

        it("are none where a value cannot even be asked for", () => {
            const throwing = Object.defineProperty({}, "a", {
                enumerable: true,
                get: () => {
                    throw new Error("unknown");
                },
            });
            const read = plainProperties(throwing);
            assert.deepEqual([read, isEncrypted(read, "a")], [{ a: UNKNOWN }, false]);
        });
    });

    it("of a parsed tree deeper than any resource end as unknown", () => {
        let tree: unknown = "bottom";
        for (let depth = 0; depth < 20_000; depth++) {
            tree = depth % 2 === 0 ? { a: tree } : [tree];
        }
        const text = JSON.stringify(parsedProperties({ tree }), (_, value: unknown) =>
            value === UNKNOWN ? "?" : value,
        );
        assert.ok(text.includes('"?"') && !text.includes("bottom"));
    });
});
