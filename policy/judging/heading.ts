import type { Result } from "./result";

/**
 * The first line of what the engine shows for a result that counts as advice: the rule's description, and what the
 * engine has no field for. {@link standingIn} reads it back.
 */
export function heading(description: string, { kind, exempted }: Pick<Result, "kind" | "exempted">): string {
    if (exempted !== undefined) {
        return `${description} (${exemptedMark})`;
    }
    return kind === "cannot tell" ? `${description} (${kind})` : description;
}

const exemptedMark = "exempted";

/** What a first line says of the result under it. */
export function standingIn(line: string, description: string): "violation" | "cannot tell" | "exempted" {
    const mark = line.startsWith(`${description} (`) ? line.slice(description.length + 2, -1) : "";
    return mark === exemptedMark || mark === "cannot tell" ? mark : "violation";
}
