import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { openAccount } from "../rehearsal/aws/account";
import { AwsProvider } from "../rehearsal/aws/resources";
import { Typings, type Values } from "../rehearsal/provider";
import { argumentSpecs, edgeProblems, type EncryptedEdgeArgs } from "./arguments/index";
import type { ArgumentSpec } from "./checks/index";
import { changes, type Change } from "./test/argumentChanges";
import { tokens } from "./test/deployedEdge";
import { deploy, type Deployment, fewestArguments, type Registered } from "./test/deployment";

/** Arguments with one of them, which may be one of a group, set to a value. */
function given(change: Change, name: string, value: unknown): EncryptedEdgeArgs {
    const args: EncryptedEdgeArgs & Readonly<Record<string, unknown>> = { ...fewestArguments, ...change.with };
    const [first = "", second] = name.split(".");
    if (value === undefined) {
        return args;
    }
    const group = args[first] as object | undefined;
    return { ...args, [first]: second === undefined ? value : { ...group, [second]: value } };
}

/** Everything in the table, the arguments of groups besides the groups. */
function everyArgument(): string[] {
    return Object.entries<ArgumentSpec>(argumentSpecs).flatMap(([name, spec]) => [
        name,
        ...(spec.form === "group" ? Object.keys(spec.fields).map((field) => `${name}.${field}`) : []),
    ]);
}

/** What has to outlive every ordinary change, as people call it. */
const lasting: Readonly<Record<string, string>> = {
    [tokens.distribution]: "the distribution",
    [tokens.certificate]: "a certificate",
    [tokens.loadBalancer]: "the load balancer",
};

const page = path.join(__dirname, "..", "docs", "component.md");

describe("A change of an argument", function () {
    this.timeout("10m");

    const folder = mkdtempSync(path.join(tmpdir(), "replacement-"));
    const aws = new AwsProvider(
        openAccount(folder),
        new Typings({ packageName: "@pulumi/aws", projectDirectory: __dirname }),
    );
    const deployments = new Map<string, Promise<Deployment>>();
    const effects = new Map<string, string[]>();

    before(() => aws.configure({ region: "eu-central-1" }));
    after(() => rmSync(folder, { recursive: true }));

    /** Runs one after the other: each replaces the stand-in of Pulumi's engine. */
    function deployed(args: EncryptedEdgeArgs): Promise<Deployment> {
        const key = JSON.stringify(args);
        const known = deployments.get(key) ?? deploy(args);
        deployments.set(key, known);
        return known;
    }

    /** Whether the provider replaces a resource, by what AWS can change of it, or Pulumi by what the component says. */
    function isReplaced(before: Registered, now: Registered): boolean {
        const { type, name } = before;
        const resource = { type, name, urn: before.urn };
        const checked = (inputs: Values, olds: Values) =>
            aws.check(resource, olds, inputs, { randomSeed: Buffer.from("seed") }).inputs;
        const olds = checked(plain(before.inputs), {});
        const { differences } = aws.diff(
            resource,
            { id: "id", inputs: olds, properties: olds },
            checked(plain(now.inputs), olds),
        );
        const { replaceOnChanges = [] } = now.options;
        const trigger = (one: Registered): unknown => one.options.replacementTrigger;
        return (
            differences.some(
                ({ path: changed, replaces }) => replaces || replaceOnChanges.some((one) => changed.startsWith(one)),
            ) || !isDeepStrictEqual(trigger(now), trigger(before))
        );
    }

    for (const [name, change] of Object.entries(changes)) {
        it(`keeps the distribution, the certificates and the load balancer, or says so: ${name}`, async () => {
            const [olds, news] = [given(change, name, change.from), given(change, name, change.to)];
            assert.deepEqual([edgeProblems("edge", olds), edgeProblems("edge", news)], [[], []]);
            const before = await deployed(olds);
            const now = await deployed(news);
            assert.notDeepEqual(shape(now), shape(before), "the change has no effect, so that the row shows nothing");
            const found = before.resources.flatMap((resource) => {
                const what = lasting[resource.type];
                const same = now.resources.find((one) => one.type === resource.type && one.name === resource.name);
                return what === undefined
                    ? []
                    : same === undefined
                      ? [`${what} is deleted`]
                      : isReplaced(resource, same)
                        ? [`${what} is replaced`]
                        : [];
            });
            effects.set(name, [...new Set(found)].sort());
        });
    }

    it("is tried for every argument that there is", () => {
        assert.deepEqual(Object.keys(changes).sort(), everyArgument().sort());
    });

    it("is documented where one of them does not stay", () => {
        assert.equal(effects.size, Object.keys(changes).length, "each change above has to be tried first");
        const rows = [...effects]
            .filter(([, found]) => found.length > 0)
            .map(([name, found]) => `| \`${name}\` | ${found.join(", ")} |`);
        const wanted = ["", "| Argument | On a live edge |", "| --- | --- |", ...rows, "", ""].join("\n");
        const text = readFileSync(page, "utf8");
        const [, head, table, rest] = /^(.*<!-- replacements -->\n)(.*?)(<!-- \/replacements -->.*)$/s.exec(text) ?? [];
        assert.ok(head !== undefined && table !== undefined && rest !== undefined);
        if (process.env.UPDATE_DOCS) {
            writeFileSync(page, head + wanted + rest);
            return;
        }
        assert.equal(table, wanted, "Run UPDATE_DOCS=1 npx mocha components/replacement.test.ts");
    });
});

/** What the engine is asked for: resources by name, with what of their options a change may show in. */
function shape({ resources }: Deployment) {
    return resources.map(({ type, name, inputs, protect, provider, options }) => {
        const { ignoreChanges, customTimeouts, retainOnDelete } = options;
        return { type, name, inputs, protect, provider, ignoreChanges, customTimeouts, retainOnDelete };
    });
}

/** Inputs as a provider sees them: secrets without the wrapper in which the engine sends them. */
function plain(value: unknown): Values {
    return unwrapped(value) as Values;
}

function unwrapped(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(unwrapped);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const wrapper = value as Record<string, unknown>;
    return "4dabf18193072939515e22adb298388d" in wrapper
        ? unwrapped(wrapper.value)
        : Object.fromEntries(Object.entries(wrapper).map(([name, inner]) => [name, unwrapped(inner)]));
}
