import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import * as path from "node:path";
import { pinnedVersion, versionOf } from "./cliVersion";
import { type OnProgress, tellWhile } from "./elapsed";
import { userCache } from "./userCache";

/** How long the launcher may stay silent: where its downloads are refused or swallowed, another way is tried. */
const silence = 15_000;
const longest = 5 * 60_000;

/**
 * Where the npm launcher puts the CLI that it downloads for the rehearsal; the user's own Pulumi home stays as it is.
 */
export function downloadedCli(environment: NodeJS.ProcessEnv): string {
    return path.join(launcherHome(environment), "versions", pinnedVersion, "bin", "pulumi");
}

/**
 * Lets Pulumi's npm launcher (package `pulumi`) download the official CLI.
 * @returns the executable, or undefined where the download is refused or takes too long.
 */
export async function downloadCli(environment: NodeJS.ProcessEnv, progress: OnProgress): Promise<string | undefined> {
    let launcher: string;
    try {
        mkdirSync(launcherHome(environment), { recursive: true });
        launcher = require.resolve("pulumi/run.js");
    } catch {
        return undefined;
    }
    const doing = `Downloading the Pulumi CLI ${pinnedVersion} with its npm launcher`;
    progress(doing);
    const child = spawn(process.execPath, [launcher, "version"], {
        env: { ...environment, PULUMI_HOME: launcherHome(environment), PULUMI_VERSION: pinnedVersion },
        stdio: ["ignore", "pipe", "ignore"],
        // A group of its own, so that the installer that the launcher starts can be ended with it.
        detached: true,
    });
    const stop = (): void => {
        try {
            process.kill(-(child.pid as number), "SIGKILL");
        } catch {
            // It has ended by itself.
        }
    };
    const quiet = setTimeout(stop, silence);
    child.stdout.on("data", () => clearTimeout(quiet));
    const limit = setTimeout(stop, longest);
    process.once("exit", stop);
    const ended = once(child, "close").catch(() => undefined);
    await tellWhile(progress, () => doing, ended);
    clearTimeout(quiet);
    clearTimeout(limit);
    process.removeListener("exit", stop);
    const cli = downloadedCli(environment);
    return existsSync(cli) && (await versionOf(cli)) === pinnedVersion ? cli : undefined;
}

function launcherHome(environment: NodeJS.ProcessEnv): string {
    return path.join(userCache(environment), "npm-launcher");
}
