import { chmodSync, copyFileSync, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import * as path from "node:path";
import { replaceFile } from "@encrypted-edge/common";
import { parseDocument, stringify } from "yaml";
import { configurationIn, readMap } from "./project";

type Configuration = Record<string, unknown>;

/** Takes out what belongs to the real stack's secrets provider: a key without a value is not written. */
const ofNoProvider = { secretsprovider: undefined, encryptedkey: undefined };

export interface StackCopy {
    /** The file that the engine reads and writes in the place of the real one. */
    file: string;
    /** Keys whose real value is encrypted for another secrets provider and that have no value for the rehearsal. */
    unreadable: string[];
    /** The configuration that the engine finds. */
    configuration: Configuration;
    /**
     * Carries what a command changed in the copy over to the real file; secrets stay in the copy, being encrypted for
     * the rehearsal only.
     * @returns lines that tell what was done.
     */
    carryBack(): string[];
}

/**
 * Makes the copy of a stack file with which the engine works. The real file never changes under the engine, which would
 * write the salt of the rehearsal's passphrase into it.
 */
export function copyStackFile(real: string, file: string): StackCopy {
    const content = existsSync(real) ? readMap(real) : {};
    const earlier = existsSync(file) ? readMap(file) : {};
    const given = configurationIn(content, real);
    const secrets = Object.entries(configurationIn(earlier, file)).filter(([, value]) => holdsSecret(value));
    const plain = Object.entries(given).filter(([, value]) => !holdsSecret(value));
    const configuration: Configuration = Object.fromEntries([...secrets, ...plain]);
    const unreadable = Object.keys(given).filter((key) => configuration[key] === undefined);
    const { encryptionsalt } = earlier;
    write(file, { ...content, ...ofNoProvider, encryptionsalt, config: configuration });
    return { file, unreadable, configuration, carryBack: () => carryBack(real, file, configuration) };
}

/**
 * Gives a stack that was renamed the configuration it had. The file of the old name stays: the real stack still has
 * that name.
 * @returns a line that tells what was done.
 */
export function keepConfiguration(before: string, after: string): string {
    const [old, renamed] = [path.basename(before), path.basename(after)];
    if (!existsSync(before)) {
        return `The stack had no file ${old}; ${existsSync(after) ? `it now has ${renamed}` : "it has none now"}.`;
    }
    if (existsSync(after)) {
        return `${renamed} was there already and stays as it is: it is the renamed stack's configuration now, not ${old}.`;
    }
    copyFileSync(before, after);
    return `Copied ${old} to ${renamed}. ${old} stays: the real stack still has that name.`;
}

function carryBack(real: string, file: string, before: Configuration): string[] {
    const after = existsSync(file) ? configurationIn(readMap(file), file) : {};
    const respelt = respellings(before, after);
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
        (key) => !respelt.has(key) && !isSame(before[key], after[key]),
    );
    const secret = changed.filter((key) => holdsSecret(after[key]));
    const plain = changed.filter((key) => !holdsSecret(after[key]));
    const lines = secret.map(
        (key) => `The secret ${key} is kept for the rehearsal only; ${path.basename(real)} stays as it is.`,
    );
    if (plain.length > 0) {
        const document = parseDocument(existsSync(real) ? readFileSync(real, "utf8") : "config: {}\n");
        if (document.get("config") === null || document.get("config") === undefined) {
            document.set("config", document.createNode({}));
        }
        const removed = plain.filter((key) => after[key] === undefined);
        const written = plain.filter((key) => after[key] !== undefined);
        removed.forEach((key) => document.deleteIn(["config", key]));
        written.forEach((key) => document.setIn(["config", key], document.createNode(after[key])));
        replace(
            real,
            path.extname(real) === ".json" ? `${JSON.stringify(document.toJS(), undefined, 4)}\n` : document.toString(),
        );
        const done = { "Written to": written, "Removed from": removed };
        for (const [what, keys] of Object.entries(done).filter(([, some]) => some.length > 0)) {
            lines.push(`${what} ${path.basename(real)}: ${keys.join(", ")}.`);
        }
    }
    return lines;
}

/** Keys that the engine has only written in its own way, with the project's name before them, old and new. */
function respellings(before: Configuration, after: Configuration): Set<string> {
    const added = Object.keys(after).filter((key) => before[key] === undefined);
    const removed = Object.keys(before).filter((key) => after[key] === undefined && !key.includes(":"));
    return new Set(
        removed.flatMap((key) => {
            const own = added.find((each) => each.endsWith(`:${key}`) && isSame(before[key], after[each]));
            return own === undefined ? [] : [key, own];
        }),
    );
}

/** Whether two values are one to the engine, which writes numbers and switches as text. */
function isSame(one: unknown, other: unknown): boolean {
    const isText = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);
    return isText(one) && isText(other) ? String(one) === String(other) : JSON.stringify(one) === JSON.stringify(other);
}

/** Pulumi writes an encrypted value as a map with the one key `secure`, at any depth. */
function holdsSecret(value: unknown): boolean {
    if (typeof value !== "object" || value === null) {
        return false;
    }
    const keys = Object.keys(value);
    return (keys.length === 1 && keys[0] === "secure") || Object.values(value).some(holdsSecret);
}

function write(file: string, content: Record<string, unknown>): void {
    replace(file, path.extname(file) === ".json" ? JSON.stringify(content, undefined, 4) : stringify(content));
}

/** Whole or not at all, with the permissions that the file has; what a link points to, not the link. */
function replace(file: string, text: string): void {
    const before = statSync(file, { throwIfNoEntry: false });
    const target = before === undefined ? file : realpathSync(file);
    replaceFile(target, text);
    if (before !== undefined) {
        chmodSync(target, before.mode);
    }
}
