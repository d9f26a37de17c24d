/**
 * What judging an estate costs: this pack directly and in the engine, an empty pack, a textbook pack and other scanners,
 * on equal content. Writes benchmarks/results/policy.md and .json; what is not measured anew keeps its earlier figures.
 *
 *     npm run benchmark:policy [-- --estate kept,exported --sizes 100,1000 --only direct,pack --runs 3 --limit 300 --install]
 *
 * What the pack adds to an empty one:
 *
 *     npm run benchmark:policy -- --sizes 100,1000,10000 --only floor,pack --runs 5
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";

import { type Call, type Machine, machine, measure, type Measurement, median, pairedRatio } from "../measure";
import { cares, estate, stateOf } from "./estate";
import { copiesOf, exportedStack } from "./exported";
import { expected, subjects, type Files, type Subject } from "./subjects";
import { install } from "./tools";
import { cloudFormation, terraformPlan } from "./translate";

const repository = path.dirname(path.dirname(__dirname));
const results = path.join(repository, "benchmarks", "results");
/** Inside the repository, so that the packs that are made here find its packages. */
const scratch = path.join(repository, "node_modules", ".cache", "policy-benchmark");
/** `exported`: a stack of this project as the engine exports it, over and over; of it there is a state alone. */
const estateKinds = [...cares, "exported"] as const;
type EstateKind = (typeof estateKinds)[number];
const allSizes = [100, 1_000, 10_000, 100_000];

interface Row {
    readonly subject: string;
    readonly estate: EstateKind;
    readonly size: number;
    readonly runs: number;
    readonly wallSeconds?: number;
    readonly cpuSeconds?: number;
    readonly peakMegabytes?: number;
    /** Against an empty pack in the same engine; the median of the ratios of runs that came one after the other. */
    readonly timesFloor?: { readonly wall: number; readonly cpu: number };
    readonly found?: number;
    readonly breaches: number;
    readonly note?: string;
}

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: {
            estate: { type: "string", default: estateKinds.join(",") },
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
    const estates = values.estate.split(",");
    const problems = [
        ...estates
            .filter((kind) => !estateKinds.some((each) => each === kind))
            .map((kind) => `--estate ${kind}: allowed are ${estateKinds.join(", ")}.`),
        ...sizes
            .filter((size) => !allSizes.includes(size))
            .map((size) => `--sizes ${size}: allowed are ${allSizes.join(", ")}.`),
        ...names
            .filter((name) => !all.some((subject) => subject.name === name))
            .map((name) => `--only ${name}: allowed are ${all.map((subject) => subject.name).join(", ")}.`),
        ...(Number.isInteger(runs) && runs > 0 ? [] : [`--runs is "${values.runs}"; give a whole number from 1 on.`]),
        ...(limit > 0 ? [] : [`--limit is "${values.limit}"; give the seconds after which one run is stopped.`]),
    ];
    if (problems.length > 0) {
        throw new Error(problems.join("\n"));
    }
    if (values.install) {
        install();
    }
    const chosen = all.filter(({ name }) => names.includes(name));
    const exported = estates.includes("exported") ? exportedStack(repository) : "";
    for (const care of estateKinds.filter((each) => estates.includes(each))) {
        for (const size of sizes) {
            const { files, breaches } =
                care === "exported" ? copies(exported, size) : made(`${care}-${size}`, estate(size, care));
            const run = { care, size, breaches, runs, limit };
            for (const row of await measured(chosen, files, run)) {
                save(row, all);
            }
        }
    }
}

interface Run {
    readonly care: EstateKind;
    readonly size: number;
    readonly breaches: number;
    readonly runs: number;
    /** Seconds after which one call is stopped. */
    readonly limit: number;
}

interface Judged {
    readonly files: Files;
    readonly breaches: number;
}

function copies(exported: string, size: number): Judged {
    const { text, breaches } = copiesOf(exported, size);
    const state = path.join(scratch, `exported-${size}.state.json`);
    writeFileSync(state, text);
    return { files: { state }, breaches };
}

function made(prefix: string, resources: ReturnType<typeof estate>): Judged {
    const write = (name: string, content: unknown) => {
        const file = path.join(scratch, `${prefix}.${name}.json`);
        writeFileSync(file, JSON.stringify(content));
        return file;
    };
    const files = {
        state: write("state", stateOf(resources)),
        terraformPlan: write("plan", terraformPlan(resources)),
        cloudFormation: write("template", cloudFormation(resources)),
    };
    return { files, breaches: expected(resources) };
}

