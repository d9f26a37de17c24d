import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import type { Contexts, ExpressionEvaluator, Surroundings } from "./expressions";
import { scripts } from "./sandbox";

/** Where our workflows and actions lie. */
export const ours = path.join(scripts, "..", "..");

export interface Step {
    readonly id?: string;
    readonly if?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly shell?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, unknown>>;
    readonly "working-directory"?: string;
}

export interface Job {
    readonly name?: string;
    readonly needs?: string | readonly string[];
    readonly if?: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly secrets?: Readonly<Record<string, unknown>> | "inherit";
    readonly environment?: string;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, unknown>>;
    readonly defaults?: { readonly run?: { readonly "working-directory"?: string } };
    readonly strategy?: { readonly matrix?: Readonly<Record<string, unknown>> };
    readonly steps?: readonly Step[];
}

interface Declared {
    readonly required?: boolean;
    readonly type?: string;
    readonly default?: unknown;
}

export interface Workflow {
    readonly on: {
        readonly workflow_call?: {
            readonly inputs?: Readonly<Record<string, Declared>>;
            readonly secrets?: Readonly<Record<string, Declared>>;
        };
    } & Readonly<Record<string, unknown>>;
    readonly jobs: Readonly<Record<string, Job>>;
}

/** A repository that is not ours, as GitHub knows it. */
export interface Caller {
    /** Its files; jobs work in them. */
    readonly folder: string;
    /** Where the stand-ins for `pulumi`, `gh` and others lie. */
    readonly bin: string;
    readonly repository: string;
    readonly variables?: Readonly<Record<string, string>>;
    readonly secrets?: Readonly<Record<string, string>>;
    readonly environments?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A job as it runs. */
export interface Running {
    readonly job: Job;
    readonly id: string;
    readonly contexts: Contexts;
    readonly environment: string;
    /** The job's environment variables. */
    readonly env: Readonly<Record<string, unknown>>;
    readonly actions: { uses: string; with: Record<string, unknown> }[];
    readonly steps: Record<string, { outcome: string; outputs: Record<string, string> }>;
    log: string;
    failed: boolean;
}

const matches = (pattern: string, name: string) =>
    new RegExp(
        `^${pattern
            .replace(/[.+^$()|[\]\\]/g, "\\$&")
            .replaceAll("**/", "(.*/)?")
            .replaceAll("*", ".*")}$`,
    ).test(name);

const asText = (value: unknown) =>
    typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);

/** The steps of a job: `run` is run by bash, our composite actions are followed, the actions of others are recorded. */
export class GitHubSteps {
    readonly #caller: Caller;
    readonly #expressions: ExpressionEvaluator;
    /** Artifacts by name: a folder each. */
    readonly #artifacts = new Map<string, string>();

    constructor(caller: Caller, expressions: ExpressionEvaluator) {
        this.#caller = caller;
        this.#expressions = expressions;
    }

