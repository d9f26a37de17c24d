/**
 * The executables `pulumi-language-nodejs`, `-python` and `-go`, for a CLI that came without them. The engine starts it
 * with its own address as the last argument and reads the port of the language runtime service from the first line of
 * standard output.
 */
import "../endWithParent";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { serveEngine } from "../../grpcServer";
import { ownLanguages } from "../languageShims";
import { languageRuntime } from "./languageRuntime";

function main(engineAddress: string | undefined): void {
    if (engineAddress === undefined || engineAddress.startsWith("-")) {
        process.stderr.write("A language host is started by the pulumi CLI, with the engine's address.\n");
        process.exitCode = 2;
        return;
    }
    const asked = process.argv.find((word) => word.startsWith("--language="))?.slice("--language=".length);
    const language = ownLanguages.find((each) => each === asked) ?? "nodejs";
    const { handlers, stop } = languageRuntime(engineAddress, language);
    serveEngine(LanguageRuntimeService, handlers, `pulumi-language-${language}`);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.on(signal, () => {
            stop();
            process.exit(0);
        });
    }
}

main(process.argv.at(-1) === __filename ? undefined : process.argv.at(-1));
