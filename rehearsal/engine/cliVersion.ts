import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The version that is built, or asked of the npm launcher, where no CLI is installed. */
export const pinnedVersion = "3.259.0";

/** The oldest CLI that does all that the rehearsal asks: `policy analyze --file` came with it. */
export const oldestVersion = "3.249.0";

/**
 * Whether a CLI of this version can be used: the major version that programs are written for, not older than needed.
 */
export function isCompatible(version: string): boolean {
    return compareVersions(version, oldestVersion) >= 0 && numbers(version)[0] === numbers(oldestVersion)[0];
}

/** Orders `major.minor.patch`, by number; a suffix such as `-alpha.1` does not count. */
export function compareVersions(one: string, other: string): number {
    const [left, right] = [numbers(one), numbers(other)];
    const index = left.findIndex((number, place) => number !== right[place]);
    return index === -1 ? 0 : (left[index] as number) - (right[index] as number);
}

/** How long an executable may take to tell its version; the official CLI takes a tenth of a second. */
export const longestAnswer = 5_000;

/** Asks an executable for its version; undefined where it does not run, or answers in another way than the CLI does. */
export async function versionOf(executable: string): Promise<string | undefined> {
    return (await askVersion(executable)).version;
}

/** What an executable answers to `pulumi version`, and whether it was still silent when it was given up. */
export async function askVersion(executable: string): Promise<{ version?: string; silent: boolean }> {
    try {
        const { stdout } = await promisify(execFile)(executable, ["version"], {
            timeout: longestAnswer,
            killSignal: "SIGKILL",
            env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
        });
        return { version: /^v?(\d+\.\d+\.\d+\S*)\s*$/.exec(stdout)?.[1], silent: false };
    } catch (error) {
        return { silent: (error as { killed?: boolean }).killed === true };
    }
}

function numbers(version: string): [number, number, number] {
    const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
    return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)];
}
