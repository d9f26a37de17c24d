import { LazyResource, type Resource } from "../graph";
import type { Rule } from "../rule";
import { looksAt } from "../translation";

/**
 * The resources as an audit keeps those of a large state: without the properties of types that the rule does not look at. A
 * rule that reads those all the same misses them in its own tests.
 */
export function asLookedAt(rule: Rule, resources: readonly Resource[]): Resource[] {
    return resources.map((resource) =>
        looksAt(rule, resource.type) || resource.type.startsWith("pulumi:providers:")
            ? resource
            : new LazyResource(resource, () => ({})),
    );
}
