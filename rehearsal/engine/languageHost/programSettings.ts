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
 * Where a program lies and what it is told: `configuration` by the variables that every SDK reads, the rest by `flags`
 * of Node's SDK, or by variables of the same names, which the Go SDK and our executor for Python read (`environment`).
 */
export function settingsOf(request: RunRequest, engineAddress: string) {
    const info = request.getInfo();
    const directory = info?.getProgramDirectory() || request.getPwd();
    const options: Options = info?.getOptions()?.toJavaScript() ?? {};
    const configuration = {
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    };
    const told = {
        organization: request.getOrganization(),
        project: request.getProject(),
        "root-directory": info?.getRootDirectory() || directory,
        stack: request.getStack(),
        "dry-run": String(request.getDryrun()),
        parallel: String(request.getParallel()),
        monitor: request.getMonitorAddress(),
        engine: engineAddress,
    };
    const variables = Object.fromEntries(
        Object.entries(told).map(([name, value]) => [`PULUMI_${name.toUpperCase().replace("-", "_")}`, value]),
    );
    return {
        directory,
        entryPoint: path.resolve(directory, request.getProgram() || info?.getEntryPoint() || "."),
        options,
        configuration,
        flags: Object.entries(told).flatMap(([name, value]) => (value === "" ? [] : [`--${name}=${value}`])),
        environment: { ...process.env, ...configuration, ...variables },
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
