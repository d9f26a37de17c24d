import { spawn } from "node:child_process";
import { once } from "node:events";
import { type ServerWritableStream, status } from "@grpc/grpc-js";
import { InstallDependenciesResponse, type InstallDependenciesRequest } from "@pulumi/pulumi/proto/language_pb";
import type { ExitStatus } from "../goBuild";
import type { Command, Language } from "./language";

type Call = ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>;

/** Installs the packages of a program or plugin, for `pulumi install` and `pulumi package`. */
export async function installDependencies(call: Call, language: Language): Promise<void> {
    const info = call.request.getInfo();
    const program = info?.getProgramDirectory() || call.request.getDirectory();
    const commands = language.installation(program, info?.getOptions()?.toJavaScript() ?? {});
    for (const command of commands) {
        const wrong = await run(command, call);
        if (wrong !== undefined) {
            const said = [command.command, ...command.arguments].join(" ");
            // Only an error that is emitted reaches the engine as a status; a stream that is destroyed ends without
            // one, and the engine would wait for ever.
            const details = `"${said}" ${wrong} in ${command.directory}.`;
            call.emit("error", { code: status.UNKNOWN, details });
            return;
        }
    }
    call.end();
}

/** @returns what went wrong; undefined where nothing did. */
async function run({ command, arguments: words, directory }: Command, call: Call): Promise<string | undefined> {
    const child = spawn(command, words, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk: Buffer) => call.write(new InstallDependenciesResponse().setStdout(chunk)));
    child.stderr.on("data", (chunk: Buffer) => call.write(new InstallDependenciesResponse().setStderr(chunk)));
    call.on("cancelled", () => child.kill("SIGTERM"));
    try {
        const [code, signal] = (await once(child, "close")) as ExitStatus;
        const how = signal === null ? `ended with exit code ${code}` : `was ended by the signal ${signal}`;
        return code === 0 ? undefined : how;
    } catch (error) {
        const { message } = error as Error;
        return `could not be started (${message}): put ${command} on PATH, or install the packages by hand`;
    }
}
