import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzerResource,
    EnforcementLevel,
    type AnalyzeRequest,
    type AnalyzeStackRequest,
    type ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { LazyResource, nameOf, parsedProperties, StackGraph, withInputs, type Value } from "../graph";
import type { Rule } from "../rule";
import { isTranslated } from "../translation";
import { readStruct } from "./structReader";
import { takeFields } from "./takeFields";

/** Numbers of fields in pulumi/analyzer.proto, the same in all messages that are read here and have them. */
const propertiesField = 2;
const providerField = 6;
const resourcesField = 1;

/** A message without its properties and its provider, and those as the engine sent them. */
interface Split<Message> {
    readonly message: Message;
    readonly properties: readonly Uint8Array[];
    readonly provider: readonly Uint8Array[];
}

/**
 * Reads the engine's requests as they arrive, before the SDK does.
 *
 * The SDK reads and copies every property of every resource, and copies it once more for each policy, which costs more
 * than the rules; it shows a policy neither the inputs beside the outputs, nor which values are secret, nor
 * configuration for rules that do not exist. So the properties stay the bytes that they came as, are read at most once
 * and only if a rule asks, and the SDK is given the request without them. Where the SDK calls a policy without such a
 * request, the policy falls back to what the SDK passes.
 */
export class Wire {
    /** Resources by URN as the engine last asked about them. */
    readonly #inputs = new Map<string, LazyResource>();
    #graph: StackGraph | undefined;
    /** Types of resources that some rule reads. */
    readonly #types: ReadonlySet<string>;
    /** Types of resources that some rule corrects. */
    readonly #corrected: ReadonlySet<string>;

    /**
     * @param refuse is given what the engine configured, by policy; answers why it is refused, if it is
     * @param areAlone the SDK has no other policies, which would need the properties that are taken out
     */
    readonly #refuse: (properties: ReadonlyMap<string, Record<string, unknown>>) => string | undefined;
    readonly #areAlone: boolean;

    constructor(
        rules: readonly Rule[],
        refuse: (properties: ReadonlyMap<string, Record<string, unknown>>) => string | undefined,
        areAlone = true,
    ) {
        this.#refuse = refuse;
        this.#areAlone = areAlone;

        const correcting = rules.filter((rule) => rule.scope === "resource" && rule.remediate !== undefined);
        this.#types = new Set(rules.flatMap((rule) => rule.types));
        this.#corrected = new Set(correcting.flatMap((rule) => rule.types));
    }

    /** Listens from now on; the result ends it. To be called before the SDK starts its server. */
    listen(): () => void {
        const undo = [
            intercept(AnalyzerService.remediate, (bytes, read) => this.#remediate(bytes, read)),
            intercept(AnalyzerService.analyze, (bytes, read) => this.#analyze(bytes, read)),
            intercept(AnalyzerService.analyzeStack, (bytes, read) => this.#analyzeStack(bytes, read)),
            intercept(AnalyzerService.configure, (bytes, read) => this.#configure(read(bytes))),
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

    #remediate(bytes: Buffer, read: Read<AnalyzeRequest>): AnalyzeRequest {
        const { message } = split(bytes, read);
        const isNeeded = this.#corrected.has(message.getType()) || !this.#areAlone;
        return isNeeded ? read(bytes) : message.setProperties(new Struct());
    }

    #analyze(bytes: Buffer, read: Read<AnalyzeRequest>): AnalyzeRequest {
        this.#graph = undefined;
        const request = split(bytes, read);
        const { message } = request;
        if (this.#types.has(message.getType()) || isTranslated(message.getType())) {
            this.#inputs.set(message.getUrn(), resourceOf(request));
        }
        return this.#areAlone ? message.setProperties(new Struct()) : read(bytes);
    }

    #analyzeStack(bytes: Buffer, read: Read<AnalyzeStackRequest>): AnalyzeStackRequest {
        const { taken, rest } = takeFields(bytes, resourcesField);
        const resources = (taken.get(resourcesField) ?? []).map((each) => {
            const resource = split(each, (own) => AnalyzerResource.deserializeBinary(own));
            return resourceOf(resource, this.#inputs.get(resource.message.getUrn()), resource.message);
        });
        this.#graph = new StackGraph(resources);
        return this.#areAlone ? read(rest) : read(bytes);
    }

    #configure(request: ConfigureAnalyzerRequest): ConfigureAnalyzerRequest {
        this.#inputs.clear();
        const properties = new Map<string, Record<string, unknown>>();
        for (const [name, entry] of request.getPolicyconfigMap().entries()) {
            const isRemediating = entry.getEnforcementlevel() === EnforcementLevel.REMEDIATE;
            properties.set(name, {
                ...entry.getProperties()?.toJavaScript(),
                ...(isRemediating ? { enforcementLevel: "remediate" } : {}),
            });
        }
        const refusal = this.#refuse(properties);
        if (refusal === undefined) {
            return request;
        }
        // The SDK answers the engine with the stack of whatever fails while it reads the request.
        const error = Object.assign(new Error(refusal), { stack: refusal });
        request.getPolicyconfigMap = () => {
            throw error;
        };
        return request;
    }
}

function split<Message>(bytes: Uint8Array, read: Read<Message>): Split<Message> {
    const { taken, rest } = takeFields(bytes, propertiesField, providerField);
    return {
        message: read(rest),
        properties: taken.get(propertiesField) ?? [],
        provider: taken.get(providerField) ?? [],
    };
}

/** @param inputs what the engine said of the same resource before, for the outputs that it leaves out in a preview */
function resourceOf(
    { message, properties, provider }: Split<AnalyzeRequest | AnalyzerResource>,
    inputs?: LazyResource,
    links?: AnalyzerResource,
): LazyResource {
    const urn = message.getUrn();
    return new LazyResource(
        {
            urn,
            type: message.getType(),
            name: message.getName() || nameOf(urn),
            protect: message.getOptions()?.getProtect() ?? false,
            parent: links?.getParent() || message.getOptions()?.getParent() || undefined,
        },
        (secrets) => {
            const own = parsedProperties(readStruct(Buffer.concat(properties)), secrets);
            if (inputs === undefined) {
                return own;
            }
            const merged = withInputs(own, inputs.properties);
            inputs.secrets.forEach((secret) => secrets.add(secret));
            return merged;
        },
        links && (() => ({ ...linksOf(links), given: inputs && Object.keys(inputs.properties) })),
        provider.length === 0 ? undefined : () => providerProperties(provider),
    );
}

function providerProperties(provider: readonly Uint8Array[]): Record<string, Value> | undefined {
    const properties = takeFields(Buffer.concat(provider), propertiesField).taken.get(propertiesField) ?? [];
    return properties.length === 0 ? undefined : parsedProperties(readStruct(Buffer.concat(properties)));
}

function linksOf(message: AnalyzerResource) {
    const byProperty: [string, string[]][] = [];
    for (const [name, dependencies] of message.getPropertydependenciesMap().entries()) {
        byProperty.push([name, dependencies.getUrnsList()]);
    }
    return { dependencies: message.getDependenciesList(), propertyDependencies: Object.fromEntries(byProperty) };
}

type Read<Message> = (bytes: Buffer) => Message;

interface Method<Request> {
    requestDeserialize: Read<Request>;
}

function intercept<Request>(
    method: Method<Request>,
    observe: (bytes: Buffer, read: Read<Request>) => Request,
): () => void {
    const { requestDeserialize } = method;
    method.requestDeserialize = (bytes) => observe(bytes, requestDeserialize);
    return () => {
        method.requestDeserialize = requestDeserialize;
    };
}
