/**
 * What `rehearse preview` of dev costs, split into program load, pack start and the rest, paired with what any preview
 * costs: an empty program and an empty pack under the same engine. The third is the textbook way: the same program
 * type-checked at run time, and a pack in TypeScript. Writes benchmarks/results/preview.md and .json.
 *
 *     npm run benchmark:preview [-- --runs 5]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { machine, pairedRatio } from "../measure";
import { measurePreview, medians, type PreviewFigures } from "./measurePreview";
import { importedModules, makeEmptyProject, makeOwnProject, makeTextbookProject } from "./projects";

const repository = path.dirname(path.dirname(__dirname));
const results = path.join(repository, "benchmarks", "results");

interface Variant {
    readonly name: string;
    readonly pack: boolean;
    /** The program is there already where another variant of the same folder made it. */
    readonly make?: (directory: string) => void;
    readonly folder: string;
    readonly runs: PreviewFigures[];
}

/** Against the floor, turn by turn. */
interface TimesFloor {
    readonly wall?: number;
    readonly cpu?: number;
    readonly start?: number;
    readonly startCpu?: number;
}

const floor = "empty program, empty pack";

async function main(): Promise<void> {
    const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
    const count = Number(values.runs);
    if (!Number.isInteger(count) || count < 1) {
        throw new Error(`--runs is "${values.runs}"; give a whole number from 1 on.`);
    }
    const scratch = mkdtempSync(path.join(tmpdir(), "preview-cost-"));
    const variants: Variant[] = [
        { name: "this project", pack: true, folder: "own", make: (at) => makeOwnProject(repository, at), runs: [] },
        { name: floor, pack: true, folder: "empty", make: (at) => makeEmptyProject(repository, at, []), runs: [] },
        {
            name: "empty program that imports the same AWS modules, empty pack",
            pack: true,
            folder: "imports",
            make: (at) => makeEmptyProject(repository, at, importedModules(repository)),
            runs: [],
        },
        {
            name: "textbook",
            pack: true,
            folder: "textbook",
            make: (at) => makeTextbookProject(repository, at),
            runs: [],
        },
        { name: "this project, no pack", pack: false, folder: "own", runs: [] },
        { name: "empty program, no pack", pack: false, folder: "empty", runs: [] },
        { name: "textbook, no pack", pack: false, folder: "textbook", runs: [] },
    ];
    const measureOnce = ({ folder, pack }: Variant) => measurePreview(repository, path.join(scratch, folder), pack);
    try {
        for (const { folder, make } of variants) {
            const directory = path.join(scratch, folder);
            mkdirSync(directory, { recursive: true });
            make?.(directory);
        }
        for (const variant of variants) {
            process.stderr.write(`warming up: ${variant.name}\n`);
            await measureOnce(variant);
        }
        // In turns, so that a machine that is slower for a while is slower for all.
        for (let run = 1; run <= count; run += 1) {
            for (const variant of variants) {
                const measured = await measureOnce(variant);
                variant.runs.push(measured);
                process.stderr.write(
                    `run ${run} of ${count}, ${variant.name}: ${measured.wallSeconds?.toFixed(1)} s\n`,
                );
            }
        }
        report(variants, count);
    } finally {
        rmSync(scratch, { recursive: true, force: true });
    }
}

function report(variants: readonly Variant[], count: number): void {
    const { cores, node, platform } = machine();
    const rows = variants.map(({ name, runs }) => ({
        name,
        median: medians(runs),
        timesFloor: ratios(name, runs, variants),
    }));
    const figure = (value?: number): string => (value === undefined ? "-" : value.toFixed(2));
    const table = [
        "| preview of dev | wall, s | program load, s | pack start, s | the rest, s | processor, s | peak memory, MB | times the floor: wall, processor | program load and pack start alone: wall, processor |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        ...rows.map(({ name, median, timesFloor: { wall, cpu, start, startCpu } }) => {
            const rest = (median.wallSeconds ?? Number.NaN) - (median.programLoad ?? 0) - (median.packStart ?? 0);
            const cells = [
                name,
                ...[median.wallSeconds, median.programLoad, median.packStart, rest, median.cpuSeconds].map(figure),
                median.peakMegabytes?.toFixed(0) ?? "-",
                ...[
                    [wall, cpu],
                    [start, startCpu],
                ].map((pair) => (pair.includes(undefined) ? "-" : pair.map(figure).join(", "))),
            ];
            return `| ${cells.join(" | ")} |`;
        }),
    ];
    const text = [
        "# What a preview costs",
        "",
        `Medians of ${count} runs, in turns, after one to warm up. ${cores} cores, Node ${node}, ${platform}. Program load is from the start of the program's process until its modules are evaluated; pack start is from the start of the pack's process until the engine can talk to it. Processor time and memory are those of all processes together. The floor is what any preview costs under this engine: a program in JavaScript that imports \`@pulumi/pulumi\` and declares nothing, with a compiled pack of no rules. The other empty program also imports ${importedModules(repository).length} modules of \`@pulumi/aws\`, those that this project imports, and touches none of their classes, so they stay unloaded. Times the floor is the median of the ratios of each turn; what this project's 52 resources cost the engine and the providers is in the whole preview, not in program load and pack start. The textbook way is the same program and stack file with the whole of \`@pulumi/aws\` and the compiler options of \`pulumi new\`, type-checked at run time, and a TypeScript pack of two rules. Made by \`npm run benchmark:preview\`.`,
        "",
        ...table,
        "",
    ].join("\n");
    mkdirSync(results, { recursive: true });
    writeFileSync(path.join(results, "preview.md"), text);
    const written = rows.map((row, index) => ({ ...row, runs: variants[index]?.runs }));
    writeFileSync(
        path.join(results, "preview.json"),
        `${JSON.stringify({ machine: machine(), runs: count, variants: written }, undefined, 4)}\n`,
    );
    process.stdout.write(`${table.join("\n")}\n`);
}

/** Nothing for the floor itself, and for what has no pack: one process less is no saving. */
function ratios(name: string, runs: readonly PreviewFigures[], variants: readonly Variant[]): TimesFloor {
    const floorRuns = variants.find((variant) => variant.name === floor)?.runs ?? [];
    if (name === floor || runs.some(({ packStart }) => packStart === undefined)) {
        return {};
    }
    const times = (key: keyof PreviewFigures) =>
        pairedRatio(
            runs.map((run) => run[key]),
            floorRuns.map((run) => run[key]),
        );
    return { wall: times("wallSeconds"), cpu: times("cpuSeconds"), start: times("start"), startCpu: times("startCpu") };
}

main().catch((error: unknown) => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
});
