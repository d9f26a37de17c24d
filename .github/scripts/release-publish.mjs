#!/usr/bin/env node
// Publishes the tarballs that release-pack.mjs made, under the tag `next`: nobody gets them who did not ask for them.
// A version that is there already is passed over where its content is the same, so that a run that broke can be run
// again, and is an error where it differs.
// In GitHub Actions npm exchanges the run's identity token for the right to publish, and attests where the package was
// built. Elsewhere, npm's own login and registry settings apply.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { packages, stop, tarballOf } from "./release-packages.mjs";

const [folder] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
    stop("usage: release-publish.mjs FOLDER_OF_RELEASE_PACK");
}
for (const { manifest } of packages()) {
    const tarball = path.resolve(folder, tarballOf(manifest));
    if (!existsSync(tarball)) {
        stop(`${tarball} is missing. Pack all packages with release-pack.mjs first.`);
    }
    const published = integrityInRegistry(`${manifest.name}@${manifest.version}`);
    const ours = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
    if (published === ours) {
        console.log(`${manifest.name}@${manifest.version} is published already, with this very content.`);
        continue;
    }
    if (published !== undefined) {
        stop(`${manifest.name}@${manifest.version} is published already, with other content. Release a new version.`);
    }
    const attested = process.env.GITHUB_ACTIONS === "true" ? ["--provenance"] : [];
    execFileSync("npm", ["publish", tarball, "--tag", "next", "--access", "public", ...attested], { stdio: "inherit" });
}

/** The integrity of a published version; undefined where the registry says that there is none. */
function integrityInRegistry(spec) {
    const { status, stdout, stderr } = spawnSync("npm", ["view", spec, "dist.integrity", "--json"], {
        encoding: "utf8",
    });
    if (status === 0) {
        return stdout.trim() === "" ? undefined : JSON.parse(stdout);
    }
    return /\bE404\b/.test(stdout + stderr) ? undefined : stop(`npm could not read ${spec}:\n${stderr}`);
}
