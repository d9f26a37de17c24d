import { createHash, randomBytes } from "node:crypto";
import type { Naming, Resource, ResourceTyping, Values } from "../../provider";
import type { AutoName, Report } from "../services";

/** The input that is named by itself: what the service says, else an optional `name`. */
export function autoNamed(model: AutoName | false | undefined, typing: ResourceTyping): Required<AutoName> | undefined {
    const property = model === false ? undefined : (model?.property ?? "name");
    const input = property === undefined ? undefined : typing.inputs[property];
    if (model === false || property === undefined || input?.type.kind !== "string" || input.required) {
        return undefined;
    }
    return {
        property,
        maximum: model?.maximum ?? 255,
        lowerCase: model?.lowerCase ?? false,
        exact: model?.exact ?? false,
    };
}

/**
 * The physical name of a resource whose program gives none: its logical name, a hyphen and seven characters. It stays
 * as long as the resource does. A few types take the logical name alone.
 */
export function autoName(
    resource: Resource,
    rule: Required<AutoName>,
    { olds, news, naming }: { olds: Values; news: Values; naming: Naming },
    report: Report,
): string | undefined {
    const { property, maximum, lowerCase, exact } = rule;
    const wasNamed = Array.isArray(olds.__defaults) && olds.__defaults.includes(property);
    if (news[property] !== undefined || news[`${property}Prefix`] !== undefined) {
        return undefined;
    }
    const was = olds[property];
    if (typeof was === "string" && (wasNamed || namedAfter(resource, was))) {
        return was;
    }
    if (exact) {
        return logicalName(resource);
    }
    if (naming.disabled === true) {
        report(property, `Missing required property "${property}": automatic naming is switched off in this project.`);
        return undefined;
    }
    // Source: pulumi-aws, provider/resources.go: the names of FIFO topics and queues end so.
    const ending = news.fifoTopic === true || news.fifoQueue === true ? ".fifo" : "";
    const name = `${naming.proposed ?? `${logicalName(resource)}-${suffix(resource, naming)}`}${ending}`;
    if (name.length > maximum) {
        report(
            property,
            `The automatic name "${name}" has ${name.length} characters; AWS allows ${maximum}. Give the resource a shorter name, or set "${property}".`,
        );
    }
    return lowerCase ? name.toLowerCase() : name;
}

/** The name that AWS's provider makes of a prefix, at the moment of creation; nothing where a name is given. */
export function prefixedName(rule: Required<AutoName> | undefined, inputs: Values): Values {
    const { property, maximum } = rule ?? { property: "name" };
    const prefix = inputs[`${property}Prefix`];
    return rule !== undefined && typeof prefix === "string" && inputs[property] === undefined
        ? { [property]: `${prefix}${randomBytes(13).toString("hex")}`.slice(0, maximum) }
        : {};
}

/** Whether a name is one that this resource would be given: that of an import says nothing of who chose it. */
function namedAfter(resource: Resource, name: string): boolean {
    return name.slice(0, -8).toLowerCase() === logicalName(resource).toLowerCase() && /-[0-9a-f]{7}$/.test(name);
}

function logicalName({ name, urn }: Resource): string {
    return name === "" ? (urn.split("::").at(-1) ?? "") : name;
}

/** The same in the preview and in the update that follows: the engine gives both the same seed. */
function suffix(resource: Resource, naming: Naming): string {
    return createHash("sha256").update(naming.randomSeed).update(resource.urn).digest("hex").slice(0, 7);
}
