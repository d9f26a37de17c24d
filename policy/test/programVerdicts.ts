import assert from "node:assert/strict";

import type { Resource } from "../graph";
import { evaluate, type Result } from "../judging";
import type { Rule } from "../rule";
import { rules } from "../rules";
import { fixturesOf, programOf, resourcesOf, type Form, type Program } from "./yamlProgram";
import { forms as engineForms, run } from "./harness";

const forms: readonly Form[] = ["preview", "state"];

/** The rule of this name. */
export const byName = (name: string) => rules.find((rule) => rule.name === name) ?? assert.fail(name);

/** What rules say of resources that are as their program writes them. */
export function resultsOf(judging: readonly Rule[], resources: readonly Resource[]): Result[] {
    return evaluate(
        judging,
        resources.map((each) => ({ type: each.type, inputs: each, outputs: each })),
    );
}

/** A result as tests compare it: rule, kind, resource and path. */
export function lineOf({ rule, kind, urn, path }: Result): string {
    return `${rule}: ${kind}: ${urn?.split("::").at(-1)} ${path ?? ""}`;
}

/** What the rules of these names say of resources. */
export function linesOf(names: readonly string[], resources: readonly Resource[]): string[] {
    return resultsOf(names.map(byName), resources).map(lineOf).sort();
}

/** What the mandatory rules and the rule on readability say of a program: kind, resource and path. */
export function said(program: Program | string, form: Form = "state"): string[] {
    return resultsOf(rules, resourcesOf(typeof program === "string" ? programOf(program) : program, form))
        .filter(({ rule, level }) => level === "mandatory" || rule === "edge-resources-readable")
        .map(lineOf)
        .sort();
}

/** Expects this of a program in each of its forms, and each violation through the engine's messages too. */
export async function holds(program: string, expected: readonly string[]): Promise<void> {
    for (const form of forms) {
        assert.deepEqual(said(program, form), expected, form);
    }
    const violated = [...new Set(expected.map((line) => line.split(": ")))].filter(([, kind]) => kind === "violation");
    for (const [name = ""] of violated) {
        for (const form of engineForms) {
            const seen = await run(byName(name), fixturesOf(programOf(program)), form);
            assert.ok(
                seen.some(({ kind }) => kind === "violation"),
                `${name} through the engine's messages, ${form}`,
            );
        }
    }
}
