import { existsSync, rmSync } from "node:fs";
import * as path from "node:path";
import { showProgress } from "@encrypted-edge/common";
import { locateCli, rehearsalEnvironment, rehearsalPaths, userCache } from "../engine";
import {
    checkpointFile,
    pruneBackups,
    readCheckpoint,
    refuseDamaged,
    type RehearsedStack,
    stackExists,
} from "./checkpoint";
import { readSubjects } from "../subjects";
import { type CommandLine, readCommandLine } from "./commandLine";
import { completeCli } from "./completeCli";
import { MistakeError } from "./mistake";
import { answerOf, refuseMisspelt, refuseStackAsOperand } from "./misspelt";
import { modelledLine, versionLines, warningLines } from "./modelled";
import { refuseOutside } from "./outside";
import {
    configuredStacks,
    findProject,
    type Project,
    requireProject,
    runtimeOf,
    stackFile,
    workingDirectory,
} from "./project";
import { recover } from "./recovery";
import { runCli, type RunOptions } from "./runCli";
import { noteRun, subjectsOf } from "./runNotes";
import { seed } from "./seed";
import { copyStackFile, keepConfiguration, type StackCopy } from "./stackCopy";
import { withPlainStackNames } from "./stackReference";
import { defaultStack, projectOfCopies, refuseUnknownStack, selectedStack } from "./stacks";
import { refuseFullDisk } from "./systemErrors";
import { tell } from "./tell";
import { timeline, timelineLine } from "./timeline";

const banner =
    "Rehearsal: the real Pulumi engine against a simulated AWS on this machine. It deploys nothing and uses no account.";

const ownCommands = `"rehearse" takes every command of "pulumi" and three more, each with --help:
  rehearse show   what a stack has created, its outputs, and ids of the account
  rehearse serve  real TLS traffic through what was deployed
  rehearse seed   adds hosted zones to the account
`;

/** Commands that deploy, or show what would be: people read what they print. */
const operations = new Set(["up", "preview", "refresh", "destroy", "import", "watch"]);

/** Commands that read or change one stack, which is made where it does not exist yet. */
const onStack = new Set([...operations, "config", "stack", "state", "logs", "cancel", "console"]);

/** Commands that make, rename or delete stack files without knowing `--config-file`: they get the copies to work on. */
const onStackFiles = new Set(["stack init", "stack rm", "stack rename", "stack change-secrets-provider"]);

/** `stack` commands that name their stack themselves, or none. */
const withoutCurrentStack = new Set(["stack init", "stack ls", "stack list", "stack unselect"]);

/**
 * Runs `pulumi` with these arguments, pointed at the AWS on this machine.
 * @returns the exit code of the CLI.
 * @throws MistakeError when the rehearsal cannot start as it was asked to.
 */
export async function rehearse(given: readonly string[], directory = process.cwd()): Promise<number> {
    const line = readCommandLine(given);
    const from = workingDirectory(directory, line.directory);
    if (!line.help) {
        refuseOutside(line);
    }
    const project = findProject(from);
    tell(operations.has(line.command) && !line.json && !line.help ? process.stdout : process.stderr, banner);
    if (line.command === "" || line.command === "help") {
        tell(process.stderr, ownCommands);
    }
    if (project === undefined && onStack.has(family(line)) && !line.help) {
        requireProject(from);
    }
    const ours = project === undefined ? line : withPlainStackNames(line, project);
    const progress = showProgress(process.stderr, { logInterval: 15_000, atOnce: true });
    const onProgress = (doing: string): void => progress.update(doing);
    const cli = await locateCli({ onProgress, onNotice: (notice) => progress.note(notice) })
        .then(async (found) => {
            if (found.origin === "built") {
                await completeCli(found.path, ours, project, onProgress);
            }
            return found;
        })
        .finally(() => progress.end());
    if (project === undefined || line.help || line.command === "") {
        const home = project?.directory ?? path.join(userCache(), "without-project");
        return runCli({ cli: cli.path, arguments: [...given], environment: rehearsalEnvironment(home), directory });
    }
    refuseStackAsOperand(ours, configuredStacks(project));
    refuseMisspelt(ours, (words) => answerOf(cli.path, words, rehearsalEnvironment(project.directory)));
    return rehearseProject({ cli: cli.path, line: ours, project, from });
}

interface Rehearsal {
    cli: string;
    line: CommandLine;
    project: Project;
    /** Where the CLI looks for the project; relative paths in its arguments start here. */
    from: string;
}

