#!/usr/bin/env node
// Writes a version into every package, and into what names one by its version.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packages, root, stop } from "./release-packages.mjs";

const [version] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version ?? "")) {
    stop("usage: npm run release:version -- MAJOR.MINOR.PATCH");
}
const own = packages();
const old = own[0].manifest.version;
const names = own.map(({ manifest }) => manifest.name);

const files = [
    ...own.map(({ folder }) => `${folder}/package.json`),
    "package.json",
    "components/schema.json",
    "examples/adopt-the-pack/package.json",
    "examples/consumer/package.json",
    "examples/consumer/policy/package.json",
    "policy/README.md",
];
for (const file of files) {
    const place = path.join(root, file);
    const text = readFileSync(place, "utf8");
    writeFileSync(place, withVersion(text, file.endsWith(".json") && !file.startsWith("examples/")));
}
console.log(
    `Now ${version}. Write CHANGELOG.md's section, run npm install --package-lock-only, commit, tag v${version}.`,
);

/** A manifest's own version, and every mention of one of our packages with the old one. */
function withVersion(text, isManifest) {
    const mentions = names.reduce(
        (changed, name) =>
            changed
                .replaceAll(`"${name}": "${old}"`, `"${name}": "${version}"`)
                .replaceAll(`${name}@${old}`, `${name}@${version}`),
        text,
    );
    return isManifest ? mentions.replace(/^((?: {2}){1,2}"version": ")[^"]+"/m, `$1${version}"`) : mentions;
}
