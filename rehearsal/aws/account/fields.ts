export function text(value: unknown): string {
    return typeof value === "string" ? value : "";
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
