import { openAccount } from "../aws/account";
import type { DeployedResource } from "./deployedAccount";

/** Milliseconds after which the account is read although nothing announced a change: not every system announces all. */
const atLatest = 1000;

/**
 * Calls back with every state of an account that follows the first, in the order of the changes.
 *
 * @returns the first state, and how to stop
 * @throws Error where the account cannot be read
 */
export function followAccount(
    directory: string,
    changed: (records: readonly DeployedResource[]) => void,
    report: (problem: string) => void,
): { readonly records: readonly DeployedResource[]; stop(): void } {
    const account = openAccount(directory);
    const records = account.list();
    let last: readonly DeployedResource[] = records;
    const read = () => {
        try {
            const now = account.list();
            // The account hands out the same object until the file is another one.
            if (now.length !== last.length || now.some((record, index) => record !== last[index])) {
                last = now;
                changed(now);
            }
        } catch (error) {
            report(`account: ${(error as Error).message}`);
        }
    };
    const timer = setInterval(read, atLatest);
    const unwatch = account.watch(read);
    return {
        records,
        stop: () => {
            clearInterval(timer);
            unwatch();
        },
    };
}
