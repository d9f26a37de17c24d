import { spawn } from "node:child_process";
import {
    copyFileSync,
    cpSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseDocument } from "yaml";

export const root = path.join(__dirname, "..", "..");

export interface Result {
    readonly code: number;
    readonly output: string;
    readonly errors: string;
}

/** A change that a preview or an update makes, as the engine's JSON names it. */
export interface Change {
    readonly op: string;
    readonly urn: string;
}

/**
 * The program of this repository in a folder of its own, so that a test neither finds nor leaves anything in a rehearsal
 * of the developer's. Everything that a deployment reads is a copy; only the dependencies are shared.
 */
export class RehearsedProject {
    readonly folder = mkdtempSync(path.join(tmpdir(), "rehearsed-"));

    constructor() {
        for (const file of ["index.ts", "package.json", "Pulumi.yaml"]) {
            copyFileSync(path.join(root, file), path.join(this.folder, file));
        }
        for (const file of ["Pulumi.dev.yaml", "Pulumi.prod.yaml"]) {
            copyFileSync(path.join(root, file), path.join(this.folder, file));
        }
        for (const folder of ["components", "stack"]) {
            cpSync(path.join(root, folder), path.join(this.folder, folder), { recursive: true });
        }
        symlinkSync(path.join(root, "node_modules"), path.join(this.folder, "node_modules"));
    }

    /** Runs `rehearse` with these arguments; never rejects on a failing command. */
    rehearse(...args: string[]): Promise<Result> {
        return this.#run([path.join(root, "rehearsal", "rehearse.js"), ...args]);
    }

    /** Like {@link rehearse}, but a failing command is an error that shows what it printed. */
    async succeed(...args: string[]): Promise<Result> {
        const result = await this.rehearse(...args);
        if (result.code !== 0) {
            throw new Error(
                `rehearse ${args.join(" ")} ended with ${result.code}:\n${result.output}\n${result.errors}`,
            );
        }
        return result;
    }

    /** What a preview would change, without what stays the same. */
    async changes(stack: string): Promise<Change[]> {
        const { output } = await this.succeed("preview", "--stack", stack, "--json");
        const { steps } = JSON.parse(output) as { steps: Change[] };
        return steps.filter(({ op }) => op !== "same").map(({ op, urn }) => ({ op, urn }));
    }

    async outputs(stack: string): Promise<Record<string, unknown>> {
        return JSON.parse((await this.succeed("stack", "output", "--json", "--stack", stack)).output) as Record<
            string,
            unknown
        >;
    }

    /** Sets a key of the stack file; undefined takes it away. */
    configure(stack: string, key: string, value: unknown): void {
        const file = path.join(this.folder, `Pulumi.${stack}.yaml`);
        const document = parseDocument(readFileSync(file, "utf8"));
        const place = ["config", `encrypted-edge:${key}`];
        if (value === undefined) {
            document.deleteIn(place);
        } else {
            document.setIn(place, value);
        }
        writeFileSync(file, document.toString());
    }

    stackFile(stack: string): string {
        return readFileSync(path.join(this.folder, `Pulumi.${stack}.yaml`), "utf8");
    }

    /** Everything that is in the rehearsed account, as it is kept. */
    accountText(): string {
        const folder = path.join(this.folder, ".rehearsal", "account", "resources");
        return readdirSync(folder)
            .map((file) => readFileSync(path.join(folder, file), "utf8"))
            .join("\n");
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }

    #run(args: string[]): Promise<Result> {
        return new Promise((resolve, reject) => {
            const child = spawn(process.execPath, args, {
                cwd: this.folder,
                stdio: ["ignore", "pipe", "pipe"],
                timeout: 600_000,
            });
            let output = "";
            let errors = "";
            child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
            child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
            child.on("error", reject);
            child.on("close", (code) => resolve({ code: code ?? -1, output, errors }));
        });
    }
}

/** The logical name at the end of a URN. */
export function logicalName(urn: string): string {
    return urn.slice(urn.lastIndexOf("::") + 2);
}
