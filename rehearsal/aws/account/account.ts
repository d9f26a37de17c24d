import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import * as path from "node:path";
import { replaceFile } from "encrypted-edge-common";
import { lock } from "proper-lockfile";
import { type AccountRecord, className } from "./record";
import { readRecord } from "./recordFile";

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
    private readonly resources: string;
    private readonly known = new Map<string, { stamp: string; record: AccountRecord }>();
    private queue: Promise<unknown> = Promise.resolve();

    constructor(readonly directory: string) {
        this.resources = path.join(directory, "resources");
        mkdirSync(this.resources, { recursive: true, mode: 0o700 });
        // The directory may have been there before, made by somebody who did not know that secrets go into it.
        chmodSync(directory, 0o700);
    }

    /** Every resource, or those of one type token; the oldest first. */
    list(type?: string): AccountRecord[] {
        const records = readdirSync(this.resources)
            .filter((file) => file.endsWith(".json"))
            .map((file) => this.read(file))
            .filter((record): record is AccountRecord => record !== undefined)
            .filter((record) => type === undefined || record.type === type);
        return records.sort((one, other) => order(one.createdAt, other.createdAt) || order(one.id, other.id));
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

    put(record: AccountRecord): void {
        const file = path.join(this.resources, fileName(record));
        replaceFile(file, JSON.stringify(record, undefined, 2), { mode: 0o600 });
    }

    delete(type: string, id: string, region?: string): void {
        for (const record of this.list(type).filter((each) => each.id === id && isIn(each, region))) {
            rmSync(path.join(this.resources, fileName(record)), { force: true });
        }
    }

    /**
     * Runs a change that reads, decides and writes while no other process does. The change must not wait for anything:
     * it either happens as a whole or, by throwing before it writes, not at all.
     */
    async change<Result>(work: () => Result): Promise<Result> {
        const turn = this.queue.then(async () => {
            const release = await lock(this.directory, {
                lockfilePath: path.join(this.directory, "lock"),
                // A holder that was killed is noticed after this many milliseconds.
                stale: 3000,
                retries: { retries: 400, minTimeout: 5, maxTimeout: 100, factor: 1.3 },
            });
            try {
                return work();
            } finally {
                await release();
            }
        });
        this.queue = turn.catch(() => undefined);
        return turn;
    }

    private read(file: string): AccountRecord | undefined {
        const full = path.join(this.resources, file);
        try {
            const { ino, mtimeMs, size } = statSync(full);
            const stamp = `${ino} ${mtimeMs} ${size}`;
            const known = this.known.get(file);
            if (known?.stamp === stamp) {
                return known.record;
            }
            const record = readRecord(full);
            this.known.set(file, { stamp, record });
            return record;
        } catch (error) {
            // Deleted by another process since the directory was listed.
            if ((error as NodeJS.ErrnoException).code === "ENOENT") {
                return undefined;
            }
            throw error;
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
