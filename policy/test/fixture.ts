import { UNKNOWN } from "../graph";

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

export interface Registration {
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

export function registration(fixture: Fixture, fixtures: readonly Fixture[], form: Form): Registration {
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
