import assert from "node:assert/strict";

import type { Rule, Settings } from "../rule";
import { broken, changed, compliantStack, misshapen, verdicts, verdictsWithUnknown } from "./compliantStack";
import { findingsOf, programOf, resourcesOf, type Form, type Program } from "./yamlProgram";

interface Expectations {
    /** Title: path in the compliant stack, the value that breaks it, and what the rule says of it. */
    readonly breaks?: Readonly<Record<string, readonly [path: string, value: unknown, ...verdicts: string[]]>>;
    /** Title: path and a value that the rule accepts as well. */
    readonly accepts?: Readonly<Record<string, readonly [path: string, value: unknown]>>;
    /** Path of a value made unknown, and what the rule says. */
    readonly unknowns?: Readonly<Record<string, readonly string[]>>;
    /** Paths at which every misshapen value is tried: the rule must answer, whatever it says. */
    readonly shapes: readonly string[];
    readonly settings?: Settings;
}

const forms: readonly Form[] = ["preview", "state"];

/** Runs a rule over the compliant stack, broken one field at a time, in preview and in state form. */
export function testRule(
    rule: Rule,
    { breaks = {}, accepts = {}, unknowns = {}, shapes, settings = {} }: Expectations,
): void {
    for (const [title, [path, value, ...expected]] of Object.entries(breaks)) {
        it(`refuses ${title}`, () => {
            assert.notEqual(expected.length, 0);
            for (const form of forms) {
                assert.deepEqual(verdicts(rule, broken(path, value), { form, settings }), expected, form);
            }
        });
    }
    for (const [title, [path, value]] of Object.entries(accepts)) {
        it(`accepts ${title}`, () => {
            assert.notDeepEqual(broken(path, value), compliantStack());
            for (const form of forms) {
                assert.deepEqual(verdicts(rule, broken(path, value), { form, settings }), [], form);
            }
        });
    }
    for (const [path, expected] of Object.entries(unknowns)) {
        it(`says what it can of an unknown ${path}`, () => {
            assert.deepEqual(verdictsWithUnknown(rule, path), expected);
        });
    }
    it("answers whatever the shape of the input", () => {
        assert.notEqual(shapes.length, 0);
        for (const resources of shapes.flatMap((path) => misshapen(path))) {
            for (const { kind, message } of findingsOf(rule, resources, settings)) {
                assert.match(kind, /^(violation|cannot tell)$/);
                assert.doesNotMatch(message, /undefined|\[object|Symbol\(/);
            }
        }
    });
}

/** The verdicts of a rule on a program of its own, in preview and state, which must agree. */
export function verdictsOf(rule: Rule, program: Program | string, settings: Settings = {}): string[] {
    const parsed = typeof program === "string" ? programOf(program) : program;
    const [preview, state] = forms.map((form) => verdicts(rule, parsed, { form, settings }));
    assert.deepEqual(preview, state, "preview and state disagree");
    return state ?? [];
}

export function messagesOf(rule: Rule, program: Program, form: Form = "state", settings: Settings = {}): string[] {
    return findingsOf(rule, resourcesOf(program, form), settings).map(({ message }) => message);
}

/** Every message of a rule, word for word, on the compliant stack with these changes. */
export function says(
    rule: Rule,
    changes: Readonly<Record<string, unknown>>,
    messages: readonly string[],
    form: Form = "state",
): void {
    assert.deepEqual(messagesOf(rule, changed(changes), form), messages);
}
