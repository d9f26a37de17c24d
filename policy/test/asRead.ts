import { LazyResource, type Resource } from "../graph";
import type { Rule } from "../rule";
import { reads } from "../translation";

/**
 * The resources as an audit keeps those of a large state: without the properties of types that the rule does not name. A
 * rule that reads those all the same misses them in its own tests.
 */
export function asRead(rule: Rule, resources: readonly Resource[]): Resource[] {
    return resources.map((resource) =>
        reads(rule, resource.type) ? resource : new LazyResource(resource, () => ({})),
    );
}
