#!/usr/bin/env node
// Runs other people's programs through the rehearsal as they are: up, preview, refresh, down. Nothing of theirs is committed here.
//   git clone --depth 1 https://github.com/pulumi/examples
//   node scripts/public-examples.mjs examples aws-ts-webserver aws-ts-static-website,hosted-zone=example.net,aws-ts-static-website:targetDomain=site.example.net
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const region = "us-west-2";
/** How many lines of what a failed step told are shown. */
const shownLines = 14;
const usage = `Usage: node scripts/public-examples.mjs <folder> <program>[,<key>=<value>]...

Copies each program out of the folder, installs its packages where the folder has none, and runs "rehearse up",
"rehearse preview --expect-no-changes", "rehearse refresh --expect-no-changes" and "rehearse destroy" in the copy.
A program that asks whether it is previewed gets a second "up --expect-no-changes" instead of the preview.
The key hosted-zone makes a public hosted zone of that name first.`;

const [folder, ...programs] = process.argv.slice(2);
if (folder === undefined || programs.length === 0) {
    console.error(usage);
    process.exit(2);
}

const results = programs.map((program) => {
    const [name, ...settings] = program.split(",");
    const result = tryProgram(path.resolve(folder, name), settings);
    console.log(`${result.step === undefined ? "ok    " : "FAILED"} ${name}: ${result.text}`);
    return result;
});
const good = results.filter(({ step }) => step === undefined).length;
console.log(`${good} of ${results.length} came up, refreshed without a change and went down.`);
process.exitCode = good === results.length ? 0 : 1;

/** The step that failed, with what was told; or what the run said in the end. */
function tryProgram(source, settings) {
    if (!existsSync(path.join(source, "Pulumi.yaml"))) {
        return { step: "find", text: `${source} holds no Pulumi.yaml.` };
    }
    const copy = mkdtempSync(path.join(tmpdir(), "public-example-"));
    try {
        const own = (file) => !file.includes("node_modules") && !file.includes(".rehearsal");
        cpSync(source, copy, { recursive: true, filter: own });
        const rehearse = (...words) =>
            spawnSync(process.execPath, [path.join(root, "rehearsal", "rehearse.js"), ...words], {
                cwd: copy,
                encoding: "utf8",
                timeout: 10 * 60_000,
            });
        const isNode = existsSync(path.join(copy, "package.json"));
        if (isNode) {
            installPackages(source, copy);
        }
        const isYaml = /^runtime: *yaml/m.test(readFileSync(path.join(copy, "Pulumi.yaml"), "utf8"));
        const steps = [
            ...(isNode || isYaml ? [] : [["install"]]),
            ["stack", "init", "dev"],
            ["config", "set", "aws:region", region, "--stack", "dev"],
            ...settings.map((each) => {
                const [key, value] = keyAndValue(each);
                return key === "hosted-zone"
                    ? ["seed", "--hosted-zone", value]
                    : ["config", "set", "--stack", "dev", key, value];
            }),
            ["up", "--yes", "--skip-preview", "--stack", "dev"],
            asksForPreview(copy)
                ? ["up", "--yes", "--skip-preview", "--expect-no-changes", "--stack", "dev"]
                : ["preview", "--expect-no-changes", "--stack", "dev"],
            ["refresh", "--yes", "--skip-preview", "--expect-no-changes", "--stack", "dev"],
            ["destroy", "--yes", "--skip-preview", "--stack", "dev"],
        ];
        let modelled = "";
        for (const step of steps) {
            const { status, stdout, stderr } = rehearse(...step);
            if (status !== 0) {
                return { step: step[0], text: `"rehearse ${step.join(" ")}" failed:\n${problems(stdout + stderr)}` };
            }
            modelled = /^.*resources? (?:are|is) modelled.*$/m.exec(stdout)?.[0] ?? modelled;
        }
        return { text: modelled };
    } catch (error) {
        return { step: "prepare", text: error.message };
    } finally {
        rmSync(copy, { recursive: true, force: true });
    }
}

/** Such a program may register other resources in a preview, on AWS as well: only a second update tells whether it changes. */
function asksForPreview(copy) {
    return readdirSync(copy)
        .filter((file) => /\.(ts|js|py|go)$/.test(file))
        .some((file) => /isDryRun|is_dry_run|DryRun\(\)/.test(readFileSync(path.join(copy, file), "utf8")));
}

/** Takes the packages that the folder has already, as after an install at its top; else installs the program's own. */
function installPackages(source, copy) {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(copy, "package.json"), "utf8"));
    const wanted = Object.keys({ ...dependencies, ...devDependencies });
    const paths = createRequire(path.join(source, "package.json")).resolve.paths("x") ?? [];
    const installed = paths.find((each) => wanted.every((name) => existsSync(path.join(each, name))));
    if (installed === undefined) {
        execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: copy, stdio: "pipe" });
    } else {
        symlinkSync(installed, path.join(copy, "node_modules"));
    }
}

function keyAndValue(setting) {
    const equals = setting.indexOf("=");
    return equals === -1 ? [setting, ""] : [setting.slice(0, equals), setting.slice(equals + 1)];
}

/** The beginning of the engine's own list of diagnostics, without stack traces; of any other output the end. */
function problems(output) {
    const from = output.indexOf("Diagnostics:");
    const lines = (from === -1 ? output : output.slice(from))
        .split("\n")
        .filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
    return (from === -1 ? lines.slice(-shownLines) : lines.slice(0, shownLines))
        .map((line) => `       ${line.trim().slice(0, 400)}`)
        .join("\n");
}
