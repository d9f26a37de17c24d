import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { type Usage, watchProcessTree } from "./processTree";

/** One preview, in seconds. */
export interface Measurement extends Usage {
    wall: number;
    /** From the start of the program's process until its modules are evaluated. */
    programLoad?: number;
    /** From the start of the pack's process until the engine can talk to it. */
    packStart?: number;
}

const loadTimes = path.join(__dirname, "loadTimes.cjs");

/** Runs `rehearse preview` once and measures it. @throws when the preview does not succeed. */
export async function measurePreview(repository: string, directory: string, pack: boolean): Promise<Measurement> {
    const temporary = mkdtempSync(path.join(tmpdir(), "preview-"));
    const file = path.join(temporary, "times");
    try {
        const start = process.hrtime.bigint();
        const child = spawn(
            process.execPath,
            [
                path.join(repository, "rehearsal", "rehearse.js"),
                "preview",
                "--stack",
                "dev",
                ...(pack ? ["--policy-pack", "policy"] : []),
            ],
            {
                cwd: directory,
                env: {
                    ...process.env,
                    BENCHMARK_LOAD_TIMES: file,
                    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(loadTimes)}`,
                },
                stdio: ["ignore", "pipe", "pipe"],
            },
        );
        let output = "";
        child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
        const tree = watchProcessTree(child.pid as number);
        const code = await new Promise<number | null>((resolve, reject) => {
            child.on("error", reject);
            child.on("close", resolve);
        });
        const wall = Number(process.hrtime.bigint() - start) / 1e9;
        const usage = tree.stop();
        if (code !== 0) {
            throw new Error(`The preview in ${directory} ended with exit code ${code}:\n${output}`);
        }
        return { wall, ...usage, ...readLoadTimes(file) };
    } finally {
        rmSync(temporary, { recursive: true, force: true });
    }
}

function readLoadTimes(file: string): Pick<Measurement, "programLoad" | "packStart"> {
    const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    const times = lines.map((line) => JSON.parse(line) as { what: string; milliseconds: number });
    const of = (what: string): number | undefined => {
        const found = times.find((time) => time.what === what);
        return found === undefined ? undefined : found.milliseconds / 1000;
    };
    return { programLoad: of("program"), packStart: of("pack") };
}

/** The middle value; undefined where nothing was measured. */
export function median(values: readonly (number | undefined)[]): number | undefined {
    const sorted = values.filter((value) => value !== undefined).sort((one, other) => one - other);
    const middle = Math.floor(sorted.length / 2);
    const [lower, upper] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
    return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}

/** The median of each number over several runs. */
export function medians(runs: readonly Measurement[]): Measurement {
    const of = (key: keyof Measurement): number | undefined => median(runs.map((run) => run[key]));
    return {
        wall: of("wall") ?? Number.NaN,
        programLoad: of("programLoad"),
        packStart: of("packStart"),
        cpuSeconds: of("cpuSeconds"),
        peakMegabytes: of("peakMegabytes"),
    };
}