async function rehearseProject({ cli, line, project, from }: Rehearsal): Promise<number> {
    const paths = rehearsalPaths(project.directory);
    const environment = rehearsalEnvironment(project.directory, process.env, runtimeOf(project));
    const run: Run = (words, where, options) =>
        runCli({
            ...options,
            cli,
            arguments: words,
            environment: { ...environment, ...options?.environment },
            directory: where,
        });

    if (!onStack.has(family(line)) && line.stack === undefined) {
        return run(line.arguments, from);
    }
    const named = line.stack ?? (/^stack (init|select|rm)$/.test(line.command) ? line.operands[0] : undefined);
    const selected = selectedStack(paths, project);
    const stack = named ?? selected ?? defaultStack;
    const rehearsed = { paths, project, stack };
    const real = line.configFile === undefined ? stackFile(project, stack) : path.resolve(from, line.configFile);
    if (line.configFile !== undefined && !existsSync(real)) {
        throw new MistakeError(`The file ${real} (--config-file) does not exist.`);
    }
    // A misspelt command makes no stack, and a misspelt name leaves nothing.
    const makes =
        onStack.has(family(line)) && !withoutCurrentStack.has(line.command) && !onStackFiles.has(line.command);
    if (makes && named !== undefined) {
        refuseUnknownStack(rehearsed, real);
    }
    const copy = copyStackFile(real, path.join(paths.stackFiles, `Pulumi.${stack}${path.extname(project.file)}`));

    if (onStackFiles.has(line.command)) {
        return runOnCopies({ ...rehearsed, line, selected, from, real }, run);
    }
    const made = makes ? await makeStack({ ...rehearsed, selected }, run) : 0;
    if (made !== 0) {
        return made;
    }
    if (operations.has(line.command)) {
        refuseFullDisk(paths.root);
        refuseUnreadable(copy, real, stack);
        await recover({
            ...rehearsed,
            run: (words) => run(words, project.directory, { environment: configFile(copy), ...aside }),
        });
        await seed(paths, project, copy.configuration);
    } else if (!withoutCurrentStack.has(line.command) && line.command !== "cancel") {
        refuseDamaged(rehearsed);
    }
    const since = Date.now();
    const isTimed = /^(up|destroy)$/.test(line.command) && !line.json;
    const before = isTimed ? readCheckpoint(checkpointFile(rehearsed)).resources : [];
    let takeBack = (): void => undefined;
    const subjects = subjectsOf(paths, process.pid);
    const code = await run(withoutGeneratedCode(line), from, {
        environment: { ...configFile(copy), REHEARSAL_SUBJECTS: subjects },
        onStart: (pid) => (takeBack = noteRun(paths, stack, pid)),
    });
    takeBack();
    pruneBackups(rehearsed);
    const noted = readSubjects(subjects);
    rmSync(subjects, { force: true });
    if (!line.json) {
        for (const each of [...warningLines(noted), modelledLine(noted), ...versionLines(noted)].filter(
            (text) => text !== undefined,
        )) {
            tell(process.stdout, each);
        }
    }
    if (isTimed && code === 0) {
        const { resources } = readCheckpoint(checkpointFile(rehearsed));
        const unmodelled = new Set(noted.filter(({ isModelled }) => !isModelled).map(({ type }) => type));
        const expected = timelineLine(timeline(resources, since, { before, unmodelled }));
        if (expected !== undefined) {
            tell(process.stdout, expected);
        }
    }
    for (const each of copy.carryBack()) {
        tell(process.stderr, each);
    }
    return code;
}

/** An import here generates no code: that takes the provider's schema, which its SDK does not hold. */
function withoutGeneratedCode(line: CommandLine): string[] {
    const words = line.arguments;
    const isAsked = words.some((word) => /^(--generate-code|--out|-o)(=|$)/.test(word));
    if (line.command !== "import" || isAsked) {
        return words;
    }
    const end = words.includes("--") ? words.indexOf("--") : words.length;
    return [...words.slice(0, end), "--generate-code=false", ...words.slice(end)];
}

/** The environment's form of `--config-file`, for every command that knows the option. */
function configFile(copy: StackCopy): NodeJS.ProcessEnv {
    return { PULUMI_OPTION_CONFIG_FILE: copy.file };
}

/** `config set` belongs to `config`, and `stack output` to `stack`. */
function family(line: CommandLine): string {
    return line.command.split(" ")[0] ?? "";
}

type Run = (words: string[], directory: string, options?: Partial<RunOptions>) => Promise<number>;

/** How the CLI runs when it only prepares what was asked for: standard output stays for the answer. */
const aside = { output: "stderr" } as const;

interface ChosenStack extends RehearsedStack {
    /** The stack that is selected now. */
    selected: string | undefined;
}

/** Makes the stack where it is missing, and selects it where none is selected, as its owner would have done by hand. */
async function makeStack({ paths, project, stack, selected }: ChosenStack, run: Run): Promise<number> {
    if (!stackExists({ paths, project, stack })) {
        const copies = projectOfCopies(paths, project);
        const code = await run(["stack", "init", stack, "--no-select", "--non-interactive"], copies, aside);
        if (code !== 0) {
            return code;
        }
    }
    return selected === undefined ? run(["stack", "select", stack, "--non-interactive"], project.directory, aside) : 0;
}

interface OnCopies extends ChosenStack {
    line: CommandLine;
    from: string;
    /** The stack file in the project. */
    real: string;
}

async function runOnCopies({ line, paths, project, stack, selected, from, real }: OnCopies, run: Run): Promise<number> {
    const isNamed = line.stack !== undefined || (line.command !== "stack rename" && line.operands.length > 0);
    const code = await run(
        [...line.arguments, ...(isNamed ? [] : ["--stack", stack])],
        projectOfCopies(paths, project),
    );
    if (code !== 0) {
        return code;
    }
    const noSelect = line.arguments.includes("--no-select");
    if (line.command === "stack init" && !noSelect) {
        return run(["stack", "select", stack], from);
    }
    if (line.command === "stack rm" && selected === stack) {
        return run(["stack", "unselect"], from);
    }
    const [renamed] = line.operands;
    if (line.command === "stack rename" && renamed !== undefined) {
        tell(process.stderr, keepConfiguration(real, stackFile(project, renamed)));
        return selected === stack ? run(["stack", "select", renamed], from) : code;
    }
    return code;
}

function refuseUnreadable(copy: StackCopy, real: string, stack: string): void {
    if (copy.unreadable.length > 0) {
        throw new MistakeError(
            `${real} holds secrets that are encrypted for the real stack's secrets provider: ${copy.unreadable.join(", ")}.`,
            "A rehearsal cannot read them, and must not. Give each a value for the rehearsal only (the file stays as it is):",
            ...copy.unreadable.map((key) => `  rehearse config set --secret --stack ${stack} ${key} <value>`),
        );
    }
}
