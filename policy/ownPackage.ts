import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** The folder of this package: above this file, or above the compiled one. */
export const packageFolder =
    [__dirname, path.join(__dirname, "..")].find((folder) => existsSync(path.join(folder, "PulumiPolicy.yaml"))) ??
    __dirname;

/** What this package is called, and its version. */
export function ownPackage(): { readonly name: string; readonly version: string } {
    const { name, version } = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8")) as {
        name: string;
        version: string;
    };
    return { name, version };
}
