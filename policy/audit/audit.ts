import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

import { fitted, progressBar, replaceFile, showProgress, type Progress } from "@encrypted-edge/common";

import type * as commandsModule from "../commands";
import { problemList, readConfiguration, today } from "../configuration";
import { listed } from "../finding";
import { notWritten } from "../notWritten";
import { ownPackage } from "../ownPackage";
import { rules } from "../rules";
import { terminal, writeOut } from "../standardOutput";
import { auditSource, type AuditTask } from "./auditSource";
import { baselineOf, compare, readBaseline, writeBaseline, type BaselineEntry } from "./baseline";
import type * as engineModule from "./engineAuditor";
import { Journal } from "./journal";
import { overwritingProblems, readOptions, type Options, type RawOptions } from "./options";
import { formats, table, type Format } from "./outputs";
import type * as poolModule from "./pool";
import { ExitCode, makeReport, type AuditReport } from "./report";
import { runAudit, type Auditor, type RunResult } from "./runAudit";
import { findSources, nameOfSource, type Source } from "./sources";

const pack = ownPackage();

/** For what an audit of one file does without: threads, the engine and a configuration. */
const load = createRequire(__filename);

/** Audits these targets, writes the reports and says how it ended. Mistakes in the options are told, not thrown. */
export async function audit(targets: readonly string[], raw: RawOptions): Promise<ExitCode> {
    const { options, problems } = readOptions(targets, raw);
    const policyConfiguration = await readPolicyConfiguration(options, problems);
    const baseline = readBaselineOption(options, problems);
    const journalProblem = options.resume === undefined ? undefined : Journal.problem(options.resume);
    if (journalProblem !== undefined) {
        problems.push(journalProblem);
    }
    problems.push(...Object.values(options.outputs).flatMap(unwritable));
    if (problems.length > 0) {
        return wrongUse([...problems, ...overwritingProblems(options, [])]);
    }
    const cli = { command: options.pulumi, showSecrets: options.showSecrets };
    const readStandardInput = async () => Buffer.concat((await process.stdin.toArray()) as Buffer[]);
    const sources = await findSources({ targets: options.targets, stacks: options.stacks, cli, readStandardInput });
    problems.push(...showSecretsProblems(options, sources), ...overwritingProblems(options, sources));
    if (problems.length > 0) {
        return wrongUse(problems);
    }
    const progress = showProgress();
    const run = await runSources(sources, { cli, policyConfiguration }, options, progress);
    const { configuration } = readConfiguration(policyConfiguration, rules);
    const disabled = new Set(
        rules.filter((rule) => configuration.of(rule).level === "disabled").map(({ name }) => name),
    );
    const entries = options.baseline?.mode === "create" ? baselineOf(run.stacks) : baseline;
    const compared = entries && compare(entries, run.stacks, disabled);
    const { remaining, stacks } = run;
    const report = makeReport({ pack, rules, failOn: options.failOn, stacks, remaining, baseline: compared });
    const unwritten: string[] = [];
    if (options.baseline !== undefined && remaining === 0) {
        const { path, mode } = options.baseline;
        const isStale = mode === "update" && report.totals.fixed > 0;
        const content = mode === "create" ? entries : isStale ? compared?.shrunk : undefined;
        if (content !== undefined) {
            unwritten.push(...(await failureOf(path, () => writeBaseline(path, content))));
        }
    }
    // Last, because a reader that has seen enough ends the process here.
    unwritten.push(...(await writeOutputs(report, options)));
    if (unwritten.length > 0) {
        process.stderr.write(`${fitted(unwritten.join("\n"), process.stderr)}\n`);
    }
    return unwritten.length > 0 && report.exitCode === ExitCode.Clean ? ExitCode.Incomplete : report.exitCode;
}

/** Why this file could not be written: the others are written all the same, and the verdict is shown. */
async function failureOf(file: string, write: () => void | Promise<void>): Promise<string[]> {
    try {
        await write();
        return [];
    } catch (error) {
        return [notWritten(file, error)];
    }
}

