import * as path from "node:path";
import { readJsonObject, replaceFile } from "@encrypted-edge/common";
import { deriveConfiguration, deriveFunction, deriveObject, deriveResource } from "./derive";
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
    readonly #files: SdkFiles;
    readonly #cacheFile: string | undefined;
    readonly #derived: Derived;
    #saving: NodeJS.Immediate | undefined;
    #knownRegions: readonly string[] | undefined;

    constructor(options: TypingsOptions) {
        this.#files = new SdkFiles(options.packageName, options.projectDirectory);
        this.version = this.#files.version;
        const name = `${options.packageName.replace(/\W+/g, "-").replace(/^-/, "")}-${this.version}-${derivation}.json`;
        this.#cacheFile = options.cacheDirectory === undefined ? undefined : path.join(options.cacheDirectory, name);
        const kept = this.#cacheFile === undefined ? undefined : readJsonObject<Derived>(this.#cacheFile);
        // Missing or damaged: derived again.
        this.#derived = kept ?? { resources: {}, functions: {}, objects: {} };
    }

    /** @returns undefined where the package has no such resource. */
    resource(token: string): ResourceTyping | undefined {
        return this.#remember(this.#derived.resources, token, () => deriveResource(this.#files, token));
    }

    /** @returns undefined where the package has no such look-up. */
    function(token: string): FunctionTyping | undefined {
        return this.#remember(this.#derived.functions, token, () => deriveFunction(this.#files, token));
    }

    /** Tokens of everything that the package has. */
    get tokens(): { resources: string[]; functions: string[] } {
        return this.#files.tokens();
    }

    /** What the provider itself can be configured with. */
    get configuration(): Properties {
        return this.#remember(this.#derived.objects, "ProviderArgs", () => deriveConfiguration(this.#files)) ?? {};
    }

    /** The regions that the package knows. */
    get regions(): readonly string[] {
        return (this.#knownRegions ??= this.#files.regions());
    }

    /** The properties of a nested object by the name of its interface, such as `lb.ListenerDefaultAction`. */
    object(name: string): Properties {
        return this.#remember(this.#derived.objects, name, () => deriveObject(this.#files, name)) ?? {};
    }

    #remember<Value>(
        known: Record<string, Value | null>,
        name: string,
        derive: () => Value | undefined,
    ): Value | undefined {
        if (!Object.hasOwn(known, name)) {
            known[name] = derive() ?? null;
            // Once for everything that the request at hand needs, and not while it waits.
            if (this.#saving === undefined) {
                this.#saving = setImmediate(() => this.#save());
            }
        }
        return known[name] ?? undefined;
    }

    /** A cache that cannot be written costs time, and nothing else. */
    #save(): void {
        this.#saving = undefined;
        if (this.#cacheFile === undefined) {
            return;
        }
        try {
            replaceFile(this.#cacheFile, JSON.stringify(this.#derived));
        } catch {
            return;
        }
    }
}
