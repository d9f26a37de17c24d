import * as path from "node:path";

import { formats, type Format } from "./outputs";
import { holdsState, type Source } from "./sources";
import { failOnLevels, type FailOn } from "./report";

/** The options that have a value where none is given. */
export const defaultOptions = { stack: [], failOn: "mandatory", pulumi: "pulumi" } as const satisfies RawOptions;

/** The command line of the audit as commander reads it. */
export interface RawOptions {
    readonly stack: readonly string[];
    readonly policyConfig?: string;
    readonly baseline?: string;
    readonly createBaseline?: boolean;
    readonly updateBaseline?: boolean;
    readonly failOn: string;
    readonly resume?: string;
    readonly parallel?: string;
    readonly engine?: boolean;
    readonly pulumi: string;
    readonly showSecrets?: boolean;
    readonly verbose?: boolean;
    readonly json?: string | true;
    readonly sarif?: string | true;
    readonly junit?: string | true;
    readonly gitlab?: string | true;
    readonly html?: string | true;
}

export interface Options {
    readonly targets: readonly string[];
    readonly stacks: readonly string[];
    readonly policyConfig?: string;
    readonly baseline?: { readonly path: string; readonly mode: "compare" | "create" | "update" };
    readonly failOn: FailOn;
    readonly resume?: string;
    readonly parallel: number;
    readonly engine: boolean;
    readonly pulumi: string;
    readonly showSecrets: boolean;
    readonly verbose: boolean;
    /** File names; `-` is standard output, which then does not hold the table. */
    readonly outputs: Readonly<Partial<Record<Format, string>>>;
}

/** Reads the command line. `problems` lists every mistake in it. */
export function readOptions(targets: readonly string[], raw: RawOptions): { options: Options; problems: string[] } {
    const problems: string[] = [];
    if (targets.length === 0 && raw.stack.length === 0) {
        problems.push(
            "Nothing to audit. Give state files, folders, a backend URL such as file:///states or s3://bucket, - for standard input, or --stack organization/project/stack.",
        );
    }
    for (const stack of raw.stack) {
        if (!/^([^/\s]+\/){0,2}[^/\s]+$/.test(stack)) {
            problems.push(`--stack ${JSON.stringify(stack)} is not a stack name. Write organization/project/stack.`);
        }
    }
    const failOn = failOnLevels.find((level) => level === raw.failOn);
    if (failOn === undefined) {
        problems.push(`--fail-on must be mandatory, cannot-tell or advisory, but is ${JSON.stringify(raw.failOn)}.`);
    }
    const parallel = Number(raw.parallel ?? process.getBuiltinModule("node:os").availableParallelism());
    if (!Number.isInteger(parallel) || parallel < 1 || parallel > 256) {
        problems.push(`--parallel must be a whole number from 1 to 256, but is ${JSON.stringify(raw.parallel)}.`);
    }
    problems.push(...baselineProblems(raw));
    if (raw.engine === true && raw.showSecrets === true) {
        problems.push(
            "--engine and --show-secrets exclude each other: the engine would need the decrypted state in a file.",
        );
    }
    const outputs = outputsOf(raw);
    problems.push(...fileProblems(outputs, raw));
    return {
        options: {
            targets,
            stacks: raw.stack,
            policyConfig: raw.policyConfig,
            ...(raw.baseline === undefined ? {} : { baseline: { path: raw.baseline, mode: modeOf(raw) } }),
            failOn: failOn ?? "mandatory",
            resume: raw.resume,
            parallel,
            engine: raw.engine ?? false,
            pulumi: raw.pulumi,
            showSecrets: raw.showSecrets ?? false,
            verbose: raw.verbose ?? false,
            outputs,
        },
        problems,
    };
}

function modeOf({ createBaseline, updateBaseline }: RawOptions): "compare" | "create" | "update" {
    if (createBaseline === true) {
        return "create";
    }
    return updateBaseline === true ? "update" : "compare";
}

function baselineProblems({ baseline, createBaseline, updateBaseline, engine }: RawOptions): string[] {
    const problems: string[] = [];
    for (const [name, given] of Object.entries({
        "--create-baseline": createBaseline,
        "--update-baseline": updateBaseline,
    })) {
        if (given === true && baseline === undefined) {
            problems.push(`${name} needs --baseline FILE.`);
        }
    }
    if (createBaseline === true && updateBaseline === true) {
        problems.push(
            "--create-baseline and --update-baseline exclude each other: one writes what there is, the other removes what is fixed.",
        );
    }
    if (engine === true && baseline !== undefined) {
        problems.push(
            "--engine and --baseline exclude each other: the engine does not say which property a violation is about.",
        );
    }
    return problems;
}

function outputsOf(raw: RawOptions): Partial<Record<Format, string>> {
    const entries = (Object.keys(formats) as Format[]).flatMap((format) => {
        const file = raw[format];
        return file === undefined ? [] : [[format, file === true ? "-" : file] as const];
    });
    return Object.fromEntries(entries);
}

/** An output that is written over another, or over what decides the audit, is lost in silence. */
function fileProblems(outputs: Options["outputs"], { baseline, resume, policyConfig }: RawOptions): string[] {
    const named = { ...outputs, baseline, resume, "policy-config": policyConfig };
    const byFile = new Map<string, { readonly file: string; readonly names: string[] }>();
    for (const [name, file] of Object.entries(named)) {
        if (file !== undefined) {
            const same = byFile.get(placeOf(file)) ?? { file, names: [] };
            byFile.set(placeOf(file), same);
            same.names.push(`--${name}`);
        }
    }
    return [...byFile.values()].flatMap(({ file, names }) => {
        if (names.length === 1) {
            return [];
        }
        const all = names.join(" and ");
        const what = file === "-" ? "cannot both be written to standard output" : `name the same file, ${file}`;
        return [`${all} ${what}. Give each its own file.`];
    });
}

/**
 * Outputs that would be written over a state: one to audit, also where a folder, a pattern or a backend stands for it,
 * or one that the option took for its file because it was the next argument.
 */
export function overwritingProblems({ outputs, resume }: Options, sources: readonly Source[]): string[] {
    const audited = new Set(sources.flatMap((source) => (source.kind === "file" ? [placeOf(source.path)] : [])));
    const isAudited = (file: string) => audited.has(placeOf(file));
    const named = Object.entries({ ...outputs, resume }).filter(([, file]) => file !== undefined) as [string, string][];
    return [
        ...named
            .filter(([, file]) => isAudited(file))
            .map(
                ([name, file]) =>
                    `--${name} would overwrite ${file}, which is one of the files to audit. Name another file.`,
            ),
        ...named
            .filter(([name, file]) => name !== "resume" && file !== "-" && !isAudited(file) && holdsState(file))
            .map(
                ([name, file]) =>
                    `--${name} would overwrite ${file}, which holds a state: an option takes the argument after it as its file. To audit ${file}, write it before --${name}, or give the report its own file, as in --${name} report.${name}.`,
            ),
    ];
}

function placeOf(file: string): string {
    return file === "-" ? file : path.resolve(file);
}
