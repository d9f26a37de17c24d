import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { openAccount, type AccountRecord } from "../../rehearsal/aws/account";
import type { RehearsedProject } from "./rehearsedProject";

interface StoredState {
    readonly passphrase: string;
    readonly stackFile: string;
    readonly stackCopy: string;
    readonly state: object;
    readonly account: readonly AccountRecord[];
}

/** Puts the dev stack as an earlier version has left it, with what it had in the account, into a project. */
export function restoreState(project: RehearsedProject, version: string): void {
    const file = path.join(__dirname, "states", `${version}.json`);
    const stored = JSON.parse(readFileSync(file, "utf8")) as StoredState;
    const write = (place: string, text: string) => {
        const target = path.join(project.folder, place);
        mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
        writeFileSync(target, text, { mode: 0o600 });
    };
    write("Pulumi.dev.yaml", stored.stackFile);
    write(".rehearsal/passphrase", stored.passphrase);
    write(".rehearsal/stacks/Pulumi.dev.yaml", stored.stackCopy);
    write(".rehearsal/backend/.pulumi/meta.yaml", "version: 1\n");
    write(".rehearsal/backend/.pulumi/stacks/encrypted-edge/dev.json", JSON.stringify(stored.state));
    const account = openAccount(path.join(project.folder, ".rehearsal", "account"));
    for (const record of stored.account) {
        account.put(record);
    }
}
