// What the release scripts share: the packages of this repository, those that others need first.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The top of the repository. */
export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** The manifest of a folder. */
export function manifestOf(folder) {
    return JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"));
}

/** `{ folder, manifest }` of every package, each after those that it depends on. */
export function packages() {
    const left = manifestOf(".").workspaces.map((folder) => ({ folder, manifest: manifestOf(folder) }));
    const sorted = [];
    while (left.length > 0) {
        const isFree = ({ manifest }) =>
            left.every(({ manifest: other }) => manifest.dependencies?.[other.name] === undefined);
        const next = left.findIndex(isFree);
        if (next < 0) {
            throw new Error(`These packages depend on one another: ${left.map(({ folder }) => folder).join(", ")}`);
        }
        sorted.push(...left.splice(next, 1));
    }
    return sorted;
}

/** The file that npm packs a package into. */
export function tarballOf({ name, version }) {
    return `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`;
}

/** What a changelog says of a version, without the heading; undefined where it says nothing. */
export function notesOf(changelog, version) {
    const sections = changelog.split(/^## /m).slice(1);
    const section = sections.find((each) => each.split(/\s/, 1)[0] === version);
    const text = section?.split("\n").slice(1).join("\n").trim() ?? "";
    return text === "" ? undefined : `${text}\n`;
}

/** Ends the script with a sentence instead of a stack trace. */
export function stop(message) {
    console.error(message);
    process.exit(1);
}
