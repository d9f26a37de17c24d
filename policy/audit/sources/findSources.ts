import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import type * as tinyglobby from "tinyglobby";

import { own } from "../../graph";
import { listStacks, type PulumiCli } from "./pulumiCli";
import { withoutPassword, type FileSource, type MissingSource, type Source } from "./source";

export interface Targets {
    /** State files, folders, globs, backend URLs, or `-` for standard input. */
    readonly targets: readonly string[];
    /** Full names of stacks that the CLI exports from the backend it is logged in to. */
    readonly stacks: readonly string[];
    readonly cli: PulumiCli;
    readonly readStandardInput: () => Promise<Uint8Array>;
}

const stateFile = /\.json(\.gz|\.zst)?$/;
const stateFiles = ["**/*.json", "**/*.json.gz", "**/*.json.zst"];
const backendScheme = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Every source that the targets stand for, once each, in a stable order. What gives none is a source that is missing. */
export async function findSources(targets: Targets): Promise<Source[]> {
    const found: Source[] = [];
    for (const target of targets.targets) {
        found.push(...(await sourcesOf(target, targets)));
    }
    for (const stack of targets.stacks) {
        found.push({ kind: "backend", stack });
    }
    const seen = new Set<string>();
    return found.filter((source) => {
        const key = keyOf(source);
        return !seen.has(key) && seen.add(key);
    });
}

function keyOf(source: Source): string {
    switch (source.kind) {
        case "standard input":
            return source.kind;
        case "file":
            return path.resolve(source.path);
        case "backend":
        case "missing":
            return JSON.stringify(source);
    }
}

/** A target that names a file needs no patterns. */
function globbing(): typeof tinyglobby {
    return createRequire(__filename)("tinyglobby") as typeof tinyglobby;
}

async function sourcesOf(target: string, { cli, readStandardInput }: Targets): Promise<Source[]> {
    if (target === "-") {
        return [{ kind: "standard input", content: await readStandardInput() }];
    }
    if (/^file:\/\//i.test(target)) {
        return cli.showSecrets === true ? remoteBackend(target, cli) : fileBackend(target);
    }
    if (backendScheme.test(target)) {
        return remoteBackend(target, cli);
    }
    try {
        const facts = statSync(target);
        return facts.isDirectory() ? await folder(target) : [{ kind: "file", path: target }];
    } catch (error) {
        const { isDynamicPattern } = globbing();
        if (!isDynamicPattern(target)) {
            return [
                missing(
                    target,
                    codeOf(error) === "ENOENT"
                        ? "There is no such file or folder."
                        : `It cannot be opened (${codeOf(error)}).`,
                ),
            ];
        }
    }
    const { glob } = globbing();
    const paths = await glob(target, {
        absolute: path.isAbsolute(target),
        expandDirectories: false,
        dot: true,
        onlyFiles: true,
    });
    return paths.length > 0
        ? paths.sort().map((path) => ({ kind: "file", path }))
        : [missing(target, "No file matches.")];
}

async function folder(target: string): Promise<Source[]> {
    const bookkeeping = path.basename(target) === ".pulumi" ? target : path.join(target, ".pulumi");
    if (isFolder(path.join(bookkeeping, "stacks"))) {
        return backendFolder(target, path.join(bookkeeping, "stacks"));
    }
    const { glob } = globbing();
    const paths = await glob(stateFiles, { cwd: target, ignore: ["**/node_modules/**"], onlyFiles: true });
    if (paths.length === 0) {
        const problem = "The folder holds neither state files (*.json, *.json.gz) nor a backend (.pulumi/stacks).";
        return [missing(target, problem)];
    }
    return paths.sort().map((file) => ({ kind: "file", path: path.join(target, file) }));
}

/** The layout of Pulumi's own backends: `.pulumi/stacks/<project>/<stack>.json`, in old ones without the project. */
function backendFolder(target: string, stacks: string): Source[] {
    let entries: string[];
    try {
        entries = readdirSync(stacks, { recursive: true, encoding: "utf8" });
    } catch (error) {
        return [missing(target, `Its stacks cannot be listed (${codeOf(error)}).`)];
    }
    const files = entries
        .filter((entry) => stateFile.test(entry) && entry.split(path.sep).length <= 2)
        .sort()
        .map((entry): FileSource => {
            const stack = entry.replace(stateFile, "").split(path.sep).join("/");
            return { kind: "file", path: path.join(stacks, entry), stack };
        });
    return files.length > 0 ? files : [missing(target, "The backend holds no stack.")];
}

function fileBackend(url: string): Source[] {
    // `file://~` and `file://./folder` are Pulumi's own spellings and no valid file URLs.
    const [place = ""] = url.slice("file://".length).split("?");
    let folderPath: string;
    try {
        if (place.startsWith("~")) {
            folderPath = path.join(process.getBuiltinModule("node:os").homedir(), place.slice(1));
        } else {
            folderPath = place.startsWith("/") ? fileURLToPath(`file://${place}`) : place;
        }
    } catch {
        return [missing(url, "It is not a file URL. Write file:///absolute/folder, file://./folder or file://~.")];
    }
    const stacks = path.join(folderPath, ".pulumi", "stacks");
    if (isFolder(stacks)) {
        return backendFolder(url, stacks);
    }
    return [missing(url, `There is no folder ${path.relative(".", stacks)}, so this is not a Pulumi backend.`)];
}

async function remoteBackend(backend: string, cli: PulumiCli): Promise<Source[]> {
    const listed = await listStacks(cli, backend);
    if ("problem" in listed) {
        return [missing(backend, listed.problem)];
    }
    if (listed.stacks.length === 0) {
        return [missing(backend, "The backend holds no stack that can be seen.")];
    }
    return listed.stacks.map(({ name, lastUpdate }) => ({ kind: "backend", stack: name, backend, lastUpdate }));
}

function missing(target: string, problem: string): MissingSource {
    return { kind: "missing", target: withoutPassword(target), problem };
}

function isFolder(path: string): boolean {
    try {
        return statSync(path).isDirectory();
    } catch {
        return false;
    }
}

export function codeOf(error: unknown): string {
    const code = own(error, "code");
    return typeof code === "string" ? code : "unknown cause";
}
