// Makes a checkout ready to run: installs the packages of the lock file and compiles the rooms, where either is missing.
// It needs nothing but Node, so that a fresh clone can start with it.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import path from "node:path";
import { clearInterval, setInterval } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 20];

/** Installs and compiles what is missing or older than the lock file and the sources. */
export async function install() {
    requireNode();
    await waitForAbandoned();
    const missing = missingPackages();
    if (missing.length > 0) {
        await run(`Installing the packages of the lock file (missing: ${summary(missing)})`, npm(), [
            "ci",
            "--ignore-scripts",
        ]);
    }
    const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
    const rooms = ["common", "components", "policy", "rehearsal", "verify"];
    const isFirst = rooms.some((room) => !existsSync(path.join(root, room, "bin", ".tsbuildinfo")));
    await run(isFirst ? "Compiling" : undefined, process.execPath, [compiler, "--build", "tsconfig.build.json"]);
    if (!isBundled()) {
        await run(undefined, process.execPath, [path.join(root, "policy", "bundle.mjs")]);
    }
}

/** Whether the pack's one file was made of what is compiled now: the pack's own files, and those that rooms share. */
function isBundled() {
    const bundle = statSync(path.join(root, "policy", "bundle", "pack.js"), { throwIfNoEntry: false });
    const compiled = ["policy", "common"].map((room) =>
        statSync(path.join(root, room, "bin", ".tsbuildinfo"), { throwIfNoEntry: false }),
    );
    return compiled.every((file) => file === undefined || (bundle !== undefined && bundle.mtimeMs >= file.mtimeMs));
}

function requireNode() {
    const [major, minor] = process.versions.node.split(".").map(Number);
    if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
        throw new Error(
            `Node ${process.versions.node} is too old: this project needs Node ${oldestNode.join(".")} or newer.`,
        );
    }
}

/** Packages that the lock file names and node_modules does not hold in that version. */
function missingPackages() {
    const wanted = packages(path.join(root, "package-lock.json"));
    if (wanted === undefined) {
        throw new Error("package-lock.json is missing or damaged: restore it with git.");
    }
    const installed = packages(path.join(root, "node_modules", ".package-lock.json")) ?? {};
    return Object.entries(wanted)
        .filter(([place, { optional }]) => place.startsWith("node_modules/") && optional !== true)
        .filter(([place, { version, link }]) =>
            link === true
                ? !existsSync(path.join(root, place))
                : // What was deleted by hand still stands in npm's own list.
                  installed[place]?.version !== version || !existsSync(path.join(root, place, "package.json")),
        )
        .map(([place]) => place.slice("node_modules/".length));
}

function packages(file) {
    try {
        return JSON.parse(readFileSync(file, "utf8")).packages;
    } catch {
        return undefined;
    }
}

function summary(names) {
    return names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

/** npm as it started us, else the one on PATH. */
function npm() {
    return process.env.npm_execpath?.endsWith("npm-cli.js") ? process.env.npm_execpath : "npm";
}

/** Names the process that installs packages into this checkout, for a start after one that was killed. */
const note = path.join(
    tmpdir(),
    `encrypted-edge-install-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`,
);

/** An npm whose `npm start` was killed goes on unseen, and two of them break each other's work. */
async function waitForAbandoned() {
    const running = () => {
        try {
            const pid = readFileSync(note, "utf8");
            return /npm/.test(execFileSync("ps", ["-o", "args=", "-p", pid], { encoding: "utf8" })) ? pid : undefined;
        } catch {
            return undefined;
        }
    };
    for (let told = false; running() !== undefined; told = true) {
        if (!told) {
            console.error(`Waiting for an earlier install that is still running (process ${running()}) ...`);
        }
        await sleep(500);
    }
}

/** Runs a command; where its description is shown, so are its output and, while it is silent, the time it has taken. */
async function run(description, command, args) {
    const start = Date.now();
    const seconds = () => Math.round((Date.now() - start) / 1000);
    if (description !== undefined) {
        console.error(`${description} ...`);
    }
    const isScript = command.endsWith(".js");
    const child = spawn(isScript ? process.execPath : command, isScript ? [command, ...args] : args, {
        cwd: root,
        stdio: ["ignore", 2, 2],
        // A group of its own, so that what it has started can be ended with it.
        detached: true,
    });
    const release = endWithUs(child);
    const ticking = setInterval(() => console.error(`  ... ${seconds()} s`), 10_000);
    const code = await new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", resolve);
    }).finally(() => {
        clearInterval(ticking);
        release();
    });
    if (code !== 0) {
        throw new Error(
            `"${path.basename(command)} ${args.map((each) => path.basename(each)).join(" ")}" ended with exit code ${code}; see above.`,
        );
    }
    if (description !== undefined) {
        console.error(`  done in ${seconds()} s`);
    }
}

/** Ends a process and all that it has started when we are told to end, or when the npm that started us is gone. */
function endWithUs(child) {
    if (child.pid !== undefined) {
        writeFileSync(note, String(child.pid));
    }
    const kill = (signal) => {
        try {
            process.kill(-child.pid, signal);
        } catch {
            // It has ended by itself.
        }
    };
    const end = async (signal) => {
        kill("SIGTERM");
        const ended = new Promise((resolve) => child.once("close", resolve));
        await Promise.race([ended, sleep(5000)]);
        kill("SIGKILL");
        console.error("Interrupted while installing the packages. Run the same command again to go on.");
        rmSync(note, { force: true });
        process.exit(128 + constants.signals[signal]);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    const listeners = signals.map((signal) => [signal, () => void end(signal)]);
    listeners.forEach(([signal, listener]) => process.once(signal, listener));
    const parent = process.ppid;
    const watching = setInterval(() => {
        if (process.env.npm_command !== undefined && process.ppid !== parent) {
            void end("SIGTERM");
        }
    }, 500);
    return () => {
        clearInterval(watching);
        listeners.forEach(([signal, listener]) => process.removeListener(signal, listener));
        rmSync(note, { force: true });
    };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
    install().catch((error) => {
        console.error(error.message);
        process.exitCode = 1;
    });
}
