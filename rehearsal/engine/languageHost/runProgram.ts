import * as path from "node:path";
import { RunResponse, type RunRequest } from "@pulumi/pulumi/proto/language_pb";
import { type NodeProcesses, sdkScript } from "./nodeProcesses";

/** The exit code by which the SDK says that it has already shown the user what is wrong. */
const alreadyReported = 32;

/** Runs a Pulumi program under Node, as `runtime: nodejs` in Pulumi.yaml asks for. */
export async function runProgram(
    request: RunRequest,
    engineAddress: string,
    processes: NodeProcesses,
): Promise<RunResponse> {
    const response = new RunResponse();
    const info = request.getInfo();
    const programDirectory = info?.getProgramDirectory() || request.getPwd();
    const options = runtimeOptions(info?.getOptions()?.toJavaScript());
    let script: string;
    try {
        script = sdkScript(programDirectory, "run");
    } catch (error) {
        return response.setError((error as Error).message);
    }

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
        script,
        node: options.nodeArguments,
        arguments: [
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

    return new Promise((resolve) => {
        child.on("error", (error) => {
            resolve(response.setError(`The program could not be started with ${process.execPath}: ${error.message}`));
        });
        child.on("exit", (code, signal) => {
            if (code === alreadyReported || processes.wasEnded(child)) {
                response.setBail(true);
            } else if (code !== 0) {
                const how = signal === null ? `with exit code ${code}` : `by the signal ${signal}`;
                response.setError(`The program ended ${how}.`);
            }
            resolve(response);
        });
    });
}

interface RuntimeOptions {
    typescript: boolean;
    tsconfig?: string;
    nodeArguments: string[];
}

/** Reads `runtime.options` of Pulumi.yaml: `typescript`, `tsconfig` and `nodeargs`, with the official host's meaning. */
function runtimeOptions(options: Record<string, unknown> = {}): RuntimeOptions {
    const { typescript, tsconfig, nodeargs } = options;
    return {
        typescript: typescript !== false,
        tsconfig: typeof tsconfig === "string" && tsconfig !== "" ? tsconfig : undefined,
        nodeArguments: typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter((word) => word !== "") : [],
    };
}
