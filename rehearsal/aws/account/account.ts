import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, watch } from "node:fs";
import * as path from "node:path";
import { replaceFile } from "@encrypted-edge/common";
import { lock } from "proper-lockfile";
import { type AccountRecord, className, readRecord } from "./record";

type NewRecord = Omit<AccountRecord, "inputs" | "createdAt"> & Partial<Pick<AccountRecord, "inputs" | "createdAt">>;

/** The account number of AWS's own documentation: nobody can mistake it for a real one. */
export const accountId = "111122223333";

/** Opens, and makes where it is missing, the account in a directory. Several processes may have it open at once. */
export function openAccount(directory: string): Account {
    return new Account(path.resolve(directory));
}

/**
 * The rehearsed account: one file a resource, each written beside and renamed, so that a process may be killed at any
 * instant and leaves every file whole. Reading needs no lock.
 */
export class Account {
    readonly #resources: string;
    readonly #known = new Map<string, { stamp: string; record: AccountRecord }>();
    #queue: Promise<unknown> = Promise.resolve();
    /** The account as the change under way leaves it: nothing of it is on disk before the change has succeeded. */
    #draft: Map<string, AccountRecord> | undefined;

    constructor(readonly directory: string) {
        this.#resources = path.join(directory, "resources");
        mkdirSync(this.#resources, { recursive: true, mode: 0o700 });
        // The directory may have been there before, made by somebody who did not know that secrets go into it.
        chmodSync(directory, 0o700);
    }

    /** Every resource, or those of one type token; the oldest first. */
    list(type?: string): AccountRecord[] {
        return [...(this.#draft ?? this.#stored()).values()]
            .filter((record) => type === undefined || record.type === type)
            .sort((one, other) => order(one.createdAt, other.createdAt) || order(one.id, other.id));
    }

    /** Every resource of a class, whichever of its module names was used, in one region if one is given. */
    all(kind: string, region?: string): AccountRecord[] {
        return this.list().filter(
            (record) => className(record.type) === kind && (region === undefined || record.region === region),
        );
    }

    /** The resource of a class whose id or ARN is the given one. */
    find(kind: string, reference: unknown): AccountRecord | undefined {
        return this.all(kind).find(
            (record) => record.id === reference || (reference !== undefined && record.properties.arn === reference),
        );
    }

    /** The resource of a type and id; ids that are names, as of log groups, are told apart by region. */
    get(type: string, id: string, region?: string): AccountRecord | undefined {
        return this.list(type).find((record) => record.id === id && isIn(record, region));
    }

    /** Calls back whenever a resource is written or removed, by whichever process. @returns how to stop */
    watch(changed: () => void): () => void {
        const watcher = watch(this.#resources, (_, file) => {
            if (file === null || file.endsWith(".json")) {
                changed();
            }
        });
        // A folder that went away tells no more; what it held is gone.
        watcher.on("error", () => watcher.close());
        return () => watcher.close();
    }

    /** Writes a resource: without inputs, one that AWS made; without a moment, one that is new. */
    put(given: NewRecord): void {
        const record = { inputs: {}, createdAt: new Date().toISOString(), ...given };
        if (this.#draft === undefined) {
            this.#write(record);
        } else {
            this.#draft.set(fileName(record), record);
        }
    }

    delete(type: string, id: string, region?: string): void {
        for (const record of this.list(type).filter((each) => each.id === id && isIn(each, region))) {
            if (this.#draft === undefined) {
                this.#remove(fileName(record));
            } else {
                this.#draft.delete(fileName(record));
            }
        }
    }

    /**
     * Runs a change that reads, decides and writes while no other process does. The change must not wait for anything:
     * it happens as a whole or, where it throws, not at all.
     */
    async change<Result>(work: () => Result): Promise<Result> {
        const turn = this.#queue.then(async () => {
            const release = await lock(this.directory, {
                lockfilePath: path.join(this.directory, "lock"),
                // A holder that was killed is noticed after this many milliseconds.
                stale: 3000,
                retries: { retries: 400, minTimeout: 5, maxTimeout: 100, factor: 1.3 },
            });
            try {
                const before = this.#stored();
                this.#draft = new Map(before);
                const result = work();
                this.#commit(before, this.#draft);
                return result;
            } finally {
                this.#draft = undefined;
                await release();
            }
        });
        this.#queue = turn.catch(() => undefined);
        return turn;
    }

    /** Writes what a change made different; where the disk refuses, what was written already is taken back. */
    #commit(before: ReadonlyMap<string, AccountRecord>, after: ReadonlyMap<string, AccountRecord>): void {
        const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
            (file) => before.get(file) !== after.get(file),
        );
        const done: string[] = [];
        try {
            for (const file of changed) {
                this.#store(file, after.get(file));
                done.push(file);
            }
        } catch (error) {
            done.forEach((file) => this.#store(file, before.get(file)));
            throw error;
        }
    }

    #store(file: string, record: AccountRecord | undefined): void {
        if (record === undefined) {
            this.#remove(file);
        } else {
            this.#write(record);
        }
    }

    #write(record: AccountRecord): void {
        const file = path.join(this.#resources, fileName(record));
        replaceFile(file, JSON.stringify(record, undefined, 2), { mode: 0o600 });
    }

    #remove(file: string): void {
        rmSync(path.join(this.#resources, file), { force: true });
    }

    #stored(): Map<string, AccountRecord> {
        const records = new Map<string, AccountRecord>();
        for (const file of readdirSync(this.#resources).filter((name) => name.endsWith(".json"))) {
            const record = this.#read(file);
            if (record !== undefined) {
                records.set(file, record);
            }
        }
        return records;
    }

    #read(file: string): AccountRecord | undefined {
        const full = path.join(this.#resources, file);
        try {
            const { ino, mtimeMs, size } = statSync(full);
            const stamp = `${ino} ${mtimeMs} ${size}`;
            const known = this.#known.get(file);
            if (known?.stamp === stamp) {
                return known.record;
            }
            const record = readRecord(readFileSync(full, "utf8"));
            this.#known.set(file, { stamp, record });
            return record;
        } catch (error) {
            const { code } = error as NodeJS.ErrnoException;
            // Deleted by another process since the directory was listed.
            if (code === "ENOENT") {
                return undefined;
            }
            const isFolder = code === "EISDIR";
            const remedy =
                code === undefined || isFolder
                    ? `Delete this ${isFolder ? "folder" : "file"}, which makes the rehearsal forget the resource, or the whole account`
                    : "Its content is not to blame: see to it that you may read it";
            throw new Error(
                `The rehearsed account's file ${full} cannot be read: ${error instanceof Error ? error.message : String(error)}. ${remedy}.`,
                { cause: error },
            );
        }
    }
}

function isIn(record: AccountRecord, region: string | undefined): boolean {
    return region === undefined || record.region === undefined || record.region === region;
}

function fileName({ type, id, region = "" }: AccountRecord): string {
    const digest = createHash("sha256").update(`${type}\n${region}\n${id}`).digest("hex").slice(0, 24);
    return `${className(type)}-${digest}.json`;
}

function order(one: string, other: string): number {
    return one < other ? -1 : one > other ? 1 : 0;
}
