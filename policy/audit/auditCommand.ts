import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { buffer } from "node:stream/consumers";

import { Command, Option } from "commander";
import { progressBar, replaceFile, showProgress, type Progress } from "encrypted-edge-common";

import { configurationFileProblems } from "../commands";
import { problemList, readConfiguration, today } from "../configuration";
import { ownPackage } from "../ownPackage";
import { rules } from "../rules";
import type { AuditTask } from "./auditSource";
import { baselineOf, compare, readBaseline, writeBaseline, type BaselineEntry } from "./baseline";
import { engineAuditor } from "./engineAuditor";
import { Journal } from "./journal";
import { readOptions, type Options, type RawOptions } from "./options";
import { formats, table, type Format } from "./outputs";
import { startPool } from "./pool";
import { ExitCode, makeReport, type AuditReport } from "./report";
import { runAudit, type RunResult } from "./runAudit";
import { findSources, nameOfSource, type Source } from "./sources";

const pack = ownPackage();

const exitCodes = `
Exit codes:
  0    nothing that fails, every state read
  1    mandatory violations that are neither exempted nor baselined (with --fail-on cannot-tell: also what a
       mandatory rule could not tell; with --fail-on advisory: any such finding)
  2    wrong options, configuration or baseline; nothing was audited
  3    no such violation, but a stack could not be read
  130  interrupted; what was audited is shown

A target is a state file written by \`pulumi stack export\` (also .gz), a folder or glob of them, a folder or
file:// URL of a backend (.pulumi/stacks), the URL of another backend (s3://, gs://, azblob://, https://api.pulumi.com),
which the pulumi CLI then lists and exports, or - for standard input. Secrets stay encrypted, so a rule that
needs one says that it cannot tell; --show-secrets decrypts those that the CLI exports, file:// backends included.
A file is exported with its secrets by \`pulumi stack export --show-secrets\`.`;

/** `audit [targets...]`: the pack's verdict over any number of stacks, without the engine. */
export function auditCommand(): Command {
    return (
        new Command("audit")
            .description("Run the pack's rules over the states of many stacks and give one verdict.")
            .argument("[targets...]", "state files, folders, globs, backend URLs, or - for standard input")
            .option(
                "--stack <name>",
                "also audit this stack, as organization/project/stack, of the backend that the pulumi CLI is logged in to; may be repeated",
                collect,
                [],
            )
            .option(
                "--policy-config <file>",
                "policy configuration file, the same that --policy-pack-config takes; default: every rule at its own level",
            )
            .option("--baseline <file>", "known violations: they are reported, and only new ones fail")
            .option("--create-baseline", "write everything found now to the baseline file, which must not exist yet")
            .option("--update-baseline", "take out of the baseline file what no longer occurs; nothing is ever added")
            .option(
                "--fail-on <level>",
                "what makes the audit fail: mandatory (violations of mandatory rules), cannot-tell (also what such a rule could not tell) or advisory (every finding)",
                "mandatory",
            )
            .option("--json [file]", "report for machines")
            .option("--sarif [file]", "SARIF 2.1.0, for code scanning")
            .option("--junit [file]", "JUnit XML, for test reports")
            .option("--gitlab [file]", "GitLab Code Quality report, for merge requests")
            .option("--html [file]", "one HTML file that can be filtered and printed")
            .addOption(new Option("--verbose", "show every result instead of the first few of each rule in each stack"))
            .option(
                "--resume <file>",
                "journal: an interrupted audit goes on where it stopped, and what has not changed is not judged again",
            )
            .option(
                "--parallel <number>",
                "states under way at a time, each in a thread of its own; default: the number of processors",
            )
            .option(
                "--engine",
                "use `pulumi policy analyze` instead, many times slower; needs the pulumi CLI 3.249.0 or later",
            )
            .option(
                "--show-secrets",
                "let the pulumi CLI decrypt secrets in what it exports, for the rules to read; they are never written or shown",
            )
            .option("--pulumi <command>", "the pulumi CLI", "pulumi")
            .addHelpText("after", exitCodes)
            // A wrong option is a wrong use like any other; --help is none.
            .exitOverride((error) => process.exit(error.exitCode === 0 ? ExitCode.Clean : ExitCode.Usage))
            .action(async (targets: string[], raw: RawOptions) => {
                process.exitCode = await audit(targets, raw);
            })
    );
}

function collect(value: string, earlier: readonly string[]): string[] {
    return [...earlier, value];
}

