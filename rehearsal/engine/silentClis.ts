import { readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { replaceFile } from "@encrypted-edge/common";
import { userCache } from "./userCache";

/** How long an executable that did not answer is not asked again; until then each command would wait for it. */
const remembered = 60 * 60_000;

type Silences = Record<string, { modified: number; since: number } | undefined>;

/** Executables named `pulumi` that did not answer, such as a wrapper that waits for a login or a network. */
export class SilentClis {
    readonly #file: string;

    constructor(environment: NodeJS.ProcessEnv) {
        this.#file = path.join(userCache(environment), "silent-clis.json");
    }

    has(executable: string): boolean {
        const silence = this.#read()[executable];
        return (
            silence !== undefined &&
            silence.modified === modified(executable) &&
            Date.now() - silence.since < remembered
        );
    }

    add(executable: string): void {
        const all = { ...this.#read(), [executable]: { modified: modified(executable), since: Date.now() } };
        try {
            replaceFile(this.#file, JSON.stringify(all));
        } catch {
            // Without a cache each command asks again.
        }
    }

    #read(): Silences {
        try {
            const content: unknown = JSON.parse(readFileSync(this.#file, "utf8"));
            return typeof content === "object" && content !== null ? (content as Silences) : {};
        } catch {
            return {};
        }
    }
}

function modified(file: string): number {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
