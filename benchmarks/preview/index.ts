/**
 * What `rehearse preview` of dev costs, split into program load, pack start and the rest, beside the textbook way: the
 * same program type-checked at run time, and a pack in TypeScript. Writes benchmarks/results/preview.md and .json.
 *
 *     npm run benchmark:preview [-- --runs 5]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { machine } from "../measure";
import { measurePreview, medians, type PreviewFigures } from "./measurePreview";
import { makeOwnProject, makeTextbookProject } from "./projects";

const repository = path.dirname(path.dirname(__dirname));
const results = path.join(repository, "benchmarks", "results");

interface Variant {
    name: string;
    directory: string;
    pack: boolean;
    runs: PreviewFigures[];
}

async function main(): Promise<void> {
    const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
    const count = Number(values.runs);
    if (!Number.isInteger(count) || count < 1) {
        throw new Error(`--runs is "${values.runs}"; give a whole number from 1 on.`);
    }
    const own = mkdtempSync(path.join(tmpdir(), "own-"));
    const textbook = mkdtempSync(path.join(tmpdir(), "textbook-"));
    try {
        makeOwnProject(repository, own);
        makeTextbookProject(repository, textbook);
        const variants: Variant[] = [
            { name: "this project", directory: own, pack: true, runs: [] },
            { name: "this project, no pack", directory: own, pack: false, runs: [] },
            { name: "textbook", directory: textbook, pack: true, runs: [] },
            { name: "textbook, no pack", directory: textbook, pack: false, runs: [] },
        ];
        for (const variant of variants) {
            process.stderr.write(`warming up: ${variant.name}\n`);
            await measurePreview(repository, variant.directory, variant.pack);
        }
        // In turns, so that a machine that is slower for a while is slower for all.
        for (let run = 1; run <= count; run += 1) {
            for (const variant of variants) {
                const measured = await measurePreview(repository, variant.directory, variant.pack);
                variant.runs.push(measured);
                process.stderr.write(
                    `run ${run} of ${count}, ${variant.name}: ${measured.wallSeconds?.toFixed(1)} s\n`,
                );
            }
        }
        report(variants, count);
    } finally {
        for (const directory of [own, textbook]) {
            rmSync(directory, { recursive: true, force: true });
        }
    }
}

function report(variants: Variant[], count: number): void {
    const { cores, node, platform } = machine();
    const rows = variants.map(({ name, runs }) => ({ name, ...medians(runs) }));
    const seconds = (value?: number): string => (value === undefined ? "-" : value.toFixed(2));
    const table = [
        "| preview of dev | wall, s | program load, s | pack start, s | the rest, s | processor, s | peak memory, MB |",
        "|---|---:|---:|---:|---:|---:|---:|",
        ...rows.map((row) => {
            const rest = (row.wallSeconds ?? Number.NaN) - (row.programLoad ?? 0) - (row.packStart ?? 0);
            const cells = [row.wallSeconds, row.programLoad, row.packStart, rest, row.cpuSeconds].map(seconds);
            return `| ${[row.name, ...cells, row.peakMegabytes?.toFixed(0) ?? "-"].join(" | ")} |`;
        }),
    ];
    const text = [
        "# What a preview costs",
        "",
        `Medians of ${count} runs, in turns, after one to warm up. ${cores} cores, Node ${node}, ${platform}. Program load is from the start of the program's process until its modules are evaluated; pack start is from the start of the pack's process until the engine can talk to it. Processor time and memory are those of all processes together. The textbook way is the same program and stack file with the whole of \`@pulumi/aws\` and the compiler options of \`pulumi new\`, type-checked at run time, and a TypeScript pack of two rules. Made by \`npm run benchmark:preview\`.`,
        "",
        ...table,
        "",
    ].join("\n");
    mkdirSync(results, { recursive: true });
    writeFileSync(path.join(results, "preview.md"), text);
    writeFileSync(
        path.join(results, "preview.json"),
        `${JSON.stringify({ machine: machine(), runs: count, variants: variants.map(({ name, runs }) => ({ name, median: medians(runs), runs })) }, undefined, 4)}\n`,
    );
    process.stdout.write(`${table.join("\n")}\n`);
}

main().catch((error: unknown) => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
});
