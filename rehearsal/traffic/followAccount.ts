import type { Account } from "../aws/account";
import type { DeployedResource } from "./deployedAccount";

/** Milliseconds after which the account is read although nothing announced a change: not every system announces all. */
const atLatest = 1000;

/**
 * Calls back with every state of an account that follows the first, in the order of the changes.
 *
 * @returns how to stop
 */
export function followAccount(
    account: Account,
    first: readonly DeployedResource[],
    changed: (records: readonly DeployedResource[]) => void,
    report: (problem: string) => void,
): () => void {
    let last = first;
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
    read();
    return () => {
        clearInterval(timer);
        unwatch();
    };
}
