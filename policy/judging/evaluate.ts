import {
    Exemptions,
    readConfiguration,
    today,
    unusedExemption,
    unusedExemptionMessage,
    type Configuration,
    type Exemption,
} from "../configuration";
import { groupBy, StackGraph, type StateResource } from "../graph";
import type { Rule } from "../rule";
import { looksAt } from "../translation";
import { judgeResource, judgeStack } from "./judge";
import { mandatoryFirst, type Result } from "./result";

export interface EvaluationOptions {
    /** From readConfiguration; every rule at its own level with its own defaults where left out. */
    readonly configuration?: Configuration;
    /** The day that decides whether an exemption has expired; default today. */
    readonly now?: Date;
}

/**
 * Runs rules over a stack without the engine: resource rules over inputs, stack rules over outputs, as
 * `pulumi policy analyze` does. Mandatory results come first.
 *
 * @throws TypeError where an argument is no list of rules, or no list of what `readState` finds
 */
export function evaluate(
    rules: readonly Rule[],
    resources: readonly StateResource[],
    options: EvaluationOptions = {},
): Result[] {
    checkArguments(rules, resources);
    const configuration = options.configuration ?? readConfiguration(undefined, rules).configuration;
    const day = today(options.now);
    const graph = new StackGraph(resources.map((resource) => resource.outputs));
    const byType = groupBy(resources, (resource) => resource.type);
    const found: Result[] = [];
    const add = (results: readonly Result[]) => {
        for (const result of results) {
            found.push(result);
        }
    };
    const unused: Result[] = [];
    for (const rule of rules) {
        const { level, settings, exemptions: configured } = configuration.of(rule);
        if (level === "disabled") {
            continue;
        }
        const exemptions = new Exemptions(configured);
        const weight = { level: level === "advisory" ? level : "mandatory", exemptions, day } as const;
        if (rule.scope === "resource") {
            for (const { inputs } of typesFor(rule, byType.keys()).flatMap((type) => byType.get(type) ?? [])) {
                add(judgeResource(rule, inputs, settings, weight));
            }
        }
        add(judgeStack(rule, graph, settings, weight));
        for (const exemption of exemptions.unused(resources[0]?.outputs.urn)) {
            unused.push(unusedResult(rule, exemption, configuration));
        }
    }
    if (configuration.of(unusedExemption).level !== "disabled") {
        add(unused);
    }
    return mandatoryFirst(found);
}

/** JavaScript has no types that would say so. */
function checkArguments(rules: unknown, resources: unknown): void {
    if (!isListOf(rules, "evaluate")) {
        throw new TypeError(
            'evaluate: "rules", the first argument, is no list of rules. Give it the "rules" that this package exports, or rules of your own in the same form.',
        );
    }
    if (!isListOf(resources, "inputs")) {
        throw new TypeError(
            'evaluate: "resources", the second argument, is no list of the resources that readState finds. Write evaluate(rules, readState(text).resources).',
        );
    }
}

function isListOf(value: unknown, key: string): boolean {
    return (
        Array.isArray(value) && value.every((item: unknown) => typeof item === "object" && item !== null && key in item)
    );
}

/** An exemption that covers nothing, as a result about the whole stack. */
export function unusedResult(rule: Rule, exemption: Exemption, configuration: Configuration): Result {
    const level = configuration.of(unusedExemption).level === "advisory" ? "advisory" : "mandatory";
    return {
        rule: unusedExemption.name,
        severity: unusedExemption.severity,
        level,
        ruleLevel: level,
        kind: "unused exemption",
        message: unusedExemptionMessage(rule.name, exemption),
        unused: { of: rule.name, ...exemption },
    };
}

/** The rule's own types in its own order, then those whose resources make such. */
function typesFor(rule: Rule, types: Iterable<string>): readonly string[] {
    return [...new Set([...rule.types, ...[...types].filter((type) => looksAt(rule, type))])];
}
