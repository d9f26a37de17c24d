import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import type { RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { type ChildProcesses, sdkScript } from "./childProcesses";
import { installation, packageFile } from "./dependencies";
import type { Language, Options } from "./language";
import { runToEnd, settingsOf } from "./programSettings";

/** Runs a Pulumi program under Node, as `runtime: nodejs` in Pulumi.yaml asks for. */
async function runProgram(request: RunRequest, engineAddress: string, processes: ChildProcesses): Promise<RunResponse> {
    const { directory, entryPoint, options, configuration, flags } = settingsOf(request, engineAddress);
    const { typescript, tsconfig, nodeArguments } = runtimeOptions(options);
    const words = [...nodeArguments, sdkScript(directory, "run"), ...flags, entryPoint, ...request.getArgsList()];
    const env = {
        ...process.env,
        ...configuration,
        ...(typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
        ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
    };
    return runToEnd(processes, process.execPath, words, { cwd: request.getPwd(), env });
}

/**
 * Reads `runtime.options` of Pulumi.yaml: `typescript`, `tsconfig` and `nodeargs`, with the official host's meaning.
 */
function runtimeOptions({ typescript, tsconfig, nodeargs }: Options) {
    return {
        typescript: typescript !== false,
        tsconfig: typeof tsconfig === "string" && tsconfig !== "" ? tsconfig : undefined,
        nodeArguments: typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter((word) => word !== "") : [],
    };
}

/** Node, as `runtime: nodejs` in Pulumi.yaml asks for. */
export const nodejs: Language = {
    run: runProgram,

    installation(program, options) {
        const { directory, manager, flags } = installation(program, options);
        return [{ command: manager, arguments: ["install", ...flags], directory }];
    },

    async link(program, sdk) {
        const { name = sdk.name } = packageFile(path.join(program, sdk.path, "package.json"));
        await promisify(execFile)("npm", ["pkg", "set", `dependencies.${name}=file:${sdk.path}`], { cwd: program });
        return `You can now import the SDK in your program:\n\n  import * as sdk from "${name}";\n`;
    },
};