async function audit(targets: readonly string[], raw: RawOptions): Promise<ExitCode> {
    const { options, problems } = readOptions(targets, raw);
    const policyConfiguration = await readPolicyConfiguration(options, problems);
    const baseline = readBaselineOption(options, problems);
    const journalProblem = options.resume === undefined ? undefined : Journal.problem(options.resume);
    if (journalProblem !== undefined) {
        problems.push(journalProblem);
    }
    problems.push(...Object.values(options.outputs).flatMap(unwritable));
    if (problems.length > 0) {
        process.stderr.write(`${problemList("The audit", problems)}\n`);
        return ExitCode.Usage;
    }
    const cli = { command: options.pulumi, showSecrets: options.showSecrets };
    const readStandardInput = () => buffer(process.stdin);
    const sources = await findSources({ targets: options.targets, stacks: options.stacks, cli, readStandardInput });
    const encrypted = showSecretsProblem(options, sources);
    if (encrypted !== undefined) {
        process.stderr.write(`${problemList("The audit", [encrypted])}\n`);
        return ExitCode.Usage;
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
    writeOutputs(report, options);
    if (options.baseline !== undefined && remaining === 0) {
        const { path, mode } = options.baseline;
        if (mode === "create") {
            writeBaseline(path, entries ?? []);
        } else if (mode === "update" && report.totals.fixed > 0) {
            writeBaseline(path, compared?.shrunk ?? []);
        }
    }
    return report.exitCode;
}

/** Only the CLI decrypts; a file holds its secrets as it was exported. */
function showSecretsProblem({ showSecrets }: Options, sources: readonly Source[]): string | undefined {
    const files = sources.filter(({ kind }) => kind === "file" || kind === "standard input").map(nameOfSource);
    if (!showSecrets || files.length === 0) {
        return undefined;
    }
    const more = files.length > 3 ? ` and ${files.length - 3} more` : "";
    return (
        `--show-secrets decrypts what the pulumi CLI exports, and ${files.slice(0, 3).join(", ")}${more} is read as it is. ` +
        "Export with `pulumi stack export --show-secrets --file state.json` and leave the option out, " +
        "or audit the backend (file://..., s3://..., --stack organization/project/stack)."
    );
}

async function runSources(
    sources: readonly Source[],
    task: Omit<AuditTask, "source">,
    options: Options,
    progress: Progress,
): Promise<RunResult> {
    const journal = new Journal(options.resume, {
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
    process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
    const parallel = Math.min(options.parallel, Math.max(1, sources.length));
    const pool = options.engine ? undefined : startPool(parallel, journal.keys);
    try {
        return await runAudit({
            sources,
            task,
            audit: pool?.audit ?? engineAuditor(rules),
            parallel,
            journal,
            signal: interruption.signal,
            onProgress: (done, total, { stack }) => progress.update(progressLine(done, total, stack)),
        });
    } finally {
        progress.end();
        process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
        await pool?.close();
    }
}

/** The parsed configuration file; every mistake in it goes to `problems`. */
async function readPolicyConfiguration({ policyConfig }: Options, problems: string[]): Promise<unknown> {
    if (policyConfig === undefined) {
        return undefined;
    }
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

/** Found out before an hour of work, not after it. */
function unwritable(file: string): string[] {
    if (file === "-") {
        return [];
    }
    const folder = path.dirname(path.resolve(file));
    try {
        accessSync(folder, constants.W_OK);
        if (existsSync(file)) {
            accessSync(file, constants.W_OK);
        }
        if (!existsSync(file) || statSync(file).isFile()) {
            return [];
        }
    } catch {
        // Said below.
    }
    return [`${file} cannot be written. Name a file in a folder that exists and may be written to.`];
}

function writeOutputs(report: AuditReport, options: Options): void {
    const entries = Object.entries(options.outputs) as [Format, string][];
    for (const [format, file] of entries) {
        const text = formats[format](report);
        if (file === "-") {
            process.stdout.write(text);
        } else {
            replaceFile(file, text);
        }
    }
    if (entries.some(([, file]) => file === "-")) {
        return;
    }
    const colors = process.stdout.isTTY && (process.env.NO_COLOR ?? "") === "";
    process.stdout.write(table(report, { colors, verbose: options.verbose }));
}

function progressLine(done: number, total: number, stack: string): string {
    return process.stderr.isTTY ? progressBar(done, total, stack) : `Audited ${done} of ${total} stacks.`;
}
