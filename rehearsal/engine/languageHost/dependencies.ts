import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import {
    DependencyInfo,
    GetProgramDependenciesResponse,
    type GetProgramDependenciesRequest,
} from "@pulumi/pulumi/proto/language_pb";
import { installedPackage, readJsonObject } from "@encrypted-edge/common";
import { minimatch } from "minimatch";
import { parse } from "yaml";

type Manager = "npm" | "pnpm" | "yarn" | "bun";

/**
 * What leaves development dependencies out: `production: true` among the options of Pulumi.yaml or PulumiPlugin.yaml.
 */
const production: Readonly<Record<Manager, string>> = {
    npm: "--omit=dev",
    pnpm: "--prod",
    yarn: "--production",
    bun: "--production",
};

/** The package managers whose lock file decides, as in the official host; npm where there is none. */
const lockFiles: [file: string, manager: Manager][] = [
    ["pnpm-lock.yaml", "pnpm"],
    ["yarn.lock", "yarn"],
    ["bun.lock", "bun"],
    ["bun.lockb", "bun"],
];

/** Where the packages of a program are installed and by what: at the top of its workspace, if it is part of one. */
export function installation(
    program: string,
    options: { readonly packagemanager?: unknown; readonly production?: unknown } = {},
): { directory: string; manager: Manager; flags: string[] } {
    const directory = workspaceRoot(program) ?? program;
    const known = ["npm", ...lockFiles.map(([, manager]) => manager)] as Manager[];
    const manager =
        known.find((each) => each === options.packagemanager) ??
        [program, directory]
            .flatMap((folder) => lockFiles.filter(([file]) => existsSync(path.join(folder, file))))
            .map(([, each]) => each)[0] ??
        "npm";
    return { directory, manager, flags: options.production === true ? [production[manager]] : [] };
}

/** The folder above a program whose package.json (or pnpm-workspace.yaml) names the program's own as a workspace. */
function workspaceRoot(program: string): string | undefined {
    for (let above = path.dirname(program); above !== path.dirname(above); above = path.dirname(above)) {
        const { workspaces } = packageFile(path.join(above, "package.json"));
        const patterns = [
            ...((Array.isArray(workspaces) ? workspaces : workspaces?.packages) ?? []),
            ...pnpmWorkspaces(path.join(above, "pnpm-workspace.yaml")),
        ];
        const place = path.relative(above, program).split(path.sep).join("/");
        if (matches(place, patterns)) {
            return above;
        }
    }
    return undefined;
}

function pnpmWorkspaces(file: string): string[] {
    try {
        const { packages } = parse(readFileSync(file, "utf8")) as { packages?: string[] };
        return Array.isArray(packages) ? packages : [];
    } catch {
        return [];
    }
}

/** Whether a folder is one of a workspace's: the last pattern that fits decides, and `!` in front leaves it out. */
function matches(place: string, patterns: string[]): boolean {
    let isMember = false;
    for (const pattern of patterns) {
        if (minimatch(place, pattern.replace(/^!?(\.\/)?/, "").replace(/\/$/, ""))) {
            isMember = !pattern.startsWith("!");
        }
    }
    return isMember;
}

/** The packages that package.json names, with the versions that are installed, for `pulumi about`. */
export function programDependencies(request: GetProgramDependenciesRequest): GetProgramDependenciesResponse {
    const directory = request.getInfo()?.getProgramDirectory() || request.getPwd();
    const { dependencies = {}, devDependencies = {} } = packageFile(path.join(directory, "package.json"));
    return new GetProgramDependenciesResponse().setDependenciesList(
        Object.keys({ ...dependencies, ...devDependencies })
            .sort()
            .map((name) =>
                new DependencyInfo()
                    .setName(name)
                    .setVersion(installedPackage(name, directory)?.version ?? "not installed"),
            ),
    );
}

interface PackageFile {
    name?: string;
    version?: string;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
    workspaces?: string[] | { packages?: string[] };
}

/** A package.json; empty where it is missing or cannot be read. */
export function packageFile(file: string): PackageFile {
    return readJsonObject<PackageFile>(file) ?? {};
}
