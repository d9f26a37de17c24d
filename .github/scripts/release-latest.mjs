#!/usr/bin/env node
// Makes a version that was tried the one that `npm install` takes. npm lets no workflow do this by an identity token, and
// so it is a person's last word: run it logged in to npm, with your second factor at hand.
import { execFileSync } from "node:child_process";
import { packages, stop } from "./release-packages.mjs";

const [version] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version ?? "")) {
    stop("usage: release-latest.mjs MAJOR.MINOR.PATCH");
}
for (const { manifest } of packages()) {
    execFileSync("npm", ["dist-tag", "add", `${manifest.name}@${version}`, "latest"], { stdio: "inherit" });
}
