const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};

/**
 * A text as HTML and XML can hold it. Whatever the text is, it stays text: characters with a meaning are escaped, and
 * those that XML 1.0 cannot hold at all (most control characters, halves of surrogate pairs) are replaced by U+FFFD.
 */
export function escapeMarkup(text: string): string {
    return text
        .replace(/(?![\t\n\r])[\p{Cc}\p{Surrogate}\ufffe\uffff]/gu, "\uFFFD")
        .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * The same for HTML, where a narrow screen breaks long words, such as types, URNs and paths of properties, between their
 * parts instead of in the middle of a name, and neither an arrow nor an option's name after its hyphens.
 */
export function breakableMarkup(text: string): string {
    return escapeMarkup(text)
        .replace(/\S{25,}/g, (word) => word.replace(/[:/$]+(?=.)|(?<=.)(?=[.[]\w)/g, (end) => `${end}<wbr>`))
        .replace(/(?<=^|\s)-(?:&gt;|-[\w-]+)/g, '<span class="whole">$&</span>');
}
