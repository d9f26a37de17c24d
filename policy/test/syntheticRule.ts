import type { ResourceRule, StackRule } from "../rule";
import type { Fixture } from "./harness";

const facts = {
    displayName: "Test",
    description: "Something holds.",
    level: "mandatory",
    severity: "low",
    controls: [],
    remediationSteps: "Do it.",
    types: ["a:b:C"],
} as const;

/** A rule of a test's own, over resources of type `a:b:C`. */
export function resourceRule(evaluate: ResourceRule["evaluate"], more: Partial<ResourceRule> = {}): ResourceRule {
    return { ...facts, name: "resource-rule", scope: "resource", evaluate, ...more };
}

/** A rule of a test's own, over a stack with resources of type `a:b:C`. */
export function stackRule(evaluate: StackRule["evaluate"], more: Partial<StackRule> = {}): StackRule {
    return { ...facts, name: "stack-rule", scope: "stack", evaluate, ...more };
}

/** A stack of one resource, of the type that these rules look at. */
export function one(properties: unknown = {}): Fixture[] {
    return [{ type: "a:b:C", name: "one", properties }];
}
