/**
 * What judging an estate costs: this pack directly and in the engine, an empty pack, a textbook pack and other scanners,
 * on equal content. Writes benchmarks/results/policy.md and .json; what is not measured anew keeps its earlier figures.
 *
 *     npm run benchmark:policy [-- --sizes 100,1000 --only direct,pack --runs 3 --limit 300 --install]
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";

import { estate, stateOf } from "./policy/estate";
import { measure, type Measurement } from "./policy/measure";
import { expected, subjects, type Files, type Subject } from "./policy/subjects";
import { install } from "./policy/tools";
import { cloudFormation, terraformPlan } from "./policy/translate";

const repository = path.dirname(__dirname);
const results = path.join(__dirname, "results");
/** Inside the repository, so that the packs that are made here find its packages. */
const scratch = path.join(repository, "node_modules", ".cache", "policy-benchmark");
const allSizes = [100, 1_000, 10_000, 100_000];

interface Row {
    readonly subject: string;
    readonly size: number;
    readonly runs: number;
    readonly wallSeconds?: number;
    readonly cpuSeconds?: number;
    readonly peakMegabytes?: number;
    readonly found?: number;
    readonly breaches: number;
    readonly note?: string;
}

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: {
            sizes: { type: "string", default: allSizes.join(",") },
            only: { type: "string" },
            runs: { type: "string", default: "3" },
            limit: { type: "string", default: "300" },
            install: { type: "boolean", default: false },
        },
    });
    mkdirSync(scratch, { recursive: true });
    const all = subjects(scratch);
    const sizes = values.sizes.split(",").map(Number);
    const names = values.only?.split(",") ?? all.map(({ name }) => name);
    const [runs, limit] = [Number(values.runs), Number(values.limit)];
    const problems = [
        ...sizes
            .filter((size) => !allSizes.includes(size))
            .map((size) => `--sizes ${size}: allowed are ${allSizes.join(", ")}.`),
        ...names
            .filter((name) => !all.some((subject) => subject.name === name))
            .map((name) => `--only ${name}: allowed are ${all.map((subject) => subject.name).join(", ")}.`),
        ...(Number.isInteger(runs) && runs > 0 ? [] : [`--runs is "${values.runs}"; give a whole number from 1 on.`]),
        ...(limit > 0 ? [] : [`--limit is "${values.limit}"; give the seconds after which one run is stopped.`]),
    ];
    if (problems.length > 0) throw new Error(problems.join("\n"));
    if (values.install) install();
    for (const size of sizes) {
        const resources = estate(size);
        const files = writeFiles(size, resources);
        for (const subject of all.filter(({ name }) => names.includes(name))) {
            const row = await measured(subject, size, files, expected(resources), runs, limit);
            if (row !== undefined) save(row, all);
        }
    }
}

function writeFiles(size: number, resources: ReturnType<typeof estate>): Files {
    const write = (name: string, content: unknown) => {
        const file = path.join(scratch, `${size}.${name}.json`);
        writeFileSync(file, JSON.stringify(content));
        return file;
    };
    return {
        state: write("state", stateOf(resources)),
        terraformPlan: write("plan", terraformPlan(resources)),
        cloudFormation: write("template", cloudFormation(resources)),
    };
}

async function measured(
    subject: Subject,
    size: number,
    files: Files,
    breaches: number,
    runs: number,
    limit: number,
): Promise<Row | undefined> {
    const base = { subject: subject.name, size, breaches };
    if (size > subject.largest) return { ...base, runs: 0, note: "not run: would take too long" };
    const call = await subject.prepare(files);
    if (call === undefined) {
        process.stderr.write(`${subject.name}: not installed, left out (--install)\n`);
        return undefined;
    }
    const measurements: Measurement[] = [];
    // One more, unmeasured, so that caches are warm for all alike.
    for (let run = 0; run <= (size > 1_000 ? runs - 1 : runs); run++) {
        const measurement = await measure(call, limit);
        if (measurement === undefined) return { ...base, runs: 0, note: `stopped after ${limit} s` };
        if (!subject.succeeded(measurement)) {
            const said = `${measurement.stderr}${measurement.stdout}`.trim().slice(-500);
            throw new Error(`${subject.name} failed with exit code ${measurement.exitCode}: ${said}`);
        }
        if (run > 0 || size > 1_000) measurements.push(measurement);
        process.stderr.write(`${subject.name}, ${size}: ${measurement.wallSeconds.toFixed(1)} s\n`);
    }
    const first = measurements[0] as Measurement;
    const found = subject.found(first);
    const median = (key: "wallSeconds" | "cpuSeconds" | "peakMegabytes") => {
        const sorted = measurements.map((measurement) => measurement[key]).sort((a, b) => a - b);
        return sorted[Math.floor(sorted.length / 2)];
    };
    return {
        ...base,
        runs: measurements.length,
        wallSeconds: median("wallSeconds"),
        cpuSeconds: median("cpuSeconds"),
        peakMegabytes: median("peakMegabytes"),
        ...(found === undefined ? {} : { found }),
    };
}

/** After each figure, so that a run that is stopped has written what it has. */
function save(row: Row, all: readonly Subject[]): void {
    mkdirSync(results, { recursive: true });
    const file = path.join(results, "policy.json");
    const earlier = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { rows: Row[] }).rows : [];
    const order = all.map(({ name }) => name);
    const rows = [...earlier.filter((each) => each.subject !== row.subject || each.size !== row.size), row].sort(
        (a, b) => a.size - b.size || order.indexOf(a.subject) - order.indexOf(b.subject),
    );
    const machine = { cores: cpus().length, node: process.version, platform: `${process.platform} ${process.arch}` };
    writeFileSync(file, `${JSON.stringify({ machine, rows }, null, 4)}\n`);
    writeFileSync(path.join(results, "policy.md"), markdown(rows, all, machine));
}

function markdown(rows: readonly Row[], all: readonly Subject[], machine: Record<string, unknown>): string {
    const titles = new Map(all.map(({ name, title }) => [name, title]));
    const lines = rows.map((row) => {
        const seconds = (value?: number) => (value === undefined ? "-" : value.toFixed(2));
        const found = row.found === undefined ? "-" : `${row.found} of ${row.breaches}`;
        const cells = [
            row.size.toLocaleString("en-US"),
            titles.get(row.subject) ?? row.subject,
            seconds(row.wallSeconds),
            seconds(row.cpuSeconds),
            row.peakMegabytes ?? "-",
            found,
            row.note ?? "",
        ];
        return `| ${cells.join(" | ")} |`;
    });
    return [
        "# What judging an estate costs",
        "",
        `Written by \`npm run benchmark:policy\` on ${String(machine.cores)} cores, Node.js ${String(machine.node)}, ${String(machine.platform)}. Medians; CPU time of all processes together, memory of all together. One resource in a hundred breaks a mandatory rule; the last figure says how many of these breaches were found. Subjects have rules of different number and depth: this pack runs all of its rules, the textbook pack, OPA and cfn-guard only simple forms of the two mandatory ones, an empty pack none.`,
        "",
        "| Resources | Subject | Wall s | CPU s | Peak MB | Breaches found | |",
        "| ---: | --- | ---: | ---: | ---: | ---: | --- |",
        ...lines,
        "",
    ].join("\n");
}

main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
});