    run(step: Step, running: Running, given: Contexts, steps: Running["steps"], action?: string): void {
        const contexts = { ...given, steps };
        const surroundings: Surroundings = { failed: running.failed, exists: (pattern) => this.#exists(pattern) };
        const id = step.id ?? `step-${Object.keys(steps).length}`;
        if (!this.#expressions.condition(step.if, contexts, surroundings)) {
            steps[id] = { outcome: "skipped", outputs: {} };
            return;
        }
        const value = (text: unknown) => this.#expressions.text(text, contexts, surroundings);
        const values = (from: Readonly<Record<string, unknown>> = {}) =>
            Object.fromEntries(Object.entries(from).map(([key, text]) => [key, value(text)]));
        const before = running.failed;
        running.failed = false;
        const outputs =
            step.uses === undefined
                ? this.#shell(step, { ...running.env, ...values(step.env) }, running, value, action)
                : this.#uses(step.uses, values(step.with), running, contexts);
        steps[id] = { outcome: running.failed ? "failure" : "success", outputs };
        running.failed ||= before;
    }

    #shell(
        step: Step,
        environment: Record<string, unknown>,
        running: Running,
        value: (text: unknown) => unknown,
        action: string | undefined,
    ): Record<string, string> {
        const { folder, bin } = this.#caller;
        const temporary = path.join(folder, "..", "runner");
        const files = {
            GITHUB_OUTPUT: path.join(temporary, "output"),
            GITHUB_STEP_SUMMARY: path.join(temporary, "summary.md"),
        };
        fs.writeFileSync(files.GITHUB_OUTPUT, "");
        const directory = step["working-directory"] ?? running.job.defaults?.run?.["working-directory"] ?? ".";
        const { status, stdout, stderr, error } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", step.run ?? ""], {
            cwd: path.join(folder, String(value(directory))),
            encoding: "utf8",
            env: {
                HOME: process.env.HOME,
                PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}`,
                CI: "true",
                GITHUB_ACTIONS: "true",
                GITHUB_REPOSITORY: this.#caller.repository,
                GITHUB_WORKSPACE: folder,
                RUNNER_TEMP: temporary,
                ...files,
                ...(action === undefined ? {} : { GITHUB_ACTION_PATH: action }),
                ...Object.fromEntries(Object.entries(environment).map(([key, each]) => [key, asText(each)])),
            },
        });
        running.log += `$ ${step.run}\n${stdout ?? ""}${stderr ?? ""}${error === undefined ? "" : error.message}`;
        running.failed = status !== 0;
        const lines = fs.readFileSync(files.GITHUB_OUTPUT, "utf8").split("\n").filter(Boolean);
        return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
    }

    #uses(uses: string, given: Record<string, unknown>, running: Running, contexts: Contexts): Record<string, string> {
        const { folder } = this.#caller;
        if (!uses.startsWith("$/")) {
            running.actions.push({ uses, with: given });
            if (uses.startsWith("actions/upload-artifact@")) {
                const from = path.resolve(folder, String(given.path));
                const to = path.join(folder, "..", "runner", "artifacts", String(given.name));
                if (
                    /["<>:|*?\r\n\\/]/.test(String(given.name)) ||
                    (!fs.existsSync(from) && given["if-no-files-found"] === "error")
                ) {
                    running.failed = true;
                } else if (fs.existsSync(from)) {
                    fs.cpSync(from, to, { recursive: true });
                    this.#artifacts.set(String(given.name), to);
                }
            } else if (uses.startsWith("actions/download-artifact@")) {
                for (const [name, place] of this.#artifacts) {
                    if (matches(String(given.pattern ?? given.name), name)) {
                        fs.cpSync(place, path.join(folder, String(given.path)), { recursive: true });
                    }
                }
            }
            return {};
        }
        const place = path.join(ours, uses.slice(2));
        const { runs, outputs = {} } = parse(fs.readFileSync(path.join(place, "action.yml"), "utf8")) as {
            runs: { steps: Step[] };
            outputs?: Record<string, { value: string }>;
        };
        // A composite action sees its inputs, and no variables and no secrets.
        const seen = Object.fromEntries(
            Object.entries(contexts).filter(([name]) => name !== "vars" && name !== "secrets"),
        );
        const steps: Running["steps"] = {};
        for (const step of runs.steps) {
            this.run(step, running, { ...seen, inputs: given }, steps, place);
        }
        const surroundings = { failed: running.failed, exists: () => false };
        return Object.fromEntries(
            Object.entries(outputs).map(([name, { value }]) => [
                name,
                String(this.#expressions.text(value, { ...seen, inputs: given, steps }, surroundings)),
            ]),
        );
    }

    #exists(pattern: string): boolean {
        const { folder } = this.#caller;
        return fs
            .readdirSync(folder, { recursive: true })
            .map(String)
            .some((file) => !/(^|\/)node_modules\//.test(file) && matches(pattern, file));
    }
}
