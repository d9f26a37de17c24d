import { isEncrypted, keepEncrypted } from "./encrypted";
import { UNKNOWN, type Resource, type Value } from "./resource";
import { writtenAt } from "./writtenAt";

/**
 * A place in a resource's properties: the value there and the path that leads to it. Reading never fails: what is
 * missing, null or of another type than expected reads as absent, and everything below an unknown value is unknown.
 */
export class Read {
    private constructor(
        readonly value: Value,
        readonly path: string,
        /** True where the value is unknown because it is a secret that nobody decrypted. */
        readonly isEncrypted = false,
    ) {}

    /**
     * A property that depends on other resources and has no value was hidden by the engine, which leaves out an output
     * of which any nested part is unknown (pulumi/pulumi#7854): it is unknown, not missing.
     */
    static of(resource: Resource): Read {
        const { properties, propertyDependencies } = resource;
        let hidden: string[] | undefined;
        // Asked of every resource by every rule: a list of the keys would be garbage each time.
        for (const name in propertyDependencies) {
            if (properties[name] === undefined && (propertyDependencies[name] ?? []).length > 0) {
                (hidden ??= []).push(name);
            }
        }
        if (hidden === undefined) {
            return new Read(properties, "");
        }
        const shown = { ...properties, ...Object.fromEntries(hidden.map((name) => [name, UNKNOWN])) };
        return new Read(keepEncrypted(shown, properties), "");
    }

    get isUnknown(): boolean {
        return this.value === UNKNOWN;
    }

    /** Missing, null, or an empty string, which AWS takes for missing. */
    get isAbsent(): boolean {
        return this.value === undefined || this.value === null || this.value === "";
    }

    /** The top-level property that the path begins with, for looking up what it refers to. */
    get topLevel(): string {
        return this.path.replace(/[.[].*$/, "");
    }

    get text(): string | undefined {
        return typeof this.value === "string" ? this.value : undefined;
    }

    /** True and false also in the words "true" and "false", which providers use for attributes. */
    get flag(): boolean | undefined {
        if (typeof this.value === "boolean") {
            return this.value;
        }
        return this.value === "true" ? true : this.value === "false" ? false : undefined;
    }

    get number(): number | undefined {
        const value = typeof this.value === "string" && this.value.trim() !== "" ? Number(this.value) : this.value;
        return typeof value === "number" && Number.isFinite(value) ? value : undefined;
    }

    /** Steps down by property names. A list of one stands for the object in it, as providers write single blocks. */
    at(...names: string[]): Read {
        return names.reduce<Read>((read, name) => read.#one().#property(name), this);
    }

    /** A property that is known not to be there, with the path that it would have. */
    missing(name: string): Read {
        return new Read(undefined, this.path === "" ? name : `${this.path}.${name}`);
    }

    /** The first of these properties that is there; the first where none is. */
    either(...names: string[]): Read {
        const [first = "", ...others] = names;
        const read = this.at(first);
        if (!read.isAbsent) {
            return read;
        }
        for (const name of others) {
            const other = this.at(name);
            if (!other.isAbsent) {
                return other;
            }
        }
        return read;
    }

    /** The entries of a list, also of `{ items: [...] }`; a single value counts as a list of one, absent as none. */
    items(): Read[] {
        if (this.isAbsent) {
            return [];
        }
        if (Array.isArray(this.value)) {
            const list = this.value as readonly Value[];
            return list.map(
                (value, index) => new Read(value, `${this.path}[${index}]`, isEncrypted(list, String(index))),
            );
        }
        const items = this.#property("items");
        return items.isAbsent || this.isUnknown ? [this] : items.items();
    }

    /** Why the value is unknown, after the path in a message. */
    get unknown(): string {
        return this.isEncrypted
            ? "is a secret that is encrypted in this state; export the state with --show-secrets so that the rules can read it"
            : "is not known yet";
    }

    /** What the value is, for a message. Only for properties that never hold a secret. */
    shown(): string {
        if (this.isUnknown) {
            return this.isEncrypted ? "an encrypted secret" : "not known yet";
        }
        if (this.value === undefined || this.value === null) {
            return "missing";
        }
        if (Array.isArray(this.value) && this.value.length <= 10) {
            return `[${this.items()
                .map((item) => item.shown())
                .join(", ")}]`;
        }
        if (typeof this.value === "object") {
            return Array.isArray(this.value) ? "a list" : "an object";
        }
        if (typeof this.value === "number" || typeof this.value === "boolean") {
            return String(this.value);
        }
        if (typeof this.value !== "string") {
            return `a ${typeof this.value}`;
        }
        const text = JSON.stringify(this.value.slice(0, 100));
        return this.value.length <= 100 ? text : `${text.slice(0, -1)}..."`;
    }

    #one(): Read {
        if (!Array.isArray(this.value)) {
            return this;
        }
        return this.value.length === 1
            ? new Read(this.value[0], `${this.path}[0]`, isEncrypted(this.value, "0"))
            : new Read(undefined, this.path);
    }

    #property(name: string): Read {
        if (this.isUnknown) {
            return this;
        }
        const holder = this.value;
        const path = writtenAt(holder, name) ?? (this.path === "" ? name : `${this.path}.${name}`);
        const value =
            typeof holder === "object" && holder !== null && !Array.isArray(holder)
                ? (holder as Record<string, Value>)[name]
                : undefined;
        return new Read(value, path, isEncrypted(holder, name));
    }
}
