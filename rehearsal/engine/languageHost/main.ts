/**
 * The executables `pulumi-language-nodejs`, `-python` and `-go`, for a CLI that came without them. The engine starts it with its own address
 * as the last argument and reads the port of the language runtime service from the first line of standard output.
 */
import "../endWithParent";
import * as grpc from "@grpc/grpc-js";
import * as languageService from "@pulumi/pulumi/proto/language_grpc_pb";
import { ownLanguages } from "../languageShims";
import { languageRuntime } from "./languageRuntime";

const largestMessage = 400 * 1024 * 1024;

function main(engineAddress: string | undefined): void {
    if (engineAddress === undefined || engineAddress.startsWith("-")) {
        process.stderr.write("A language host is started by the pulumi CLI, with the engine's address.\n");
        process.exitCode = 2;
        return;
    }
    const asked = process.argv.find((word) => word.startsWith("--language="))?.slice("--language=".length);
    const language = ownLanguages.find((each) => each === asked) ?? "nodejs";
    const server = new grpc.Server({
        "grpc.max_receive_message_length": largestMessage,
        "grpc.max_send_message_length": largestMessage,
    });
    const { handlers, stop } = languageRuntime(engineAddress, language);
    server.addService(languageService.LanguageRuntimeService, handlers);
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error !== null) {
            process.stderr.write(`pulumi-language-${language} cannot listen on loopback: ${error.message}\n`);
            process.exit(1);
        }
        process.stdout.write(`${port}\n`);
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.on(signal, () => {
            stop();
            process.exit(0);
        });
    }
}

main(process.argv.at(-1) === __filename ? undefined : process.argv.at(-1));
