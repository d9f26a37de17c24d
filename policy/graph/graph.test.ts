import assert from "node:assert/strict";

import * as sdk from "@pulumi/policy";

import { LazyResource, nameOf, parsedProperties, plain, plainProperties, readState, StackGraph, withInputs } from ".";
import { UNKNOWN, type Resource } from "./resource";

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
});

describe("outputs with inputs", () => {
    it("prefers outputs, and fills in what they leave out, hold as null or do not know yet", () => {
        const outputs = { a: "output", b: null, d: null, e: UNKNOWN, f: UNKNOWN, g: UNKNOWN };
        assert.deepEqual(withInputs(outputs, { a: "input", b: "input", c: "input", e: "input", g: null }), {
            a: "output",
            b: "input",
            c: "input",
            d: null,
            e: "input",
            f: UNKNOWN,
            g: UNKNOWN,
        });
    });
});

const urn = (name: string, type = "t:m:Thing") => `urn:pulumi:dev::shop::${type}::${name}`;

function resource(name: string, properties: Record<string, unknown> = {}, links: Partial<Resource> = {}): Resource {
    return {
        urn: urn(name, links.type),
        type: "t:m:Thing",
        name,
        properties,
        protect: false,
        dependencies: [],
        propertyDependencies: {},
        ...links,
    };
}

describe("the graph of a stack", () => {
    it("finds by type, in order and once, and by URN", () => {
        const [a, b] = [resource("a"), resource("b", {}, { type: "t:m:Other" })];
        const graph = new StackGraph([a, b, resource("a", { second: true })]);
        assert.deepEqual(graph.ofType("t:m:Other", "t:m:Thing", "t:m:Other"), [b, a, graph.resources[2]]);
        assert.deepEqual(graph.ofType("t:m:Thing"), [a, graph.resources[2]]);
        assert.deepEqual(graph.ofType("t:m:None"), []);
        assert.equal(graph.byUrn(a.urn), a);
        assert.equal(graph.byUrn("urn:none"), undefined);
    });

    it("resolves ids, ARNs and names, each to resources of the asked types only", () => {
        const balancer = resource("lb", { id: "arn:lb", arn: "arn:lb", name: "web" });
        const native = resource("sg", { groupId: "sg-1" }, { type: "aws-native:ec2:SecurityGroup" });
        const list = resource("pl", { prefixListId: "pl-1" }, { type: "aws-native:ec2:PrefixList" });
        const rule = resource("rule", { prefixListId: "pl-1" }, { type: "t:m:Rule" });
        const graph = new StackGraph([balancer, native, list, rule]);
        const find = (value: unknown, ...types: string[]) => graph.resolve(rule, "x", value, types);
        assert.deepEqual(find("arn:lb", "t:m:Thing"), [balancer]);
        assert.deepEqual(find("web", "t:m:Thing"), [balancer]);
        assert.deepEqual(find("web", "t:m:Rule"), []);
        assert.deepEqual(find("sg-1", "t:m:Thing", "aws-native:ec2:SecurityGroup"), [native]);
        assert.deepEqual(find("pl-1", "aws-native:ec2:PrefixList", "t:m:Rule"), [list]);
        for (const value of ["", null, undefined, 1, {}, []]) {
            assert.deepEqual(find(value, "t:m:Thing"), []);
        }
    });

    it("resolves an unknown by the property's own dependencies", () => {
        const [one, two] = [resource("one"), resource("two")];
        const owner = resource(
            "owner",
            {},
            {
                dependencies: [one.urn, two.urn],
                propertyDependencies: { first: [one.urn, one.urn, "urn:gone"], none: [] },
            },
        );
        const graph = new StackGraph([one, two, owner]);
        assert.deepEqual(graph.resolve(owner, "first", UNKNOWN, ["t:m:Thing"]), [one]);
        assert.deepEqual(graph.resolve(owner, "first", UNKNOWN, ["t:m:Other"]), []);
        assert.deepEqual(graph.resolve(owner, "none", UNKNOWN, ["t:m:Thing"]), []);
        assert.deepEqual(graph.resolve(owner, "other", UNKNOWN, ["t:m:Thing"]), []);
    });

    it("resolves an unknown by all dependencies where none is recorded by property", () => {
        const one = resource("one");
        const owner = resource("owner", {}, { dependencies: [one.urn, "urn:self"] });
        assert.deepEqual(new StackGraph([one, owner]).resolve(owner, "any", UNKNOWN, ["t:m:Thing"]), [one]);
    });

    it("survives resources that depend on each other and on themselves", () => {
        const [a, b] = [
            resource("a", {}, { dependencies: [urn("b"), urn("a")] }),
            resource("b", {}, { dependencies: [urn("a")] }),
        ];
        assert.deepEqual(new StackGraph([a, b]).resolve(a, "x", UNKNOWN, ["t:m:Thing"]), [b, a]);
    });
});

