/** A text as the part of a regular expression that matches the text itself. */
export function escapePattern(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
