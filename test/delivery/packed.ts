import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

export const root = path.join(__dirname, "..", "..");
export const modules = path.join(root, "node_modules");

/** What a package says of itself. */
export interface Manifest {
    readonly name: string;
    readonly version: string;
    readonly private?: boolean;
    readonly main?: string;
    readonly types?: string;
    readonly bin?: Readonly<Record<string, string>>;
    readonly keywords?: readonly string[];
    readonly license?: string;
    readonly description?: string;
    readonly scripts?: Readonly<Record<string, string>>;
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly peerDependencies?: Readonly<Record<string, string>>;
    readonly publishConfig?: { readonly access?: string };
}

const manifestOf = (folder: string) =>
    JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest & {
        readonly workspaces: readonly string[];
    };
/** Every package of this repository. */
export const packages = manifestOf(root).workspaces.map((folder) => ({
    folder,
    manifest: manifestOf(path.join(root, folder)),
}));
/** The names of those packages. */
export const own = new Set(packages.map(({ manifest }) => manifest.name));

/** Runs a command to its end. */
export function run(cwd: string, command: string, ...args: string[]) {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
    return { status, output: stdout + stderr };
}

/** Packs a package; gives the tarball. */
export function pack(folder: string, destination: string, ...flags: string[]): string {
    const before = new Set(fs.readdirSync(destination));
    const { status, output } = run(folder, "npm", "pack", "--pack-destination", destination, ...flags);
    assert.equal(status, 0, output);
    const [tarball] = fs.readdirSync(destination).filter((name) => !before.has(name));
    assert.ok(tarball !== undefined, output);
    return path.join(destination, tarball);
}

/** The files of a tarball, without npm's own top folder. */
export function filesOf(tarball: string): string[] {
    const { status, output } = run(path.dirname(tarball), "tar", "tzf", tarball);
    assert.equal(status, 0, output);
    return output
        .trim()
        .split("\n")
        .map((line) => line.replace(/^package\//, ""));
}

/** A folder in which every package of the lock file is installed, except this repository's own. */
export function withDependencies(folder: string): string {
    const target = path.join(folder, "node_modules");
    fs.mkdirSync(target, { recursive: true });
    for (const name of fs.readdirSync(modules).filter((each) => !each.startsWith("."))) {
        const scope = name.startsWith("@") ? fs.readdirSync(path.join(modules, name)) : undefined;
        const names = scope === undefined ? [name] : scope.map((each) => `${name}/${each}`);
        for (const each of names.filter((full) => !own.has(full))) {
            fs.mkdirSync(path.dirname(path.join(target, each)), { recursive: true });
            fs.symlinkSync(path.join(modules, each), path.join(target, each));
        }
    }
    return target;
}

/** Lays packed packages into a folder's node_modules, as npm would. */
export function install(tarballs: ReadonlyMap<string, string>, installed: string): void {
    for (const [name, tarball] of tarballs) {
        const place = path.join(installed, name);
        fs.mkdirSync(place, { recursive: true });
        const { status, output } = run(place, "tar", "xzf", tarball, "--strip-components", "1");
        assert.equal(status, 0, output);
    }
}
