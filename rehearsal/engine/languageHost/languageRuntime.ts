import type * as grpc from "@grpc/grpc-js";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { installDependencies, packageFile, programDependencies } from "./dependencies";
import { NodeProcesses } from "./nodeProcesses";
import { runPlugin } from "./runPlugin";
import { runProgram } from "./runProgram";

type Unary<Request, Response> = grpc.handleUnaryCall<Request, Response>;

/** Version of the language runtime service that this host speaks: that of the SDK whose messages it uses. */
const version = packageFile(require.resolve("@pulumi/pulumi/package.json")).version ?? "";

/** The calls of `pulumirpc.LanguageRuntime` that running programs, packs and plugins needs; any other is unimplemented. */
export function languageRuntime(engineAddress: string): {
    handlers: grpc.UntypedServiceImplementation;
    stop: () => void;
} {
    const processes = new NodeProcesses();
    let engine = engineAddress;

    const handshake: Unary<language.LanguageHandshakeRequest, language.LanguageHandshakeResponse> = (call, reply) => {
        engine = call.request.getEngineAddress() || engine;
        reply(null, new language.LanguageHandshakeResponse());
    };
    const getPluginInfo: Unary<Empty, plugin.PluginInfo> = (_call, reply) => {
        reply(null, new plugin.PluginInfo().setVersion(version));
    };
    // Empty on purpose: each resource names its provider's version itself, and a list would make the engine look for
    // plugins that the program may never use.
    const getRequiredPlugins: Unary<language.GetRequiredPluginsRequest, language.GetRequiredPluginsResponse> = (
        _call,
        reply,
    ) => {
        reply(null, new language.GetRequiredPluginsResponse());
    };
    const getRequiredPackages: Unary<language.GetRequiredPackagesRequest, language.GetRequiredPackagesResponse> = (
        _call,
        reply,
    ) => {
        reply(null, new language.GetRequiredPackagesResponse());
    };
    const about: Unary<language.AboutRequest, language.AboutResponse> = (_call, reply) => {
        reply(null, new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version));
    };
    const getProgramDependencies: Unary<
        language.GetProgramDependenciesRequest,
        language.GetProgramDependenciesResponse
    > = (call, reply) => {
        reply(null, programDependencies(call.request));
    };
    const runtimeOptionsPrompts: Unary<language.RuntimeOptionsRequest, language.RuntimeOptionsResponse> = (
        _call,
        reply,
    ) => {
        reply(null, new language.RuntimeOptionsResponse());
    };
    const template: Unary<language.TemplateRequest, language.TemplateResponse> = (_call, reply) => {
        reply(null, new language.TemplateResponse());
    };
    const run: Unary<language.RunRequest, language.RunResponse> = (call, reply) => {
        runProgram(call.request, engine, processes).then(
            (response) => reply(null, response),
            (error: Error) => reply(null, new language.RunResponse().setError(error.message)),
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
            cancel,
            installDependencies: (
                call: grpc.ServerWritableStream<
                    language.InstallDependenciesRequest,
                    language.InstallDependenciesResponse
                >,
            ) => {
                installDependencies(call);
            },
            runPlugin: (call: grpc.ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>) => {
                runPlugin(call, engine, processes);
            },
        },
        stop: () => {
            processes.end("program");
            processes.end("plugin");
        },
    };
}
