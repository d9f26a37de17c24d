import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { parseDocument } from "yaml";
import { MistakeError } from "./mistake";

/** A Pulumi project as it lies on disk. */
export interface Project {
    /** The directory that holds Pulumi.yaml. */
    directory: string;
    /** Pulumi.yaml, or one of its other spellings. */
    file: string;
    name: string;
    /** The content of Pulumi.yaml. */
    content: Record<string, unknown>;
}

const extensions = [".yaml", ".yml", ".json"];

/** Finds the project of a directory as the CLI does, in the directory itself or above it. */
export function findProject(directory: string): Project | undefined {
    for (let here = path.resolve(directory); ; here = path.dirname(here)) {
        const file = extensions
            .map((extension) => path.join(here, `Pulumi${extension}`))
            .find((each) => existsSync(each));
        if (file !== undefined) {
            return readProject(file);
        }
        if (here === path.dirname(here)) {
            return undefined;
        }
    }
}

/** The directory that a command works in, or the one that `--cwd` names. @throws MistakeError when it is missing. */
export function workingDirectory(directory: string, cwd = "."): string {
    const from = path.resolve(directory, cwd);
    const exists = existsSync(from);
    if (!exists || !statSync(from).isDirectory()) {
        const problem = exists ? "is a file; name the folder that holds it" : "does not exist";
        throw new MistakeError(`The directory ${from} (--cwd) ${problem}.`);
    }
    return from;
}

/**
 * The project of a directory, or of the one that `--cwd` names.
 * @throws MistakeError when there is none.
 */
export function requireProject(directory: string, cwd?: string): Project {
    const from = workingDirectory(directory, cwd);
    const project = findProject(from);
    if (project === undefined) {
        throw new MistakeError(
            `There is no Pulumi project in ${from} or above it: no Pulumi.yaml. Go to the directory that holds it, or name it with --cwd.`,
        );
    }
    return project;
}

function readProject(file: string): Project {
    const content = readMap(file);
    if (typeof content.name !== "string" || content.name === "") {
        throw new MistakeError(`${file} has no "name". Write one, such as "name: my-project".`);
    }
    const project = { directory: path.dirname(file), file, name: content.name, content };
    if (runtimeOf(project) === "") {
        throw new MistakeError(
            `${file} has no "runtime", so no program: a preview would delete all that the stack has. Write its language, such as "runtime: nodejs".`,
        );
    }
    return project;
}

/** The language of the program: `nodejs`, `yaml`...; empty where Pulumi.yaml names none. */
export function runtimeOf(project: Project): string {
    const { runtime } = project.content;
    const name = typeof runtime === "object" && runtime !== null ? (runtime as { name?: unknown }).name : runtime;
    return typeof name === "string" ? name : "";
}

/** Where the project keeps the configuration of a stack. */
export function stackFile(project: Project, stack: string): string {
    return path.join(stackDirectory(project), `Pulumi.${stack}${path.extname(project.file)}`);
}

/** The stacks that have a configuration file. */
export function configuredStacks(project: Project): string[] {
    const extension = path.extname(project.file);
    try {
        return readdirSync(stackDirectory(project))
            .filter((name) => name.startsWith("Pulumi.") && name.endsWith(extension))
            .map((name) => name.slice("Pulumi.".length, -extension.length))
            .filter((stack) => stack !== "")
            .sort();
    } catch {
        return [];
    }
}

/** Reads a YAML (or JSON) file that must hold a map. */
export function readMap(file: string): Record<string, unknown> {
    if (statSync(file).isDirectory()) {
        throw new MistakeError(
            `${file} is a folder; it must be a file. Move the folder away, or give it another name.`,
        );
    }
    const document = parseDocument(readFileSync(file, "utf8"));
    if (document.errors.length > 0) {
        const problems = document.errors.map((error) => error.message.trimEnd());
        throw new MistakeError(`${file} is not valid YAML:\n${problems.join("\n")}`);
    }
    const content: unknown = document.toJS() ?? {};
    if (typeof content !== "object" || content === null || Array.isArray(content)) {
        throw new MistakeError(`${file} must hold keys and values, such as "config:"; it holds ${inBrief(content)}.`);
    }
    return content as Record<string, unknown>;
}

/** What a stack file, whose content is given, configures. */
export function configurationIn(content: Record<string, unknown>, file: string): Record<string, unknown> {
    const configuration = content.config ?? {};
    if (typeof configuration !== "object" || Array.isArray(configuration)) {
        throw new MistakeError(
            `"config" in ${file} must hold keys and values, such as "aws:region: eu-central-1"; it holds ${inBrief(configuration)}.`,
        );
    }
    return configuration as Record<string, unknown>;
}

/** The beginning of a value, on one line: it may be long, or no text at all. */
function inBrief(value: unknown): string {
    const text = JSON.stringify(value).replace(/[\p{C}\uFFFD]/gu, "?");
    return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

function stackDirectory(project: Project): string {
    const configured = project.content.stackConfigDir ?? project.content.config;
    return typeof configured === "string" ? path.join(project.directory, configured) : project.directory;
}
