const places = new WeakMap<object, Set<string>>();

/** Remembers that a property is unknown because it is a secret which nobody decrypted. */
export function markEncrypted(holder: object, key: string): void {
    const known = places.get(holder);
    if (known === undefined) {
        places.set(holder, new Set([key]));
    } else {
        known.add(key);
    }
}

/** Whether a property that reads as unknown is a secret that stays encrypted. */
export function isEncrypted(holder: unknown, key: string): boolean {
    return typeof holder === "object" && holder !== null && (places.get(holder)?.has(key) ?? false);
}

/** A copy of an object knows what the object knew. */
export function keepEncrypted<T extends object>(copy: T, ...originals: readonly object[]): T {
    for (const original of originals) {
        for (const key of places.get(original) ?? []) {
            markEncrypted(copy, key);
        }
    }
    return copy;
}
