import { createRequire } from "node:module";

import * as server from "@pulumi/policy/server";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeRequest, AnalyzeResponse, AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";

/** A handler of the SDK's server. */
export type Handler<Request, Response> = (
    call: { readonly request: Request },
    callback: (error: Error | null | undefined, response?: Response) => void,
) => void;

/** What of the SDK's server is read or replaced. */
export interface Analyzer {
    readonly analyze: Handler<AnalyzeRequest, AnalyzeResponse>;
    readonly configure: Handler<unknown, unknown>;
    readonly getAnalyzerInfo: Handler<unknown, AnalyzerInfo>;
}

/** What the SDK makes its own handler with; its typings leave it out. */
export const { makeAnalyzeRpcFun } = server as unknown as {
    readonly makeAnalyzeRpcFun: (
        pack: string,
        version: string,
        level: string,
        policies: readonly unknown[],
    ) => Analyzer["analyze"];
};

interface Grpc {
    readonly Server: {
        readonly prototype: { addService: (this: object, service: object, analyzer: Analyzer) => void };
    };
}

/**
 * Asks of each resource only the policies that look at its type. The SDK asks all of them about every resource, and most
 * answer each time that they do not apply, which costs more than what the others do: so they are asked once for each
 * type, and what they answered then is sent for all its resources.
 *
 * To be called before the SDK starts its server; the result ends it.
 *
 * @param policies all that the pack has
 */
export function askByType<Policy>(
    policies: readonly Policy[],
    looksAt: (policy: Policy, type: string) => boolean,
): () => void {
    // That of the SDK, which need not be the one that this package would find.
    const grpc = createRequire(require.resolve("@pulumi/policy"))("@grpc/grpc-js") as Grpc;
    const { prototype } = grpc.Server;
    const { addService } = prototype;
    prototype.addService = function (service, analyzer) {
        const isAnalyzer = service === AnalyzerService;
        addService.call(this, service, isAnalyzer ? byType(policies, looksAt, analyzer) : analyzer);
    };
    return () => {
        prototype.addService = addService;
    };
}

/** @param analyzer the SDK's server, which asks all policies */
export function byType<Policy>(
    policies: readonly Policy[],
    looksAt: (policy: Policy, type: string) => boolean,
    analyzer: Analyzer,
): Analyzer {
    const handlers = new Map<string, Analyzer["analyze"]>();
    let info: AnalyzerInfo | undefined;
    const handlerOf = (type: string): Analyzer["analyze"] => {
        // What the SDK says of the pack holds every policy's schema: it is asked once, not for each type.
        if (info === undefined) {
            analyzer.getAnalyzerInfo({ request: undefined }, (_, answer) => {
                info = answer;
            });
        }
        const pack = info;
        if (pack === undefined) {
            return analyzer.analyze;
        }
        // The level is for policies that have none.
        const make = (some: readonly Policy[]) =>
            makeAnalyzeRpcFun(pack.getName(), pack.getVersion(), "advisory", some);
        const looking = policies.filter((policy) => looksAt(policy, type));
        const others = policies.filter((policy) => !looking.includes(policy));
        return withFirstAnswer(make(looking), make(others));
    };
    return {
        ...analyzer,
        configure(call, callback) {
            handlers.clear();
            analyzer.configure(call, callback);
        },
        analyze(call, callback) {
            const type = call.request.getType();
            const handler = handlers.get(type) ?? handlerOf(type);
            handlers.set(type, handler);
            handler(call, callback);
        },
    };
}

/** Answers as both together; the second is asked until it has answered once. */
function withFirstAnswer(each: Analyzer["analyze"], once: Analyzer["analyze"]): Analyzer["analyze"] {
    let first: Uint8Array | undefined;
    return (call, callback) => {
        const answer = (more: Uint8Array) =>
            each(call, (error, response) => {
                const own = response?.serializeBinary();
                if (response !== undefined && own !== undefined) {
                    // Two messages in a row are read as one with what both hold.
                    response.serializeBinary = () => Buffer.concat([own, more]);
                }
                callback(error, response);
            });
        if (first !== undefined) {
            answer(first);
            return;
        }
        once(call, (error, response) => {
            if (response === undefined) {
                callback(error);
                return;
            }
            first = response.serializeBinary();
            answer(first);
        });
    };
}
