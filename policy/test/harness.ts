import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzeRequest,
    type AnalyzeResponse,
    AnalyzerPropertyDependencies,
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
    AnalyzeStackRequest,
    EnforcementLevel,
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

import { readConfiguration } from "../configuration";
import { Policies, Wire } from "../engine";
import { evaluate } from "../judging";
import { nameOf, readState, UNKNOWN, withoutUnread } from "../graph";
import type { Rule } from "../rule";
import { readBy } from "../translation";

/** A resource of a test's stack, as a program would declare it. */
export interface Fixture {
    readonly type: string;
    readonly name: string;
    /** Inputs. May hold UNKNOWN, `secret(...)` and `ref(...)` at any place. */
    readonly properties?: unknown;
    /** Outputs besides the inputs, which every resource echoes; `id` and `arn` are there without being named. */
    readonly outputs?: Readonly<Record<string, unknown>>;
    /** Names of fixtures; those that a `ref` names are added. */
    readonly dependsOn?: readonly string[];
    /** Names of fixtures by top-level property; those that a `ref` names are added. */
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    readonly protect?: boolean;
    /** Name of a fixture. */
    readonly parent?: string;
    /** Inputs of the provider. */
    readonly provider?: Readonly<Record<string, unknown>>;
}

/**
 * `up`: through the SDK with every output known. `preview`: through the SDK with ids, ARNs and what refers to them not
 * known, and outputs left out where a nested part is unknown. `state`: an exported state, without the engine.
 */
export type Form = "up" | "preview" | "state";
export const forms: readonly Form[] = ["up", "preview", "state"];

export interface Seen {
    /** What does not count at the rule's own level is seen as `cannot tell`. */
    readonly kind: "violation" | "cannot tell" | "unused exemption";
    /** Name of the fixture; empty where the whole stack is meant. */
    readonly resource: string;
    /** Without the rule's description. */
    readonly message: string;
}

export interface HarnessOptions {
    /** As under the rule's name in a policy configuration file. */
    readonly configuration?: Readonly<Record<string, unknown>>;
    /** False: as if the engine's requests could not be seen, only what the SDK passes. */
    readonly wire?: boolean;
    /** Is told how many resources the SDK passes to a stack policy. */
    readonly onStackPolicy?: (resources: number) => void;
}

class Reference {
    constructor(
        readonly name: string,
        readonly output: string,
    ) {}
}
class Secret {
    constructor(readonly value: unknown) {}
}

/** An output of another fixture: known in `up` and `state`, unknown with its dependency in `preview`. */
export function ref(name: string, output = "id"): unknown {
    return new Reference(name, output);
}

export function secret(value: unknown): unknown {
    return new Secret(value);
}

const stack = "urn:pulumi:test::project::";
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export function urnOf(fixture: Pick<Fixture, "type" | "name">): string {
    return `${stack}${fixture.type}::${fixture.name}`;
}

/** What a rule says of a stack, in one form. */
export async function run(
    rule: Rule,
    fixtures: readonly Fixture[],
    form: Form,
    options: HarnessOptions = {},
): Promise<Seen[]> {
    const registered = fixtures.map((fixture) => registration(fixture, fixtures, form));
    return form === "state" ? evaluated(rule, registered, options) : analyzed(rule, registered, options);
}

/** What a rule says of a stack, in each form. */
export async function runAll(
    rule: Rule,
    fixtures: readonly Fixture[],
    options: HarnessOptions = {},
): Promise<Record<Form, Seen[]>> {
    return {
        up: await run(rule, fixtures, "up", options),
        preview: await run(rule, fixtures, "preview", options),
        state: await run(rule, fixtures, "state", options),
    };
}

interface Registration {
    readonly urn: string;
    readonly type: string;
    readonly inputs: Record<string, unknown>;
    readonly outputs: Record<string, unknown>;
    readonly parent: string;
    readonly protect: boolean;
    readonly provider?: Readonly<Record<string, unknown>>;
    readonly dependencies: string[];
    readonly propertyDependencies: Record<string, string[]>;
}

function registration(fixture: Fixture, fixtures: readonly Fixture[], form: Form): Registration {
    const named = (name: string): Fixture => {
        const found = fixtures.find((other) => other.name === name);
        if (found === undefined) {
            throw new Error(`No fixture is named "${name}".`);
        }
        return found;
    };
    const serialised = (value: unknown): unknown => {
        if (value === UNKNOWN) {
            return unknownString;
        }
        if (value instanceof Secret) {
            return { [signature]: secretSignature, value: serialised(value.value) ?? null };
        }
        if (value instanceof Reference) {
            return form === "preview" ? unknownString : serialised(outputsOf(named(value.name))[value.output]);
        }
        if (Array.isArray(value)) {
            return value.map((item) => serialised(item) ?? null);
        }
        if (typeof value !== "object" || value === null) {
            return value;
        }
        return Object.fromEntries(
            Object.entries(value)
                .map(([key, item]) => [key, serialised(item)] as const)
                .filter(([, item]) => item !== undefined),
        );
    };
    const properties = (fixture.properties ?? {}) as Record<string, unknown>;
    const given = new Map(Object.entries(fixture.propertyDependencies ?? {}));
    const propertyDependencies = Object.fromEntries(
        Object.entries(properties)
            .map(([key, value]) => [key, [...(given.get(key) ?? []), ...referenced(value)]] as const)
            .filter(([, names]) => names.length > 0)
            .map(([key, names]) => [key, [...new Set(names)].map((name) => urnOf(named(name)))]),
    );
    const inputs = serialised(properties) as Record<string, unknown>;
    const known = { ...inputs, ...(serialised(outputsOf(fixture)) as Record<string, unknown>) };
    const outputs =
        form === "preview"
            ? Object.fromEntries(Object.entries(inputs).filter(([, value]) => !hidesUnknown(value)))
            : known;
    return {
        urn: urnOf(fixture),
        type: fixture.type,
        inputs,
        outputs,
        parent: fixture.parent === undefined ? "" : urnOf(named(fixture.parent)),
        protect: fixture.protect ?? false,
        provider: fixture.provider,
        dependencies: [
            ...new Set([
                ...(fixture.dependsOn ?? []).map((name) => urnOf(named(name))),
                ...Object.values(propertyDependencies).flat(),
            ]),
        ],
        propertyDependencies,
    };
}

