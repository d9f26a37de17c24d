import { escapePattern } from "@encrypted-edge/common";

/** A plain property value: JSON, where a string may be `unknownValue`. */
export type Value = unknown;
export type Values = Record<string, Value>;

/** What the engine writes for a value that a preview cannot know. Source: pulumi, sdk/go/common/resource/plugin/rpc.go. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key by which the engine marks values that are no plain JSON, and its mark of secrets. Source: as above. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export function isObject(value: Value): value is Values {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSecret(value: Value): value is { value: Value } {
    return isObject(value) && value[signatureKey] === secretSignature;
}

/** Whether a value is one of the engine's own: an asset, an archive, a reference. */
export function isMarked(value: Value): boolean {
    return isObject(value) && signatureKey in value;
}

/** The value with its secrets in plain, and without nulls, which mean the same as nothing. */
export function reveal(value: Value): Value {
    if (isSecret(value)) {
        return reveal(value.value);
    }
    if (Array.isArray(value)) {
        return value.map(reveal);
    }
    if (isObject(value)) {
        return Object.fromEntries(
            Object.entries(value)
                .filter(([, inner]) => inner !== null && inner !== undefined)
                .map(([key, inner]) => [key, reveal(inner)]),
        );
    }
    return value;
}

/** Every text and number that lies in a secret. */
export function secretTexts(value: Value, within = false): string[] {
    if (isSecret(value)) {
        return secretTexts(value.value, true);
    }
    if (Array.isArray(value) || isObject(value)) {
        return Object.values(value).flatMap((inner: Value) => secretTexts(inner, within));
    }
    return within && (typeof value === "string" || typeof value === "number") && value !== unknownValue && value !== ""
        ? [String(value)]
        : [];
}

/**
 * The message without the secrets: what AWS quotes may be one. What is as short as a port is one only as a word: secret
 * origins hold 443 and 60, and so does many an id of a request.
 */
export function withoutSecrets(message: string, secrets: readonly string[]): string {
    return [...secrets]
        .sort((one, other) => other.length - one.length)
        .map((secret) => (secret.length > 3 ? secret : new RegExp(`(?<!\\w)${escapePattern(secret)}(?!\\w)`, "g")))
        .reduce<string>((text, secret) => text.replaceAll(secret, "[secret]"), message);
}

/** Marks what was secret in `marked` as secret in plain values, property by property, as the engine itself would. */
export function conceal(values: Values, marked: Value): Values {
    const concealed = { ...values };
    for (const [key, mark] of Object.entries(isObject(marked) ? marked : {})) {
        const value = concealed[key];
        if (value === undefined || isSecret(value)) {
            continue;
        }
        if (isObject(value) && isObject(mark) && !isSecret(mark)) {
            concealed[key] = conceal(value, mark);
        } else if (containsSecret(mark)) {
            concealed[key] = secret(value);
        }
    }
    return concealed;
}

export function secret(value: Value): Value {
    return isSecret(value) ? value : { [signatureKey]: secretSignature, value };
}

function containsSecret(value: Value): boolean {
    return isSecret(value) || ((Array.isArray(value) || isObject(value)) && Object.values(value).some(containsSecret));
}

export function containsUnknown(value: Value): boolean {
    return (
        value === unknownValue ||
        ((Array.isArray(value) || isObject(value)) && Object.values(value).some(containsUnknown))
    );
}

/** Whether two values are the same; the order of keys, and Pulumi's own `__` keys, do not count. */
export function same(one: Value, other: Value): boolean {
    if (Array.isArray(one) && Array.isArray(other)) {
        return one.length === other.length && one.every((value, index) => same(value, other[index]));
    }
    if (isObject(one) && isObject(other)) {
        const names = new Set([...Object.keys(one), ...Object.keys(other)]);
        return [...names].every((name) => name.startsWith("__") || same(one[name], other[name]));
    }
    return one === other;
}

/** A property path as Pulumi writes it: `origins[0].customHeaders[1].name`, `tags["a.b"]`. */
export function at(path: string, step: string | number): string {
    if (typeof step === "number") {
        return `${path}[${step}]`;
    }
    return /^[\w-]+$/.test(step) ? (path === "" ? step : `${path}.${step}`) : `${path}[${JSON.stringify(step)}]`;
}

/** A text in a message: itself, where it can be taken in at a glance. A part of it might be a part of a secret. */
export function shown(text: string): string {
    return text.length > 100 ? `a text of ${text.length} characters` : `"${text}"`;
}
