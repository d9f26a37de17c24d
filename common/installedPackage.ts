import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

/** A package in node_modules. */
export interface InstalledPackage {
    readonly folder: string;
    /** What its package.json says. */
    readonly version: string;
}

/**
 * Finds a package as a module in the folder `from` would, also one whose "exports" hide its package.json.
 *
 * @returns undefined where it is not installed
 * @throws SyntaxError if its package.json is damaged
 */
export function installedPackage(name: string, from: string): InstalledPackage | undefined {
    const found = createRequire(path.join(path.resolve(from), "package.json"));
    const folder =
        (found.resolve.paths(name) ?? [])
            .map((each) => path.join(each, name))
            .find((each) => existsSync(path.join(each, "package.json"))) ?? pluggedIn(name, found);
    if (folder === undefined) {
        return undefined;
    }
    const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string };
    return { folder, version };
}

/** Where Yarn Plug'n'Play keeps a package: in an archive, and in no node_modules. */
function pluggedIn(name: string, found: NodeJS.Require): string | undefined {
    if (process.versions.pnp === undefined) {
        return undefined;
    }
    try {
        return path.dirname(found.resolve(`${name}/package.json`));
    } catch {
        return undefined;
    }
}
