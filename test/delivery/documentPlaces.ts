import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { checkConfiguration, rules, unusedExemption } from "../../policy/index";
import { parseConfiguration } from "../../stack/configuration";
import { hops } from "../../verify/report";
import type { Block, Place } from "./documentBlocks";
import { root } from "./packed";
import { workflowErrors } from "./workflowErrors";

const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");

/** Parts of documents, and blocks below a heading, of which a test of their own compares or runs each. */
export const elsewhere: readonly {
    readonly document: RegExp;
    readonly part?: string;
    readonly heading?: RegExp;
    readonly test: string;
}[] = [
    { document: /^docs\/recipes\.md$/, part: "recipes", test: "test/rehearsal/recipes.test.ts" },
    { document: /^docs\/delivery\.md$/, part: "trust policy", test: "test/delivery/setupScripts.test.ts" },
    { document: /^docs\/delivery\.md$/, part: "policy preview", test: "test/delivery/permissions.test.ts" },
    { document: /^docs\/delivery\.md$/, part: "policy deploy", test: "test/delivery/permissions.test.ts" },
    { document: /^docs\/delivery\.md$/, part: "policy audit", test: "test/delivery/permissions.test.ts" },
    { document: /^policy\/docs\//, heading: /^(Bad|Good)$/, test: "policy/test/documentation.test.ts" },
];

/** Whether a test of its own has this block. */
export function isElsewhere(block: Block): boolean {
    return elsewhere.some(
        ({ document, part, heading }) =>
            document.test(block.document) &&
            (part === undefined || part === block.part) &&
            (heading === undefined || heading.test(block.heading)),
    );
}

/** What a mark may hold a block to: how the mark is written, and what of the block is wrong by it. */
export const places: Readonly<Record<string, (block: Block, of: string) => string[] | Promise<string[]>>> = {
    "all of FILE": ({ text }, file) =>
        fileProblems(file, (there) => (there === text ? [] : [`${file} has another text`])),
    "lines of FILE": ({ text }, file) =>
        fileProblems(file, (there) => (flat(there).includes(flat(text)) ? [] : [`${file} has not these lines`])),
    "is a policy configuration": ({ text }) => checkConfiguration(JSON.parse(text), [...rules, unusedExemption]),
    "is a stack file": stackFile,
    "is a workflow": ({ text }) => workflow(`on: push\n${text}`),
    "job of FILE": ({ text }, file) => workflow(read(file) + text.replace(/^(?=.)/gm, "  ")),
    "hooks of FILE": hooksOf,
    "is a drawing of the hops": drawing,
    "written to FILE": () => [],
};

/** The key in the table of places that a mark is written by. */
export function placeOf({ kind, of }: Place): string {
    return kind === "is" ? `is ${of}` : `${kind} FILE`;
}

/** What is wrong with a file of an example that a block shows: a test has to run it, and it has to be the same. */
function fileProblems(file: string, compare: (text: string) => string[]): string[] {
    if (!fs.existsSync(path.join(root, file))) {
        return [`${file} is not there`];
    }
    const [, example] = /^examples\/([\w-]+)\//.exec(file) ?? [];
    const isRun = example === undefined || tests().some((text) => text.includes(`"${example}"`));
    // In an example the packages lie in the repository's own folder, at a reader in the program's.
    const text = read(file).replaceAll("../../node_modules", "node_modules");
    return [...(isRun ? [] : [`no test runs ${example}`]), ...compare(text)];
}

/** Whole lines, however far they are indented. */
function flat(text: string): string {
    return `\n${text.trim().replace(/^[ \t]+/gm, "")}\n`;
}

function tests(): string[] {
    const files = execFileSync("git", ["ls-files", "test/**/*.ts"], { cwd: root, encoding: "utf8" });
    return files
        .trim()
        .split("\n")
        .filter((file) => fs.existsSync(path.join(root, file)))
        .map(read);
}

function stackFile({ text }: Block): string[] {
    const { config } = parse(text) as { config: Readonly<Record<string, unknown>> };
    const { name } = parse(read("Pulumi.yaml")) as { name: string };
    const values = Object.entries(config).flatMap(([key, value]): [string, string][] =>
        key.startsWith("aws:")
            ? []
            : [[key.replace(`${name}:`, ""), typeof value === "string" ? value : JSON.stringify(value)]],
    );
    const { problems } = parseConfiguration("edge", new Map(values));
    return problems.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);
}

function workflow(text: string): Promise<string[]> {
    return workflowErrors("shown.yml", text.replaceAll("@COMMIT", `@${"a".repeat(40)}`));
}

function hooksOf({ text }: Block, file: string): string[] {
    interface Hook {
        readonly id: string;
    }
    const { repos } = parse(text) as { repos: { rev: string; hooks: Hook[] }[] };
    const known = (parse(read(file)) as Hook[]).map(({ id }) => id);
    const { version } = JSON.parse(read("package.json")) as { version: string };
    return repos.flatMap(({ rev, hooks }) => [
        ...hooks.filter(({ id }) => !known.includes(id)).map(({ id }) => `${file} has no ${id}`),
        ...(rev === `v${version}` ? [] : [`${rev} is not the version, v${version}`]),
    ]);
}

/** A drawing names what each hop joins, in the words by which the rehearsal and the prober name the hops. */
function drawing({ text }: Block): string[] {
    const line = text.split("\n").find((each) => each.includes("●")) ?? "";
    const joined = line.trim().split(/[ ─●]{3,}/);
    const drawn = joined.slice(1).map((to, index) => `${joined[index]} to ${to}`);
    return isDeepStrictEqual(drawn, hops.slice(1)) ? [] : [`it draws the hops ${JSON.stringify(drawn)}`];
}
