import assert from "node:assert/strict";

import { evaluate } from "../judging";
import { rules } from "../rules";
import { fixturesOf, programOf, resourcesOf, type Form, type Program } from "./yamlProgram";
import { forms as engineForms, run } from "./harness";

const forms: readonly Form[] = ["preview", "state"];

/** The rule of this name. */
export const byName = (name: string) => rules.find((rule) => rule.name === name) ?? assert.fail(name);

/** What the mandatory rules and the rule on readability say of a program: kind, resource and path. */
export function said(program: Program | string, form: Form = "state"): string[] {
    const resources = resourcesOf(typeof program === "string" ? programOf(program) : program, form);
    return evaluate(
        rules,
        resources.map((each) => ({ type: each.type, inputs: each, outputs: each })),
    )
        .filter(({ rule, level }) => level === "mandatory" || rule === "edge-resources-readable")
        .map(({ rule, kind, urn, path }) => `${rule}: ${kind}: ${urn?.split("::").at(-1)} ${path ?? ""}`)
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
