#!/usr/bin/env node
// Compiles the component, the policy pack and the rehearsal against the oldest SDKs that their packages allow, and runs
// the component's and the pack's tests with them, in a folder of its own. The lock file holds the newest.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const json = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const sdks = ["@pulumi/aws", "@pulumi/pulumi", "@pulumi/random"];

/** Rooms with the folders whose tests need no engine; the ranges of each are tried by themselves. */
const trials = [
    { room: "components", folders: ["components"], without: /schema|argumentsTable|sourcePrograms/i },
    {
        room: "policy",
        folders: ["addresses", "aws", "configuration", "edgeFunctions", "graph", "judging", "rules"].map(
            (folder) => `policy/${folder}`,
        ),
    },
    { room: "rehearsal", folders: [] },
];

function main() {
    for (const trial of trials) {
        const folder = mkdtempSync(path.join(tmpdir(), `oldest-${trial.room}-`));
        try {
            tryOldest(trial, folder);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    }
}

/** Test files of a trial. @throws where a folder has none: it was renamed, and nothing of it would be tried any more. */
function testsOf({ folders, without = /^$/ }, files) {
    return folders.flatMap((folder) => {
        const tests = files.filter((file) => file.startsWith(`${folder}/`) && file.endsWith(".test.ts"));
        if (tests.length === 0) {
            throw new Error(`${folder} has no tests. Name in .github/scripts/oldest-sdks.mjs where they are now.`);
        }
        return tests.filter((file) => !without.test(file));
    });
}

function tryOldest(trial, folder) {
    const { room } = trial;
    const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
        .split("\n")
        .filter((file) =>
            /^(common|components|policy|rehearsal|verify|stack|test|docs|examples|benchmarks)\/|^tsconfig\.json$|^Pulumi/.test(
                file,
            ),
        );
    for (const file of files.filter((each) => existsSync(path.join(root, each)))) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        copyFileSync(path.join(root, file), path.join(folder, file));
    }
    const { dependencies, devDependencies, overrides } = json("package.json");
    const workspaces = room === "rehearsal" ? ["common", "verify", room] : ["common", room];
    const { dependencies: own = {}, peerDependencies: peers = {} } = json(`${room}/package.json`);
    const oldest = Object.fromEntries(
        sdks
            .filter((name) => (peers[name] ?? own[name]) !== undefined)
            .map((name) => [name, (peers[name] ?? own[name]).replace(/^\^/, "")]),
    );
    const needed = Object.fromEntries(
        Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) =>
            /^(typescript|ts-node|sucrase|mocha|fast-check|yaml|ajv|@types\/.*|fastest-levenshtein|@pulumi\/.*)$/.test(
                name,
            ),
        ),
    );
    const manifest = { name: "oldest", private: true, workspaces, overrides, dependencies: { ...needed, ...oldest } };
    writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
    console.log(
        `${room}: ${Object.entries(oldest)
            .map(([name, version]) => `${name} ${version}`)
            .join(", ")}`,
    );
    run(folder, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    for (const [name, version] of Object.entries(oldest)) {
        const installed = JSON.parse(
            readFileSync(path.join(folder, "node_modules", name, "package.json"), "utf8"),
        ).version;
        if (installed !== version) {
            throw new Error(`${name} ${installed} was installed instead of ${version}.`);
        }
    }
    run(folder, "npx", "--no-install", "tsc", "--build", ...workspaces);
    const chosen = testsOf(trial, files);
    if (chosen.length > 0) {
        run(
            folder,
            "npx",
            "--no-install",
            "mocha",
            "--require",
            "./test/register.cjs",
            "--extension",
            "ts",
            "--timeout",
            "60000",
            "--reporter",
            "dot",
            ...chosen,
        );
    }
}

function run(cwd, command, ...args) {
    const { status } = spawnSync(command, args, { cwd, stdio: "inherit" });
    if (status !== 0) {
        throw new Error(`"${command} ${args.slice(0, 4).join(" ")}" ended with exit code ${status}; see above.`);
    }
}

try {
    main();
} catch (error) {
    console.error(error.message);
    process.exitCode = 1;
}
