import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { unary } from "../../grpcServer";
import type { OwnLanguage } from "../languageShims";
import { ChildProcesses } from "./childProcesses";
import { packageFile, programDependencies } from "./dependencies";
import { generateSdk } from "./generateSdk";
import { go } from "./goLanguage";
import { installDependencies } from "./installDependencies";
import type { Language, Options } from "./language";
import { nodejs } from "./nodeLanguage";
import { python } from "./pythonLanguage";
import { runPlugin } from "./runPlugin";

const languages: Readonly<Record<OwnLanguage, Language>> = { nodejs, python, go };

/** Version of the language runtime service that this host speaks: that of the SDK whose messages it uses. */
const version = packageFile(require.resolve("@pulumi/pulumi/package.json")).version ?? "";

/**
 * The calls of `pulumirpc.LanguageRuntime` that running programs, packs and plugins needs; any other is unimplemented.
 */
export function languageRuntime(engineAddress: string, name: OwnLanguage) {
    const language = languages[name];
    const processes = new ChildProcesses();
    let engine = engineAddress;
    const handlers: grpc.UntypedServiceImplementation = {
        handshake: unary((request: messages.LanguageHandshakeRequest) => {
            engine = request.getEngineAddress() || engine;
            return new messages.LanguageHandshakeResponse();
        }),
        getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
        // Empty on purpose: each resource names its provider's version itself, and a list would make the engine look
        // for plugins that the program may never use.
        getRequiredPlugins: unary(() => new messages.GetRequiredPluginsResponse()),
        getRequiredPackages: unary(() => new messages.GetRequiredPackagesResponse()),
        about: unary(() => new messages.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
        getProgramDependencies: unary(programDependencies),
        runtimeOptionsPrompts: unary(() => new messages.RuntimeOptionsResponse()),
        template: unary(() => new messages.TemplateResponse()),
        run: unary((request: messages.RunRequest) =>
            language
                .run(request, engine, processes)
                .catch((error: Error) => new messages.RunResponse().setError(error.message)),
        ),
        generatePackage: unary((request: messages.GeneratePackageRequest) => generateSdk(request, name)),
        link: unary((request: messages.LinkRequest) => linkPackages(request, language)),
        cancel: unary((request: Empty) => {
            processes.end("program");
            return request;
        }),
        installDependencies: (call: Parameters<typeof installDependencies>[0]) =>
            void installDependencies(call, language),
        runPlugin: (call: Parameters<typeof runPlugin>[0]) => void runPlugin(call, engine, processes),
    };
    const stop = () => {
        processes.end("program");
        processes.end("plugin");
    };
    return { handlers, stop };
}

async function linkPackages(request: messages.LinkRequest, language: Language): Promise<messages.LinkResponse> {
    const instructions: string[] = [];
    const info = request.getInfo();
    const options: Options = info?.getOptions()?.toJavaScript() ?? {};
    for (const dependency of request.getPackagesList()) {
        const sdk = { path: dependency.getPath(), name: dependency.getPackage()?.getName() ?? "" };
        instructions.push(await language.link(info?.getProgramDirectory() ?? ".", sdk, options));
    }
    return new messages.LinkResponse().setImportInstructions(instructions.join("\n"));
}
