import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { parseDocument } from "yaml";

/** One of the examples, with its stack `dev`, in a folder of its own. */
export class RehearsedExample {
    readonly root = path.join(__dirname, "..", "..");
    readonly folder = mkdtempSync(path.join(tmpdir(), "example-"));
    readonly #name: string;

    constructor(name: string) {
        this.#name = name;
        cpSync(path.join(this.root, "examples", name), this.folder, { recursive: true });
        const settings = { extends: path.join(this.root, "examples", "tsconfig.json"), files: ["index.ts"] };
        writeFileSync(path.join(this.folder, "tsconfig.json"), JSON.stringify(settings));
        // Where the language host begins to look for the SDK.
        writeFileSync(path.join(this.folder, "package.json"), JSON.stringify({ private: true }));
        symlinkSync(path.join(this.root, "node_modules"), path.join(this.folder, "node_modules"));
    }

    /** Runs `rehearse` for a stack. */
    async run(stack: string, ...args: string[]): Promise<{ ended: boolean; output: string }> {
        const rehearse = path.join(this.root, "rehearsal", "rehearse.js");
        try {
            const { stdout, stderr } = await promisify(execFile)(
                process.execPath,
                [rehearse, ...args, "--stack", stack],
                { cwd: this.folder, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 },
            );
            return { ended: true, output: stdout + stderr };
        } catch (error) {
            const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
            return { ended: false, output: `${stdout}\n${stderr}` };
        }
    }

    /** Runs `rehearse` for the stack `dev`. @throws Error that shows what a failing command printed */
    async succeed(...args: string[]): Promise<{ output: string }> {
        const { ended, output } = await this.run("dev", ...args);
        if (!ended) {
            throw new Error(`rehearse ${args.join(" ")} failed:\n${output}`);
        }
        return { output };
    }

    async outputs(): Promise<Record<string, unknown>> {
        const { output } = await this.succeed("stack", "output", "--json");
        return JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1)) as Record<string, unknown>;
    }

    /** Sets a key of the stack file. */
    configure(key: string, value: unknown): void {
        const file = path.join(this.folder, "Pulumi.dev.yaml");
        const document = parseDocument(readFileSync(file, "utf8"));
        document.setIn(["config", `${this.#name}:${key}`], value);
        writeFileSync(file, document.toString());
    }

    /** Writes one of its files with some text in the place of another. */
    rewrite(name: string, text: string, other: string): void {
        const file = path.join(this.folder, name);
        const before = readFileSync(file, "utf8");
        if (!before.includes(text)) {
            throw new Error(`${name} does not hold ${text}`);
        }
        writeFileSync(file, before.replace(text, other));
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}
