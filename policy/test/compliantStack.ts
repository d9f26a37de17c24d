import { readFileSync } from "node:fs";
import * as path from "node:path";

import { UNKNOWN, type Resource } from "../graph";
import type { Finding, Rule, Settings } from "../rule";
import { findingsOf, programOf, resourcesOf, type Form, type Program, type Written } from "./yamlProgram";

const written = programOf(readFileSync(path.join(__dirname, "compliantStack.yaml"), "utf8"));

/** A fresh copy of a stack that every rule accepts. */
export function compliantStack(): Program {
    return structuredClone(written);
}

/** The compliant stack with one field of one resource changed; `undefined` takes it away. */
export function broken(path: string, value: unknown): Program {
    return changed({ [path]: value });
}

/** The compliant stack with several changes, by path; a path of one name is a resource as a whole. */
export function changed(changes: Readonly<Record<string, unknown>>): Program {
    const program = compliantStack();
    for (const [path, value] of Object.entries(changes)) {
        const [name = "", ...keys] = path.split(".");
        if (keys.length === 0) {
            if (value === undefined) {
                delete program[name];
            } else {
                program[name] = value as Written;
            }
            continue;
        }
        const written = program[name];
        if (written === undefined) {
            throw new Error(`The compliant stack has no resource "${name}".`);
        }
        set((written.properties ??= {}), keys, value);
    }
    return program;
}

/** What a rule says, shortened to what a test compares. */
export function verdicts(
    rule: Rule,
    program: Program,
    { form = "state", settings = {} }: { form?: Form; settings?: Settings } = {},
): string[] {
    return findingsOf(rule, resourcesOf(program, form), settings).map(verdictOf);
}

/** As {@link verdicts}, with one value of the finished resources replaced by {@link UNKNOWN}. */
export function verdictsWithUnknown(
    rule: Rule,
    path: string,
    program = compliantStack(),
    form: Form = "state",
): string[] {
    const [name = "", ...keys] = path.split(".");
    const resources = resourcesOf(program, form);
    const resource = resources.find((found) => found.name === name);
    if (resource === undefined) {
        throw new Error(`The stack has no resource "${name}".`);
    }
    set(resource.properties, keys, UNKNOWN);
    return findingsOf(rule, resources).map(verdictOf);
}

/** Every shape that a property should not have, at every top-level property and at the rule's own path. */
export function misshapen(path: string): Resource[][] {
    const shapes: unknown[] = [
        undefined,
        null,
        "",
        "text",
        0,
        -1,
        true,
        false,
        [],
        [[]],
        [null],
        {},
        { a: { b: [1] } },
        UNKNOWN,
        [UNKNOWN],
        { items: UNKNOWN },
        NaN,
        10n,
        Symbol("x"),
        () => 1,
    ];
    return shapes.flatMap((shape) =>
        (["preview", "state"] as const).map((form) => {
            const [name = "", ...keys] = path.split(".");
            const resources = resourcesOf(compliantStack(), form);
            const resource = resources.find((found) => found.name === name);
            if (resource === undefined) {
                throw new Error(`The stack has no resource "${name}".`);
            }
            set(resource.properties, keys, shape);
            return resources;
        }),
    );
}

function verdictOf({ kind, level, resource, path }: Finding): string {
    return `${level ?? kind}: ${resource.name} ${path ?? ""}`.trim();
}

function set(holder: Record<string, unknown>, keys: readonly string[], value: unknown): void {
    const [key = "", ...rest] = keys;
    if (rest.length === 0) {
        holder[key] = value;
        return;
    }
    if (typeof holder[key] !== "object" || holder[key] === null) {
        holder[key] = /^\d+$/.test(rest[0] ?? "") ? [] : {};
    }
    set(holder[key] as Record<string, unknown>, rest, value);
}
