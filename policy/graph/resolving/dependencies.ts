import { UNKNOWN, type Resource } from "../resource";

/**
 * The URNs that a property of a resource depends on: where its value is unknown, the only sign of what it names.
 * Languages that do not say which property depends on what give only the whole list.
 */
export function dependenciesOf(owner: Resource, property: string): readonly string[] {
    const recorded = owner.propertyDependencies;
    return (Object.keys(recorded).length > 0 ? recorded[property] : owner.dependencies) ?? [];
}

/**
 * True where a property is unknown only because the provider will fill it when it creates the resource: the program
 * gave no such argument. The engine's inputs say so, and where it sent none, the dependencies: a language that lists
 * them lists those of every argument, also of one that depends on nothing. YAML lists only the arguments that depend on
 * something. To be asked only of properties that the provider fills; any other that is unknown was given.
 */
export function isLeftOut(resource: Resource, property: string): boolean {
    const { properties, propertyDependencies, given } = resource;
    if (properties[property] !== UNKNOWN) {
        return false;
    }
    const isCreated = [properties.id, properties.arn].some((identity) => typeof identity === "string");
    const depending = Object.keys(propertyDependencies);
    const isListed = depending.includes(property) || given?.includes(property) === true;
    return !isCreated && !isListed && (given !== undefined || depending.length > 0);
}
