import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Measurement {
    readonly wallSeconds: number;
    /** Of the process and all that it started. */
    readonly cpuSeconds: number;
    /** The most that all these processes held at one moment. */
    readonly peakMegabytes: number;
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

/** Often at first, for what lives shorter than a moment; then so seldom that watching costs nothing. */
const interval = (elapsed: number) => (elapsed < 500 ? 5 : 50);
/** USER_HZ and the page size that Linux reports to programs on x86-64 and arm64. */
const [ticksPerSecond, pageBytes] = [100, 4096];

/**
 * Runs a command in a session of its own and watches every process of it in /proc: the engine does not wait for its
 * plugins, so the system's own accounting leaves them out. Undefined where it took longer than `limitSeconds`.
 */
export async function measure(call: Call, limitSeconds: number): Promise<Measurement | undefined> {
    if (process.platform !== "linux") {
        throw new Error("The benchmark reads /proc and runs on Linux only.");
    }
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
    const ticks = new Map<number, number>();
    let peakPages = 0;
    let watch: NodeJS.Timeout;
    const look = () => {
        const processes = processesOf(child.pid ?? -1);
        for (const one of processes) {
            ticks.set(one.pid, one.ticks);
        }
        peakPages = Math.max(
            peakPages,
            processes.reduce((sum, one) => sum + one.pages, 0),
        );
        watch = setTimeout(look, interval(Number(process.hrtime.bigint() - started) / 1e6));
    };
    watch = setTimeout(look, 0);
    let late = false;
    const limit = setTimeout(() => {
        late = true;
        for (const { pid } of processesOf(child.pid ?? -1)) {
            stop(pid);
        }
    }, limitSeconds * 1000);
    try {
        const exitCode = await new Promise<number>((done, fail) => {
            child.on("error", fail);
            child.on("close", (code) => done(code ?? -1));
        });
        if (late) {
            return undefined;
        }
        return {
            wallSeconds: Number(process.hrtime.bigint() - started) / 1e9,
            cpuSeconds: [...ticks.values()].reduce((sum, each) => sum + each, 0) / ticksPerSecond,
            peakMegabytes: Math.round((peakPages * pageBytes) / 1024 / 1024),
            exitCode,
            stdout,
            stderr,
        };
    } finally {
        clearTimeout(watch);
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

/** Every process of the session that this one leads, with its own processor time so far and resident pages. */
function processesOf(session: number): { pid: number; ticks: number; pages: number }[] {
    return readdirSync("/proc").flatMap((entry) => {
        if (!/^\d+$/.test(entry)) {
            return [];
        }
        let stat: string;
        try {
            stat = readFileSync(`/proc/${entry}/stat`, "utf8");
        } catch {
            return [];
        }
        // The name in brackets may hold spaces; proc(5) counts the fields after it from the state, field 3.
        const fields = stat
            .slice(stat.lastIndexOf(")") + 2)
            .split(" ")
            .map(Number);
        if (fields[3] !== session) {
            return [];
        }
        return [{ pid: Number(entry), ticks: (fields[11] ?? 0) + (fields[12] ?? 0), pages: fields[21] ?? 0 }];
    });
}
