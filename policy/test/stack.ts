import { StackGraph, type Resource, type Value } from "../graph";
import type { Settings, StackRule } from "../rule";
import { asRead } from "./asRead";

export function urn(name: string, type = "t:m:Thing"): string {
    return `urn:pulumi:test::test::${type}::${name}`;
}

/** A resource written down property by property, for forms that no program gives; `urns` by property. */
export function resource(
    type: string,
    name: string,
    properties: Record<string, Value> = {},
    propertyDependencies: Record<string, readonly Resource[]> = {},
    parent?: Resource,
): Resource {
    const urns = Object.entries(propertyDependencies).map(([property, used]) => [property, used.map(({ urn }) => urn)]);
    return {
        urn: urn(name, type),
        type,
        name,
        properties,
        protect: false,
        parent: parent?.urn,
        dependencies: [...new Set(urns.flatMap(([, used]) => used as string[]))],
        propertyDependencies: Object.fromEntries(urns) as Record<string, readonly string[]>,
    };
}

/** The resources of a stack by their names. */
export type Objects = Readonly<Record<string, readonly [type: string, properties: Record<string, Value>]>>;

export function resourcesNamed(objects: Objects): Resource[] {
    return Object.entries(objects).map(([name, [type, properties]]) => resource(type, name, properties));
}

/** What a rule says of a stack: kind, resource and path; sorted, so that order does not matter. */
export function stackVerdicts(rule: StackRule, resources: readonly Resource[], settings: Settings = {}): string[] {
    return stackFindings(rule, resources, settings)
        .map(({ kind, level, resource: { name }, path }) => `${level ?? kind}: ${name} ${path ?? ""}`.trim())
        .sort();
}

export function stackMessages(rule: StackRule, resources: readonly Resource[], settings: Settings = {}): string[] {
    return stackFindings(rule, resources, settings).map(({ message }) => message);
}

function stackFindings(rule: StackRule, resources: readonly Resource[], settings: Settings) {
    const findings: Parameters<Parameters<StackRule["evaluate"]>[1]>[0][] = [];
    rule.evaluate(new StackGraph(asRead(rule, resources)), (finding) => findings.push(finding), settings);
    return findings;
}
