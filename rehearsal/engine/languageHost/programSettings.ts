import type { SpawnOptions } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { RunResponse, type RunRequest } from "@pulumi/pulumi/proto/language_pb";
import type { ExitStatus } from "../goBuild";
import type { ChildProcesses } from "./childProcesses";
import type { Options } from "./language";

/** The exit code by which the SDKs say that they have already shown the user what is wrong. */
const alreadyReported = 32;

/**
 * Where a program lies and what it is told: `configuration` by the variables that every SDK reads, `environment` by
 * those that the Go SDK and our executor for Python read as well.
 */
export function settingsOf(request: RunRequest, engineAddress: string) {
    const info = request.getInfo();
    const directory = info?.getProgramDirectory() || request.getPwd();
    const options: Options = info?.getOptions()?.toJavaScript() ?? {};
    const rootDirectory = info?.getRootDirectory() || directory;
    const configuration = {
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    };
    const told = {
        ...configuration,
        PULUMI_ORGANIZATION: request.getOrganization(),
        PULUMI_PROJECT: request.getProject(),
        PULUMI_ROOT_DIRECTORY: rootDirectory,
        PULUMI_STACK: request.getStack(),
        PULUMI_DRY_RUN: String(request.getDryrun()),
        PULUMI_PARALLEL: String(request.getParallel()),
        PULUMI_MONITOR: request.getMonitorAddress(),
        PULUMI_ENGINE: engineAddress,
    };
    return {
        directory,
        rootDirectory,
        entryPoint: path.resolve(directory, request.getProgram() || info?.getEntryPoint() || "."),
        options,
        configuration,
        environment: { ...process.env, ...told },
    };
}

/** Runs a program to its end. @returns how it ended, as the engine is told */
export async function runToEnd(
    processes: ChildProcesses,
    command: string,
    words: readonly string[],
    options: Pick<SpawnOptions, "cwd" | "env">,
): Promise<RunResponse> {
    const child = processes.start("program", command, words, { ...options, stdio: ["ignore", "inherit", "inherit"] });
    const response = new RunResponse();
    try {
        const [code, signal] = (await once(child, "exit")) as ExitStatus;
        if (code === alreadyReported || processes.wasEnded(child)) {
            return response.setBail(true);
        }
        const how = signal === null ? `with exit code ${code}` : `by the signal ${signal}`;
        return code === 0 ? response : response.setError(`The program ended ${how}.`);
    } catch (error) {
        return response.setError(`The program could not be started with ${command}: ${(error as Error).message}`);
    }
}
