import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { deriveFunction, deriveObject, deriveResource } from "./derive";
import { derivation, type FunctionTyping, type Properties, type ResourceTyping } from "./propertyTypes";
import { SdkFiles } from "./sdkFiles";

interface Derived {
    resources: Record<string, ResourceTyping | null>;
    functions: Record<string, FunctionTyping | null>;
    objects: Record<string, Properties | null>;
}

export interface TypingsOptions {
    /** The package whose typings are read: `@pulumi/aws`. */
    readonly packageName: string;
    /** Where the program lies, whose own copy of the package counts first. */
    readonly projectDirectory: string;
    /** Where derived typings are kept between runs. Default: they are not kept. */
    readonly cacheDirectory?: string;
}

/** What the SDK's own typings say of resources and look-ups, read when first asked for and kept for the next run. */
export class Typings {
    readonly version: string;
    private readonly files: SdkFiles;
    private readonly cacheFile: string | undefined;
    private readonly derived: Derived;
    private saving: NodeJS.Immediate | undefined;

    constructor(options: TypingsOptions) {
        this.files = new SdkFiles(options.packageName, options.projectDirectory);
        this.version = this.files.version;
        const name = `${options.packageName.replace(/\W+/g, "-").replace(/^-/, "")}-${this.version}-${derivation}.json`;
        this.cacheFile = options.cacheDirectory === undefined ? undefined : path.join(options.cacheDirectory, name);
        this.derived = this.load() ?? { resources: {}, functions: {}, objects: {} };
    }

    /** @returns undefined where the package has no such resource. */
    resource(token: string): ResourceTyping | undefined {
        return this.remember(this.derived.resources, token, () => deriveResource(this.files, token));
    }

    /** @returns undefined where the package has no such look-up. */
    function(token: string): FunctionTyping | undefined {
        return this.remember(this.derived.functions, token, () => deriveFunction(this.files, token));
    }

    /** The properties of a nested object by the name of its interface, such as `lb.ListenerDefaultAction`. */
    object(name: string): Properties {
        return this.remember(this.derived.objects, name, () => deriveObject(this.files, name)) ?? {};
    }

    private remember<Value>(
        known: Record<string, Value | null>,
        name: string,
        derive: () => Value | undefined,
    ): Value | undefined {
        if (!Object.hasOwn(known, name)) {
            known[name] = derive() ?? null;
            // Once for everything that the request at hand needs, and not while it waits.
            this.saving ??= setImmediate(() => this.save());
        }
        return known[name] ?? undefined;
    }

    private load(): Derived | undefined {
        try {
            return this.cacheFile === undefined
                ? undefined
                : (JSON.parse(readFileSync(this.cacheFile, "utf8")) as Derived);
        } catch {
            // Missing or damaged: derived again.
            return undefined;
        }
    }

    /** A cache that cannot be written costs time, and nothing else. */
    private save(): void {
        this.saving = undefined;
        if (this.cacheFile === undefined) {
            return;
        }
        try {
            mkdirSync(path.dirname(this.cacheFile), { recursive: true });
            const temporary = `${this.cacheFile}.${process.pid}`;
            writeFileSync(temporary, JSON.stringify(this.derived));
            renameSync(temporary, this.cacheFile);
        } catch {
            return;
        }
    }
}
