/** Longest text of a server that a report repeats, in characters. */
const longest = 400;

/**
 * A text that a server chose, as a terminal, a page and a reader can bear it: control characters (C0 and C1, with which
 * terminals are steered) and those that turn the direction of writing are spelled out, and what is too long is cut.
 */
export function printable(text: string, length = longest): string {
    const spelled = text.replace(
        /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
        (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
    );
    return spelled.length <= length ? spelled : `${spelled.slice(0, length - 20)}... (${spelled.length} characters)`;
}

/** The first of many, and how many more there are. */
export function listed(items: readonly string[], most = 6, conjunction = ", "): string {
    const shown = items.slice(0, most).join(conjunction);
    return items.length <= most ? shown : `${shown} and ${items.length - most} more`;
}
