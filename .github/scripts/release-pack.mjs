#!/usr/bin/env node
// Packs what a release consists of into FOLDER: a tarball and a bill of materials (CycloneDX) for each package, their
// checksums, and the notes of this version from CHANGELOG.md. Stops where the tag, the packages and the changelog
// disagree. With "unreleased" for a tag it packs what is here, with the notes of what no version has yet, to be tried.
// Environment: GITHUB_SERVER_URL and GITHUB_REPOSITORY name the repository in each package, as provenance demands; where
// they are missing, the packages name none.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { manifestOf, notesOf, packages, root, stop, tarballOf } from "./release-packages.mjs";

const [tag, destination] = process.argv.slice(2);
if (!/^(v\d+\.\d+\.\d+|unreleased)$/.test(tag ?? "") || destination === undefined) {
    stop("usage: release-pack.mjs vMAJOR.MINOR.PATCH|unreleased FOLDER");
}
const isReleased = tag !== "unreleased";
const version = isReleased ? tag.slice(1) : manifestOf(".").version;
const folder = path.resolve(destination);
const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;

const others = packages().filter(({ manifest }) => manifest.version !== version);
if (others.length > 0) {
    const list = others.map(({ folder: name, manifest }) => `${name}/package.json says ${manifest.version}`).join(", ");
    stop(
        `The tag says ${version}, but ${list}. Run npm run release:version -- ${version}, commit, and tag that commit.`,
    );
}
const section = isReleased ? version : "Unreleased";
const notes = notesOf(readFileSync(path.join(root, "CHANGELOG.md"), "utf8"), section);
if (notes === undefined) {
    stop(
        `CHANGELOG.md says nothing under "## ${section}". Write there what changes for those who use the packages; "## Unreleased" has what was noted so far.`,
    );
}

mkdirSync(folder, { recursive: true });
for (const { folder: name, manifest } of packages()) {
    const file = path.join(root, name, "package.json");
    const original = readFileSync(file, "utf8");
    try {
        if (server && repository) {
            const named = { type: "git", url: `git+${server}/${repository}.git`, directory: name };
            writeFileSync(file, JSON.stringify({ ...manifest, repository: named }, undefined, 2));
        }
        npm("pack", "--workspace", name, "--pack-destination", folder);
    } finally {
        writeFileSync(file, original);
    }
    writeFileSync(path.join(folder, tarballOf(manifest).replace(/\.tgz$/, ".cdx.json")), billOf(name, manifest));
}
writeFileSync(path.join(folder, "notes.md"), notes);
const sums = readdirSync(folder)
    .filter((name) => /\.(tgz|cdx\.json)$/.test(name))
    .map((name) => `${sha256(path.join(folder, name))}  ${name}\n`);
writeFileSync(path.join(folder, "SHA256SUMS"), sums.join(""));
console.log(sums.join(""));

/** What a package brings with it. npm writes the repository as the subject of a workspace's bill; it is the package. */
function billOf(name, manifest) {
    const bill = JSON.parse(npm("sbom", "--workspace", name, "--omit", "dev", "--sbom-format", "cyclonedx"));
    const purl = `pkg:npm/${manifest.name.replace("@", "%40")}@${manifest.version}`;
    Object.assign(bill.metadata.component, { name: manifest.name, version: manifest.version, purl });
    return `${JSON.stringify(bill, undefined, 2)}\n`;
}

function npm(...args) {
    return execFileSync("npm", [...args, "--loglevel=error"], {
        cwd: root,
        encoding: "utf8",
        maxBuffer: 1e8,
        stdio: ["ignore", "pipe", 2],
    });
}

function sha256(file) {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
}
