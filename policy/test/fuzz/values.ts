import * as fc from "fast-check";

import { UNKNOWN } from "../../graph";
import { ref, secret, type Fixture } from "../harness";
import { words } from "./corpus";

/** Stands in a generated value for an output of whatever resource is at `index` in the stack that it gets into. */
export class Pointer {
    constructor(
        readonly index: number,
        readonly output: string,
    ) {}
}

/** Stands in a generated value for one that the program marks as secret. */
export class Hidden {
    constructor(readonly value: unknown) {}
}

/** What no message may show: every text that is generated as secret holds it. */
export const hush = /hush\d/i;

/** The key by which Pulumi marks an object as something else. */
export const signature = "4dabf18193072939515e22adb298388d";

const oddWords = [
    ...[
        "",
        " ",
        "0",
        "-1",
        "true",
        "*",
        "%",
        "\n",
        "\u0000",
        "\ud800",
        "\udfff\ud800",
        "\u202e",
        "e\u0301",
        "$&",
        "$`",
    ],
    ...["__proto__", "constructor", "toString", "hasOwnProperty", "length", "id", "arn", "items"],
    ...["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1", "1.2.3.4/00", "::ffff:0:0/96", "0/0"],
    ...["256.0.0.0/0", "10.0.0.0/33", ":::/0", "0.0.0.0/-0", "0.0.0.0/1e1", "/0", "0.0.0.0/", "fe80::%1/0"],
    ...["sg-0123456789abcdef0", "pl-3b927c52", "pl-0123456789abcdef0", "subnet-1", "vpc-1", "ingress", "egress"],
    ...["network", "gateway", "application", "https-only", "http-only", "match-viewer", "HTTPS", "TLSv1.2"],
    ...["[secret]", "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "urn:pulumi:test::project::a:b:C::r0", "a".repeat(5_000)],
    ...[".".repeat(300), "*.".repeat(200), "(".repeat(60), "1.".repeat(500), ":".repeat(500), "[".repeat(300)],
];

const oddNumbers = [0, -0, 1, -1, 80, 443, 0.1, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 2 ** 64];

/** Objects in which Pulumi marks a value that plain JSON cannot hold, well made and not. */
const marked = [
    { [signature]: "1b47061264138c4ac30d75fd1eb44270" },
    { [signature]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" },
    { [signature]: "1b47061264138c4ac30d75fd1eb44270", plaintext: "{" },
    { [signature]: "1b47061264138c4ac30d75fd1eb44270", plaintext: '"0.0.0.0/0"' },
    { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:pulumi:test::project::a:b:C::r0", id: "r0-id" },
    { [signature]: "5cf8f73096256a8f31e491e813e4eb8e" },
    { [signature]: "c44067f5952c0a294b673a41bacd8c17", hash: "x", text: "y" },
    { [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: "x" },
    { [signature]: "no such kind" },
    { [signature]: 7 },
];

const word = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...oddWords) },
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    { weight: 1, arbitrary: fc.ipV4().chain((ip) => fc.integer({ min: 0, max: 33 }).map((bits) => `${ip}/${bits}`)) },
    { weight: 1, arbitrary: fc.ipV6().chain((ip) => fc.integer({ min: 0, max: 129 }).map((bits) => `${ip}/${bits}`)) },
);

const hidden = fc
    .record({
        before: fc.constantFrom("", "sg-", "pl-", "arn:aws:acm:us-east-1:1:certificate/", "*.", '"', "10.0.0.0/8 "),
        after: fc.constantFrom("", ".example.com", "/0", "\n", '"', ".s3-website.eu-west-1.amazonaws.com", "\ud800"),
        number: fc.nat(9),
        isUpper: fc.boolean(),
    })
    .map(({ before, after, number, isUpper }) => `${before}${isUpper ? "HuSh" : "hush"}${number}${after}`);

/** Names of properties: those that rules read, and those that an object has without being given them. */
export const propertyName: fc.Arbitrary<string> = word.map((text) => text.slice(0, 200));

/** Any shape that a property can come in. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown; list: unknown; object: unknown }>((tie) => ({
    value: fc.oneof(
        { maxDepth: 4, depthIdentifier: "value" },
        { weight: 30, arbitrary: word },
        { weight: 20, arbitrary: fc.constantFrom<unknown>(null, true, false, UNKNOWN, UNKNOWN, ...oddNumbers) },
        { weight: 10, arbitrary: hidden.map((text) => new Hidden(text)) },
        {
            weight: 10,
            arbitrary: fc
                .record({ index: fc.nat(40), output: fc.constantFrom("id", "arn", "name", "dnsName") })
                .map(({ index, output }) => new Pointer(index, output)),
        },
        { weight: 6, arbitrary: fc.constantFrom<unknown>(...marked) },
        { weight: 1, arbitrary: fc.integer({ min: 90, max: 150 }).map(deep) },
        { weight: 1, arbitrary: fc.integer({ min: 100, max: 1_000 }).map(many) },
        { weight: 15, arbitrary: tie("list") },
        { weight: 15, arbitrary: tie("object") },
        { weight: 6, arbitrary: tie("value").map((value) => new Hidden(value)) },
    ),
    list: fc.array(tie("value"), { maxLength: 4, depthIdentifier: "value" }),
    object: fc.dictionary(propertyName, tie("value"), { maxKeys: 4, depthIdentifier: "value" }),
})).value;

function deep(depth: number): unknown {
    let value: unknown = "0.0.0.0/0";
    for (let level = 0; level < depth; level += 1) {
        value = level % 2 === 0 ? [value] : { cidrBlocks: value };
    }
    return value;
}

function many(length: number): unknown {
    return Array.from({ length }, (_, index) => `${index % 256}.0.0.0/8`);
}

/** The value as it stands in the stack of these fixtures. */
export function placed(value: unknown, stack: readonly Fixture[]): unknown {
    if (value instanceof Hidden) {
        return secret(placed(value.value, stack));
    }
    if (value instanceof Pointer) {
        const target = stack[value.index % Math.max(1, stack.length)];
        return target === undefined ? UNKNOWN : ref(target.name, value.output);
    }
    if (Array.isArray(value)) {
        return value.map((item) => placed(item, stack) ?? null);
    }
    if (!isPlain(value)) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, placed(item, stack)]));
}

export function isPlain(value: unknown): value is Record<string, unknown> {
    if (typeof value !== "object" || value === null) {
        return false;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
}
