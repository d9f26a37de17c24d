// Makes a checkout ready to run: installs the packages of the lock file and compiles the rooms, where either is missing.
// It needs nothing but Node, so that a fresh clone can start with it.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { clearInterval, setInterval } from "node:timers";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 20];

/** Installs and compiles what is missing or older than the lock file and the sources. */
export async function install() {
    requireNode();
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
    await run(isFirst ? "Compiling" : undefined, process.execPath, [compiler, "--build", ...rooms]);
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
            link === true ? !existsSync(path.join(root, place)) : installed[place]?.version !== version,
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
    });
    const ticking = setInterval(() => console.error(`  ... ${seconds()} s`), 10_000);
    const code = await new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", resolve);
    }).finally(() => clearInterval(ticking));
    if (code !== 0) {
        throw new Error(
            `"${path.basename(command)} ${args.map((each) => path.basename(each)).join(" ")}" ended with exit code ${code}; see above.`,
        );
    }
    if (description !== undefined) {
        console.error(`  done in ${seconds()} s`);
    }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
    install().catch((error) => {
        console.error(error.message);
        process.exitCode = 1;
    });
}