function wrongUse(problems: readonly string[]): ExitCode {
    process.stderr.write(`${fitted(problemList("The audit", problems), process.stderr)}\n`);
    return ExitCode.Usage;
}

/** Only the CLI decrypts; a file holds its secrets as it was exported. */
function showSecretsProblems({ showSecrets }: Options, sources: readonly Source[]): string[] {
    const files = sources.filter(({ kind }) => kind === "file" || kind === "standard input").map(nameOfSource);
    if (!showSecrets || files.length === 0) {
        return [];
    }
    return [
        `--show-secrets decrypts what the pulumi CLI exports, and ${listed(files, ", ", 3)} is read as it is. ` +
            "Export with `pulumi stack export --show-secrets --file state.json` and leave the option out, " +
            "or audit the backend (file://..., s3://..., --stack organization/project/stack).",
    ];
}

async function runSources(
    sources: readonly Source[],
    task: Omit<AuditTask, "source">,
    options: Options,
    progress: Progress,
): Promise<RunResult> {
    const onLost = (problem: string) => progress.note(problem);
    const journal = new Journal(options.resume, onLost, {
        packVersion: pack.version,
        ruleNames: rules.map((rule) => rule.name),
        policyConfiguration: task.policyConfiguration,
        engine: options.engine,
        showSecrets: options.showSecrets,
        day: today(),
    });
    const interruption = new AbortController();
    const interrupt = () => {
        // Whoever presses Ctrl-C twice does not want to wait for a report.
        if (interruption.signal.aborted) {
            process.exit(ExitCode.Interrupted);
        }
        progress.note("Interrupted: showing what was audited so far.");
        interruption.abort();
    };
    const parallel = Math.min(options.parallel, Math.max(1, sources.length));
    const { audit, close, isHere } = auditorFor(sources, options, journal);
    // While this thread judges, it would hear of no signal; and there is nothing yet to show.
    const signals = isHere === true ? [] : ["SIGINT", "SIGTERM"];
    signals.forEach((signal) => process.on(signal, interrupt));
    try {
        return await runAudit({
            sources,
            task,
            audit,
            parallel,
            journal,
            signal: interruption.signal,
            onProgress: (done, total, { stack }) => {
                // After the last one the report itself is next.
                if (done < total) {
                    progress.update(progressLine(done, total, stack));
                }
            },
        });
    } finally {
        progress.end();
        signals.forEach((signal) => process.off(signal, interrupt));
        await close();
    }
}

/** How many bytes of memory the audit of a state needs at most for each byte of its file. */
const memoryPerByte = 12;

/** A state of so many bytes fits into the smallest memory that Node.js is given. */
const alwaysFits = 1024 * 1024;

/** Whether a state of so many bytes is judged in this process: one that does not fit would bring it down. */
function isSmall(bytes: number): boolean {
    const limit = () => process.getBuiltinModule("node:v8").getHeapStatistics().heap_size_limit;
    return bytes <= alwaysFits || bytes <= limit() / memoryPerByte;
}

interface ClosableAuditor {
    readonly audit: Auditor;
    /** Whether it judges in this thread. */
    readonly isHere?: boolean;
    readonly close: () => Promise<void>;
}

/** Threads for many states; one state that fits is judged sooner than a thread has started, and is not copied. */
function auditorFor(sources: readonly Source[], { engine, parallel }: Options, journal: Journal): ClosableAuditor {
    if (engine) {
        const { engineAuditor } = load("./engineAuditor") as typeof engineModule;
        return { audit: engineAuditor(rules), close: () => Promise.resolve() };
    }
    const known = journal.path === undefined ? undefined : journal.keys;
    if (sources.length < 2 && sources.every(fitsHere)) {
        return { audit: (task) => auditSource(task, rules, known), isHere: true, close: () => Promise.resolve() };
    }
    const { startPool } = load("./pool") as typeof poolModule;
    return startPool(Math.min(parallel, Math.max(1, sources.length)), known);
}

