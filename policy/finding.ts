import type { Read, Resource } from "./graph";
import type { ChainStep, Report } from "./rule";

export function violation(
    report: Report,
    resource: Resource,
    read: Read,
    message: string,
    chain?: readonly ChainStep[],
): void {
    report({ kind: "violation", resource, path: read.path, message, chain });
}

/** A step of a finding's chain. @param value only where the property never holds a secret */
export function step(label: string, resource: Resource, read?: Read, value?: string): ChainStep {
    const path = read?.path;
    return {
        label,
        urn: resource.urn,
        ...(path === undefined || path === "" ? {} : { path }),
        ...(value === undefined ? {} : { value }),
    };
}

/** `question` completes "Cannot tell whether ...". */
export function cannotTell(report: Report, resource: Resource, read: Read, question: string, cause?: string): void {
    const because =
        cause ??
        (read.isUnknown
            ? `${read.path || "the resource"} ${read.unknown}`
            : `${read.path || "what decides it"} cannot be read`);
    report({
        kind: "cannot tell",
        resource,
        path: read.path,
        message: `Cannot tell whether ${question}: ${because}.`,
    });
}

/** The texts of a setting that is a list; `fallback` where it is not set. */
export function texts(setting: unknown, fallback: readonly string[] = []): readonly string[] {
    return Array.isArray(setting) ? setting.filter((item): item is string => typeof item === "string") : fallback;
}

/** At most so many of a list; a message stays one that can be read, and the engine bounds the size of all together. */
export function listed(items: readonly string[], separator = ", ", most = 10): string {
    const shown = items.slice(0, most).join(separator);
    return items.length <= most ? shown : `${shown} and ${items.length - most} more`;
}

/** `"a", "b" or "c"`. */
export function oneOf(allowed: readonly string[]): string {
    const quoted = allowed.map((item) => JSON.stringify(item));
    return quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
