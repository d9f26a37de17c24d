import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeRequest, AnalyzerResource, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import type { ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { LazyResource, nameOf, plainProperties, StackGraph, withInputs } from "../graph";
import type { Value } from "../resource";

type Message = AnalyzeRequest | AnalyzerResource;

/**
 * Reads the engine's requests as they arrive, before the SDK does.
 *
 * The SDK copies every property of every resource once for each policy, which for twenty policies costs more than the
 * rules; it shows a policy neither the inputs beside the outputs, nor which values are secret, nor configuration for
 * rules that do not exist. So each resource is kept here, to be read at most once and only if a rule asks, and the SDK
 * is given the request without it. Where the SDK calls a policy without such a request, the policy falls back to what
 * the SDK passes.
 */
export class Wire {
    /** Resources by URN as the engine last asked about them. */
    readonly #inputs = new Map<string, LazyResource>();
    #graph: StackGraph | undefined;

    /**
     * @param types of resources that some rule reads
     * @param refuse is given what the engine configured, by policy; answers why it is refused, if it is
     */
    constructor(
        private readonly types: ReadonlySet<string>,
        private readonly refuse: (properties: ReadonlyMap<string, Record<string, unknown>>) => string | undefined,
    ) {}

    /** Listens from now on; the result ends it. To be called before the SDK starts its server. */
    listen(): () => void {
        const undo = [
            intercept(AnalyzerService.analyze, (request) => this.#analyze(request)),
            intercept(AnalyzerService.analyzeStack, (request) => this.#analyzeStack(request)),
            intercept(AnalyzerService.configure, (request) => this.#configure(request)),
        ];
        return () => undo.forEach((restore) => restore());
    }

    resource(urn: string): LazyResource | undefined {
        return this.#inputs.get(urn);
    }

    /** The stack that the engine asks about; undefined when the SDK was given resources that were never seen here. */
    get graph(): StackGraph | undefined {
        return this.#graph;
    }

    #analyze(request: AnalyzeRequest): void {
        this.#graph = undefined;
        if (this.types.has(request.getType())) {
            this.#inputs.set(request.getUrn(), resourceOf(request, undefined));
        }
        empty(request);
    }

    #analyzeStack(request: AnalyzeStackRequest): void {
        this.#graph = new StackGraph(
            request
                .getResourcesList()
                .map((resource) => resourceOf(resource, this.#inputs.get(resource.getUrn()), resource)),
        );
        request.clearResourcesList();
    }

    #configure(request: ConfigureAnalyzerRequest): void {
        this.#inputs.clear();
        const properties = new Map<string, Record<string, unknown>>();
        for (const [name, entry] of request.getPolicyconfigMap().entries()) {
            properties.set(name, entry.getProperties()?.toJavaScript() ?? {});
        }
        const refusal = this.refuse(properties);
        if (refusal === undefined) return;
        // The SDK answers the engine with the stack of whatever fails while it reads the request.
        const error = Object.assign(new Error(refusal), { stack: refusal });
        request.getPolicyconfigMap = () => {
            throw error;
        };
    }
}

function empty(message: Message): void {
    message.setProperties(new Struct());
    message.clearProvider();
}

/** @param inputs what the engine said of the same resource before, for the outputs that it leaves out in a preview */
function resourceOf(message: Message, inputs: LazyResource | undefined, links?: AnalyzerResource): LazyResource {
    const urn = message.getUrn();
    const properties = message.getProperties();
    const provider = message.getProvider()?.getProperties();
    return new LazyResource(
        {
            urn,
            type: message.getType(),
            name: message.getName() || nameOf(urn),
            protect: message.getOptions()?.getProtect() ?? false,
            parent: links?.getParent() || message.getOptions()?.getParent() || undefined,
        },
        (secrets) => {
            const own = plainProperties(properties?.toJavaScript(), secrets);
            if (inputs === undefined) return own;
            const merged = withInputs(own, inputs.properties);
            inputs.secrets.forEach((secret) => secrets.add(secret));
            return merged;
        },
        links && (() => linksOf(links)),
        provider && ((): Record<string, Value> => plainProperties(provider.toJavaScript())),
    );
}

function linksOf(message: AnalyzerResource) {
    const byProperty: [string, string[]][] = [];
    for (const [name, dependencies] of message.getPropertydependenciesMap().entries()) {
        byProperty.push([name, dependencies.getUrnsList()]);
    }
    return { dependencies: message.getDependenciesList(), propertyDependencies: Object.fromEntries(byProperty) };
}

interface Method<Request> {
    requestDeserialize: (bytes: Buffer) => Request;
}

function intercept<Request>(method: Method<Request>, observe: (request: Request) => void): () => void {
    const { requestDeserialize } = method;
    method.requestDeserialize = (bytes) => {
        const request = requestDeserialize(bytes);
        observe(request);
        return request;
    };
    return () => {
        method.requestDeserialize = requestDeserialize;
    };
}
