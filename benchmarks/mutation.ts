/**
 * How many mutants of the policy pack its tests kill. Writes the table of benchmarks/results/mutation.md and the list of
 * survivors in mutation.json from the reports of Stryker, by default the one that `npm run mutation -w policy` leaves.
 * Where several reports hold the same file, the last one counts.
 *
 *     npm run benchmark:mutation [-- report.json ...]
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";

const results = path.join(__dirname, "results");
const ownReport = path.join(path.dirname(__dirname), "policy", ".stryker-tmp", "report.json");

/** The statuses of Stryker's report (mutation-testing-report-schema). */
type Status = "Killed" | "Timeout" | "Survived" | "NoCoverage" | "Ignored" | "CompileError" | "RuntimeError";

interface Position {
    readonly line: number;
    readonly column: number;
}

interface Mutant {
    readonly status: Status;
    readonly mutatorName: string;
    readonly replacement?: string;
    readonly location: { readonly start: Position; readonly end: Position };
}

interface MutatedFile {
    readonly source: string;
    readonly mutants: readonly Mutant[];
}

interface Report {
    readonly files: Readonly<Record<string, MutatedFile>>;
}

function main(): void {
    const { positionals } = parseArgs({ allowPositionals: true });
    const reports = (positionals.length > 0 ? positionals : [ownReport]).map(read);
    const files = new Map(reports.flatMap((report) => Object.entries(report.files)));
    const mutants = [...files].flatMap(([file, held]) =>
        held.mutants.map((mutant) => ({ folder: folderOf(file), mutant })),
    );
    const folders = [...new Set(mutants.map(({ folder }) => folder))].sort();
    const rows = folders.map((name) => {
        return row(
            name,
            mutants.flatMap(({ folder, mutant }) => (folder === name ? [mutant] : [])),
        );
    });
    const total = row(
        "**all**",
        mutants.map(({ mutant }) => mutant),
    );
    const header = ["folder", "mutants", "killed", "timeout", "survived", "not covered", "score, %"];
    const table = [header, header.map((_, index) => (index === 0 ? "---" : "---:")), ...rows, total];
    const document = path.join(results, "mutation.md");
    const text = readFileSync(document, "utf8");
    const marked = /(<!-- table -->\n)[^]*?(\n<!-- end -->)/;
    if (!marked.test(text)) {
        throw new Error(`${document} has no part between "<!-- table -->" and "<!-- end -->".`);
    }
    const lines = table.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
    writeFileSync(
        document,
        text.replace(marked, (_, begin: string, end: string) => `${begin}\n${lines}\n${end}`),
    );
    const survivors = Object.fromEntries([...files].sort().map(([file, held]) => [file, survivorsOf(held)]));
    writeFileSync(path.join(results, "mutation.json"), `${JSON.stringify(survivors, null, 2)}\n`);
}

function folderOf(file: string): string {
    const [folder = ""] = file.split("/");
    return folder === file ? "*.ts" : folder;
}

function read(file: string): Report {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
}

/** Mutants that were left out, or that keep the pack from being loaded at all, count on no side, as in Stryker. */
function row(name: string, mutants: readonly Mutant[]): string[] {
    const count = (status: Status) => mutants.filter((mutant) => mutant.status === status).length;
    const [killed, timeout, survived, uncovered] = (["Killed", "Timeout", "Survived", "NoCoverage"] as const).map(
        count,
    ) as [number, number, number, number];
    const all = killed + timeout + survived + uncovered;
    const score = ((100 * (killed + timeout)) / all).toFixed(1);
    return [name, ...[all, killed, timeout, survived, uncovered].map(String), score];
}

/** Every survivor as `line:column what stands there => what it was replaced by`. */
function survivorsOf({ source, mutants }: MutatedFile): string[] {
    const lines = source.split("\n");
    return mutants
        .filter(({ status }) => status === "Survived" || status === "NoCoverage")
        .sort(
            ({ location: one }, { location: other }) =>
                one.start.line - other.start.line || one.start.column - other.start.column,
        )
        .map(({ location: { start, end }, replacement = "", mutatorName }) => {
            const line = lines[start.line - 1] ?? "";
            const written = line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
            return `${start.line}:${start.column} ${mutatorName}: ${short(written)} => ${short(replacement)}`;
        });
}

function short(code: string): string {
    const one = code.replace(/\s+/g, " ").trim();
    return one.length <= 80 ? one : `${one.slice(0, 77)}...`;
}

main();
