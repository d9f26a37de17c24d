import { accessSync, constants, statSync } from "node:fs";
import * as path from "node:path";

/** The executables of a name on PATH, in its order. A folder that is not absolute would lead to the caller's own. */
export function onPath(name: string, environment: NodeJS.ProcessEnv): string[] {
    return (environment.PATH ?? "")
        .split(path.delimiter)
        .filter((directory) => path.isAbsolute(directory))
        .map((directory) => path.join(directory, name))
        .filter(isExecutable);
}

export function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}