describe("reading a state", () => {
    const entry = {
        urn: urn("a"),
        type: "t:m:Thing",
        id: "thing-1",
        protect: true,
        parent: urn("p"),
        provider: `${urn("aws", "pulumi:providers:aws")}::some-id`,
        inputs: { size: 1, only: "input" },
        outputs: { size: 2 },
        dependencies: [urn("b"), 3],
        propertyDependencies: { size: [urn("b"), null], __proto__: [] },
    };
    const provider = {
        urn: urn("aws", "pulumi:providers:aws"),
        type: "pulumi:providers:aws",
        id: "some-id",
        inputs: { region: "eu-west-1" },
    };

    function read(source: unknown) {
        const state = readState(source);
        assert.equal(state.kind, "state");
        return state.kind === "state" ? state : assert.fail();
    }

    it("reads an export, a checkpoint and a bare deployment alike", () => {
        const deployment = { manifest: {}, resources: [provider, entry] };
        for (const source of [
            { version: 3, deployment },
            { version: 3, checkpoint: { latest: deployment } },
            deployment,
        ]) {
            const { resources, problems } = read(JSON.stringify(source));
            assert.deepEqual(problems, []);
            assert.equal(resources.length, 2);
            const { inputs, outputs } = resources[1] ?? assert.fail();
            assert.deepEqual(inputs.properties, { size: 1, only: "input" });
            assert.deepEqual(outputs.properties, { size: 2, only: "input" });
            for (const form of [inputs, outputs]) {
                assert.equal(form.name, "a");
                assert.equal(form.protect, true);
                assert.equal(form.parent, urn("p"));
                assert.deepEqual(form.provider, { region: "eu-west-1" });
            }
            assert.deepEqual(outputs.dependencies, [urn("b")]);
            assert.deepEqual(outputs.propertyDependencies, { size: [urn("b")] });
            // The engine sends none with inputs either: a property that is not there was not given, and is not unknown.
            assert.deepEqual([inputs.dependencies, inputs.propertyDependencies], [[], {}]);
        }
    });

    it("finds a resource by its id also where no output repeats it", () => {
        const graph = new StackGraph(
            read({ deployment: { resources: [entry] } }).resources.map((each) => each.outputs),
        );
        const [found] = graph.resources;
        assert.ok(found);
        assert.deepEqual(graph.resolve(found, "x", "thing-1", ["t:m:Thing"]), [found]);
    });

    it("leaves out what waits for its deletion", () => {
        const resources = [{ ...entry, delete: true }, entry];
        assert.equal(read({ deployment: { resources } }).resources.length, 1);
    });

    it("takes a stack without resources for empty", () => {
        assert.deepEqual(read({ version: 3, deployment: { manifest: {}, resources: null } }).resources, []);
        assert.deepEqual(read({ version: 3, deployment: { manifest: {} } }).resources, []);
    });

    it("leaves out broken entries and names their places", () => {
        const { resources, problems } = read({ deployment: { resources: [null, {}, { urn: "u" }, entry, "x"] } });
        assert.equal(resources.length, 1);
        assert.deepEqual(problems, [
            "resources[0] is not an object",
            "resources[1] has no urn",
            "resources[2] has no type",
            "resources[4] is not an object",
        ]);
    });

    it("keeps a resource whose parts are of the wrong type", () => {
        const odd = {
            urn: urn("a"),
            type: "t:m:Thing",
            inputs: 3,
            outputs: null,
            dependencies: {},
            provider: 4,
            parent: [],
        };
        const [resource] = read({ deployment: { resources: [odd] } }).resources;
        assert.ok(resource);
        const { inputs, outputs } = resource;
        assert.deepEqual([inputs.properties, outputs.properties, outputs.dependencies], [{}, {}, []]);
        assert.deepEqual([outputs.propertyDependencies, outputs.provider, outputs.parent], [{}, undefined, undefined]);
    });

    it("says what is wrong with a text that is no state", () => {
        const cases: [unknown, RegExp][] = [
            ["", /^The state is empty\. .*pulumi stack export/],
            ["{", /^The state is not valid JSON\./],
            ["3", /^The state holds no deployment\./],
            ["{}", /^The state holds no list of resources\./],
            ['{"deployment": []}', /^The state holds no deployment\./],
            ['{"deployment": {"resources": {}}}', /^The state holds no list of resources\./],
        ];
        for (const [source, problem] of cases) {
            const state = readState(source);
            assert.equal(state.kind, "unreadable");
            assert.match(state.kind === "unreadable" ? state.problem : "", problem);
        }
    });
});

describe("a lazy resource", () => {
    it("reads its properties once, when they are first asked for", () => {
        let reads = 0;
        const lazy = new LazyResource(
            { urn: urn("a"), type: "t", name: "a", protect: false, parent: undefined },
            () => {
                reads += 1;
                return { a: 1 };
            },
        );
        assert.equal(reads, 0);
        assert.deepEqual([lazy.properties, lazy.properties, lazy.dependencies], [{ a: 1 }, { a: 1 }, []]);
        assert.equal(reads, 1);
    });

    it("is named by all that follows the type", () => {
        assert.equal(nameOf("urn:pulumi:dev::shop::a:b:C::x::y"), "x::y");
        assert.equal(nameOf(""), "");
    });
});