/** Runs the subjects in turn, so that what else the machine does meanwhile falls on all of them. */
async function measured(
    chosen: readonly Subject[],
    files: Files,
    { care, size, breaches, runs, limit }: Run,
): Promise<Row[]> {
    const rows: Row[] = [];
    const left = (subject: Subject, note: string) => {
        rows.push({ subject: subject.name, estate: care, size, breaches, runs: 0, note });
        calls.delete(subject);
    };
    const calls = new Map<Subject, Call>();
    const measurements = new Map<Subject, Measurement[]>();
    for (const subject of chosen) {
        const call = size > subject.largest ? undefined : await subject.prepare(files);
        if (call !== undefined) {
            calls.set(subject, call);
        } else if (size > subject.largest) {
            left(subject, "not run: would take too long");
        } else {
            process.stderr.write(`${subject.name}: not installed (--install), or not for this estate\n`);
        }
    }
    // One more, unmeasured, so that caches are warm for all alike.
    for (let run = size > 1_000 ? 1 : 0; run <= runs; run++) {
        for (const [subject, call] of [...calls]) {
            const measurement = await measure(call, limit);
            if (measurement === undefined) {
                left(subject, `stopped after ${limit} s`);
                continue;
            }
            if (!subject.succeeded(measurement)) {
                const said = `${measurement.stderr}${measurement.stdout}`.trim().slice(-500);
                throw new Error(`${subject.name} failed with exit code ${measurement.exitCode}: ${said}`);
            }
            if (run > 0) {
                measurements.set(subject, [...(measurements.get(subject) ?? []), measurement]);
            }
            process.stderr.write(`${subject.name}, ${care} ${size}: ${measurement.wallSeconds.toFixed(1)} s\n`);
        }
    }
    const floor = [...calls.keys()].find(({ name }) => name === "floor");
    for (const subject of calls.keys()) {
        const own = measurements.get(subject) ?? [];
        const first = own[0] as Measurement;
        const found = subject.found(first);
        const isMeasuredByFloor = floor !== undefined && subject !== floor && subject.inEngine;
        rows.push({
            subject: subject.name,
            estate: care,
            size,
            breaches,
            runs: own.length,
            wallSeconds: median(own.map((each) => each.wallSeconds)),
            cpuSeconds: median(own.map((each) => each.cpuSeconds)),
            peakMegabytes: median(own.map((each) => each.peakMegabytes)),
            ...(isMeasuredByFloor ? { timesFloor: ratios(own, measurements.get(floor) ?? []) } : {}),
            ...(found === undefined ? {} : { found }),
        });
    }
    return rows;
}

function ratios(own: readonly Measurement[], floor: readonly Measurement[]): Row["timesFloor"] {
    const ratio = (key: "wallSeconds" | "cpuSeconds") =>
        pairedRatio(
            own.map((each) => each[key]),
            floor.map((each) => each[key]),
        ) ?? Number.NaN;
    return { wall: ratio("wallSeconds"), cpu: ratio("cpuSeconds") };
}

/** After each size, so that a run that is stopped has written what it has. */
function save(row: Row, all: readonly Subject[]): void {
    mkdirSync(results, { recursive: true });
    const file = path.join(results, "policy.json");
    const earlier = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { rows: Row[] }).rows : [];
    const order = all.map(({ name }) => name);
    const isSame = (each: Row) => each.subject === row.subject && each.size === row.size && each.estate === row.estate;
    const rows = [...earlier.filter((each) => !isSame(each)), row].sort(
        (a, b) =>
            estateKinds.indexOf(a.estate) - estateKinds.indexOf(b.estate) ||
            a.size - b.size ||
            order.indexOf(a.subject) - order.indexOf(b.subject),
    );
    writeFileSync(file, `${JSON.stringify({ machine: machine(), rows }, null, 4)}\n`);
    writeFileSync(path.join(results, "policy.md"), markdown(rows, all, machine()));
}

function markdown(rows: readonly Row[], all: readonly Subject[], { cores, node, platform }: Machine): string {
    const titles = new Map(all.map(({ name, title }) => [name, title]));
    const lines = rows.map((row) => {
        const seconds = (value?: number) => (value === undefined ? "-" : value.toFixed(2));
        const found = row.found === undefined ? "-" : `${row.found} of ${row.breaches}`;
        const cells = [
            row.estate,
            row.size.toLocaleString("en-US"),
            titles.get(row.subject) ?? row.subject,
            seconds(row.wallSeconds),
            seconds(row.cpuSeconds),
            row.peakMegabytes ?? "-",
            row.timesFloor === undefined ? "-" : `${seconds(row.timesFloor.wall)}, ${seconds(row.timesFloor.cpu)}`,
            found,
            row.note ?? "",
        ];
        return `| ${cells.join(" | ")} |`;
    });
    return [
        "# What judging an estate costs",
        "",
        `Written by \`npm run benchmark:policy\` on ${cores} cores, Node.js ${node}, ${platform}. Medians; CPU time of all processes together, memory of all together. Subjects ran in turn; the ratio to an empty pack, of wall and CPU time, is the median over such turns; a run of some subjects or sizes leaves the other rows as an earlier run wrote them. In the kept estate most resources are of types that no rule looks at and the others keep every advisory rule; in the neglected one distributions have no firewall and no log and load balancers no log, about two findings to a resource. The exported estate is a stack of this project as the engine exports it after a rehearsed deployment, over and over under other names: real sizes of resources, four times those of the others. One resource in a hundred breaks a mandatory rule; the last figure says how many of these breaches were found. Subjects have rules of different number and depth: this pack runs all of its rules except where its row says otherwise, the textbook pack, OPA and cfn-guard only simple forms of the two mandatory ones, an empty pack none.`,
        "",
        "| Estate | Resources | Subject | Wall s | CPU s | Peak MB | Times an empty pack | Breaches found | |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |",
        ...lines,
        "",
    ].join("\n");
}

main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
});
