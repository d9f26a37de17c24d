/** Typed views of the values of a record, which never throw on another shape. */
export function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}

/** A text that is not empty, or undefined: for values that may be left out. */
export function filledText(value: unknown): string | undefined {
    return text(value) === "" ? undefined : text(value);
}

/** A number, also from its decimal text: the provider keeps some numbers (status codes, ports) as text. */
export function number(value: unknown): number | undefined {
    const read = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
    return typeof read === "number" && Number.isFinite(read) ? read : undefined;
}

/** A switch; the provider keeps some of them as "true" and "false". */
export function flag(value: unknown, otherwise = false): boolean {
    return value === true || value === "true" ? true : value === false || value === "false" ? false : otherwise;
}

export function list(value: unknown): unknown[] {
    return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): string[] {
    return list(value).filter((item): item is string => typeof item === "string");
}

export function objects(value: unknown): Record<string, unknown>[] {
    return list(value).filter((item): item is Record<string, unknown> => typeof item === "object" && item !== null);
}

export function object(value: unknown): Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : {};
}
