import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import * as path from "node:path";

import { defaultOptions, overwritingProblems, readOptions, type RawOptions } from "../options";
import type { Source } from "../sources";

const read = (raw: Partial<RawOptions>, ...targets: string[]) => readOptions(targets, { ...defaultOptions, ...raw });

/** Title: the options given with a state file, and what is wrong with them. */
const cases: Readonly<Record<string, readonly [raw: Partial<RawOptions>, ...problems: string[]]>> = {
    "names of stacks, short and whole": [{ stack: ["dev", "shop/dev", "org/shop/dev"] }],
    "what is no name of a stack": [
        { stack: ["a/b/c/d", "/dev", "dev/", "my dev", ""] },
        '--stack "a/b/c/d" is not a stack name. Write organization/project/stack.',
        '--stack "/dev" is not a stack name. Write organization/project/stack.',
        '--stack "dev/" is not a stack name. Write organization/project/stack.',
        '--stack "my dev" is not a stack name. Write organization/project/stack.',
        '--stack "" is not a stack name. Write organization/project/stack.',
    ],
    "a level that does not exist": [
        { failOn: "high" },
        '--fail-on must be mandatory, cannot-tell or advisory, but is "high".',
    ],
    "the fewest at once": [{ parallel: "1" }],
    "the most at once": [{ parallel: "256" }],
    "none at once": [{ parallel: "0" }, '--parallel must be a whole number from 1 to 256, but is "0".'],
    "too many at once": [{ parallel: "257" }, '--parallel must be a whole number from 1 to 256, but is "257".'],
    "a part of one": [{ parallel: "1.5" }, '--parallel must be a whole number from 1 to 256, but is "1.5".'],
    "what is no number": [{ parallel: "all" }, '--parallel must be a whole number from 1 to 256, but is "all".'],
    "a baseline to create": [{ baseline: "known.json", createBaseline: true }],
    "a baseline to update": [{ baseline: "known.json", updateBaseline: true }],
    "a baseline to create that has no file": [{ createBaseline: true }, "--create-baseline needs --baseline FILE."],
    "a baseline to update that has no file": [{ updateBaseline: true }, "--update-baseline needs --baseline FILE."],
    "a baseline to create and to update": [
        { baseline: "known.json", createBaseline: true, updateBaseline: true },
        "--create-baseline and --update-baseline exclude each other: one writes what there is, the other removes what is fixed.",
    ],
    "the engine with a baseline": [
        { baseline: "known.json", engine: true },
        "--engine and --baseline exclude each other: the engine does not say which property a violation is about.",
    ],
    "the engine with decrypted secrets": [
        { engine: true, showSecrets: true },
        "--engine and --show-secrets exclude each other: the engine would need the decrypted state in a file.",
    ],
    "an output for each file": [{ json: true, html: "a.html", sarif: "a.sarif", baseline: "known.json", resume: "j" }],
    "what was decrypted without the engine": [{ showSecrets: true }],
    "two outputs on standard output": [
        { json: true, sarif: "-" },
        "--json and --sarif cannot both be written to standard output. Give each its own file.",
    ],
    "two outputs in one file, however it is written": [
        { json: "a.out", html: path.resolve("a.out"), junit: "./a.out" },
        "--json and --junit and --html name the same file, a.out. Give each its own file.",
    ],
    "an output over what the audit reads": [
        { json: "known.json", baseline: "./known.json", sarif: "policy.json", policyConfig: "policy.json" },
        "--json and --baseline name the same file, known.json. Give each its own file.",
        "--sarif and --policy-config name the same file, policy.json. Give each its own file.",
    ],
    "a journal over an output": [
        { gitlab: "a.json", resume: "a.json" },
        "--gitlab and --resume name the same file, a.json. Give each its own file.",
    ],
};

describe("audit: options", () => {
    for (const [title, [raw, ...problems]] of Object.entries(cases)) {
        it(`${problems.length === 0 ? "take" : "refuse"} ${title}`, () => {
            const said = read(raw, "dev.json").problems;
            assert.deepEqual([...said].sort(), [...problems].sort());
        });
    }

    it("refuse an output or a journal over a state, also one that a folder or a pattern stands for", () => {
        const sources: Source[] = [
            { kind: "file", path: "states/dev.json" },
            { kind: "file", path: path.resolve("prod.json") },
            { kind: "backend", stack: "backend.json" },
            { kind: "standard input", content: new Uint8Array() },
        ];
        const problems = (raw: Partial<RawOptions>) => overwritingProblems(read(raw, "states").options, sources);
        const json = path.resolve("states", "dev.json");
        assert.deepEqual(
            problems({ json, html: "./states/../prod.json", sarif: "a.sarif", resume: "states/dev.json" }),
            [
                `--json would overwrite ${json}, which is one of the files to audit. Name another file.`,
                "--html would overwrite ./states/../prod.json, which is one of the files to audit. Name another file.",
                "--resume would overwrite states/dev.json, which is one of the files to audit. Name another file.",
            ],
        );
        assert.deepEqual(problems({}), []);
        assert.deepEqual(problems({ json: true, html: "backend.json", resume: "dev.json" }), []);
        // A file of this name is not standard output.
        assert.deepEqual(overwritingProblems(read({ json: true }, "-").options, [{ kind: "file", path: "./-" }]), []);
    });

    it("need something to audit", () => {
        assert.match(read({}).problems.join("\n"), /^Nothing to audit\. Give state files, folders, a backend URL/);
        assert.deepEqual(read({ stack: ["dev"] }).problems, []);
        assert.deepEqual(read({}, "-").problems, []);
    });

    it("are what the command's help says where nothing is given", () => {
        assert.deepEqual(JSON.parse(JSON.stringify(read({}, "dev.json").options)), {
            targets: ["dev.json"],
            stacks: [],
            failOn: "mandatory",
            parallel: availableParallelism(),
            engine: false,
            pulumi: "pulumi",
            showSecrets: false,
            verbose: false,
            outputs: {},
        });
    });

    it("are what is given", () => {
        const given = { policyConfig: "p.json", resume: "j", engine: true, verbose: true, failOn: "advisory" };
        const { options } = read({ ...given, parallel: "3", json: true, html: "a.html", stack: ["dev"] });
        assert.deepEqual(options.outputs, { json: "-", html: "a.html" });
        const { policyConfig, resume, engine, verbose, failOn } = options;
        assert.deepEqual({ policyConfig, resume, engine, verbose, failOn }, given);
        assert.deepEqual([options.parallel, options.stacks], [3, ["dev"]]);
        assert.equal(read({ showSecrets: true }, "a").options.showSecrets, true);
        const mode = (raw: Partial<RawOptions>) => read({ baseline: "b", ...raw }, "a").options.baseline;
        assert.deepEqual(mode({}), { path: "b", mode: "compare" });
        assert.deepEqual(mode({ createBaseline: true }), { path: "b", mode: "create" });
        assert.deepEqual(mode({ updateBaseline: true }), { path: "b", mode: "update" });
    });
});
