import { spawn } from "node:child_process";
import { type Usage, watchProcesses } from "./watchProcesses";

export interface Measurement extends Usage {
    readonly wallSeconds: number;
    readonly exitCode: number;
    readonly stdout: string;
    readonly stderr: string;
}

export interface Call {
    readonly command: string;
    readonly args: readonly string[];
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command in a session of its own and measures it. Undefined where it took longer than `limitSeconds`. */
export async function measure(call: Call, limitSeconds: number): Promise<Measurement | undefined> {
    const started = process.hrtime.bigint();
    const child = spawn(call.command, call.args, {
        cwd: call.cwd,
        env: call.env ?? process.env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const ended = new Promise<number>((done, fail) => {
        child.on("error", fail);
        child.on("close", (code) => done(code ?? -1));
    });
    if (child.pid === undefined) {
        await ended;
        return undefined;
    }
    const processes = watchProcesses(child.pid);
    let late = false;
    const limit = setTimeout(() => {
        late = true;
        processes.running().forEach(stop);
    }, limitSeconds * 1000);
    try {
        const exitCode = await ended;
        const wallSeconds = Number(process.hrtime.bigint() - started) / 1e9;
        return late ? undefined : { wallSeconds, ...processes.stop(), exitCode, stdout, stderr };
    } finally {
        processes.stop();
        clearTimeout(limit);
    }
}

function stop(pid: number): void {
    try {
        process.kill(pid, "SIGKILL");
    } catch {
        // It ended by itself meanwhile.
    }
}
