import { appendFileSync, existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

import { makeFolder, replaceFile } from "@encrypted-edge/common";

import { isObject, own } from "../graph";
import { notWritten } from "../notWritten";
import type { AuditedStack } from "./auditedStack";
import { hashOf } from "./sources";

const format = "encrypted-edge-policy audit journal";

/** What decides a verdict besides the state itself. */
export interface Conditions {
    readonly packVersion: string;
    readonly ruleNames: readonly string[];
    readonly policyConfiguration: unknown;
    readonly engine: boolean;
    readonly showSecrets: boolean;
    /** Exemptions expire, so a verdict holds for a day only. */
    readonly day: string;
}

interface Entry {
    readonly key: string;
    readonly stack: AuditedStack;
}

/**
 * Verdicts of an audit under way, one line each as soon as it is known, so that an interrupted audit goes on where it
 * stopped. Verdicts are found again by a hash of the state and of the name that its source gives; other rules, configuration or another day start over.
 */
export class Journal {
    readonly #entries = new Map<string, AuditedStack>();
    readonly #conditions: string;
    readonly #used = new Map<string, AuditedStack>();
    readonly #onLost: (problem: string) => void;
    #begun = false;
    #isLost = false;

    /**
     * @param path undefined for an audit that keeps no journal
     * @param onLost called once, when the journal can no longer be written: the audit goes on without it
     */
    constructor(
        readonly path: string | undefined,
        onLost: (problem: string) => void,
        conditions: Conditions,
    ) {
        this.#onLost = onLost;
        this.#conditions = path === undefined ? "" : hashOf(Buffer.from(JSON.stringify(conditions)));
        for (const { key, stack } of this.#read()) {
            this.#entries.set(key, stack);
        }
    }

    /** Why this file must not be used as a journal, or undefined where it may. */
    static problem(file: string): string | undefined {
        try {
            if (!existsSync(file)) {
                makeFolder(path.dirname(file));
                appendFileSync(file, "");
                return undefined;
            }
            const content = readFileSync(file, "utf8");
            if (content.trim() === "" || own(parse(content.split("\n")[0] ?? ""), "format") === format) {
                return undefined;
            }
            return `--resume ${file} exists but is not the journal of an audit, so it is left as it is. Name another file.`;
        } catch {
            return `--resume ${file} cannot be written. Name a file in a folder that you can write to.`;
        }
    }

    get keys(): ReadonlySet<string> {
        return new Set(this.#entries.keys());
    }

    get(key: string): AuditedStack | undefined {
        return this.#entries.get(key);
    }

    /** Keeps a verdict for the next run, on disk at once. */
    add(keys: readonly string[], stack: AuditedStack): void {
        for (const key of keys) {
            this.#used.set(key, stack);
            if (this.path === undefined || this.#entries.has(key)) {
                continue;
            }
            this.#keep((path) => {
                if (!this.#begun) {
                    this.#replace(path, this.#entries);
                }
                this.#begun = true;
                appendFileSync(path, `${line({ key, stack })}\n`);
            });
            this.#entries.set(key, stack);
        }
    }

    /** After a whole audit: leaves only what it used, so that the file does not grow from run to run. */
    finish(): void {
        this.#keep((path) => this.#replace(path, this.#used));
    }

    #keep(write: (path: string) => void): void {
        if (this.path === undefined || this.#isLost) {
            return;
        }
        try {
            write(this.path);
        } catch (error) {
            this.#isLost = true;
            this.#onLost(`${notWritten(this.path, error)} The audit goes on without its journal.`);
        }
    }

    /** Starts over under other conditions; under the same ones it only takes away a line that was cut off. */
    #replace(path: string, entries: ReadonlyMap<string, AuditedStack>): void {
        const lines = [...entries].map(([key, stack]) => line({ key, stack }));
        const header = JSON.stringify({ format, conditions: this.#conditions });
        replaceFile(path, `${[header, ...lines].join("\n")}\n`, { mode: 0o600 });
    }

    #read(): Entry[] {
        if (this.path === undefined || !existsSync(this.path)) {
            return [];
        }
        const [header = "", ...lines] = readFileSync(this.path, "utf8").split("\n");
        if (own(parse(header), "conditions") !== this.#conditions) {
            return [];
        }
        return lines.map(parse).filter(isEntry);
    }
}

function line(entry: Entry): string {
    return JSON.stringify(entry);
}

/** A line that was being written when the audit was killed is not JSON. */
function parse(line: string): unknown {
    try {
        return JSON.parse(line);
    } catch {
        return undefined;
    }
}

function isEntry(value: unknown): value is Entry {
    const stack = own(value, "stack");
    return typeof own(value, "key") === "string" && isObject(stack) && Array.isArray(stack.results);
}
