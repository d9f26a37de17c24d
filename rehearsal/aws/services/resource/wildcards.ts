/**
 * Whether a text matches an AWS pattern, in which `*` is any run of characters and `?` exactly one.
 * Walks both texts once, so that no pattern can make it slow.
 */
export function matchesWildcard(pattern: string, value: string): boolean {
    let [p, v, star, mark] = [0, 0, -1, 0];
    while (v < value.length) {
        if (p < pattern.length && pattern[p] === "*") {
            star = p++;
            mark = v;
        } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === value[v])) {
            p++;
            v++;
        } else if (star >= 0) {
            p = star + 1;
            v = ++mark;
        } else {
            return false;
        }
    }
    while (pattern[p] === "*") {
        p++;
    }
    return p === pattern.length;
}

/** Whether a name is one of the names of a certificate or of a distribution: exactly, or by a wildcard of one label. */
export function coversName(names: readonly string[], name: string): boolean {
    const wanted = name.toLowerCase();
    return names.some((one) => {
        const covered = one.toLowerCase();
        return covered === wanted || wanted.replace(/^[^.]+/, "*") === covered;
    });
}
