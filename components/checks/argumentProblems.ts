import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { nearestName } from "@encrypted-edge/common";
import { type ArgumentSpec, type Given, type InnerProblem, resolved, type ValueSpec } from "./argumentSpec";
import { isDeferred, listOf, plainValueNeeded, shown } from "./valueProblems";

type Problem = pulumi.InputPropertyErrorDetails;
type Specs = Readonly<Record<string, ArgumentSpec>>;

/**
 * Everything that is wrong with arguments, each problem with its property path, the value, what is allowed and what to
 * write instead. Values that are not known yet are left to AWS. As everywhere in Pulumi, null is the same as not given.
 *
 * @param owner Whose arguments they are, as messages name it.
 */
export function argumentProblems(owner: string, args: object | null | undefined, specs: Specs): Problem[] {
    const given = withoutNull(args);
    return [...unknownNames(owner, given, specs), ...problemsOfKnown(given, specs)];
}

/** What the groups of a list are, for messages and checks. */
interface GroupsSpec {
    /** What one of them is, as messages name it. */
    readonly owner: string;
    /** One of them as a program writes it. */
    readonly example: string;
    readonly fields: Specs;
    /** What else is wrong with one of them; `isRight` says that each of its arguments is right by itself. */
    readonly further?: (group: Given, all: { groups: Given[]; index: number; isRight: boolean }) => InnerProblem[];
}

/** Everything that is wrong with a list of groups, each problem with its place in the list. */
export function groupsProblems(
    list: unknown,
    { owner, example, fields, further }: GroupsSpec,
): string | readonly InnerProblem[] {
    const items = listOf(list);
    if (items === undefined) {
        return isDeferred(list)
            ? plainValueNeeded
            : `is ${shown(list)}; a list is needed. Write, for example, [${example}].`;
    }
    const groups = items.map((item) => (isGroup(item) ? withoutNull(item) : {}));
    return items.flatMap((item, index): InnerProblem[] => {
        const group = groups[index];
        if (group === undefined || !isGroup(item)) {
            return [
                [`[${index}]`, `is ${shown(item)}; ${owner} is a group of arguments. Write, for example, ${example}.`],
            ];
        }
        const own = argumentProblems(owner, group, fields);
        return [
            ...own.map(({ propertyPath, reason }): InnerProblem => [propertyPath, reason]),
            ...(further?.(group, { groups, index, isRight: own.length === 0 }) ?? []),
        ].map(([path, reason]): InnerProblem => [`[${index}].${path}`, reason]);
    });
}

function isGroup(value: unknown): value is object {
    return typeof value === "object" && value !== null && !Array.isArray(value) && !isDeferred(value);
}

function problemsOfKnown(given: Given, specs: Specs): Problem[] {
    return Object.entries(specs).flatMap(([name, spec]) => {
        const value = given[name];
        if (spec.form !== "group") {
            return problemsOfValue(name, value, spec, given);
        }
        if (value === undefined) {
            return [];
        }
        if (!isGroup(value)) {
            const example = Object.keys(spec.fields)[0];
            const reason = isDeferred(value)
                ? plainValueNeeded
                : `is ${shown(value)}; a group of arguments is needed. Write, for example, { ${example}: ... }.`;
            return [{ propertyPath: name, reason }];
        }
        const problems = argumentProblems(name, value, spec.fields);
        if (problems.length === 0 && spec.check !== undefined) {
            const group = resolved(withoutNull(value), spec.fields);
            return spec.check(group).map(([path, reason]) => ({ propertyPath: name + path, reason }));
        }
        return problems.map(({ propertyPath, reason }) => ({ propertyPath: `${name}.${propertyPath}`, reason }));
    });
}

function problemsOfValue(name: string, value: unknown, spec: ValueSpec, given: Given): Problem[] {
    if (value === undefined && !spec.required) {
        return [];
    }
    const found = spec.check(value, given) ?? [];
    const inner = typeof found === "string" ? ([["", found]] as const) : found;
    return inner.map(([path, reason]) => ({ propertyPath: name + path, reason }));
}

function unknownNames(owner: string, given: Given, specs: Specs): Problem[] {
    const names = Object.keys(specs);
    return Object.keys(given)
        .filter((name) => !Object.hasOwn(specs, name))
        .map((propertyPath) => {
            const meant = nearestName(propertyPath, names);
            const advice =
                meant === undefined ? `Leave it out, or write one of ${names.join(", ")}.` : `Did you mean "${meant}"?`;
            return { propertyPath, reason: `is not an argument of ${owner}. ${advice}` };
        });
}

function withoutNull(args: object | null | undefined): Given {
    return Object.fromEntries(Object.entries(args ?? {}).filter(([, value]) => value !== null));
}

/**
 * Refuses wrong arguments before anything is registered, all at once.
 *
 * @throws pulumi.InputPropertiesError with every problem.
 */
export function refuse(type: string, name: string, errors: Problem[]): void {
    if (errors.length === 0) {
        return;
    }
    const message = `${type} "${name}" cannot be built; ${errors.length === 1 ? "one argument is" : `${errors.length} arguments are`} wrong`;
    const error = new pulumi.InputPropertiesError({ message, errors });
    // A program prints an error by inspecting it, stack and all: a mistake in an argument is told by its list alone.
    Object.defineProperty(error, inspect.custom, { value: () => problemList(message, errors) });
    throw error;
}

/** Refuses wrong arguments of a part that is built by itself; those that are not in the table are left to AWS. */
export function refusePart(type: string, name: string, args: object, specs: Specs): void {
    refuse(type, name, problemsOfKnown(withoutNull(args), specs));
}

/** The problems as a person reads them, one a line. */
export function problemList(message: string, problems: readonly Problem[]): string {
    return [`${message}:`, ...problems.map(({ propertyPath, reason }) => `  - ${propertyPath} ${reason}`)].join("\n");
}
