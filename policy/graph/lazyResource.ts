import { UNKNOWN, type Resource, type Value } from "./resource";
import { keepEncrypted } from "./encrypted";
import type { SecretTexts } from "./plain";

type Links = Pick<Resource, "dependencies" | "propertyDependencies" | "given">;
type Facts = Pick<Resource, "urn" | "type" | "name" | "protect" | "parent">;

/**
 * A resource whose properties are read when a rule first asks for them: most resources of a stack are of types that no
 * rule looks at, and those must cost nothing.
 */
export class LazyResource implements Resource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly protect: boolean;
    readonly parent?: string;

    readonly #readProperties: (secrets: SecretTexts) => Record<string, Value>;
    readonly #readLinks: () => Links;
    readonly #readProvider: (() => Record<string, Value> | undefined) | undefined;
    #secrets: Set<string> | undefined;
    #properties: Record<string, Value> | undefined;
    #links: Links | undefined;
    #provider: Record<string, Value> | undefined;

    constructor(
        facts: Facts,
        readProperties: (secrets: SecretTexts) => Record<string, Value>,
        readLinks: () => Links = () => ({ dependencies: [], propertyDependencies: {} }),
        readProvider?: () => Record<string, Value> | undefined,
        /** The provider's own id, where it is known apart from the properties. */
        readonly id?: string,
    ) {
        this.urn = facts.urn;
        this.type = facts.type;
        this.name = facts.name;
        this.protect = facts.protect;
        this.parent = facts.parent;
        this.#readProperties = readProperties;
        this.#readLinks = readLinks;
        this.#readProvider = readProvider;
    }

    get properties(): Readonly<Record<string, Value>> {
        return (this.#properties ??= this.#readProperties({ add: (text) => this.addSecret(text) }));
    }

    /** Texts that were marked secret; filled when the properties are read. */
    get secrets(): ReadonlySet<string> {
        return this.#secrets ?? none;
    }

    addSecret(text: string): void {
        (this.#secrets ??= new Set()).add(text);
    }

    get dependencies(): readonly string[] {
        return (this.#links ??= this.#readLinks()).dependencies;
    }

    get propertyDependencies(): Readonly<Record<string, readonly string[]>> {
        return (this.#links ??= this.#readLinks()).propertyDependencies;
    }

    get given(): readonly string[] | undefined {
        return (this.#links ??= this.#readLinks()).given;
    }

    get provider(): Readonly<Record<string, Value>> | undefined {
        return (this.#provider ??= this.#readProvider?.());
    }
}

const none: ReadonlySet<string> = new Set();

/** The logical name at the end of a URN; it may itself hold `::`. */
export function nameOf(urn: string): string {
    let begin = 0;
    for (let part = 0; part < 3; part++) {
        const end = urn.indexOf("::", begin);
        if (end < 0) {
            return "";
        }
        begin = end + 2;
    }
    return urn.slice(begin);
}

/**
 * What a stack rule reads: each output where there is one, else the input. In a preview the engine leaves out an output
 * of which only a nested part is unknown (pulumi/pulumi#7854), and a rule would take it for never set. Where a provider
 * answers that the whole output is unknown, the input still says which parts are known.
 */
export function withInputs(outputs: Record<string, Value>, inputs: Record<string, Value>): Record<string, Value> {
    if (Object.keys(inputs).every((key) => Object.hasOwn(outputs, key) && saysMore(outputs[key]))) {
        return outputs;
    }
    const merged = keepEncrypted({ ...inputs }, inputs, outputs);
    for (const [key, value] of Object.entries(outputs)) {
        if (saysMore(value) || merged[key] === undefined || (merged[key] === null && value !== undefined)) {
            merged[key] = value;
        }
    }
    return merged;
}

function saysMore(output: Value): boolean {
    return output !== undefined && output !== null && output !== UNKNOWN;
}
