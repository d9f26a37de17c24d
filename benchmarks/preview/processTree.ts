import { readdirSync, readFileSync } from "node:fs";

export interface Usage {
    /** Seconds of processor time of all processes together; undefined where the system has no /proc. */
    cpuSeconds?: number;
    /** Memory of all processes together at its highest, in MB. */
    peakMegabytes?: number;
}

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const ticks = 100;
const interval = 100;

/** Watches a process and all that descend from it, by samples of /proc. */
export function watchProcessTree(root: number): { stop: () => Usage } {
    const cpu = new Map<number, number>();
    let peak = 0;
    const sample = (): void => {
        const processes = readProcesses();
        const family = new Set([root]);
        // A child's number may be lower than its parent's, so one pass does not find all.
        for (let size = 0; size !== family.size;) {
            size = family.size;
            for (const [pid, { parent }] of processes) {
                if (family.has(parent)) {
                    family.add(pid);
                }
            }
        }
        let memory = 0;
        for (const pid of family) {
            const found = processes.get(pid);
            if (found !== undefined) {
                cpu.set(pid, found.cpuSeconds);
                memory += found.megabytes;
            }
        }
        peak = Math.max(peak, memory);
    };
    const timer = process.platform === "linux" ? setInterval(sample, interval) : undefined;
    return {
        stop: () => {
            clearInterval(timer);
            if (timer === undefined) {
                return {};
            }
            const cpuSeconds = [...cpu.values()].reduce((sum, seconds) => sum + seconds, 0);
            return { cpuSeconds, peakMegabytes: Math.round(peak) };
        },
    };
}

interface Found {
    parent: number;
    cpuSeconds: number;
    megabytes: number;
}

function readProcesses(): Map<number, Found> {
    const found = new Map<number, Found>();
    for (const name of readdirSync("/proc")) {
        if (!/^\d+$/.test(name)) {
            continue;
        }
        try {
            const stat = readFileSync(`/proc/${name}/stat`, "utf8");
            // Fields 4 (parent), 14 and 15 (time in user and system mode), 24 (resident pages) of proc(5).
            const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
            found.set(Number(name), {
                parent: Number(fields[1]),
                cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticks,
                megabytes: (Number(fields[21]) * 4096) / 1e6,
            });
        } catch {
            // It has ended since the directory was read.
        }
    }
    return found;
}
