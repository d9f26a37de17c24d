import { once } from "node:events";
import type { ServerWritableStream } from "@grpc/grpc-js";
import { RunPluginResponse, type RunPluginRequest } from "@pulumi/pulumi/proto/language_pb";
import type { ExitStatus } from "../goBuild";
import { type ChildProcesses, sdkScript } from "./childProcesses";

/** Runs a policy pack (kind `analyzer`) or any other plugin written for Node, and streams what it prints. */
export async function runPlugin(
    call: ServerWritableStream<RunPluginRequest, RunPluginResponse>,
    engineAddress: string,
    processes: ChildProcesses,
): Promise<void> {
    const { request } = call;
    const directory = request.getInfo()?.getProgramDirectory() || request.getProgram();
    const isPack = request.getKind() === "analyzer";
    const fail = (message: string): void => {
        call.write(new RunPluginResponse().setStderr(Buffer.from(`${message}\n`)));
        call.write(new RunPluginResponse().setExitcode(1));
        call.end();
    };

    let script: string;
    try {
        script = sdkScript(directory, isPack ? "run-policy-pack" : "run-plugin");
    } catch (error) {
        fail((error as Error).message);
        return;
    }
    const given = request.getArgsList();
    const words = isPack ? [...(given.length > 0 ? given : [engineAddress]), directory] : [directory, ...given];
    const child = processes.start("plugin", process.execPath, [script, ...words], {
        // A pack reads its own package.json from the directory it runs in.
        cwd: isPack ? directory : request.getPwd() || directory,
        env: { ...process.env, ...environment(request.getEnvList()) },
        stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout?.on("data", (chunk: Buffer) => call.write(new RunPluginResponse().setStdout(chunk)));
    child.stderr?.on("data", (chunk: Buffer) => call.write(new RunPluginResponse().setStderr(chunk)));
    call.on("cancelled", () => child.kill("SIGTERM"));
    try {
        const [code] = (await once(child, "close")) as ExitStatus;
        call.write(new RunPluginResponse().setExitcode(code ?? 1));
        call.end();
    } catch (error) {
        fail(`The plugin could not be started with ${process.execPath}: ${(error as Error).message}`);
    }
}

function environment(entries: string[]): NodeJS.ProcessEnv {
    const pairs = entries.map((entry) => entry.split(/=(.*)/s));
    return Object.fromEntries(pairs.map(([name = "", value]) => [name, value]));
}
