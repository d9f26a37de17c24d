import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { Command } from "commander";

import { configurationSchema, unusedExemption } from "../configuration";
import { rules } from "../rules";
import { checkCommand, schemaCommand } from "./index";

/** Runs a command in this process and gives what it wrote and its exit code. */
async function written(run: () => Promise<unknown>): Promise<{ out: string; err: string; code: number }> {
    const { exitCode } = process;
    const texts = { out: "", err: "" };
    const collect = (stream: "out" | "err") => (text: string | Uint8Array) => {
        texts[stream] += String(text);
        return true;
    };
    process.stdout.write = collect("out");
    process.stderr.write = collect("err");
    process.exitCode = undefined;
    try {
        await run();
        return { ...texts, code: Number(process.exitCode ?? 0) };
    } finally {
        // What the stream's class offers shows again.
        Reflect.deleteProperty(process.stdout, "write");
        Reflect.deleteProperty(process.stderr, "write");
        process.exitCode = exitCode;
    }
}

describe("the command line", () => {
    let folder: string;
    const check = async (content: string | Uint8Array | undefined, ...options: string[]) => {
        const file = path.join(folder, "config.json");
        await rm(file, { force: true });
        if (content !== undefined) {
            await writeFile(file, content);
        }
        const result = await written(() => checkCommand().parseAsync([file, ...options], { from: "user" }));
        return {
            ...result,
            err: result.err.replace(file, "config.json"),
            out: result.out.replace(file, "config.json"),
        };
    };

    /** Runs a command by its name, as the command line does. */
    const run = (...args: string[]) =>
        new Command().addCommand(checkCommand()).addCommand(schemaCommand()).parseAsync(args, { from: "user" });

    before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), "configuration-"));
    });
    after(() => rm(folder, { recursive: true }));

    it("passes a right file, and an empty one as the engine does", async () => {
        const right = { out: "config.json: no mistakes.\n", err: "", code: 0 };
        assert.deepEqual(await check('{"all": "mandatory"}'), right);
        assert.deepEqual(await check(" \n"), right);
    });

    it("lists every mistake of a wrong one, and exits with 1", async () => {
        const { out, err, code } = await check(
            '{"all": "mandatory",\n"alb-target-htps": "advisory",\n"all": "disbled"}',
        );
        assert.deepEqual([out, code], ["", 1]);
        assert.equal(
            err,
            "config.json has 3 mistakes:\n" +
                '  - "all" appears twice, at line 3: keep one.\n' +
                '  - "disbled" is not a level for all. Did you mean "disabled"?\n' +
                '  - "alb-target-htps" is not a rule of this pack. Did you mean "alb-target-https"?\n',
        );
    });

    it("finds a key again however it is written, and only in its own object", async () => {
        const settings =
            '{"enforcementLevel": "advisory", "exemptions": [{"urn": "a \\"}{: \\"", "expires": 1}, {"urn": "*"}]}';
        const once = (await check(`{"all": "advisory", "alb-target-https": ${settings}}`)).err;
        const twice = '{"all": "advisory",\n"alb-target-https": {"exemptions": [\n{"urn": "*",\n"\\u0075rn": "*"}]}}';
        assert.doesNotMatch(once, /twice/);
        assert.match((await check(twice)).err, /"\\u0075rn" appears twice, at line 4: keep one\./);
    });

    it("gives the same to machines", async () => {
        const { out, code } = await check('{"all": 3}', "--json");
        const answer = JSON.parse(out) as { problems: string[] };
        assert.deepEqual(answer.problems, [
            'all must be a level ("advisory", "mandatory", "remediate", "disabled") or an object with enforcementLevel and settings, but is 3.',
        ]);
        assert.equal(code, 1);
    });

    it("says why a file cannot be read", async () => {
        const said = async (content: string | Uint8Array | undefined) =>
            (await check(content)).err.replace("config.json has one mistake:\n  - ", "").trimEnd();
        assert.equal(await said(undefined), "There is no such file.");
        const mark = "It begins with a byte order mark of UTF-8: save it as UTF-8 without one.";
        assert.equal(await said('\ufeff{"all": "advisory"}'), mark);
        const wide = "It begins with a byte order mark of UTF-16: save it as UTF-8 without one.";
        const littleEndian = Buffer.from("\ufeff{}", "utf16le");
        assert.equal(await said(littleEndian), wide);
        assert.equal(await said(Buffer.from(littleEndian).swap16()), wide);
        assert.match(await said(new Uint8Array([0x7b, 0xff, 0xfe])), /^It is not valid JSON/);
        assert.equal(
            await said("all: advisory"),
            "It is not valid JSON. Write it as JSON, with names in double quotation marks and the whole in {}.",
        );
        const hints: Readonly<Record<string, string>> = {
            '{"all": "advisory", "alb-target-https"}': "Look at its brackets, commas and quotation marks.",
            "{": "Look at its brackets, commas and quotation marks.",
            '{\n"all": "advisory",\n}': "Remove the comma before a closing bracket.",
            '{\n// "all": "x,}"\n"all": "advisory"}': "JSON has no comments: remove them.",
            "{'all': 'advisory'}": "Write strings in double quotation marks.",
            "all: advisory": "Write it as JSON, with names in double quotation marks and the whole in {}.",
            '{"all": "advisory" // don\'t "stop\n}': "JSON has no comments: remove them.",
            '{"all": /* why */ "advisory"}': "JSON has no comments: remove them.",
            '{"all": "advisory", # last\n}':
                "JSON has no comments: remove them. Remove the comma before a closing bracket.",
            '{"all": "https://example.com # not a comment}': "Look at its brackets, commas and quotation marks.",
            '{"all": https://example.com}': "Look at its brackets, commas and quotation marks.",
            "{'all': 'a # b'}": "Write strings in double quotation marks.",
        };
        for (const [content, hint] of Object.entries(hints)) {
            assert.match(await said(content), /^It is not valid JSON(, first at line \d)?\. /, content);
            assert.equal(
                (await said(content)).replace(/^It is not valid JSON(, first at line \d)?\. /, ""),
                hint,
                content,
            );
        }
        assert.match(await said('{\n"all": "advisory",\n}\n\n'), /first at line 3\./);
    });

    it("says what a folder and an unreadable file are", async () => {
        const problems = async (file: string) => (await written(() => run("check", file))).err.trimEnd().split("\n")[1];
        assert.equal(await problems(folder), "  - It is a folder. Name the files in it.");
        await writeFile(path.join(folder, "file"), "");
        assert.equal(await problems(path.join(folder, "file", "below")), "  - The file cannot be read (ENOTDIR).");
    });

    it("says what each command does and takes", () => {
        const helpOf = (command: Command) => command.configureHelp({ helpWidth: 200 }).helpInformation();
        assert.equal(
            helpOf(checkCommand()),
            `Usage: check [options] <files...>

Check policy configuration files, including mistakes that the engine silently accepts.

Arguments:
  files       the JSON files that you pass to pulumi --policy-pack-config

Options:
  --json      print one JSON line {file, problems} for each file (default: false)
  -h, --help  display help for command
`,
        );
        assert.equal(
            helpOf(schemaCommand({ "audit-report": {} })),
            `Usage: schema [options] [name]

Print a JSON Schema, for editors and for programs that read this command's output.

Arguments:
  name        whose schema (choices: "policy-config", "audit-report", default: "policy-config")

Options:
  -h, --help  display help for command
`,
        );
    });

    it("prints the schema", async () => {
        const { out } = await written(() => run("schema"));
        const schema = configurationSchema([...rules, unusedExemption]);
        assert.deepEqual(JSON.parse(out), JSON.parse(JSON.stringify(schema)));
    });
});
