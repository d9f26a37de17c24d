import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** Where the workflows' scripts lie. */
export const scripts = path.join(__dirname, "..", "..", ".github", "scripts");

/** An empty folder with a `bin` folder first on PATH, in which a test puts the commands that a script calls. */
class Sandbox {
    folder = "";

    make(): void {
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "delivery-"));
        fs.mkdirSync(path.join(this.folder, "bin"));
    }

    command(name: string, body: string): void {
        const file = path.join(this.folder, "bin", name);
        fs.writeFileSync(file, `#!/usr/bin/env bash\nset -euo pipefail\n${body}\n`, { mode: 0o755 });
    }

    /** A command of one of our packages, as npm installs it. */
    tool(name: string, body: string): void {
        this.command(name, body);
        this.run("mkdir", ["-p", "node_modules/.bin"]);
        this.run("mv", [`bin/${name}`, `node_modules/.bin/${name}`]);
    }

    write(name: string, text: string): void {
        fs.mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
        fs.writeFileSync(path.join(this.folder, name), text);
    }

    read(name: string): string | undefined {
        const file = path.join(this.folder, name);
        return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
    }

    run(command: string, args: readonly string[], environment: Record<string, string> = {}) {
        return spawnSync(command, args, {
            cwd: this.folder,
            encoding: "utf8",
            env: {
                ...process.env,
                PATH: `${path.join(this.folder, "bin")}${path.delimiter}${process.env.PATH ?? ""}`,
                ...environment,
            },
        });
    }

    /** Commits "file" to a new repository in the folder, and gives the tree that the commit holds. */
    commit(): string {
        const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
        this.run("git", ["init", "--quiet"]);
        this.run("git", ["add", "file"]);
        this.run("git", [...identity, "commit", "--quiet", "--message", "a"]);
        return this.run("git", ["rev-parse", "HEAD^{tree}"]).stdout.trim();
    }

    script(name: string, args: readonly string[], environment: Record<string, string> = {}) {
        return this.run(path.join(scripts, name), args, environment);
    }

    remove(): void {
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

/** A sandbox that is made anew for each test of the block that calls this. */
export function sandboxForEachTest(): Sandbox {
    const sandbox = new Sandbox();
    beforeEach(() => sandbox.make());
    afterEach(() => sandbox.remove());
    return sandbox;
}
