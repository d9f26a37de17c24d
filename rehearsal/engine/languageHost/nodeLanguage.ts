import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import type { RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { type ChildProcesses, sdkScript } from "./childProcesses";
import { installation, packageFile } from "./dependencies";
import { type Language, type Options } from "./language";
import { outcome } from "./programSettings";

/** Runs a Pulumi program under Node, as `runtime: nodejs` in Pulumi.yaml asks for. */
async function runProgram(request: RunRequest, engineAddress: string, processes: ChildProcesses): Promise<RunResponse> {
    const info = request.getInfo();
    const programDirectory = info?.getProgramDirectory() || request.getPwd();
    const options = runtimeOptions(info?.getOptions()?.toJavaScript());
    const script = sdkScript(programDirectory, "run");
    const flags: [string, string][] = [
        ["--monitor", request.getMonitorAddress()],
        ["--engine", engineAddress],
        ["--organization", request.getOrganization()],
        ["--project", request.getProject()],
        ["--root-directory", info?.getRootDirectory() || programDirectory],
        ["--stack", request.getStack()],
        ["--pwd", request.getPwd()],
        ["--parallel", request.getParallel() > 0 ? String(request.getParallel()) : ""],
    ];
    const entryPoint = request.getProgram() || info?.getEntryPoint() || ".";
    const child = processes.start("program", {
        command: process.execPath,
        arguments: [
            ...options.nodeArguments,
            script,
            ...flags.filter(([, value]) => value !== "").flat(),
            ...(request.getDryrun() ? ["--dry-run"] : []),
            path.resolve(programDirectory, entryPoint),
            ...request.getArgsList(),
        ],
        cwd: request.getPwd(),
        env: {
            ...process.env,
            PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
            PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
            ...(options.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
            ...(options.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
        },
        stdio: ["ignore", "inherit", "inherit"],
    });

    return outcome(child, process.execPath, processes);
}

interface RuntimeOptions {
    typescript: boolean;
    tsconfig?: string;
    nodeArguments: string[];
}

/** Reads `runtime.options` of Pulumi.yaml: `typescript`, `tsconfig` and `nodeargs`, with the official host's meaning. */
function runtimeOptions(options: Options = {}): RuntimeOptions {
    const { typescript, tsconfig, nodeargs } = options;
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
