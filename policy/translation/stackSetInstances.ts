import { isDeepStrictEqual } from "node:util";

import { isObject, LazyResource, own, pathTo, Read, rewrite, UNKNOWN, type Resource, type Value } from "../graph";
import { nativeType } from "./cloudControl";
import { asKnown, cloudFormationStack, mayBeMade, parametersOf, scopeOf, templateOf } from "./cloudFormation";
import { itemsOf, worked, type Scope } from "./intrinsics";
import { madeBy, secretTexts, type Translator, type Unread } from "./translation";
import { isEmpty } from "./unread";

const stackSetTypes = ["aws:cloudformation/stackSet:StackSet", "aws-native:cloudformation:StackSet"];

/** Values that instances of a stack set give its parameters. */
interface Overrides {
    readonly given: Value;
    /** The resource that holds them: the stack set, or one of its own for its instances. */
    readonly by: Resource;
    readonly path: string;
}

/** A stack set of aws-native, which holds its instances itself. */
export const stackSet: Translator = (set, stack) => {
    const { resources, unread } = cloudFormationStack(set, stack);
    const instances = instancesWithin(set);
    return {
        resources: [...resources, ...instances.overrides.flatMap((overrides) => overriddenResources(set, overrides))],
        unread: [...unread, ...instances.unread],
    };
};

/** Instances of a stack set, with other values of its parameters than the set has. */
export const stackSetInstance: Translator = (instance, stack) => {
    const { parameterOverrides, stackSetName } = instance.properties;
    if (isEmpty(parameterOverrides)) {
        return { resources: [], unread: [] };
    }
    const path = "parameterOverrides";
    const sets = stack?.resolve(instance, "stackSetName", stackSetName, stackSetTypes) ?? [];
    const overrides = { given: parameterOverrides, by: instance, path };
    const read = Read.of(instance).at(path);
    const because = read.isUnknown
        ? `${path} ${read.unknown}`
        : `${path} gives values to parameters of a stack set that is not in this stack`;
    return {
        resources: sets.flatMap((set) => overriddenResources(set, overrides)),
        unread: sets.length === 0 || read.isUnknown ? [mayDiffer(path, because)] : [],
        needsStack: true,
    };
};

/** The overrides of the instances that a stack set of aws-native holds itself, and what cannot be read of them. */
function instancesWithin(set: Resource): {
    readonly overrides: readonly Overrides[];
    readonly unread: readonly Unread[];
} {
    const { stackInstancesGroup } = set.properties;
    const path = "stackInstancesGroup";
    const groups = Array.isArray(stackInstancesGroup)
        ? (stackInstancesGroup as Value[]).map((group, index) => ({ group, path: `${path}[${index}]` }))
        : stackInstancesGroup === UNKNOWN
          ? [{ group: UNKNOWN, path }]
          : [];
    const all = groups.map(({ group, path: at }) =>
        group === UNKNOWN
            ? { given: UNKNOWN, by: set, path: at }
            : { given: own(group, "parameterOverrides"), by: set, path: pathTo(at, "parameterOverrides") },
    );
    return {
        overrides: all.filter(({ given }) => !isEmpty(given)),
        unread: all
            .filter(({ given }) => given === UNKNOWN)
            .map(({ path: at }) =>
                mayDiffer(at, `${at} is not known yet: it may give parameters other values than the stack set`),
            ),
    };
}

function mayDiffer(path: string, because: string): Unread {
    return { makes: "resources of a stack set", because, path, certain: false };
}

/** By what instances make, the same of the stack set, before they gave its parameters other values. */
const originals = new WeakMap<Resource, Resource>();

export function originalOf(made: Resource): Resource | undefined {
    return originals.get(made);
}

/**
 * What instances make of a stack set's template with other values of its parameters. What is the same in the set is a
 * finding of the set, where it is one; what differs is written where the instances give the value.
 */
function overriddenResources(set: Resource, { given, by, path }: Overrides): Resource[] {
    const template = templateOf(set);
    if (template === undefined || given === UNKNOWN) {
        return [];
    }
    const instances = by === set ? path : by.name;
    const setScope = scopeOf(set, template, `${set.name}/${instances}`);
    const scope = { ...setScope, parameters: parametersOf(template, given, set.properties.parameters) };
    const secrets = [
        ...secretTexts(set, set.properties.templateBody, template),
        ...(set instanceof LazyResource ? set.secrets : []),
    ];
    return Object.entries(own(template, "Resources") as Record<string, Value>).flatMap(([name, entry]) => {
        const type = own(entry, "Type");
        const properties = propertiesOf(entry, scope);
        if (typeof type !== "string" || properties === undefined) {
            return [];
        }
        const before = propertiesOf(entry, setScope);
        const isSame = isDeepStrictEqual(properties, before);
        const known = asKnown(name, entry, properties, scope);
        const ofSet = before && asKnown(name, entry, before, setScope);
        if (!isSame) {
            markChanges(known, ofSet, valuePath(entry, given, path));
        }
        const holder = isSame ? set : by;
        const part = `${instances}/${name}`;
        const common = { type: nativeType(type), part, name: `${holder.name}/${name}`, secrets };
        const made = madeBy(holder, { ...common, properties: known });
        if (ofSet !== undefined) {
            originals.set(made, madeBy(set, { ...common, properties: ofSet }));
        }
        return made;
    });
}

function propertiesOf(entry: Value, scope: Scope): Record<string, Value> | undefined {
    const properties = mayBeMade(entry, scope) ? worked(own(entry, "Properties") ?? {}, scope) : undefined;
    return isObject(properties) ? properties : undefined;
}

/** Where the values are given: the one parameter, where only one of those given is in what the template says. */
function valuePath(entry: Value, given: Value, path: string): string {
    const words: readonly Value[] = JSON.stringify(entry).split(/[^A-Za-z0-9]/);
    const names = Array.isArray(given)
        ? (given as Value[]).map(
              (one, index) => [own(one, "parameterKey"), `${path}[${index}].parameterValue`] as const,
          )
        : Object.keys(isObject(given) ? given : {}).map((name) => [name, pathTo(path, name)] as const);
    const [used, ...others] = names.filter(([name]) => words.includes(name));
    return used === undefined || others.length > 0 ? path : used[1];
}

/** Writes what differs from the stack set's own at the path of the value that an instance gives. */
function markChanges(value: Value, before: Value, path: string): void {
    if (Array.isArray(value)) {
        value.forEach((item: Value, index) => {
            markChanges(item, itemsOf(before)[index], path);
        });
        return;
    }
    if (!isObject(value)) {
        return;
    }
    const changed = Object.keys(value).filter(
        (key) => !holdsObjects(value[key]) && !isDeepStrictEqual(value[key], own(before, key)),
    );
    rewrite(value, (key, original) => (changed.includes(key) ? path : (original ?? key)));
    for (const [key, item] of Object.entries(value)) {
        markChanges(item, own(before, key), path);
    }
}

function holdsObjects(value: Value): boolean {
    return isObject(value) || (Array.isArray(value) && value.some((item: Value) => isObject(item)));
}
