import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

export const root = path.join(__dirname, "..", "..");
const folder = path.join(root, ".github", "workflows");

export interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
    readonly name?: string;
    readonly needs?: string | readonly string[];
    readonly uses?: string;
    readonly if?: string;
    readonly environment?: string;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly "timeout-minutes"?: number;
    readonly steps?: readonly Step[];
}

export interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly concurrency?: { readonly "cancel-in-progress"?: boolean };
    readonly jobs: Readonly<Record<string, Job>>;
}

export interface Called {
    readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: unknown }>>;
}

export const workflows = fs
    .readdirSync(folder)
    .map((file) => ({ file, text: fs.readFileSync(path.join(folder, file), "utf8") }))
    .map(({ file, text }) => ({ file, text, workflow: parse(text) as Workflow }));

/** The composite actions that the workflows share. */
export const actions = fs.readdirSync(path.join(root, ".github", "actions")).map((name) => {
    const file = `.github/actions/${name}/action.yml`;
    const text = fs.readFileSync(path.join(root, file), "utf8");
    const action = parse(text) as {
        readonly inputs?: Readonly<Record<string, unknown>>;
        readonly runs: { readonly steps: readonly Step[] };
    };
    return { file, text, action };
});

/** The workflows of the template, in which another repository's names stand for themselves. */
const template = path.join(root, "examples", "consumer", ".github", "workflows");
export const templates = fs.readdirSync(template).map((file) => {
    const text = fs
        .readFileSync(path.join(template, file), "utf8")
        .replaceAll("@COMMIT", `@${"a".repeat(40)} # v1.0.0`);
    return { file: `examples/consumer/${file}`, text, workflow: parse(text) as Workflow };
});

export const everywhere = [...workflows, ...templates];

export function steps(): { file: string; step: Step }[] {
    return [
        ...everywhere.flatMap(({ file, workflow }) =>
            Object.values(workflow.jobs).flatMap((job) => (job.steps ?? []).map((step) => ({ file, step }))),
        ),
        ...actions.flatMap(({ file, action }) => action.runs.steps.map((step) => ({ file, step }))),
    ];
}
