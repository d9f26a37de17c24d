/** AWS's code and words for a parameter that cannot be. */
export function invalid(reason: string, field: string, parameter: string) {
    return [
        "WAFInvalidParameterException",
        `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`,
    ] as const;
}

/** AWS's code and words for what does not exist. */
export function missing(what = "") {
    return [
        "WAFNonexistentItemException",
        `AWS WAF couldn't perform the operation because your resource doesn't exist.${what && ` (${what})`}`,
    ] as const;
}
