import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import type { Contexts, ExpressionEvaluator } from "./expressions";
import { GitHubSteps, ours, type Caller, type Job, type Running, type Workflow } from "./gitHubSteps";

/** What one job of a run did. */
export interface JobRun {
    readonly name: string;
    readonly result: "success" | "failure" | "skipped";
    readonly environment: string;
    /** Actions of other repositories: recorded, never run. */
    readonly actions: readonly { readonly uses: string; readonly with: Readonly<Record<string, unknown>> }[];
    readonly log: string;
}

/**
 * GitHub Actions, as far as these workflows go: calls of workflows with their inputs, secrets and permissions, conditions,
 * matrices, environments, artifacts, composite actions and the `run` steps, with GitHub's own evaluator of expressions.
 * Actions of other repositories are recorded and do nothing; what is sent to GitHub meets a stand-in for `gh`.
 */
export class GitHubActions {
    readonly #caller: Caller;
    readonly #expressions: ExpressionEvaluator;
    readonly #steps: GitHubSteps;

    constructor(caller: Caller, expressions: ExpressionEvaluator) {
        this.#caller = caller;
        this.#expressions = expressions;
        this.#steps = new GitHubSteps(caller, expressions);
    }

    /** Runs a workflow file of the calling repository. @throws what GitHub says of a call that it does not accept. */
    run(file: string, event: { readonly name: string; readonly payload?: object }): JobRun[] {
        const { folder, repository, variables = {}, secrets = {} } = this.#caller;
        const text = fs.readFileSync(path.join(folder, ".github", "workflows", file), "utf8");
        const github = {
            event_name: event.name,
            event: { repository: { default_branch: "main" }, ...event.payload },
            repository,
            workspace: folder,
            token: "token-of-the-run",
        };
        const temporary = path.join(folder, "..", "runner");
        fs.mkdirSync(temporary, { recursive: true });
        const base = { github, runner: { temp: temporary }, vars: variables, secrets, inputs: {} };
        return this.#jobs(parse(text) as Workflow, base, undefined);
    }

    #jobs(workflow: Workflow, base: Contexts, allowed: Readonly<Record<string, string>> | undefined): JobRun[] {
        const runs: JobRun[] = [];
        const results = new Map<string, string>();
        for (const [id, job] of Object.entries(workflow.jobs)) {
            this.#checkPermissions(id, job, allowed);
            const needs = [job.needs ?? []].flat();
            const needed = Object.fromEntries(needs.map((each) => [each, { result: results.get(each) ?? "skipped" }]));
            const failed = Object.values(needed).some(({ result }) => result !== "success");
            const made = this.#combinations(job, base).flatMap((matrix) => {
                const contexts = { ...base, needs: needed, matrix };
                if (!this.#expressions.condition(job.if, contexts, { failed, exists: () => false })) {
                    return [{ name: id, result: "skipped" as const, environment: "", actions: [], log: "" }];
                }
                return job.uses === undefined ? [this.#job(id, job, contexts)] : this.#call(id, job, contexts);
            });
            runs.push(...made);
            const outcomes = new Set(made.map(({ result }) => result));
            results.set(id, ["failure", "success"].find((each) => outcomes.has(each as "success")) ?? "skipped");
        }
        return runs;
    }

    /** GitHub refuses a run where a called job asks for more than the call grants. */
    #checkPermissions(id: string, job: Job, allowed: Readonly<Record<string, string>> | undefined): void {
        for (const [scope, level] of Object.entries(allowed === undefined ? {} : (job.permissions ?? {}))) {
            const granted = allowed?.[scope] ?? "none";
            if (granted !== level && granted !== "write") {
                throw new Error(
                    `The nested job '${id}' is requesting '${scope}: ${level}', but is only allowed '${scope}: ${granted}'.`,
                );
            }
        }
    }

    #combinations(job: Job, contexts: Contexts): Readonly<Record<string, unknown>>[] {
        return Object.entries(job.strategy?.matrix ?? {}).reduce<Record<string, unknown>[]>(
            (made, [key, values]) => {
                const list = this.#expressions.text(values, contexts, { failed: false, exists: () => false });
                return made.flatMap((each) => (list as unknown[]).map((value) => ({ ...each, [key]: value })));
            },
            [{}],
        );
    }

    #call(id: string, job: Job, contexts: Contexts): JobRun[] {
        const [, file] = /(?:^\.|^[\w.-]+\/encrypted-edge)\/\.github\/workflows\/([\w.-]+)/.exec(job.uses ?? "") ?? [];
        if (file === undefined) {
            throw new Error(`${id} calls ${job.uses}, which is no workflow of ours.`);
        }
        const called = parse(fs.readFileSync(path.join(ours, ".github", "workflows", file), "utf8")) as Workflow;
        const surroundings = { failed: false, exists: () => false };
        const given = (values: Readonly<Record<string, unknown>>) =>
            Object.fromEntries(
                Object.entries(values).map(([key, value]) => [
                    key,
                    this.#expressions.text(value, contexts, surroundings),
                ]),
            );
        const { inputs = {}, secrets = {} } = called.on.workflow_call ?? {};
        const values = given(job.with ?? {});
        const undeclared = Object.keys(values).filter((key) => inputs[key] === undefined);
        const missing = Object.keys(inputs).filter((key) => inputs[key]?.required && values[key] === undefined);
        if (undeclared.length + missing.length > 0) {
            throw new Error(
                `${file}: Invalid input, ${undeclared.join(", ")} is not defined; ${missing.join(", ")} is required.`,
            );
        }
        const defaults = Object.fromEntries(
            Object.entries(inputs).map(([key, { default: value }]) => [key, value ?? ""]),
        );
        const passed =
            job.secrets === "inherit" ? (contexts.secrets as Record<string, unknown>) : given(job.secrets ?? {});
        const known = Object.fromEntries(Object.keys(secrets).map((key) => [key, passed[key] ?? ""]));
        return this.#jobs(
            called,
            { ...contexts, inputs: { ...defaults, ...values }, secrets: known },
            job.permissions ?? {},
        );
    }

    #job(id: string, job: Job, given: Contexts): JobRun {
        const environment = String(
            this.#expressions.text(job.environment ?? "", given, { failed: false, exists: () => false }),
        );
        const variables = { ...(given.vars as object), ...this.#caller.environments?.[environment] };
        const contexts = { ...given, vars: variables };
        const env = Object.fromEntries(
            Object.entries(job.env ?? {}).map(([key, text]) => [
                key,
                this.#expressions.text(text, contexts, { failed: false, exists: () => false }),
            ]),
        );
        const running: Running = {
            job,
            id,
            environment,
            contexts,
            env,
            actions: [],
            steps: {},
            log: "",
            failed: false,
        };
        for (const step of job.steps ?? []) {
            this.#steps.run(step, running, running.contexts, running.steps);
        }
        const result = running.failed ? "failure" : "success";
        return { name: id, result, environment, actions: running.actions, log: running.log };
    }
}

/** Each job with its result. */
export const results = (jobs: readonly JobRun[]) => jobs.map(({ name, result }) => `${name} ${result}`);

export const logOf = (jobs: readonly JobRun[]) => jobs.map(({ log }) => log).join("\n");

/** The steps that used an action, at whatever version. */
export const used = (jobs: readonly JobRun[], action: string) =>
    jobs.flatMap(({ actions }) => actions).filter(({ uses }) => uses.startsWith(`${action}@`));
