import type { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";

import { readConfiguration } from "../../configuration";
import { evaluate } from "../../judging";
import { readState } from "../../graph";
import { rules } from "../../rules";
import { messageOf, respond, stateOf, type Fixture } from "../harness";

/** One thing that the pack says, whichever way it was asked. */
export interface Answer {
    readonly rule: string;
    readonly kind: "violation" | "cannot tell";
    readonly urn: string;
    readonly message: string;
}

/** Every rule at a level by which violations are told from what cannot be told. */
const mandatory = rules.map((rule) => ({ ...rule, level: "mandatory" as const }));
const { configuration } = readConfiguration({ all: "mandatory" }, rules);

export function fromState(fixtures: readonly Fixture[], order = (resources: unknown[]) => resources): Answer[] {
    const exported = stateOf(fixtures) as { deployment: { resources: unknown[] } };
    const resources = order(exported.deployment.resources);
    const state = readState(JSON.stringify({ ...exported, deployment: { resources } }));
    if (state.kind !== "state") {
        throw new Error(`The state is refused: ${state.problem}`);
    }
    return evaluate(rules, state.resources, { configuration }).map(({ rule, kind, level, urn = "", message }) => ({
        rule,
        kind: kind === "violation" && level === "mandatory" ? kind : "cannot tell",
        urn,
        message,
    }));
}

export interface EngineAnswer {
    readonly answers: readonly Answer[];
    /** Size of the largest answer to the engine. */
    readonly bytes: number;
}

export async function fromEngine(
    fixtures: readonly Fixture[],
    form: "up" | "preview",
    wire = true,
): Promise<EngineAnswer> {
    const responses = await respond(mandatory, fixtures, form, { wire });
    return {
        answers: responses.flatMap(answersOf),
        bytes: Math.max(...responses.map((response) => response.serializeBinary().length)),
    };
}

function answersOf(response: AnalyzeResponse): Answer[] {
    return response.getDiagnosticsList().map((diagnostic) => ({
        rule: diagnostic.getPolicyname(),
        kind: diagnostic.getEnforcementlevel() === EnforcementLevel.MANDATORY ? "violation" : "cannot tell",
        urn: diagnostic.getUrn(),
        message: messageOf(diagnostic),
    }));
}