function fitsHere(source: Source): boolean {
    switch (source.kind) {
        case "file":
            // A file that cannot be read is said to be so by whoever reads it.
            return isSmall(statSync(source.path, { throwIfNoEntry: false })?.size ?? 0) && !isCompressed(source.path);
        case "standard input":
            return isSmall(source.content.length);
        case "missing":
            return true;
        case "backend":
            return false;
    }
}

function isCompressed(file: string): boolean {
    return /\.(gz|zst)$/.test(file);
}

/** The parsed configuration file; every mistake in it goes to `problems`. */
async function readPolicyConfiguration({ policyConfig }: Options, problems: string[]): Promise<unknown> {
    if (policyConfig === undefined) {
        return undefined;
    }
    const { configurationFileProblems } = load("../commands") as typeof commandsModule;
    const mistakes = await configurationFileProblems(policyConfig);
    problems.push(...mistakes.map((mistake) => `--policy-config ${policyConfig}: ${mistake}`));
    if (mistakes.length > 0) {
        return undefined;
    }
    const text = readFileSync(policyConfig, "utf8");
    return text.trim() === "" ? undefined : (JSON.parse(text) as unknown);
}

function readBaselineOption({ baseline }: Options, problems: string[]): readonly BaselineEntry[] | undefined {
    if (baseline === undefined) {
        return undefined;
    }
    if (baseline.mode === "create") {
        if (existsSync(baseline.path)) {
            problems.push(
                `--create-baseline: ${baseline.path} exists already, and a baseline only shrinks. Use --update-baseline, or delete the file to start over.`,
            );
        } else {
            problems.push(...unwritable(baseline.path));
        }
        return undefined;
    }
    const read = readBaseline(baseline.path);
    if (!("problem" in read)) {
        return read;
    }
    problems.push(read.problem);
    return undefined;
}

/** Found out before an hour of work, not after it. Folders that are missing are made when the file is written. */
function unwritable(file: string): string[] {
    if (file === "-") {
        return [];
    }
    const folder = existingFolder(path.dirname(path.resolve(file)));
    try {
        accessSync(folder, constants.W_OK);
        if (existsSync(file)) {
            accessSync(file, constants.W_OK);
        }
        if (statSync(folder).isDirectory() && (!existsSync(file) || statSync(file).isFile())) {
            return [];
        }
    } catch {
        // Said below.
    }
    return [`${file} cannot be written. Name a file in a folder that you can write to.`];
}

function existingFolder(folder: string): string {
    return existsSync(folder) ? folder : existingFolder(path.dirname(folder));
}

/** Answers what could not be written, a sentence for each file. */
async function writeOutputs(report: AuditReport, options: Options): Promise<string[]> {
    const unwritten: string[] = [];
    const entries = Object.entries(options.outputs) as [Format, string][];
    for (const [format, file] of entries.filter(([, file]) => file !== "-")) {
        unwritten.push(...(await failureOf(file, () => replaceFile(file, formats[format](report)))));
    }
    // Last: a reader that has seen enough ends the process.
    const [shown] = entries.find(([, file]) => file === "-") ?? [];
    const pieces = shown === undefined ? [tableOf(report, options)] : formats[shown](report);
    unwritten.push(...(await failureOf("standard output", () => writeOut(pieces))));
    return unwritten;
}

function tableOf(report: AuditReport, { verbose }: Options): string {
    const { isTTY, columns } = terminal();
    const colors = isTTY === true && (process.env.NO_COLOR ?? "") === "";
    return table(report, { colors, verbose, columns });
}

function progressLine(done: number, total: number, stack: string): string {
    return process.stderr.isTTY ? progressBar(done, total, stack) : `Audited ${done} of ${total} stacks.`;
}
