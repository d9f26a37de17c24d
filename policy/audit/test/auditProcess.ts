import { spawn } from "node:child_process";
import * as path from "node:path";

/** The compiled command, as it is published: `npm run build` makes it. */
export const command = path.resolve(__dirname, "..", "..", "encrypted-edge-policy.js");

export interface Outcome {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** The command as a user starts it, in a process of its own. */
export function startAudit(cwd: string, args: readonly string[], input = "") {
    const child = spawn(process.execPath, [command, "audit", ...args], { cwd });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    child.stdin.on("error", () => undefined).end(input);
    const outcome = new Promise<Outcome>((done) => child.on("close", (code) => done({ code, stdout, stderr })));
    return { child, outcome };
}
