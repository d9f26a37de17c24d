import {
    Exemptions,
    readConfiguration,
    today,
    unusedExemption,
    unusedExemptionMessage,
    type Configuration,
    type Exemption,
} from "../configuration";
import { StackGraph, type StateResource } from "../graph";
import { judgeResource, judgeStack, type Judgement } from "./judge";
import type { ChainStep, Rule, Severity } from "../rule";
import { looksAt } from "../translation";
import { reportedLevel, verdictsOf } from "./verdict";

/** One thing that the pack says about a stack. */
export interface Result {
    /** Name of the rule. */
    readonly rule: string;
    readonly severity: Severity;
    readonly level: "advisory" | "mandatory";
    /** The level of the rule: what it cannot tell, and what is exempted, is reported as advisory whatever it is. */
    readonly ruleLevel: "advisory" | "mandatory";
    readonly kind: "violation" | "cannot tell" | "unused exemption";
    /** The resource; absent where the whole stack is meant. */
    readonly urn?: string;
    readonly path?: string;
    readonly message: string;
    /** The resources that the rule walked, each with the property that led on. */
    readonly chain?: readonly ChainStep[];
    /** The exemption that makes a violation advisory. */
    readonly exempted?: Exemption;
    /** The exemption that covers nothing, and the rule that it belongs to. */
    readonly unused?: Exemption & { readonly of: string };
}

export interface EvaluationOptions {
    /** From readConfiguration; every rule at its own level with its own defaults where left out. */
    readonly configuration?: Configuration;
    /** The day that decides whether an exemption has expired; default today. */
    readonly now?: Date;
}

/**
 * Runs rules over a stack without the engine: resource rules over inputs, stack rules over outputs, as
 * `pulumi policy analyze` does. Mandatory results come first.
 */
export function evaluate(
    rules: readonly Rule[],
    resources: readonly StateResource[],
    options: EvaluationOptions = {},
): Result[] {
    const configuration = options.configuration ?? readConfiguration(undefined, rules).configuration;
    const day = today(options.now);
    const graph = new StackGraph(resources.map((resource) => resource.outputs));
    const byType = new Map<string, StateResource[]>();
    for (const resource of resources) {
        const same = byType.get(resource.type);
        if (same === undefined) {
            byType.set(resource.type, [resource]);
        } else {
            same.push(resource);
        }
    }
    const results: Result[] = [];
    const unused: Result[] = [];
    for (const rule of rules) {
        const { level, settings, exemptions: configured } = configuration.of(rule);
        if (level === "disabled") {
            continue;
        }
        const exemptions = new Exemptions(configured);
        const judgements: Judgement[] = [
            ...(rule.scope === "stack"
                ? []
                : typesFor(rule, byType.keys())
                      .flatMap((type) => byType.get(type) ?? [])
                      .flatMap(({ inputs }) => judgeResource(rule, inputs, settings))),
            ...judgeStack(rule, graph, settings),
        ];
        for (const { mild, ...verdict } of verdictsOf(judgements, exemptions, day)) {
            const { name, severity } = rule;
            results.push({
                rule: name,
                severity,
                ...verdict,
                level: reportedLevel({ mild, ...verdict }, level),
                ruleLevel: level === "advisory" ? "advisory" : "mandatory",
            });
        }
        for (const exemption of exemptions.unused(resources[0]?.outputs.urn)) {
            unused.push(unusedResult(rule, exemption, configuration));
        }
    }
    if (configuration.of(unusedExemption).level !== "disabled") {
        results.push(...unused);
    }
    return [
        ...results.filter((result) => result.level === "mandatory"),
        ...results.filter((result) => result.level === "advisory"),
    ];
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
