import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "..", "..");

/** What a person answers or adds where the documents leave it to them, and what a rehearsal has instead of the world. */
const answers: readonly (readonly [RegExp, string])[] = [
    [
        /^((?:npm run (?:--silent )?rehearse -- |npx --no-install rehearse |pulumi )(?:up|destroy|refresh)\b(?!.*--preview-only))/,
        "$1 --yes --skip-preview",
    ],
    [
        /(\bverify (?:-- )?(?!.*--network ).*--(?:outputs|state|domain-name) \S+)/,
        "$1 --network .rehearsal/traffic/network.json",
    ],
    [/\/tmp\//, "./"],
];

/** What commands of one line ended with, and all that they printed. */
export interface Ended {
    readonly codes: readonly number[];
    readonly output: string;
}

/**
 * A clone of this repository, and beside it somebody's project that has the packages installed. `pulumi` there is the
 * rehearsal's, so that commands for an account do here what they would do in one.
 */
export class DocumentScene {
    readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "documents-"));
    readonly clone = path.join(this.folder, "encrypted-edge");
    readonly project = path.join(this.folder, "project");
    readonly #bin = path.join(this.folder, "bin");
    readonly #serving = new Map<string, ChildProcess>();

    constructor() {
        const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
            cwd: root,
            encoding: "utf8",
        });
        for (const file of files.split("\0").filter((each) => each !== "" && fs.existsSync(path.join(root, each)))) {
            copy(path.join(root, file), path.join(this.clone, file));
        }
        const { workspaces } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
            workspaces: string[];
        };
        for (const built of workspaces.flatMap((room) => [`${room}/bin`, `${room}/bundle`])) {
            if (fs.existsSync(path.join(root, built))) {
                fs.cpSync(path.join(root, built), path.join(this.clone, built), { recursive: true });
            }
        }
        installLinked(this.clone);
        for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "index.ts"]) {
            copy(path.join(root, "examples", "ten-lines", file), path.join(this.project, file));
        }
        fs.symlinkSync(path.join(this.clone, "node_modules"), path.join(this.project, "node_modules"));
        this.#writePulumi();
    }

    /** Writes a file that the documents expect to be there. */
    write(file: string, text: string): void {
        fs.mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
        fs.writeFileSync(path.join(this.folder, file), text);
    }

    /** Runs commands in one shell, one after the other, whatever the one before ended with. */
    run(where: "clone" | "project", commands: readonly string[]): Ended {
        const codes = path.join(this.folder, "codes");
        fs.writeFileSync(codes, "");
        const lines = commands.map((command) => {
            const answered = answers.reduce((line, [place, answer]) => line.replace(place, answer), command);
            return `${answered}\necho $? >> '${codes}'`;
        });
        const { stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", lines.join("\n")], {
            cwd: this[where],
            env: this.#environment(),
            encoding: "utf8",
            maxBuffer: 1e8,
            timeout: 240_000,
        });
        const ended = fs.readFileSync(codes, "utf8").split("\n").filter(Boolean).map(Number);
        return { codes: ended, output: stdout + stderr };
    }

    /**
     * Starts a command that serves until it is stopped, and waits until it says where. What served the same project
     * before is stopped; that of another goes on, since later documents take it for given.
     */
    async serve(where: "clone" | "project", command: string): Promise<string> {
        const served = path.join(where, /--cwd (\S+)/.exec(command)?.[1] ?? "");
        await this.#stop(served);
        const child = spawn("bash", ["-c", `exec ${command}`], {
            cwd: this[where],
            env: this.#environment(),
            detached: true,
            stdio: ["ignore", "pipe", "pipe"],
        });
        this.#serving.set(served, child);
        return new Promise((resolve, reject) => {
            let output = "";
            const read = (chunk: Buffer): void => {
                output += chunk.toString();
                if (/--network /.test(output)) {
                    resolve(output);
                }
            };
            child.stdout.on("data", read);
            child.stderr.on("data", read);
            child.on("error", reject);
            child.on("close", (code) => reject(new Error(`It ended with ${code}: ${output}`)));
        });
    }

    async remove(): Promise<void> {
        for (const served of this.#serving.keys()) {
            await this.#stop(served);
        }
        fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    }

    async #stop(served: string): Promise<void> {
        const child = this.#serving.get(served);
        if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
            const ended = new Promise((resolve) => child.once("close", resolve));
            process.kill(-child.pid, "SIGINT");
            await ended;
        }
    }

    #environment(): NodeJS.ProcessEnv {
        return { ...process.env, PATH: `${this.#bin}${path.delimiter}${process.env.PATH}` };
    }

    /** Whom nothing was rehearsed for makes a stack with `pulumi stack init`; the rehearsal has made it already. */
    #writePulumi(): void {
        const rehearse = `'${process.execPath}' '${path.join(root, "rehearsal", "rehearse.js")}'`;
        this.write(
            "bin/pulumi",
            `#!/bin/sh
if [ "$1 $2" = "stack init" ]; then
    ${rehearse} stack rm "$3" --yes --preserve-config >/dev/null 2>&1
    ${rehearse} stack select "$3" 2>/dev/null && exit
fi
exec ${rehearse} "$@"
`,
        );
        fs.chmodSync(path.join(this.#bin, "pulumi"), 0o755);
    }
}

/** Packages of the lock file as links into this checkout, and the repository's own as links into the clone. */
function installLinked(clone: string): void {
    const [own, modules] = [path.join(root, "node_modules"), path.join(clone, "node_modules")];
    fs.mkdirSync(modules);
    const isOurs = (name: string) => ["@encrypted-edge", ".bin"].includes(name);
    for (const name of fs.readdirSync(own).filter((each) => !isOurs(each))) {
        fs.symlinkSync(path.join(own, name), path.join(modules, name));
    }
    for (const folder of ["@encrypted-edge", ".bin"]) {
        fs.cpSync(path.join(own, folder), path.join(modules, folder), { recursive: true, verbatimSymlinks: true });
    }
}

function copy(from: string, to: string): void {
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.copyFileSync(from, to);
}
