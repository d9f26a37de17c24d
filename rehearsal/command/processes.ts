import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process of this number runs on this machine, whoever it belongs to. */
export function processIsRunning(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

/** When a process started, in milliseconds since the epoch; undefined where the system does not tell. */
export function processStart(pid: number): number | undefined {
    return process.platform === "linux" ? startByProc(pid) : startByPs(pid);
}

/** Clock ticks a second in /proc: fixed at 100 for programs on every Linux that Node runs on. */
const ticks = 100;

function startByProc(pid: number): number | undefined {
    try {
        const [, boot] = /^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8")) ?? [];
        const status = readFileSync(`/proc/${pid}/stat`, "utf8");
        // The second field is the name in brackets, which may hold spaces; start time is the 22nd of all (proc(5)).
        const start = status.slice(status.lastIndexOf(")") + 2).split(" ")[19];
        return Number(boot) * 1000 + (Number(start) * 1000) / ticks;
    } catch {
        return undefined;
    }
}

function startByPs(pid: number): number | undefined {
    try {
        const text = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
        const start = Date.parse(text.trim());
        return Number.isNaN(start) ? undefined : start;
    } catch {
        return undefined;
    }
}
