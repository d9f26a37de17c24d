import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { lock } from "proper-lockfile";

/** The folder of a build's go.mod and go.sum, which lies beside this source; compiled, it runs from `bin/engine`. */
export function modulesOf(build: "cli" | "yaml" | "java" | "sdk"): string {
    const isCompiled = path.basename(path.dirname(__dirname)) === "bin";
    return path.join(__dirname, ...(isCompiled ? ["..", "..", "engine"] : []), build);
}

/** How a process ended: its exit code, or the signal that ended it. */
export type ExitStatus = [code: number | null, signal: NodeJS.Signals | null];

/** Runs one go command, line by line of its standard error, and gives its standard output. */
export type Go = (words: string[], onLine?: (line: string) => void) => Promise<string>;

/** What is built from Go modules, once for this user. */
export interface GoBuild {
    /** Where it lies when it is built. */
    readonly built: string;
    /** Whether what lies there is whole, and what would be built now. */
    readonly isCurrent: () => boolean;
    /** As errors name it. */
    readonly what: string;
    readonly modules: Parameters<typeof modulesOf>[0];
    /** Sources of our own beside the go.mod. */
    readonly sources?: readonly string[];
    readonly environment: NodeJS.ProcessEnv;
    /** What to do where there is no Go, for people. */
    readonly withoutGo: string;
    /** Builds in a folder that holds the modules, and moves what came of it to its place. */
    make(go: Go, unfinished: string): Promise<void>;
}

/**
 * Builds where it was not built yet; a second builder waits for the first. What Go has downloaded and compiled stays in
 * Go's own caches, so an interrupted build goes on where it stopped.
 * @throws Error when the build fails.
 */
export async function buildOnce({ built, modules, sources = [], ...build }: GoBuild): Promise<void> {
    const unfinished = `${built}.unfinished`;
    const release = await lock(path.dirname(built), {
        lockfilePath: `${built}.lock`,
        stale: 20_000,
        retries: { forever: true, minTimeout: 1000, maxTimeout: 1000 },
    });
    try {
        if (!build.isCurrent()) {
            rmSync(unfinished, { recursive: true, force: true });
            mkdirSync(unfinished, { recursive: true });
            for (const file of ["go.mod", "go.sum", ...sources]) {
                copyFileSync(path.join(modulesOf(modules), file), path.join(unfinished, file));
            }
            await build.make(goIn(unfinished, build), unfinished);
        }
    } finally {
        rmSync(unfinished, { recursive: true, force: true });
        await release();
    }
}

function goIn(
    directory: string,
    { environment, what, withoutGo }: Pick<GoBuild, "environment" | "what" | "withoutGo">,
): Go {
    return async (words, onLine = () => undefined) => {
        const child = spawn("go", words, {
            cwd: directory,
            // A workspace or flags of the user's own projects must not reach this build.
            env: { ...environment, GOFLAGS: "-mod=readonly", GOWORK: "off", CGO_ENABLED: "0" },
            stdio: ["ignore", "pipe", "pipe"],
        });
        const said: string[] = [];
        createInterface(child.stderr).on("line", (line) => {
            // Names of packages are progress; anything else may be what went wrong.
            if (!/^[\w./~-]+$/.test(line) && line.trim() !== "") {
                said.push(`  ${line}`);
            }
            onLine(line);
        });
        // Ctrl-C reaches both; any other signal reaches us alone, and the build must not go on unseen.
        const interrupt = (): void => void child.kill("SIGINT");
        const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
        signals.forEach((signal) => process.on(signal, interrupt));
        try {
            const ended = once(child, "close") as Promise<ExitStatus>;
            const [output, [code, signal]] = await Promise.all([text(child.stdout), ended]);
            if (code === 0) {
                return output;
            }
            const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
            throw new Error(
                [
                    `"go ${words[0]}" ended with ${how} while ${what} was being built.`,
                    ...(said.length > 0 ? ["Its last lines:", ...said.slice(-20)] : []),
                    "Run the same command again to go on, or install the Pulumi CLI yourself: https://www.pulumi.com/docs/install/",
                ].join("\n"),
            );
        } catch (error) {
            throw (error as NodeJS.ErrnoException).code === "ENOENT" ? new Error(withoutGo) : error;
        } finally {
            signals.forEach((signal) => process.removeListener(signal, interrupt));
        }
    };
}
