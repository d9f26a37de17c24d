import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzeRequest,
    type AnalyzeResponse,
    AnalyzerPropertyDependencies,
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
    AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import * as server from "@pulumi/policy/server";
import type {
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import { Policies, Wire } from "../engine";
import { makeAnalyzeRpcFun, type Handler } from "../engine/policiesByType";
import { nameOf } from "../graph";
import type { Rule } from "../rule";
import type { Registration } from "./fixture";

export interface HarnessOptions {
    /** As under the rule's name in a policy configuration file. */
    readonly configuration?: Readonly<Record<string, unknown>>;
    /** False: as if the engine's requests could not be seen, only what the SDK passes. */
    readonly wire?: boolean;
    /** Is told how many resources the SDK passes to a stack policy. */
    readonly onStackPolicy?: (resources: number) => void;
}

/** As its sibling for single resources, which the pack calls; the SDK's typings leave it out. */
const { makeAnalyzeStackRpcFun } = server as unknown as {
    readonly makeAnalyzeStackRpcFun: (
        ...given: Parameters<typeof makeAnalyzeRpcFun>
    ) => Handler<AnalyzeStackRequest, AnalyzeResponse>;
};

/** The SDK's answers: one for each resource, then one for the stack. */
export async function responsesOf(
    rules: readonly Rule[],
    registered: readonly Registration[],
    options: HarnessOptions,
): Promise<AnalyzeResponse[]> {
    const wire = options.wire === false ? undefined : new Wire(rules, () => undefined);
    const stop = wire?.listen();
    try {
        const policies = new Policies(rules, wire).list().map((policy) => configured(policy, options));
        const responses: AnalyzeResponse[] = [];
        const analyze = makeAnalyzeRpcFun("encrypted-edge", "1.0.0", "advisory", policies);
        for (const resource of registered) {
            const request = message(resource, new AnalyzeRequest(), resource.inputs);
            const bytes = Buffer.from(request.serializeBinary());
            responses.push(await answer(analyze, AnalyzerService.analyze.requestDeserialize(bytes)));
        }
        const analyzeStack = makeAnalyzeStackRpcFun("encrypted-edge", "1.0.0", "advisory", policies);
        const request = new AnalyzeStackRequest();
        request.setResourcesList(registered.map(stackMessage));
        const bytes = Buffer.from(request.serializeBinary());
        return [...responses, await answer(analyzeStack, AnalyzerService.analyzeStack.requestDeserialize(bytes))];
    } finally {
        stop?.();
    }
}

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/** The SDK takes configuration only from the engine. */
function configured(policy: Policy, options: HarnessOptions): Policy {
    const getConfig = () => (options.configuration ?? {}) as never;
    const { validateStack, validateResource } = policy as Partial<StackValidationPolicy & ResourceValidationPolicy>;
    const validate = validateResource as
        Extract<ResourceValidationPolicy["validateResource"], (...args: never) => unknown> | undefined;
    return {
        ...policy,
        ...(validateStack && {
            validateStack: (args: StackValidationArgs, report: ReportViolation) => {
                options.onStackPolicy?.(args.resources.length);
                return validateStack({ ...args, getConfig }, report);
            },
        }),
        ...(validate && {
            validateResource: (args: ResourceValidationArgs, report: ReportViolation) =>
                validate({ ...args, getConfig }, report),
        }),
    };
}

function answer<Request>(handler: Handler<Request, AnalyzeResponse>, request: Request): Promise<AnalyzeResponse> {
    return new Promise((resolve, reject) => {
        handler({ request }, (error, response) => {
            if (response === undefined) {
                reject(error ?? new Error("The SDK's server answered nothing."));
            } else {
                resolve(response);
            }
        });
    });
}

function message<T extends AnalyzeRequest | AnalyzerResource>(
    resource: Registration,
    target: T,
    properties: Record<string, unknown>,
): T {
    target.setUrn(resource.urn);
    target.setType(resource.type);
    target.setName(nameOf(resource.urn));
    target.setProperties(struct(properties));
    const options = new AnalyzerResourceOptions();
    options.setProtect(resource.protect);
    options.setParent(resource.parent);
    target.setOptions(options);
    if (resource.provider !== undefined) {
        const provider = new AnalyzerProviderResource();
        provider.setProperties(struct(resource.provider));
        target.setProvider(provider);
    }
    return target;
}

function struct(properties: Readonly<Record<string, unknown>>): Struct {
    return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

function stackMessage(resource: Registration): AnalyzerResource {
    const target = message(resource, new AnalyzerResource(), resource.outputs);
    target.setParent(resource.parent);
    target.setDependenciesList(resource.dependencies);
    for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
        const dependencies = new AnalyzerPropertyDependencies();
        dependencies.setUrnsList(urns);
        target.getPropertydependenciesMap().set(property, dependencies);
    }
    return target;
}
