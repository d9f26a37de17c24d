/** The path of a request's target. */
export function pathOf(url: string): string {
    return url.replace(/\?.*$/s, "");
}

/** What stands behind the path, without its question mark. */
export function queryOf(url: string): string {
    const mark = url.indexOf("?");
    return mark < 0 ? "" : url.slice(mark + 1);
}
