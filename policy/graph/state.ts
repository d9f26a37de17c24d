import type { Resource, Value } from "./resource";
import { LazyResource, nameOf, withInputs } from "./lazyResource";
import { isObject, own, parsedProperties, plain, type SecretTexts } from "./plain";

/** A resource of an exported state, as resource rules see it and as stack rules see it. */
export interface StateResource {
    readonly type: string;
    readonly inputs: Resource;
    readonly outputs: Resource;
}

export interface State {
    readonly kind: "state";
    readonly resources: readonly StateResource[];
    /** Entries that were left out because they are not what belongs there, each with its place in the file. */
    readonly problems: readonly string[];
    /** What an interrupted update had begun: whether AWS has it, and how, is not in the state. */
    readonly pending: readonly PendingOperation[];
}

/** An operation that was begun and did not end. */
export interface PendingOperation {
    /** `creating`, `updating`, `importing`, `deleting` or `reading`, as the engine writes it. */
    readonly operation: string;
    readonly type: string;
    readonly name: string;
}

export interface UnreadableState {
    readonly kind: "unreadable";
    /** What is wrong with the file and what to give instead. */
    readonly problem: string;
}

const expected =
    "Give a file written by `pulumi stack export`, or a stack's checkpoint file (.pulumi/stacks/.../<stack>.json).";

/** Files with the look of a state, by a member that no state has: one without a list of resources would pass as an empty stack. */
const otherFiles = [
    ["resourcePlans", "an update plan, as `pulumi preview --save-plan` writes it"],
    ["changeSummary", "what `pulumi preview --json` prints"],
    ["terraform_version", "a state or a plan of Terraform"],
    ["Resources", "a template of CloudFormation"],
] as const;

/** Reads the text, or the already parsed JSON, of a state. */
export function readState(source: unknown): State | UnreadableState {
    let parsed = source;
    if (typeof source === "string") {
        if (source.trim() === "") {
            return unreadable("The state is empty.");
        }
        try {
            parsed = JSON.parse(source);
        } catch {
            return unreadable("The state is not valid JSON.");
        }
    }
    const holder = deploymentOf(parsed);
    if (!isObject(holder)) {
        return unreadable("The state holds no deployment.");
    }
    const other = otherFiles.find(([member]) => own(parsed, member) !== undefined);
    if (other !== undefined) {
        return unreadable(`This is ${other[1]}, not a state of Pulumi.`);
    }
    const listed = own(holder, "resources");
    // A stack that was never updated, or was destroyed, has no list at all.
    const isDeployment = "manifest" in holder || holder !== parsed;
    if ((listed === undefined || listed === null) && isDeployment) {
        return { kind: "state", resources: [], ...readPending(holder) };
    }
    if (!Array.isArray(listed) || (listed.length === 0 && !isDeployment)) {
        return unreadable("The state holds no list of resources.");
    }
    const { resources, problems } = readResources(listed);
    const begun = readPending(holder);
    return { kind: "state", resources, problems: [...problems, ...begun.problems], pending: begun.pending };
}

function readPending(holder: object): Pick<State, "pending" | "problems"> {
    const listed = own(holder, "pending_operations") ?? [];
    const problems: string[] = [];
    const pending: PendingOperation[] = [];
    (Array.isArray(listed) ? listed : [listed]).forEach((entry: unknown, index) => {
        const resource = own(entry, "resource");
        const [operation, type, urn] = [own(entry, "type"), own(resource, "type"), own(resource, "urn")];
        if (typeof operation === "string" && typeof type === "string" && typeof urn === "string") {
            pending.push({ operation, type, name: nameOf(urn) });
        } else {
            problems.push(`pending_operations[${index}] is no operation on a resource`);
        }
    });
    return { pending, problems };
}

/** What holds the resources: in an export, in a checkpoint, or the deployment alone. */
export function deploymentOf(parsed: unknown): unknown {
    return own(parsed, "deployment") ?? own(own(parsed, "checkpoint"), "latest") ?? parsed;
}

