import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { escapePattern } from "@encrypted-edge/common";
import { markWords, needed } from "./documentBlocks";
import { places } from "./documentPlaces";
import { rowsOf } from "./documentTables";

const root = path.join(__dirname, "..", "..");
const text = fs.readFileSync(path.join(root, "CONTRIBUTING.md"), "utf8");
const codes = [...text.replace(/^```[^]*?^```/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
})
    .trim()
    .split("\n")
    .filter((file) => fs.existsSync(path.join(root, file)));
const folders = new Set(files.flatMap((file) => parentsOf(file)));

function parentsOf(file: string): string[] {
    const parent = path.posix.dirname(file);
    return parent === "." ? [] : [parent, ...parentsOf(parent)];
}

/** Whether a path is there; `<name>` stands for any name. */
function isThere(given: string): boolean {
    const wanted = given.replace(/\/$/, "");
    const pattern = new RegExp(`^${escapePattern(wanted).replaceAll(/<\w+>/g, "[^/]+")}$`);
    return files.some((file) => pattern.test(file)) || [...folders].some((folder) => pattern.test(folder));
}

const isPath = (code: string) =>
    /^[\w.<>/-]+$/.test(code) && (code.includes("/") || /\.(ts|js|cjs|mjs|json|md|yaml)$/.test(code));

/** Compiled code is no file of the repository. */
const paths = codes.filter((code) => isPath(code) && code !== "bin/");

describe("CONTRIBUTING.md", () => {
    it("names only files and folders that are there", () => {
        assert.ok(paths.length > 80);
        assert.deepEqual(
            [...new Set(paths)].filter((given) => !isThere(given)),
            [],
        );
    });

    it("names what a file holds by the name that it has there", () => {
        const named = [...text.matchAll(/`([\w./-]+\.(?:ts|js))` \(((?:`\w+`(?:, )?)+)\)/g)];
        assert.ok(named.length > 25);
        const missing = named.flatMap(([, file = "", list = ""]) => {
            const source = fs.readFileSync(path.join(root, file), "utf8");
            return list
                .split(", ")
                .map((symbol) => symbol.replaceAll("`", ""))
                .filter((symbol) => !new RegExp(`\\b${symbol}\\b`).test(source))
                .map((symbol) => `${file}: ${symbol}`);
        });
        assert.deepEqual(missing, []);
    });

    it("names no function or type that no source has", () => {
        const sources = files
            .filter((file) => file.endsWith(".ts"))
            .map((file) => fs.readFileSync(path.join(root, file), "utf8"))
            .join("\n");
        const symbols = codes
            .map((code) => code.replace(/\(\.\.\.\)$/, ""))
            .filter((code) => /^[A-Za-z]\w*$/.test(code) && /[a-z][A-Z]|^[A-Z]\w/.test(code));
        assert.ok(symbols.length > 25);
        assert.deepEqual(
            [...new Set(symbols)].filter((symbol) => !new RegExp(`\\b${symbol}\\b`).test(sources)),
            [],
        );
    });

    it("names every room of the second level", () => {
        const passedOver = /(^|\/)(bin|node_modules|docs|results|test|ISSUE_TEMPLATE)$|^(test|\.github|docs)\//;
        const rooms = [...folders].filter(
            (folder) =>
                (folder.split("/").length === 2 || /^rehearsal\/aws\/\w+$/.test(folder)) &&
                !passedOver.test(folder) &&
                !folder.startsWith(".") &&
                !folder.startsWith("examples/"),
        );
        assert.ok(rooms.length > 25);
        const table = text.slice(text.indexOf("## The rooms"), text.indexOf("## How things run"));
        assert.deepEqual(
            rooms.filter((room) => !table.includes(`\`${room}\``)),
            [],
        );
    });

    it("names only scripts that a package has", () => {
        const scripts = new Map(
            ["", ...(manifest("").workspaces ?? [])].map((folder) => [
                folder,
                Object.keys(manifest(folder).scripts ?? {}),
            ]),
        );
        const commands = [...text.matchAll(/npm run ([\w:]+)(?: --workspace (\w+))?/g)];
        assert.ok(commands.length >= 5);
        for (const [command, script = "", workspace = ""] of commands) {
            assert.ok(scripts.get(workspace)?.includes(script), command);
        }
    });

    it("explains every mark of a block of a document, and no other", () => {
        const rows = rowsOf("CONTRIBUTING.md", "| mark | what it says of the block |");
        const known = [...markWords.exceptions, ...markWords.values, ...Object.keys(places)].sort();
        const explained = rows.map(([cell = ""]) => {
            const [, mark = ""] = /^`<!-- (.*) -->`$/.exec(cell) ?? assert.fail(cell);
            return (
                known.find((each) => mark === each || mark.startsWith(`${each} `) || mark.startsWith(`${each}:`)) ??
                mark
            );
        });
        assert.deepEqual(explained.sort(), known);
        const words = Object.keys(places).map((place) => /^(is|[a-z ]+(?= FILE$))/.exec(place)?.[0] ?? place);
        assert.deepEqual([...new Set(words)].sort(), [...markWords.places].sort());
        const reasons = rows.find(([cell]) => cell?.includes("not run"))?.[1] ?? "";
        assert.deepEqual(
            needed.filter((each) => !reasons.includes(each)),
            [],
        );
    });

    it("has a recipe of at most five steps for each thing that is often added", () => {
        const recipes = text.slice(text.indexOf("## Recipes"), text.indexOf("## What a change needs")).split(/^\*\*/m);
        assert.equal(recipes.length - 1, 7);
        for (const recipe of recipes.slice(1)) {
            const steps = recipe.match(/^\d+\. /gm) ?? [];
            assert.ok(steps.length > 0 && steps.length <= 5, recipe.split("\n")[0]);
            assert.match(recipe, /Forgotten: |Types fail without it/);
        }
    });
});

function manifest(folder: string) {
    return JSON.parse(fs.readFileSync(path.join(root, folder, "package.json"), "utf8")) as {
        readonly workspaces?: readonly string[];
        readonly scripts?: Readonly<Record<string, string>>;
    };
}
