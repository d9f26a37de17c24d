import { Metadata, status } from "@grpc/grpc-js";
import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { OwnLanguage } from "../languageShims";
import { ChildProcesses } from "./childProcesses";
import { packageFile, programDependencies } from "./dependencies";
import { generateSdk } from "./generateSdk";
import { go } from "./goLanguage";
import { installDependencies } from "./installDependencies";
import type { Language } from "./language";
import { nodejs } from "./nodeLanguage";
import { python } from "./pythonLanguage";
import { runPlugin } from "./runPlugin";

const languages: Readonly<Record<OwnLanguage, Language>> = { nodejs, python, go };

type Unary<Request, Response> = grpc.handleUnaryCall<Request, Response>;

/** Version of the language runtime service that this host speaks: that of the SDK whose messages it uses. */
const version = packageFile(require.resolve("@pulumi/pulumi/package.json")).version ?? "";

/** The calls of `pulumirpc.LanguageRuntime` that running programs, packs and plugins needs; any other is unimplemented. */
export function languageRuntime(
    engineAddress: string,
    name: OwnLanguage,
): {
    handlers: grpc.UntypedServiceImplementation;
    stop: () => void;
} {
    const language = languages[name];
    const processes = new ChildProcesses();
    let engine = engineAddress;

    const handshake: Unary<messages.LanguageHandshakeRequest, messages.LanguageHandshakeResponse> = (call, reply) => {
        engine = call.request.getEngineAddress() || engine;
        reply(null, new messages.LanguageHandshakeResponse());
    };
    const getPluginInfo: Unary<Empty, plugin.PluginInfo> = (_call, reply) => {
        reply(null, new plugin.PluginInfo().setVersion(version));
    };
    // Empty on purpose: each resource names its provider's version itself, and a list would make the engine look for
    // plugins that the program may never use.
    const getRequiredPlugins: Unary<messages.GetRequiredPluginsRequest, messages.GetRequiredPluginsResponse> = (
        _call,
        reply,
    ) => {
        reply(null, new messages.GetRequiredPluginsResponse());
    };
    const getRequiredPackages: Unary<messages.GetRequiredPackagesRequest, messages.GetRequiredPackagesResponse> = (
        _call,
        reply,
    ) => {
        reply(null, new messages.GetRequiredPackagesResponse());
    };
    const about: Unary<messages.AboutRequest, messages.AboutResponse> = (_call, reply) => {
        reply(null, new messages.AboutResponse().setExecutable(process.execPath).setVersion(process.version));
    };
    const getProgramDependencies: Unary<
        messages.GetProgramDependenciesRequest,
        messages.GetProgramDependenciesResponse
    > = (call, reply) => {
        reply(null, programDependencies(call.request));
    };
    const runtimeOptionsPrompts: Unary<messages.RuntimeOptionsRequest, messages.RuntimeOptionsResponse> = (
        _call,
        reply,
    ) => {
        reply(null, new messages.RuntimeOptionsResponse());
    };
    const template: Unary<messages.TemplateRequest, messages.TemplateResponse> = (_call, reply) => {
        reply(null, new messages.TemplateResponse());
    };
    const run: Unary<messages.RunRequest, messages.RunResponse> = (call, reply) => {
        language.run(call.request, engine, processes).then(
            (response) => reply(null, response),
            (error: Error) => reply(null, new messages.RunResponse().setError(error.message)),
        );
    };
    const generatePackage: Unary<messages.GeneratePackageRequest, messages.GeneratePackageResponse> = (call, reply) => {
        generateSdk(call.request, name).then(
            (response) => reply(null, response),
            (error: Error) => reply(failure(error)),
        );
    };
    const link: Unary<messages.LinkRequest, messages.LinkResponse> = (call, reply) => {
        linkPackages(call.request, language).then(
            (response) => reply(null, response),
            (error: Error) => reply(failure(error)),
        );
    };
    const cancel: Unary<Empty, Empty> = (call, reply) => {
        processes.end("program");
        reply(null, call.request);
    };

    return {
        handlers: {
            handshake,
            getPluginInfo,
            getRequiredPlugins,
            getRequiredPackages,
            about,
            getProgramDependencies,
            runtimeOptionsPrompts,
            template,
            run,
            generatePackage,
            link,
            cancel,
            installDependencies: (
                call: grpc.ServerWritableStream<
                    messages.InstallDependenciesRequest,
                    messages.InstallDependenciesResponse
                >,
            ) => {
                void installDependencies(call, language);
            },
            runPlugin: (call: grpc.ServerWritableStream<messages.RunPluginRequest, messages.RunPluginResponse>) => {
                runPlugin(call, engine, processes);
            },
        },
        stop: () => {
            processes.end("program");
            processes.end("plugin");
        },
    };
}

function failure(error: Error): grpc.ServiceError {
    return Object.assign(error, { code: status.UNKNOWN, details: error.message, metadata: new Metadata() });
}

async function linkPackages(request: messages.LinkRequest, language: Language): Promise<messages.LinkResponse> {
    const instructions: string[] = [];
    for (const dependency of request.getPackagesList()) {
        const sdk = { path: dependency.getPath(), name: dependency.getPackage()?.getName() ?? "" };
        instructions.push(await language.link(request.getInfo()?.getProgramDirectory() ?? ".", sdk));
    }
    return new messages.LinkResponse().setImportInstructions(instructions.join("\n"));
}
