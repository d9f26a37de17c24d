import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import * as path from "node:path";
import { replaceFile } from "@encrypted-edge/common";
import type { RehearsalPaths } from "../engine";
import { jsonFiles } from "./jsonFiles";
import { MistakeError } from "./mistake";
import type { Project } from "./project";

/** A stack of a project, and where its rehearsal keeps what belongs to it. */
export interface RehearsedStack {
    paths: RehearsalPaths;
    project: Project;
    stack: string;
}

/** A resource as the engine records it. */
export interface StackResource {
    urn: string;
    type: string;
    id?: string;
    custom?: boolean;
    external?: boolean;
    parent?: string;
    /** URNs of what it was made from. */
    dependencies?: string[];
    /** Its deletion asks AWS for nothing. */
    retainOnDelete?: boolean;
    /** The URN of what takes it along when it is deleted. */
    deletedWith?: string;
    /** ISO 8601. */
    created?: string;
    modified?: string;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
}

/** What the members of a recorded resource are, those that only the engine reads included. Source: the engine's apitype.ResourceV3. */
const members = {
    string: "urn type id parent provider deletedWith created modified",
    boolean: "custom delete external protect pendingReplacement retainOnDelete",
    list: "dependencies aliases initErrors additionalSecretOutputs",
    object: "inputs outputs propertyDependencies",
};
const kinds = new Map(Object.entries(members).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind])));

function kindOf(value: unknown): string {
    return Array.isArray(value) ? "list" : typeof value;
}

/** The engine writes null for a list or an object that is empty. */
function isResource(found: unknown): found is StackResource {
    const resource = (kindOf(found) === "object" ? (found ?? {}) : {}) as Record<string, unknown>;
    return (
        [resource.urn, resource.type].every((text) => typeof text === "string") &&
        Object.entries(resource).every(
            ([name, value]) => value === null || !kinds.has(name) || kindOf(value) === kinds.get(name),
        )
    );
}

/** What the engine has recorded of a stack. */
export interface Checkpoint {
    resources: StackResource[];
    /** What was under way when it was written. */
    pending: { type: string; urn: string }[];
}

/** The stack's checkpoint in the file backend. */
export function checkpointFile({ paths, project, stack }: RehearsedStack): string {
    return path.join(paths.backend, ".pulumi", "stacks", project.name, `${stack}.json`);
}

export function stackExists(rehearsed: RehearsedStack): boolean {
    return existsSync(checkpointFile(rehearsed));
}

/**
 * Reads a checkpoint; one that is missing holds nothing.
 * @throws SyntaxError or TypeError when it is damaged.
 */
export function readCheckpoint(file: string): Checkpoint {
    if (!existsSync(file)) {
        return { resources: [], pending: [] };
    }
    interface Latest {
        resources?: StackResource[];
        pending_operations?: { type: string; resource: StackResource }[];
    }
    const content = JSON.parse(readFileSync(file, "utf8")) as { checkpoint: { latest?: Latest | null } } | null;
    if (typeof content?.checkpoint !== "object" || content.checkpoint === null) {
        throw new TypeError(`${file} holds no checkpoint.`);
    }
    const { resources, pending_operations: pending } = content.checkpoint.latest ?? {};
    if (![resources ?? [], pending ?? []].every(Array.isArray)) {
        throw new TypeError(`${file} holds no lists of resources and operations.`);
    }
    const found = {
        resources: resources ?? [],
        pending: (pending ?? []).map(({ type, resource }) => ({ type, urn: resource.urn })),
    };
    if (
        !found.resources.every(isResource) ||
        !found.pending.every(({ type, urn }) => typeof type === "string" && typeof urn === "string")
    ) {
        throw new TypeError(`${file} holds something that is no resource.`);
    }
    return found;
}

/** Whether the file of a checkpoint is there and cannot be read as one: a full disk cuts it off. */
function isDamaged(file: string): boolean {
    try {
        readCheckpoint(file);
        return false;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== undefined) {
            throw error;
        }
        return true;
    }
}

/** For the commands that only read a stack: what puts its state back must be one that compares it with the account. */
export function refuseDamaged(rehearsed: RehearsedStack): void {
    const { stack } = rehearsed;
    const file = checkpointFile(rehearsed);
    if (isDamaged(file)) {
        throw new MistakeError(
            `The state of the stack ${stack} is damaged, perhaps by a full disk: ${file}`,
            `Restore the state that was saved before, and compare it with the account: rehearse refresh --stack ${stack}`,
        );
    }
}

/**
 * Puts back the last state of a stack that was saved as a whole, where its own is damaged.
 * @returns when that state was saved, in milliseconds since the epoch; undefined where nothing was damaged.
 */
export function restoreCheckpoint(rehearsed: RehearsedStack, report: (line: string) => void): number | undefined {
    const { paths, project, stack } = rehearsed;
    const file = checkpointFile(rehearsed);
    if (!isDamaged(file)) {
        return undefined;
    }
    const saved = savedCheckpoints(rehearsed).find((each) => !isDamaged(each.file));
    const content =
        saved === undefined
            ? JSON.stringify({ version: 3, checkpoint: { stack: `organization/${project.name}/${stack}` } })
            : readFileSync(saved.file);
    const kept = path.join(paths.root, "damaged", `${stack}-${Date.now()}.json`);
    mkdirSync(path.dirname(kept), { recursive: true });
    // Moved, for where the disk is full there is no room for a copy.
    renameSync(file, kept);
    try {
        replaceFile(file, content);
    } catch (error) {
        renameSync(kept, file);
        throw error;
    }
    report(
        `The state of the stack ${stack} was damaged, perhaps by a full disk. ` +
            (saved === undefined
                ? "None was saved before: the stack starts anew, and what it had created is removed from the account."
                : `Put back that of ${new Date(saved.time).toISOString()}.`) +
            ` The damaged file is kept in ${path.relative(project.directory, kept)}.`,
    );
    return saved?.time ?? 0;
}

/** What the engine has saved of a stack: before its last change, and at the end of each run. The newest comes first. */
function savedCheckpoints(rehearsed: RehearsedStack): { file: string; time: number }[] {
    const { paths, project, stack } = rehearsed;
    const ofRuns = ["backups", "history"].map((kind) => path.join(paths.backend, ".pulumi", kind, project.name, stack));
    return [`${checkpointFile(rehearsed)}.bak`, ...ofRuns.flatMap(jsonFiles)]
        .filter((file) => existsSync(file) && file.endsWith(".history.json") === false)
        .map((file) => ({ file, time: statSync(file).mtimeMs }))
        .sort((one, other) => other.time - one.time);
}

/** Backups that are kept of each stack: the engine itself never deletes one. */
const keptBackups = 5;

/** Deletes the engine's oldest backups of a stack. */
export function pruneBackups({ paths, project, stack }: RehearsedStack): void {
    const files = jsonFiles(path.join(paths.backend, ".pulumi", "backups", project.name, stack));
    // Their names end with the time: the same number of digits for the next centuries.
    for (const file of files.sort().reverse().slice(keptBackups)) {
        rmSync(file, { force: true });
        rmSync(`${file}.attrs`, { force: true });
    }
}
