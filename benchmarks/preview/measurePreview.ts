import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { measure, median } from "../measure";

/** One preview. */
export interface PreviewFigures {
    readonly wallSeconds?: number;
    /** From the start of the program's process until its modules are evaluated. */
    readonly programLoad?: number;
    /** From the start of the pack's process until the engine can talk to it. */
    readonly packStart?: number;
    /** Both together; undefined without a pack. */
    readonly start?: number;
    /** The processor time of both together. */
    readonly startCpu?: number;
    readonly cpuSeconds?: number;
    readonly peakMegabytes?: number;
}

const loadTimes = path.join(__dirname, "loadTimes.cjs");
const limitSeconds = 300;

/** Runs `rehearse preview` once and measures it. @throws when the preview does not succeed. */
export async function measurePreview(repository: string, directory: string, pack: boolean): Promise<PreviewFigures> {
    const temporary = mkdtempSync(path.join(tmpdir(), "preview-"));
    const file = path.join(temporary, "times");
    try {
        const rehearse = path.join(repository, "rehearsal", "rehearse.js");
        const measured = await measure(
            {
                command: process.execPath,
                args: [rehearse, "preview", "--stack", "dev", ...(pack ? ["--policy-pack", "policy"] : [])],
                cwd: directory,
                env: {
                    ...process.env,
                    BENCHMARK_LOAD_TIMES: file,
                    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(loadTimes)}`,
                },
            },
            limitSeconds,
        );
        if (measured === undefined) {
            throw new Error(`The preview in ${directory} did not end within ${limitSeconds} s.`);
        }
        const { wallSeconds, cpuSeconds, peakMegabytes, exitCode, stdout, stderr } = measured;
        if (exitCode !== 0) {
            throw new Error(`The preview in ${directory} ended with exit code ${exitCode}:\n${stdout}${stderr}`);
        }
        return { wallSeconds, cpuSeconds, peakMegabytes, ...readLoadTimes(file) };
    } finally {
        rmSync(temporary, { recursive: true, force: true });
    }
}

interface LoadTime {
    readonly what: string;
    readonly milliseconds: number;
    readonly cpuMilliseconds: number;
}

function readLoadTimes(file: string): Pick<PreviewFigures, "programLoad" | "packStart" | "start" | "startCpu"> {
    const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    const times = lines.map((line) => JSON.parse(line) as LoadTime);
    const [program, pack] = ["program", "pack"].map((what) => times.find((time) => time.what === what));
    const seconds = (milliseconds?: number) => (milliseconds === undefined ? undefined : milliseconds / 1000);
    return {
        programLoad: seconds(program?.milliseconds),
        packStart: seconds(pack?.milliseconds),
        ...(program && pack
            ? {
                  start: seconds(program.milliseconds + pack.milliseconds),
                  startCpu: seconds(program.cpuMilliseconds + pack.cpuMilliseconds),
              }
            : {}),
    };
}

/** The median of each figure over several runs. */
export function medians(runs: readonly PreviewFigures[]): PreviewFigures {
    const of = (key: keyof PreviewFigures): number | undefined => median(runs.map((run) => run[key]));
    return {
        wallSeconds: of("wallSeconds"),
        programLoad: of("programLoad"),
        packStart: of("packStart"),
        start: of("start"),
        startCpu: of("startCpu"),
        cpuSeconds: of("cpuSeconds"),
        peakMegabytes: of("peakMegabytes"),
    };
}