function unreadable(problem: string): UnreadableState {
    return { kind: "unreadable", problem: `${problem} ${expected}` };
}

function readResources(listed: readonly unknown[]): Pick<State, "resources" | "problems"> {
    const problems: string[] = [];
    const entries: Record<string, unknown>[] = [];
    listed.forEach((entry, index) => {
        if (!isObject(entry)) {
            problems.push(`resources[${index}] is not an object`);
        } else if (typeof own(entry, "urn") !== "string") {
            problems.push(`resources[${index}] has no urn`);
        } else if (typeof own(entry, "type") !== "string") {
            problems.push(`resources[${index}] has no type`);
        }
        // What is only waiting for its deletion is no longer part of the stack.
        else if (own(entry, "delete") !== true) {
            entries.push(entry);
        }
    });
    const providers = new Map(
        entries
            .filter((entry) => (entry.type as string).startsWith("pulumi:providers:"))
            .map((entry) => [entry.urn as string, entry]),
    );
    return { resources: entries.map((entry) => new Entry(entry, providers)), problems };
}

/**
 * An entry of a state without its properties if no rule reads them. In a large state those are most of what it holds, and
 * collecting the garbage of what was never asked for costs more than the rules.
 */
export function withoutUnread(entry: unknown, isRead: (type: string) => boolean): unknown {
    const type = own(entry, "type");
    if (!isObject(entry) || typeof type !== "string" || isRead(type)) {
        return entry;
    }
    const { urn, id, parent, protect, delete: isDeleted } = entry;
    return { urn, type, id, parent, protect, delete: isDeleted };
}

/** Both forms are made when they are first asked for: most resources are of types that no rule looks at. */
class Entry implements StateResource {
    #inputs: Resource | undefined;
    #outputs: Resource | undefined;

    readonly #entry: Record<string, unknown>;
    readonly #providers: ReadonlyMap<string, Record<string, unknown>>;

    constructor(entry: Record<string, unknown>, providers: ReadonlyMap<string, Record<string, unknown>>) {
        this.#entry = entry;
        this.#providers = providers;
    }

    get type(): string {
        return this.#entry.type as string;
    }

    get inputs(): Resource {
        return (this.#inputs ??= this.#resource((secrets) => parsedProperties(own(this.#entry, "inputs"), secrets)));
    }

    get outputs(): Resource {
        return (this.#outputs ??= this.#resource((secrets) => {
            const inputs = parsedProperties(own(this.#entry, "inputs"), secrets);
            return withInputs(parsedProperties(own(this.#entry, "outputs"), secrets), inputs);
        }, this.#links));
    }

    readonly #links = () => ({
        dependencies: texts(own(this.#entry, "dependencies")),
        propertyDependencies: textLists(own(this.#entry, "propertyDependencies")),
    });

    /** Inputs come without links, as the engine sends them: none of them is hidden, so none is to be guessed. */
    #resource(
        properties: (secrets: SecretTexts) => Record<string, Value>,
        links?: () => Pick<Resource, "dependencies" | "propertyDependencies">,
    ): Resource {
        const entry = this.#entry;
        return new LazyResource(
            {
                urn: entry.urn as string,
                type: this.type,
                name: nameOf(entry.urn as string),
                protect: own(entry, "protect") === true,
                parent: text(own(entry, "parent")),
            },
            properties,
            links,
            () => {
                // A reference is the provider's URN, "::" and its id.
                const reference = text(own(entry, "provider")) ?? "";
                const holder = this.#providers.get(reference.slice(0, Math.max(0, reference.lastIndexOf("::"))));
                return holder && parsedProperties(own(holder, "inputs"));
            },
            text(plain(own(entry, "id"))),
        );
    }
}

function text(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}

function texts(value: unknown): string[] {
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function textLists(value: unknown): Record<string, string[]> {
    const result: Record<string, Value> = {};
    if (isObject(value)) {
        for (const key of Object.keys(value)) {
            if (!key.startsWith("__")) {
                result[key] = texts(value[key]);
            }
        }
    }
    return result as Record<string, string[]>;
}
