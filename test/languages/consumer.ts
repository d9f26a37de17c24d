import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { serveTraffic } from "../../rehearsal/traffic";
import { type Report, verify } from "../../verify";

export const root = path.join(__dirname, "..", "..");
const modules = path.join(root, "node_modules");

export interface Answer {
    readonly code: number;
    readonly output: string;
    readonly errors: string;
}

/**
 * Somebody's folder in which the packed component is installed as npm would: its dependencies are the repository's, and
 * of the repository itself there is nothing but what the tarballs hold.
 */
export class Consumer {
    readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "consumer-"));
    readonly tarballs: Readonly<Record<"common" | "components", string>>;

    constructor() {
        const installed = path.join(this.folder, "node_modules");
        fs.mkdirSync(path.join(installed, "@encrypted-edge"), { recursive: true });
        for (const name of fs.readdirSync(modules).filter((each) => !/^\.|^@encrypted-edge$/.test(each))) {
            fs.symlinkSync(path.join(modules, name), path.join(installed, name));
        }
        this.tarballs = { common: this.#install("common"), components: this.#install("components") };
        const command = "pulumi-resource-encrypted-edge";
        fs.mkdirSync(path.join(installed, ".bin"));
        fs.symlinkSync(
            path.join("..", "@encrypted-edge", "encrypted-edge", command),
            path.join(installed, ".bin", command),
        );
    }

    /** Puts one of the examples beside node_modules, where a project of one's own has it. */
    example(name: string): string {
        const from = path.join(root, "examples", name);
        // That of an example is made for the repository.
        this.write("tsconfig.json", JSON.stringify({ compilerOptions: { skipLibCheck: true } }));
        const files = fs
            .readdirSync(from, { recursive: true, encoding: "utf8" })
            // A program has its folders in src/; all others are made by tools.
            .filter((each) => each !== "tsconfig.json" && (!each.includes(path.sep) || each.startsWith("src")));
        for (const file of files.filter((each) => fs.statSync(path.join(from, each)).isFile())) {
            this.write(
                file,
                fs.readFileSync(path.join(from, file), "utf8").replaceAll("../../node_modules", "node_modules"),
            );
        }
        return this.folder;
    }

    write(file: string, text: string): string {
        const place = path.join(this.folder, file);
        fs.mkdirSync(path.dirname(place), { recursive: true });
        fs.writeFileSync(place, text);
        return place;
    }

    /** Runs `rehearse` in a folder, in which it never waits for an answer. */
    rehearse(folder: string, ...args: string[]): Promise<Answer> {
        const command = [path.join(root, "rehearsal", "rehearse.js"), ...args];
        return new Promise((resolve, reject) => {
            const child = spawn(process.execPath, command, {
                cwd: folder,
                stdio: ["ignore", "pipe", "pipe"],
                timeout: 1_200_000,
            });
            let [output, errors] = ["", ""];
            child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
            child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
            child.on("error", reject);
            child.on("close", (code) => resolve({ code: code ?? -1, output, errors }));
        });
    }

    /** Like {@link rehearse}, but a failing command is an error that shows what it printed. */
    async succeed(folder: string, ...args: string[]): Promise<Answer> {
        const answer = await this.rehearse(folder, ...args);
        if (answer.code !== 0) {
            throw new Error(`rehearse ${args.join(" ")} ended with ${answer.code}:\n${answer.output}${answer.errors}`);
        }
        return answer;
    }

    /** Follows a section of docs/languages.md, from the installed package on. */
    async addPackage(section: string): Promise<void> {
        const page = fs.readFileSync(path.join(root, "docs", "languages.md"), "utf8");
        const text = page.split(/^(?=## )/m).find((each) => each.startsWith(`## ${section}\n`)) ?? "";
        const [, block = ""] = /^```sh\n([^]*?)^```/m.exec(text) ?? [];
        const [install = "", copy = "", add = "", ...others] = block.trim().split("\n");
        if (install !== "npm install @encrypted-edge/encrypted-edge" || others.length > 0) {
            throw new Error(`The page has other commands: ${block}`);
        }
        run("sh", ["-c", copy], this.folder);
        const [program, ...args] = add.split(" ");
        if (program !== "pulumi") {
            throw new Error(`No command of the engine: ${add}`);
        }
        await this.succeed(this.folder, ...args);
    }

    /** Serves what was deployed from a folder, and probes it. */
    async probe(folder: string): Promise<Report> {
        const traffic = await serveTraffic({ account: path.join(folder, ".rehearsal", "account"), forMinutes: 1 });
        try {
            return await verify({
                target: { domainNames: ["www.example.com"], originDomainName: "origin.example.com" },
                network: traffic.network,
            });
        } finally {
            await traffic.close();
        }
    }

    remove(): void {
        fs.rmSync(this.folder, { recursive: true, force: true });
    }

    #install(room: string): string {
        const packed = path.join(this.folder, "packages", room);
        fs.mkdirSync(packed, { recursive: true });
        const flags = ["--ignore-scripts", "--pack-destination", packed];
        run("npm", ["pack", ...flags], path.join(root, room));
        const [name] = fs.readdirSync(packed);
        const tarball = path.join(packed, name ?? "");
        const { name: installed } = JSON.parse(fs.readFileSync(path.join(root, room, "package.json"), "utf8")) as {
            name: string;
        };
        unpack(tarball, path.join(this.folder, "node_modules", installed));
        return tarball;
    }
}

/** What this machine lacks for a language, in words; undefined where it has everything. */
export function missing(command: string, ...args: string[]): string | undefined {
    return spawnSync(command, args, { stdio: "ignore" }).status === 0
        ? undefined
        : `"${[command, ...args].join(" ")}" does not run here`;
}

/** Takes npm's own top folder off. */
export function unpack(tarball: string, into: string): void {
    fs.mkdirSync(into, { recursive: true });
    run("tar", ["xzf", tarball, "-C", into, "--strip-components", "1"], into);
}

function run(command: string, args: readonly string[], cwd: string): void {
    const { status, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
    if (status !== 0) {
        throw new Error(`${command} ${args.join(" ")} failed: ${stderr}`);
    }
}
