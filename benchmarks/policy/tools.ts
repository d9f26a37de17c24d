import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";

/** Other people's tools, installed only by `--install`, each into this folder and nowhere else. */
const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "encrypted-edge", "scanners");

const present = (path: string) => (existsSync(path) ? path : undefined);

/** Where each tool lies; undefined where it is not installed. */
export const tools = {
    opa: () => present(path.join(cache, "bin", "opa")),
    cfnGuard: () => present(path.join(cache, "bin", "cfn-guard")),
    checkov: () => present(path.join(cache, "checkov", "bin", "checkov")),
    awsguard: () =>
        existsSync(path.join(cache, "awsguard", "node_modules", "@pulumi", "awsguard"))
            ? path.join(cache, "awsguard")
            : undefined,
};

const versions = { opa: "v1.22.2", cfnGuard: "3.1.2", checkov: "3.3.30", awsguard: "0.3.1" };

/** Installs what is missing, through each tool's own package manager; what cannot be installed is said and left out. */
export function install(): void {
    mkdirSync(path.join(cache, "bin"), { recursive: true });
    const steps: readonly (readonly [string, () => string | undefined, () => void])[] = [
        [
            "opa",
            tools.opa,
            () =>
                run("go", ["install", `github.com/open-policy-agent/opa@${versions.opa}`], {
                    GOBIN: path.join(cache, "bin"),
                }),
        ],
        [
            "cfn-guard",
            tools.cfnGuard,
            () => run("cargo", ["install", "cfn-guard", "--version", versions.cfnGuard, "--root", cache]),
        ],
        ["checkov", tools.checkov, installCheckov],
        ["@pulumi/awsguard", tools.awsguard, installAwsguard],
    ];
    for (const [name, find, step] of steps) {
        if (find() !== undefined) {
            continue;
        }
        process.stderr.write(`installing ${name}\n`);
        try {
            step();
        } catch (error) {
            process.stderr.write(
                `${name} could not be installed: ${error instanceof Error ? error.message.split("\n")[0] : ""}\n`,
            );
        }
    }
}

function installCheckov(): void {
    const environment = path.join(cache, "checkov");
    run("python3", ["-m", "venv", environment]);
    run(path.join(environment, "bin", "pip"), ["install", "--quiet", `checkov==${versions.checkov}`]);
}

function installAwsguard(): void {
    const folder = path.join(cache, "awsguard");
    mkdirSync(folder, { recursive: true });
    const manifest = {
        name: "awsguard-pack",
        version: "1.0.0",
        main: "index.js",
        dependencies: { "@pulumi/awsguard": versions.awsguard },
    };
    writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
    writeFileSync(path.join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFileSync(
        path.join(folder, "index.js"),
        'const { AwsGuard } = require("@pulumi/awsguard");\nnew AwsGuard({ all: "advisory" });\n',
    );
    run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps", "--prefix", folder]);
}

function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): void {
    execFileSync(command, args, {
        env: { ...process.env, ...environment },
        stdio: ["ignore", "ignore", "pipe"],
        timeout: 30 * 60_000,
    });
}
