import * as sentinels from "@pulumi/policy/proxy";

import { UNKNOWN, type Value } from "./resource";
import { markEncrypted } from "./encrypted";

/** One sentinel for each kind of value; the SDK's typings leave them out. */
const unknownSentinels: ReadonlySet<unknown> = new Set(
    Object.entries(sentinels)
        .filter(([name]) => /^unknown\w+Value$/.test(name))
        .map(([, sentinel]: [string, unknown]) => sentinel),
);

/** What the engine writes in place of a secret that it cannot decrypt: there, but not to be read. */
const undecryptable = "[secret]";

/** Receives every text that was marked secret. */
export interface SecretTexts {
    add(text: string): unknown;
}

/** Each is a UUID. */
const sentinelLength = 36;

/** The keys by which Pulumi marks values that plain JSON cannot hold (developer-docs, "resource properties"). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceReferenceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";

/** Deeper than any resource that exists; what lies below counts as unknown instead of overflowing the stack. */
const deepest = 100;

/**
 * Copies a property tree into plain data, whatever it came from: the SDK's proxies, which throw where a value is
 * unknown, or the serialised form of the wire and of state files.
 *
 * @param secrets receives every text that was marked secret, so that messages can leave it out
 */
export function plain(value: unknown, secrets?: SecretTexts): Value {
    return copy(value, secrets, false, 0);
}

/** As {@link plain}, for a whole resource: an unknown or broken tree gives no properties. */
export function plainProperties(value: unknown, secrets?: SecretTexts): Record<string, Value> {
    const properties = plain(value, secrets);
    return isObject(properties) ? properties : {};
}

/**
 * As {@link plainProperties}, for a tree that was parsed in this process and that nobody changes: one that is plain already, as
 * most are, is given back as it is, for copies are what a large state costs most.
 */
export function parsedProperties(value: unknown, secrets?: SecretTexts): Record<string, Value> {
    return isObject(value) && isPlain(value, 0) ? value : plainProperties(value, secrets);
}

/** Whether copying a parsed tree would change nothing. */
function isPlain(value: unknown, depth: number): boolean {
    if (typeof value === "string") {
        return !standsForAnother(value);
    }
    if (typeof value !== "object" || value === null) {
        return true;
    }
    if (depth > deepest) {
        return false;
    }
    if (Array.isArray(value)) {
        for (const item of value) {
            if (!isPlain(item, depth + 1)) {
                return false;
            }
        }
        return true;
    }
    const holder = value as Record<string, unknown>;
    for (const key in holder) {
        // A key "__proto__" gives an object keys that are not its own.
        const isProperty = Object.hasOwn(holder, key) && key !== signatureKey && !key.startsWith("__");
        if (!isProperty || !isPlain(holder[key], depth + 1)) {
            return false;
        }
    }
    return true;
}

/** A text that is written in place of a value. Lengths are compared first: a text that is looked up is hashed. */
function standsForAnother(text: string): boolean {
    return (text.length === sentinelLength && unknownSentinels.has(text)) || text === undecryptable;
}

export function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property that belongs to the object itself; never one that every object inherits. */
export function own(holder: unknown, key: string): unknown {
    return isObject(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
}

function copy(value: unknown, secrets: SecretTexts | undefined, secret: boolean, depth: number): Value {
    if (typeof value === "string") {
        if (standsForAnother(value)) {
            return UNKNOWN;
        }
        if (secret && value !== "") {
            secrets?.add(value);
        }
        return value;
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (depth > deepest) {
        return UNKNOWN;
    }
    if (Array.isArray(value)) {
        const items = value as unknown as Record<string, unknown>;
        const list = Array.from({ length: value.length }, (_, index) =>
            entry(items, String(index), secrets, secret, depth),
        );
        list.forEach((item, index) => noteEncrypted(list, String(index), item, items));
        return list;
    }
    const holder = value as Record<string, unknown>;
    if (Object.hasOwn(holder, signatureKey)) {
        try {
            return marked(holder, secrets, secret, depth);
        } catch {
            // A mark of which a part is unknown marks nothing that can be read.
            return UNKNOWN;
        }
    }
    const result: Record<string, Value> = {};
    for (const key of Object.keys(holder)) {
        // Providers keep notes of their own under such keys, and "__proto__" is no property at all.
        if (!key.startsWith("__")) {
            result[key] = entry(holder, key, secrets, secret, depth);
            noteEncrypted(result, key, result[key], holder);
        }
    }
    return result;
}

function entry(
    holder: Record<string, unknown>,
    key: string,
    secrets: SecretTexts | undefined,
    secret: boolean,
    depth: number,
): Value {
    let value: unknown;
    try {
        value = holder[key];
    } catch {
        // The SDK's proxies throw where a value is unknown.
        return UNKNOWN;
    }
    return copy(value, secrets, secret, depth + 1);
}

function noteEncrypted(copied: object, key: string, value: Value, holder: Record<string, unknown>): void {
    if (value === UNKNOWN && stayedEncrypted(holder, key)) {
        markEncrypted(copied, key);
    }
}

function stayedEncrypted(holder: Record<string, unknown>, key: string): boolean {
    try {
        const raw = holder[key];
        const isSecret = own(raw, signatureKey) === secretSignature && own(raw, "value") === undefined;
        return raw === undecryptable || (isSecret && decrypted(own(raw, "plaintext")) === undecryptable);
    } catch {
        // The SDK's proxies throw where a value is unknown.
        return false;
    }
}

function marked(
    holder: Record<string, unknown>,
    secrets: SecretTexts | undefined,
    secret: boolean,
    depth: number,
): Value {
    switch (holder[signatureKey]) {
        case secretSignature:
            if (Object.hasOwn(holder, "value")) {
                return copy(holder.value, secrets, true, depth + 1);
            }
            return copy(decrypted(holder.plaintext), secrets, true, depth + 1);
        case resourceReferenceSignature: {
            const id = own(holder, "id");
            return copy(typeof id === "string" && id !== "" ? id : own(holder, "urn"), secrets, secret, depth + 1);
        }
        // What an asset or archive holds is known where the program holds it; a file or a URL is not read.
        case assetSignature:
            return copy(own(holder, "text") ?? UNKNOWN, secrets, secret, depth + 1);
        case archiveSignature:
            return copy(own(holder, "assets") ?? UNKNOWN, secrets, secret, depth + 1);
        default:
            // Whatever later versions add.
            return UNKNOWN;
    }
}

/** State files hold a secret's JSON text under `plaintext` when exported with `--show-secrets`, else ciphertext. */
function decrypted(plaintext: unknown): unknown {
    if (typeof plaintext !== "string") {
        return undecryptable;
    }
    try {
        return JSON.parse(plaintext);
    } catch {
        return undecryptable;
    }
}
