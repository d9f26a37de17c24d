import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** The version of this package, whose package.json lies beside this file, or above the compiled one. */
export function ownVersion(): string {
    const beside = path.join(__dirname, "package.json");
    const file = existsSync(beside) ? beside : path.join(__dirname, "..", "package.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