function outputsOf(fixture: Fixture): Record<string, unknown> {
    return { id: `${fixture.name}-id`, arn: `arn:aws:test:::${fixture.name}`, ...fixture.outputs };
}

function referenced(value: unknown): string[] {
    if (value instanceof Reference) {
        return [value.name];
    }
    if (value instanceof Secret) {
        return referenced(value.value);
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(referenced) : [];
}

/** A nested unknown makes the engine leave out the whole top-level output (pulumi/pulumi#7854). */
function hidesUnknown(value: unknown): boolean {
    return typeof value === "object" && value !== null && JSON.stringify(value).includes(unknownString);
}

function evaluated(rule: Rule, registered: readonly Registration[], options: HarnessOptions): Seen[] {
    // As an audit keeps a large state: what the rule reads and does not look at is missing.
    const isRead = readBy([rule]);
    const resources = resourcesOf(registered).map((resource) => withoutUnread(resource, isRead));
    const state = readState({ version: 3, deployment: { resources } });
    if (state.kind !== "state") {
        throw new Error(state.problem);
    }
    const { configuration } = readConfiguration({ all: "mandatory", [rule.name]: options.configuration ?? {} }, [rule]);
    return evaluate([rule], state.resources, { configuration }).map(({ kind, level, urn, message }) => ({
        kind: kind === "violation" && level === "advisory" ? "cannot tell" : kind,
        resource: nameOf(urn ?? ""),
        message,
    }));
}

/** The state that a finished stack exports. */
export function stateOf(fixtures: readonly Fixture[]): object {
    return exported(fixtures.map((fixture) => registration(fixture, fixtures, "state")));
}

function exported(registered: readonly Registration[]): object {
    return { version: 3, deployment: { resources: resourcesOf(registered) } };
}

function resourcesOf(registered: readonly Registration[]): object[] {
    return registered.flatMap(({ provider, ...resource }) => [
        {
            ...resource,
            id: resource.outputs.id,
            custom: true,
            provider: provider && `${resource.urn}-provider::id`,
        },
        ...(provider === undefined
            ? []
            : [{ urn: `${resource.urn}-provider`, type: "pulumi:providers:aws", id: "id", inputs: provider }]),
    ]);
}

type Handler<Request> = (
    call: { request: Request },
    callback: (error: Error | null, response: AnalyzeResponse) => void,
) => void;
type MakeHandler<Request> = (
    pack: string,
    version: string,
    level: string,
    policies: readonly object[],
) => Handler<Request>;
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = server as unknown as {
    makeAnalyzeRpcFun: MakeHandler<AnalyzeRequest>;
    makeAnalyzeStackRpcFun: MakeHandler<AnalyzeStackRequest>;
};

async function analyzed(rule: Rule, registered: readonly Registration[], options: HarnessOptions): Promise<Seen[]> {
    // Violations are told from what cannot be told by their level.
    const responses = await responsesOf([{ ...rule, level: "mandatory" }], registered, options);
    return responses.flatMap((response) => seen(response, rule, registered));
}

/** The SDK's answers for several rules: one for each fixture, then one for the stack. */
export async function respond(
    rules: readonly Rule[],
    fixtures: readonly Fixture[],
    form: "up" | "preview",
    options: HarnessOptions = {},
): Promise<AnalyzeResponse[]> {
    const registered = fixtures.map((fixture) => registration(fixture, fixtures, form));
    return responsesOf(rules, registered, options);
}

async function responsesOf(
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

function answer<Request>(handler: Handler<Request>, request: Request): Promise<AnalyzeResponse> {
    return new Promise((resolve, reject) => {
        handler({ request }, (error, response) => (error ? reject(error) : resolve(response)));
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

function seen(response: AnalyzeResponse, rule: Rule, registered: readonly Registration[]): Seen[] {
    return response.getDiagnosticsList().map((diagnostic) => {
        const isViolation = diagnostic.getEnforcementlevel() === EnforcementLevel.MANDATORY;
        const isRule = diagnostic.getPolicyname() === rule.name;
        const text = diagnostic.getMessage();
        const urn = diagnostic.getUrn();
        const firstLine = new RegExp(`^${escaped(diagnostic.getDescription())}( \\((cannot tell|exempted)\\))?\n`);
        return {
            kind: !isRule ? "unused exemption" : isViolation ? "violation" : "cannot tell",
            resource: registered.some((resource) => resource.urn === urn) ? nameOf(urn) : "",
            message: text.replace(firstLine, ""),
        };
    });
}

function escaped(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
