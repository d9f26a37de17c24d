import { readdirSync, readFileSync } from "node:fs";

export interface Usage {
    /** Seconds of processor time of all processes together. */
    readonly cpuSeconds: number;
    /** The most memory that all these processes held at one moment, in MB. */
    readonly peakMegabytes: number;
}

/** USER_HZ and the page size that Linux reports to programs on x86-64 and arm64. */
const [ticksPerSecond, pageBytes] = [100, 4096];

/** Often at first, for what lives only a moment; then so seldom that watching costs nothing. */
const interval = (elapsed: number) => (elapsed < 500 ? 5 : 50);

/**
 * Watches, by samples of /proc, the session that a process leads and all that descend from it: the engine does not wait
 * for its plugins, so the system's own accounting leaves them out, and a command may start sessions of its own.
 */
export function watchProcesses(root: number): { stop(): Usage; running(): number[] } {
    if (process.platform !== "linux") {
        throw new Error("The benchmarks read /proc and run on Linux only.");
    }
    const started = Date.now();
    const family = new Set([root]);
    const ticks = new Map<number, number>();
    let peakPages = 0;
    let timer: NodeJS.Timeout;
    const running = (): RunningProcess[] => {
        const all = readProcesses();
        // A child's number may be lower than its parent's, so one pass does not find all.
        for (let size = 0; size !== family.size;) {
            size = family.size;
            for (const { pid, parent, session } of all) {
                if (session === root || family.has(parent)) {
                    family.add(pid);
                }
            }
        }
        return all.filter(({ pid }) => family.has(pid));
    };
    const sample = () => {
        let pages = 0;
        for (const each of running()) {
            ticks.set(each.pid, each.ticks);
            pages += each.pages;
        }
        peakPages = Math.max(peakPages, pages);
        timer = setTimeout(sample, interval(Date.now() - started));
    };
    timer = setTimeout(sample, 0);
    return {
        stop() {
            clearTimeout(timer);
            return {
                cpuSeconds: [...ticks.values()].reduce((sum, each) => sum + each, 0) / ticksPerSecond,
                peakMegabytes: Math.round((peakPages * pageBytes) / 1024 / 1024),
            };
        },
        running: () => running().map(({ pid }) => pid),
    };
}

interface RunningProcess {
    readonly pid: number;
    readonly parent: number;
    readonly session: number;
    /** Processor time so far, of this process alone. */
    readonly ticks: number;
    /** Resident pages. */
    readonly pages: number;
}

function readProcesses(): RunningProcess[] {
    return readdirSync("/proc").flatMap((entry) => {
        if (!/^\d+$/.test(entry)) {
            return [];
        }
        let stat: string;
        try {
            stat = readFileSync(`/proc/${entry}/stat`, "utf8");
        } catch {
            // It has ended since the folder was read.
            return [];
        }
        // The name in brackets may hold spaces; proc(5) counts the fields after it from the state, field 3.
        const fields = stat
            .slice(stat.lastIndexOf(")") + 2)
            .split(" ")
            .map(Number);
        const [, parent = 0, , session = 0] = fields;
        const ticks = (fields[11] ?? 0) + (fields[12] ?? 0);
        return [{ pid: Number(entry), parent, session, ticks, pages: fields[21] ?? 0 }];
    });
}
