import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { lock } from "proper-lockfile";
import { oldestVersion, pinnedVersion, versionOf } from "./cliVersion";
import { elapsed, type OnProgress } from "./elapsed";
import { writeLanguageShims } from "./languageShims";
import { userCache } from "./userCache";

/** The main package of the CLI in its Go modules. */
const mainPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/** The folder of a build's go.mod and go.sum, which lies beside this source; compiled, it runs from `bin/engine`. */
export function modulesOf(build: "cli" | "yaml" | "sdk"): string {
    const isCompiled = path.basename(path.dirname(__dirname)) === "bin";
    return path.join(__dirname, ...(isCompiled ? ["..", "..", "engine"] : []), build);
}

/** Where the CLI lies once it is built. */
export function builtCli(environment: NodeJS.ProcessEnv): string {
    return path.join(userCache(environment), `pulumi-v${pinnedVersion}`, "pulumi");
}

/**
 * Builds the CLI from its Go modules, once for this user; a second builder waits for the first. What Go has downloaded
 * and compiled stays in Go's own caches, so an interrupted build goes on where it stopped.
 * @throws when Go is missing, or when the build fails.
 */
export async function buildCli(environment: NodeJS.ProcessEnv, progress: OnProgress): Promise<string> {
    const cli = builtCli(environment);
    const cache = userCache(environment);
    await requireGo(environment);
    mkdirSync(cache, { recursive: true });
    const start = Date.now();
    const waiting = setInterval(() => {
        progress(`Waiting for another rehearsal that is building the Pulumi CLI, ${elapsed(start)}`);
    }, 1000);
    const release = await lock(cache, {
        lockfilePath: `${path.dirname(cli)}.lock`,
        stale: 20_000,
        retries: { forever: true, minTimeout: 1000, maxTimeout: 1000 },
    }).finally(() => clearInterval(waiting));
    try {
        if (!existsSync(cli)) {
            await build(cli, environment, progress);
        }
        return cli;
    } finally {
        await release();
    }
}

async function build(cli: string, environment: NodeJS.ProcessEnv, progress: OnProgress): Promise<void> {
    const finished = path.dirname(cli);
    const unfinished = `${finished}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    for (const file of ["go.mod", "go.sum"]) {
        copyFileSync(path.join(modulesOf("cli"), file), path.join(unfinished, file));
    }
    const start = Date.now();
    const go = goIn(unfinished, environment);

    let downloads = 0;
    let doing = "Preparing to build the Pulumi CLI from its Go modules";
    const ticking = setInterval(() => progress(`${doing}, ${elapsed(start)}`), 1000);
    try {
        const listing = await go(["list", "-deps", mainPackage], (line) => {
            if (line.startsWith("go: downloading")) {
                downloads += 1;
                doing = `Building the Pulumi CLI ${pinnedVersion}, once: downloading Go modules (${downloads})`;
            }
        });
        const packages = listing.split("\n").filter((line) => line !== "").length;
        let compiled = 0;
        await go(
            [
                "build",
                "-v",
                "-trimpath",
                "-ldflags",
                `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedVersion}`,
                "-o",
                path.join(unfinished, "pulumi"),
                mainPackage,
            ],
            () => {
                compiled += 1;
                doing = `Building the Pulumi CLI ${pinnedVersion}, once: compiled ${compiled} of at most ${packages} Go packages`;
            },
        );
    } finally {
        clearInterval(ticking);
    }
    const built = await versionOf(path.join(unfinished, "pulumi"));
    if (built !== pinnedVersion) {
        throw new Error(
            `The Pulumi CLI was built, but says that it is ${built ?? "nothing that runs"}, not ${pinnedVersion}.`,
        );
    }
    writeLanguageShims(unfinished);
    rmSync(finished, { recursive: true, force: true });
    renameSync(unfinished, finished);
    progress(`Built the Pulumi CLI ${pinnedVersion} in ${elapsed(start)}; kept in ${finished}`);
}

/** A function that runs one go command, line by line of its standard error, and gives its standard output. */
export function goIn(directory: string, environment: NodeJS.ProcessEnv, what = "the Pulumi CLI") {
    return (args: string[], onLine: (line: string) => void): Promise<string> =>
        new Promise((resolve, reject) => {
            const child = spawn("go", args, {
                cwd: directory,
                // A workspace or flags of the user's own projects must not reach this build.
                env: { ...environment, GOFLAGS: "-mod=readonly", GOWORK: "off", CGO_ENABLED: "0" },
                stdio: ["ignore", "pipe", "pipe"],
            });
            const last: string[] = [];
            let rest = "";
            let output = "";
            child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
            child.stderr.on("data", (chunk: Buffer) => {
                const lines = (rest + chunk.toString()).split("\n");
                rest = lines.pop() ?? "";
                for (const line of lines) {
                    // Names of packages are progress; anything else may be what went wrong.
                    if (!/^[\w./~-]+$/.test(line)) {
                        last.push(line);
                    }
                    onLine(line);
                }
                last.splice(0, Math.max(0, last.length - 20));
            });
            // Ctrl-C reaches both; any other signal reaches us alone, and the build must not go on unseen.
            const interrupt = (): void => void child.kill("SIGINT");
            const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
            signals.forEach((signal) => process.on(signal, interrupt));
            child.on("error", reject);
            child.on("close", (code, signal) => {
                signals.forEach((each) => process.removeListener(each, interrupt));
                if (code === 0) {
                    resolve(output);
                } else {
                    const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
                    const said = last.filter((line) => line.trim() !== "").map((line) => `  ${line}`);
                    reject(
                        new Error(
                            [
                                `"go ${args[0]}" ended with ${how} while ${what} was being built.`,
                                ...(said.length > 0 ? ["Its last lines:", ...said] : []),
                                "Run the same command again to go on, or install the Pulumi CLI yourself: https://www.pulumi.com/docs/install/",
                            ].join("\n"),
                        ),
                    );
                }
            });
        });
}

async function requireGo(environment: NodeJS.ProcessEnv): Promise<void> {
    const found = await new Promise<boolean>((resolve) => {
        const child = spawn("go", ["version"], { env: environment, stdio: "ignore" });
        child.on("error", () => resolve(false));
        child.on("close", (code) => resolve(code === 0));
    });
    if (!found) {
        throw new Error(
            [
                "There is no Pulumi CLI on this machine, and no way to get one. Do one of these, then try again:",
                `  1. install the Pulumi CLI, ${oldestVersion} or a newer 3.x, so that "pulumi" and "pulumi-language-nodejs" are on PATH: https://www.pulumi.com/docs/install/`,
                `  2. allow the npm launcher's download ("npx pulumi version" must work), which was refused or did not finish`,
                `  3. install Go 1.21 or newer, so that the CLI can be built from its published modules: https://go.dev/doc/install`,
            ].join("\n"),
        );
    }
}
