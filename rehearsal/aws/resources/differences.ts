import {
    at,
    containsUnknown,
    type Difference,
    type Differences,
    isMarked,
    isObject,
    type Properties,
    type ResourceTyping,
    same,
    type State,
    type Typings,
    type Value,
    type Values,
} from "../../provider";
import type { AutoName, ResourceModel } from "../services";

/** What is known of a type when two states of it are compared. */
export interface KnownType {
    readonly typings: Typings;
    readonly typing: ResourceTyping;
    readonly model: ResourceModel;
    /** The input that is named by itself. */
    readonly named: Required<AutoName> | undefined;
}

/** What a change of inputs means for a resource: which properties differ, and whether it must be made anew. */
export function findDifferences({ typings, typing, model, named }: KnownType, old: State, news: Values): Differences {
    const replacesIf: Compared["replacesIf"] = (input, was, now) =>
        model.replacesIf?.[input]?.(was, now, news, old.properties) === true;
    const comparison = new Comparison({ typings, model, replacesIf });
    comparison.object(withoutWhatIsSo(old, news, typing, model), news, typing.inputs, "", false);
    const { differences } = comparison;
    const replaced = differences.some(({ replaces }) => replaces);
    const fixedName =
        named !== undefined &&
        typeof news[named.property] === "string" &&
        news[named.property] === old.inputs[named.property] &&
        !(Array.isArray(news.__defaults) && news.__defaults.includes(named.property));
    return { differences, deleteBeforeReplace: replaced && (model.deleteBeforeReplace === true || fixedName) };
}

/**
 * A property that is newly stated as it is anyway, or no longer stated and the documented default or kept, makes no
 * difference to AWS. What is an output that always has a value is kept: the provider takes AWS's value for it.
 */
function withoutWhatIsSo(
    { inputs: olds, properties }: State,
    news: Values,
    typing: ResourceTyping,
    model: ResourceModel,
): Values {
    const adjusted = { ...olds };
    for (const [name, property] of Object.entries(typing.inputs)) {
        if (olds[name] === undefined && news[name] !== undefined && covers(properties[name], news[name])) {
            adjusted[name] = news[name];
        }
        const isDefault = property.default !== undefined && olds[name] === property.default;
        const isComputed =
            !property.required && property.default === undefined && typing.outputs[name]?.required === true;
        if (news[name] === undefined && (isDefault || isComputed || model.keptWhenLeftOut?.includes(name) === true)) {
            delete adjusted[name];
        }
    }
    return adjusted;
}

/** Whether a value says everything that another one states; it may say more, as outputs do of what inputs leave out. */
function covers(whole: Value, part: Value): boolean {
    if (Array.isArray(whole) && Array.isArray(part)) {
        return whole.length === part.length && part.every((value, index) => covers(whole[index], value));
    }
    if (isObject(whole) && isObject(part)) {
        return Object.entries(part).every(([name, value]) => name.startsWith("__") || covers(whole[name], value));
    }
    return whole === part;
}

/** Whether AWS holds what an input states, however either of them writes it. */
export function statesTheSame(model: ResourceModel, name: string, actual: Value, stated: Value): boolean {
    // A tag that was added by hand is taken away again.
    if (name === "tags") {
        return same(actual, stated);
    }
    const canonical = canonicalOf(model, name);
    if (canonical !== undefined && typeof actual === "string" && typeof stated === "string") {
        return canonical(actual) === canonical(stated);
    }
    if (Array.isArray(actual) && Array.isArray(stated) && model.grows?.includes(name) === true) {
        return stated.every((item: Value) => actual.some((one: Value) => same(one, item)));
    }
    return model.sets?.includes(name) === true ? covers(sorted(actual), sorted(stated)) : covers(actual, stated);
}

/** How AWS writes a value; a policy is its JSON, however that is laid out. Source: terraform-provider-aws, SuppressEquivalentPolicyDiffs. */
function canonicalOf(model: ResourceModel, steps: string): ((value: string) => string) | undefined {
    return model.canonical?.[steps] ?? (/(^|\.|[a-z])[pP]olicy$/.test(steps) ? policyForm : undefined);
}

function policyForm(policy: string): string {
    try {
        return JSON.stringify(JSON.parse(policy), (_, value: unknown) =>
            isObject(value) ? Object.fromEntries(Object.entries(value).sort()) : value,
        );
    } catch {
        return policy;
    }
}

/** Where two values stand that are compared. */
interface Place {
    /** Properties of the objects there. */
    readonly inner: Properties;
    readonly path: string;
    readonly replaces: boolean;
}

/** What states are compared by. */
interface Compared extends Pick<KnownType, "typings" | "model"> {
    /** Whether the change of an input makes a new resource in this case. */
    replacesIf(input: string, old: Value, now: Value): boolean;
}

class Comparison {
    readonly differences: Difference[] = [];

    readonly #by: Compared;

    constructor(by: Compared) {
        this.#by = by;
    }

    object(olds: Values, news: Values, properties: Properties, path: string, replacing: boolean): void {
        for (const name of new Set([...Object.keys(olds), ...Object.keys(news)])) {
            if (name.startsWith("__")) {
                continue;
            }
            const property = properties[name];
            const place = at(path, name);
            const steps = place.replace(/\[\d+\]/g, "");
            const replaces =
                this.#by.model.keepOn?.includes(steps) !== true &&
                (replacing ||
                    property?.replaces === true ||
                    (path === "" && (name === "region" || this.#by.replacesIf(name, olds[name], news[name]))) ||
                    this.#by.model.replaceOn?.includes(steps) === true);
            const objectName = property?.type.kind === "array" ? property.type.of : property?.type;
            const inner = objectName?.kind === "object" ? this.#by.typings.object(objectName.name) : {};
            this.#value(olds[name], news[name], { inner, path: place, replaces });
        }
    }

    #value(old: Value, now: Value, { inner, path, replaces }: Place): void {
        const steps = path.replace(/\[\d+\]/g, "");
        const canonical = canonicalOf(this.#by.model, steps);
        if (canonical !== undefined && typeof old === "string" && typeof now === "string") {
            if (canonical(old) !== canonical(now)) {
                this.differences.push({ path, kind: "update", replaces });
            }
            return;
        }
        if (same(old, now) || (this.#by.model.sets?.includes(steps) === true && same(sorted(old), sorted(now)))) {
            return;
        }
        if (isObject(old) && isObject(now) && !isMarked(old) && !isMarked(now)) {
            this.object(old, now, inner, path, replaces);
        } else if (Array.isArray(old) && Array.isArray(now) && !containsUnknown(now)) {
            for (let index = 0; index < Math.max(old.length, now.length); index++) {
                this.#value(old[index], now[index], { inner, path: at(path, index), replaces });
            }
        } else {
            const kind = old === undefined ? "add" : now === undefined ? "delete" : "update";
            this.differences.push({ path, kind, replaces: replaces || this.#holdsReplacing(old, now, inner, path) });
        }
    }

    /** Whether a block that comes or goes states what makes a new resource. Source: Terraform, which compares its leaves. */
    #holdsReplacing(old: Value, now: Value, inner: Properties, path: string): boolean {
        const leaves = new Comparison(this.#by);
        for (const block of [old, now].flat().filter((each) => isObject(each) && !isMarked(each))) {
            leaves.object({}, block as Values, inner, path, false);
        }
        return leaves.differences.some(({ replaces }) => replaces);
    }
}

function sorted(value: Value): Value {
    return Array.isArray(value)
        ? [...(value as Value[])].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
        : value;
}
