#!/usr/bin/env node
// Installs published packages into an empty project as a stranger would, and uses each, with a stop-watch: the audit tells
// a good state from a bad one, the prober answers, the component's ten lines pass the compiler, are previewed by the real
// engine under the pack, and a program that breaks a rule is refused. KIND is one of release-projects.mjs: a package
// manager, a layout, older SDKs, or another language.
// Environment: PACKAGES_VERSION names another version than that of the checkout; GITHUB_STEP_SUMMARY gets the seconds.
import { spawnSync } from "node:child_process";
import {
    appendFileSync,
    cpSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    readdirSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { packages, root, stop } from "./release-packages.mjs";
import { projects } from "./release-projects.mjs";

const [kind] = process.argv.slice(2);
const chosen = projects[kind];
if (chosen === undefined) {
    stop(`usage: release-try.mjs ${Object.keys(projects).join("|")}`);
}
/** No step takes longer; npm and the compilation of a CLI are the slow ones. */
const longest = 10 * 60_000;
const named = (folder) => packages().find((each) => each.folder === folder).manifest;
const version = process.env.PACKAGES_VERSION ?? named("policy").version;
const spec = (folder) => `${named(folder).name}@${version}`;
const project = mkdtempSync(path.join(tmpdir(), `release-${kind}-`));
const program = path.join(project, chosen.folder ?? ".");
const seconds = [];

try {
    kind === "python" ? inPython() : inNode();
    const total = seconds.reduce((sum, [, each]) => sum + each, 0);
    const line = [...seconds, ["total", total]].map(([step, each]) => `${step} ${each.toFixed(1)} s`).join(", ");
    console.log(`${kind}: every package installs and works: ${line}.`);
    if (process.env.GITHUB_STEP_SUMMARY) {
        appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${kind}: ${line}\n`);
    }
} catch (error) {
    stop(`${kind}: ${error.message}`);
} finally {
    rmSync(project, { recursive: true, force: true });
}

function timed(step, work) {
    const start = performance.now();
    work();
    seconds.push([step, (performance.now() - start) / 1000]);
}

function inNode() {
    const folders = chosen.folders ?? ["components", "policy", "rehearsal", "verify"];
    const sdks = Object.entries(sdkVersions()).map(([name, wanted]) => `${name}@${wanted}`);
    for (const [name, text] of Object.entries(
        chosen.files?.({ own: packages().map(({ manifest }) => manifest.name) }) ?? {},
    )) {
        writeFileSync(path.join(project, name), text);
    }
    layProgram();
    timed("install", () => run(program, [...chosen.add, ...folders.map(spec), ...sdks, ...(chosen.also ?? [])]));
    audits();
    proves();
    if (folders.includes("components")) {
        timed("compile", () => says(["tsc", "--noEmit", "--project", "."], 0, /^\s*$/));
        const pack = packFolder();
        timed("preview", () => rehearses(".", pack, 0, /Resources:\s+\+ \d+ to create/));
        timed("refusal", () => rehearses("refused", path.relative("refused", pack), 1, /cloudfront-origin-https-only/));
    }
}

/** The SDKs and compilers of the program: the lock file's, the kind's own, or the oldest of the packages' ranges. */
function sdkVersions() {
    const { dependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    const names = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/random", "typescript", "ts-node"];
    const newest = Object.fromEntries(names.map((name) => [name, dependencies[name]]));
    if (chosen.oldest) {
        const { peerDependencies } = named("components");
        const ranges = Object.entries(peerDependencies).map(([name, range]) => [name, range.replace("^", "")]);
        return { ...newest, ...Object.fromEntries(ranges) };
    }
    return { ...newest, ...chosen.sdks };
}

/** The ten lines, and beside them a program that the pack refuses. */
function layProgram() {
    cpSync(path.join(root, "examples", "ten-lines"), program, { recursive: true });
    cpSync(path.join(root, "examples", "origin-not-https"), path.join(program, "refused"), { recursive: true });
    const manifest = {
        name: "stranger",
        version: "1.0.0",
        private: true,
        ...(chosen.module ? { type: "module" } : {}),
    };
    writeFileSync(path.join(program, "package.json"), JSON.stringify(manifest));
    const compilerOptions = chosen.compilerOptions ?? {
        module: "node16",
        skipLibCheck: true,
        strict: true,
        noEmit: true,
    };
    for (const folder of [".", "refused"]) {
        const settings = { compilerOptions, files: ["index.ts"] };
        writeFileSync(path.join(program, folder, "tsconfig.json"), JSON.stringify(settings));
    }
}

/** Where the pack is: the installed package, or the starter where the engine finds no folder of it. */
function packFolder() {
    if (!chosen.starter) {
        return path.join("node_modules", ...named("policy").name.split("/"));
    }
    timed("starter", layStarter);
    return path.relative(program, path.join(project, "policy"));
}

function inPython() {
    const example = path.join(root, "examples", "python");
    for (const name of readdirSync(example).filter((each) => /\.(ya?ml|py|txt)$/.test(each))) {
        const text = readFileSync(path.join(example, name), "utf8").replaceAll("../../node_modules", "node_modules");
        writeFileSync(path.join(project, name), text);
    }
    timed("starter", layStarter);
    audits();
    timed("install", () =>
        run(project, [
            ...chosen.add,
            ...["components", "rehearsal", "verify"].map(spec),
            `typescript@${sdkVersions().typescript}`,
        ]),
    );
    proves();
    timed("sdk", () => {
        const component = path.join(project, "node_modules", ...named("components").name.split("/"));
        cpSync(path.join(component, "schema.json"), path.join(project, "encrypted-edge.json"));
        says(["rehearse", "package", "add", "./encrypted-edge.json"], 0, /^/);
    });
    timed("preview", () => rehearses(".", "policy", 0, /Resources:\s+\+ \d+ to create/));
}

/** The three files of "Adopt in five minutes", with the packages that are tried. */
function layStarter() {
    const starter = path.join(root, "examples", "adopt-the-pack");
    const folder = path.join(project, "policy");
    mkdirSync(folder);
    for (const name of ["PulumiPolicy.yaml", "index.js"]) {
        cpSync(path.join(starter, name), path.join(folder, name));
    }
    const { dependencies, ...manifest } = JSON.parse(readFileSync(path.join(starter, "package.json"), "utf8"));
    if (dependencies === undefined) {
        throw new Error("examples/adopt-the-pack depends on no package.");
    }
    writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
    run(folder, [...chosen.starter, spec("policy")]);
}

/** One deployment of nothing: what the pack says of a program. */
function rehearses(folder, pack, status, words) {
    says(["rehearse", "preview", "--cwd", folder, "--stack", "dev", "--policy-pack", pack], status, words);
}

/** A name that does not exist is not proved: nothing is green that was not seen. */
function proves() {
    timed("prober", () => {
        says(["verify-edge", "--help"], 0, /Usage: verify-edge/);
        says(["verify-edge", "--domain-name", "www.example.invalid", "--timeout", "2"], 3, /cannot tell/);
    });
}

/** A distribution that speaks plain HTTP to its origin is a violation, the same one over HTTPS is none. */
function audits() {
    const state = (protocol) => ({
        version: 3,
        deployment: {
            resources: [
                { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", type: "pulumi:pulumi:Stack" },
                {
                    urn: "urn:pulumi:dev::shop::aws:cloudfront/distribution:Distribution::cdn",
                    type: "aws:cloudfront/distribution:Distribution",
                    custom: true,
                    id: "E123",
                    inputs: distribution(protocol),
                    outputs: distribution(protocol),
                },
            ],
        },
    });
    for (const protocol of ["http-only", "https-only"]) {
        writeFileSync(path.join(program, `${protocol}.json`), JSON.stringify(state(protocol)));
    }
    timed("audit", () => {
        const audit = [...(chosen.audit ?? chosen.run), "encrypted-edge-policy", "audit"];
        run(program, [...audit, "http-only.json"], 1, /cloudfront-origin-https-only/);
        run(program, [...audit, "https-only.json"], 0, /./);
    });
}

function distribution(protocol) {
    const customOriginConfig = {
        originProtocolPolicy: protocol,
        httpPort: 80,
        httpsPort: 443,
        originSslProtocols: ["TLSv1.2"],
    };
    return {
        enabled: true,
        origins: [{ originId: "app", domainName: "origin.example.com", customOriginConfig }],
        defaultCacheBehavior: { targetOriginId: "app", viewerProtocolPolicy: "redirect-to-https" },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
    };
}

function says(command, status, words) {
    run(program, [...chosen.run, ...command], status, words);
}

function run(cwd, [runner, ...args], wanted = 0, words = /^/) {
    const result = spawnSync(runner, args, { cwd, encoding: "utf8", maxBuffer: 1e8, timeout: longest });
    const output = `${result.stdout}${result.stderr}`;
    if (result.status !== wanted || !words.test(output)) {
        const ended = result.error?.message ?? `ended with ${result.status ?? result.signal}`;
        throw new Error(
            `"${[runner, ...args].join(" ")}" ${ended} instead of ${wanted}, or did not say ${words}:\n${output}`,
        );
    }
}
