import type { StackResource } from "./checkpoint";

/**
 * What a run deletes, in the order in which the engine does it: the resources of a layer at the same time, and a layer
 * when the one before is gone. Source: pulumi, pkg/resource/deploy, stepGenerator.ScheduleDeletes.
 * @param deleted in the order of the state, in which a resource comes after what it depends on.
 */
export function deletionLayers(deleted: readonly StackResource[]): StackResource[][] {
    const depths = new Map<string, number>();
    /** The greatest depth of what lies within a component so far: who waits for a component waits for that. */
    const within = new Map<string, number>();
    const parents = new Map(deleted.map(({ urn, parent }) => [urn, parent]));
    const layers: StackResource[][] = [];
    for (const resource of deleted) {
        const { urn, parent = "", dependencies = [], deletedWith = "" } = resource;
        const before = [...dependencies, deletedWith].flatMap((each) => [depths.get(each), within.get(each)]);
        const depth = Math.max(
            0,
            ...[...before, depths.get(parent)].map((each) => (each === undefined ? 0 : each + 1)),
        );
        depths.set(urn, Math.max(depth, depths.get(urn) ?? 0));
        const seen = new Set<string>();
        for (let each = parents.get(urn); each !== undefined && !seen.has(each); each = parents.get(each)) {
            seen.add(each);
            within.set(each, Math.max(depth, within.get(each) ?? 0));
        }
        (layers[depth] ??= []).push(resource);
    }
    return layers.reverse();
}
