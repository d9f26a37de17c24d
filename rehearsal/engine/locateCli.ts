import { readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { buildCli, builtCli } from "./buildCli";
import { askVersion, compareVersions, isCompatible, longestAnswer, oldestVersion, pinnedVersion } from "./cliVersion";
import { downloadedCli, downloadCli } from "./npmLauncher";
import type { OnProgress } from "./elapsed";
import { isExecutable, onPath } from "./executables";
import { isSilent, noteSilence } from "./silentClis";

export interface Cli {
    /** The `pulumi` executable. */
    path: string;
    /** Its version, without a leading "v". */
    version: string;
    /**
     * `installed`: on PATH or where the official installer and the npm launcher put it; `launcher`: downloaded by the
     * npm launcher for the rehearsal; `built`: compiled on this machine from its pinned Go modules.
     */
    origin: "installed" | "launcher" | "built";
}

export interface LocateOptions {
    /** Is told what is being done whenever that takes long. Default: nothing is told. */
    onProgress?: OnProgress;
    /** Is told what stays true, such as which CLI was not used and why. Default: `onProgress`. */
    onNotice?: (notice: string) => void;
    /** Where PATH, HOME and the caches are read from. Default: the environment of this process. */
    environment?: NodeJS.ProcessEnv;
    /** False: do not download or build, only find. Default: true. */
    obtain?: boolean;
}

/**
 * Finds the official Pulumi CLI, and where there is none gets one: by the npm launcher, or built from Go modules.
 * @throws with the ways to get a CLI when it can be neither found nor obtained.
 */
export async function locateCli(options: LocateOptions = {}): Promise<Cli> {
    const { onProgress = () => undefined, onNotice = onProgress, environment = process.env, obtain = true } = options;
    for (const candidate of candidates(environment).filter((each) => !isSilent(each, environment))) {
        const asking = setTimeout(() => onProgress(`Asking ${candidate} for its version`), 1000);
        const { version, silent } = await askVersion(candidate).finally(() => clearTimeout(asking));
        if (silent) {
            noteSilence(candidate, environment);
            onNotice(
                `"${candidate} version" did not answer within ${longestAnswer / 1000} s: it is not used, and not tried again for an hour.`,
            );
        }
        if (version !== undefined && isCompatible(version)) {
            return { path: candidate, version, origin: "installed" };
        }
        if (version !== undefined) {
            onNotice(
                `${candidate} is pulumi ${version}; the rehearsal needs ${oldestVersion} or a newer 3.x: it is not used.`,
            );
        }
    }
    for (const [origin, file] of [
        ["launcher", downloadedCli(environment)],
        ["built", builtCli(environment)],
    ] as const) {
        if (isExecutable(file)) {
            return { path: file, version: pinnedVersion, origin };
        }
    }
    if (!obtain) {
        throw new Error(`No Pulumi CLI ${oldestVersion} or newer was found on this machine.`);
    }
    const downloaded = await downloadCli(environment, onProgress);
    if (downloaded !== undefined) {
        return { path: downloaded, version: pinnedVersion, origin: "launcher" };
    }
    return { path: await buildCli(environment, onProgress), version: pinnedVersion, origin: "built" };
}

/** Official CLIs on this machine, in the order in which they are tried. */
function candidates(environment: NodeJS.ProcessEnv): string[] {
    const found = onPath("pulumi", environment).filter((file) => hasLanguageHost(file, environment));
    const home = environment.PULUMI_HOME || path.join(environment.HOME || homedir(), ".pulumi");
    const atHome = [path.join(home, "bin", "pulumi"), ...launcherVersions(path.join(home, "versions"))].filter(
        (file) => isExecutable(file) && hasLanguageHost(file, {}),
    );
    return [...new Set([...found, ...atHome])];
}

/** What the npm launcher has downloaded into a Pulumi home, newest first. */
function launcherVersions(directory: string): string[] {
    try {
        return readdirSync(directory)
            .sort((one, other) => compareVersions(other, one))
            .map((version) => path.join(directory, version, "bin", "pulumi"));
    } catch {
        return [];
    }
}

/** A CLI of the official release has its Node language host beside it or, from some packagers, on PATH. */
function hasLanguageHost(cli: string, environment: NodeJS.ProcessEnv): boolean {
    const host = "pulumi-language-nodejs";
    return isExecutable(path.join(path.dirname(realpathSync(cli)), host)) || onPath(host, environment).length > 0;
}
