import assert from "node:assert/strict";

import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { readStruct } from "./structReader";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

function written(content: { [name: string]: Json }): Uint8Array {
    return Struct.fromJavaScript(content).serializeBinary();
}

/** Numbers from 0 up to 1, the same ones for the same seed (Park and Miller's generator). */
function random(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state * 48271) % 2147483647;
        return state / 2147483647;
    };
}

describe("a Struct of the wire", () => {
    const samples: Record<string, { [name: string]: Json }> = {
        nothing: {},
        "every kind": {
            none: null,
            no: false,
            yes: true,
            zero: 0,
            part: -1.5e-7,
            large: 2 ** 53,
            text: "a",
            empty: "",
        },
        nesting: { list: [], struct: {}, both: [{ a: [[1], [null, "x"]] }, { b: { c: {} } }] },
        "other letters": { "größe 😀": "\u0000 日本 \ud83d\ude00", "": "no name" },
        "a long text": { text: "x".repeat(70_000), list: new Array<Json>(300).fill({ a: "b" }) },
    };
    for (const [name, sample] of Object.entries(samples)) {
        it(`is read with ${name}`, () => assert.deepEqual(readStruct(written(sample)), sample));
    }

    it("is read as the library reads it, whatever is in it", () => {
        const next = random(20261128);
        const any = (depth: number): Json => {
            const kind = Math.floor(next() * (depth > 4 ? 4 : 6));
            const some = () => Array.from({ length: Math.floor(next() * 4) }, () => any(depth + 1));
            const leaf = [null, next() < 0.5, next() * 1e6, `t${"é".repeat(next() * 200)}`][kind];
            if (leaf !== undefined) {
                return leaf;
            }
            return kind === 4 ? some() : Object.fromEntries(some().map((value, index) => [`k${index}`, value]));
        };
        for (let round = 0; round < 300; round++) {
            const bytes = written({ a: any(0), b: any(0) });
            assert.deepEqual(readStruct(bytes), Struct.deserializeBinary(bytes).toJavaScript());
        }
    });

    it("is read in parts, of which the last one counts", () => {
        const bytes = Buffer.concat([written({ a: 1, b: [1] }), written({ a: "two" })]);
        assert.deepEqual(readStruct(bytes), { a: "two", b: [1] });
    });

    it("has a name that objects know otherwise as any other", () => {
        // The library itself loses such a name.
        const bytes = Buffer.from(
            Buffer.from(written({ ___proto_: { a: 1 } }))
                .toString("latin1")
                .replace("___proto_", "__proto__"),
            "latin1",
        );
        const read = readStruct(bytes);
        assert.deepEqual(Object.entries(read), [["__proto__", { a: 1 }]]);
        assert.equal(Object.getPrototypeOf(read), Object.prototype);
        const other = Object.getOwnPropertyDescriptor(readStruct(written({ a: { a: 1 } })), "a");
        assert.deepEqual(Object.getOwnPropertyDescriptor(read, "__proto__"), other);
    });

    it("has null for a value of no kind or of one that is not known, and skips what is not known elsewhere", () => {
        const field = (number: number, content: readonly number[]) => [number * 8 + 2, content.length, ...content];
        const entry = (name: string, ...more: readonly number[]) =>
            field(1, [...field(1, [...Buffer.from(name)]), ...more]);
        const unknown = field(9, [1, 2, 3]);
        const bytes = [
            ...entry("a"),
            ...entry("b", ...field(2, [])),
            ...entry("c", ...field(2, unknown)),
            ...entry("d", ...unknown, ...field(2, field(6, [...unknown, ...field(1, field(3, [120]))]))),
            ...field(1, field(2, field(3, [121]))),
            ...unknown,
        ];
        assert.deepEqual(readStruct(Uint8Array.from(bytes)), { a: null, b: null, c: null, d: ["x"], "": "y" });
    });
});
