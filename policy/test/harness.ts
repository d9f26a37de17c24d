import { type AnalyzeDiagnostic, type AnalyzeResponse, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { escapePattern } from "@encrypted-edge/common";

import { readConfiguration } from "../configuration";
import { evaluate } from "../judging";
import { nameOf, readState, withoutUnread } from "../graph";
import type { Rule } from "../rule";
import { readBy } from "../translation";
import { type Fixture, type Form, registration, type Registration } from "./fixture";
import { type HarnessOptions, responsesOf } from "./sdkMessages";

export { forms, ref, secret, urnOf, type Fixture, type Form } from "./fixture";

export interface Seen {
    /** What does not count at the rule's own level is seen as `cannot tell`. */
    readonly kind: "violation" | "cannot tell" | "unused exemption";
    /** Name of the fixture; empty where the whole stack is meant. */
    readonly resource: string;
    /** Without the rule's description. */
    readonly message: string;
}

/** What a rule says of a stack, in one form. */
export async function run(
    rule: Rule,
    fixtures: readonly Fixture[],
    form: Form,
    options: HarnessOptions = {},
): Promise<Seen[]> {
    const registered = fixtures.map((fixture) => registration(fixture, fixtures, form));
    return form === "state" ? evaluated(rule, registered, options) : analyzed(rule, registered, options);
}

/** What a rule says of a stack, in each form. */
export async function runAll(
    rule: Rule,
    fixtures: readonly Fixture[],
    options: HarnessOptions = {},
): Promise<Record<Form, Seen[]>> {
    return {
        up: await run(rule, fixtures, "up", options),
        preview: await run(rule, fixtures, "preview", options),
        state: await run(rule, fixtures, "state", options),
    };
}

function evaluated(rule: Rule, registered: readonly Registration[], options: HarnessOptions): Seen[] {
    // As an audit keeps a large state: what the rule reads and does not look at is missing.
    const isRead = readBy([rule]);
    const resources = resourcesOf(registered).map((resource) => withoutUnread(resource, isRead));
    const state = readState(exported(resources));
    if (state.kind !== "state") {
        throw new Error(state.problem);
    }
    const { configuration } = readConfiguration({ all: "mandatory", [rule.name]: options.configuration ?? {} }, [rule]);
    return evaluate([rule], state.resources, { configuration }).map(({ kind, level, urn, message }) => ({
        kind: kind === "violation" && level === "advisory" ? "cannot tell" : kind,
        resource: nameOf(urn ?? ""),
        message,
    }));
}

/** The state that a finished stack exports. */
export function stateOf(fixtures: readonly Fixture[]): object {
    return exported(resourcesOf(fixtures.map((fixture) => registration(fixture, fixtures, "state"))));
}

function exported(resources: readonly unknown[]): object {
    return { version: 3, deployment: { resources } };
}

function resourcesOf(registered: readonly Registration[]): object[] {
    return registered.flatMap(({ provider, ...resource }) => [
        {
            ...resource,
            id: resource.outputs.id,
            custom: true,
            provider: provider && `${resource.urn}-provider::id`,
        },
        ...(provider === undefined
            ? []
            : [{ urn: `${resource.urn}-provider`, type: "pulumi:providers:aws", id: "id", inputs: provider }]),
    ]);
}

async function analyzed(rule: Rule, registered: readonly Registration[], options: HarnessOptions): Promise<Seen[]> {
    // Violations are told from what cannot be told by their level.
    const responses = await responsesOf([{ ...rule, level: "mandatory" }], registered, options);
    return responses.flatMap((response) => seen(response, rule, registered));
}

/** The SDK's answers for several rules: one for each fixture, then one for the stack. */
export async function respond(
    rules: readonly Rule[],
    fixtures: readonly Fixture[],
    form: "up" | "preview",
    options: HarnessOptions = {},
): Promise<AnalyzeResponse[]> {
    const registered = fixtures.map((fixture) => registration(fixture, fixtures, form));
    return responsesOf(rules, registered, options);
}

function seen(response: AnalyzeResponse, rule: Rule, registered: readonly Registration[]): Seen[] {
    return response.getDiagnosticsList().map((diagnostic) => {
        const isViolation = diagnostic.getEnforcementlevel() === EnforcementLevel.MANDATORY;
        const isRule = diagnostic.getPolicyname() === rule.name;
        const urn = diagnostic.getUrn();
        return {
            kind: !isRule ? "unused exemption" : isViolation ? "violation" : "cannot tell",
            resource: registered.some((resource) => resource.urn === urn) ? nameOf(urn) : "",
            message: messageOf(diagnostic),
        };
    });
}

/** What a diagnostic says, without the line of the rule's description before it. */
export function messageOf(diagnostic: AnalyzeDiagnostic): string {
    const firstLine = new RegExp(`^${escapePattern(diagnostic.getDescription())}( \\((cannot tell|exempted)\\))?\n`);
    return diagnostic.getMessage().replace(firstLine, "");
}
