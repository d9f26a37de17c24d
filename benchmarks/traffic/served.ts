import { serveTraffic } from "../../rehearsal/traffic";
import { encryptedEdgeAccount, set } from "../../test/hops/account";

/** What the process that serves tells the one that asks. */
export interface Told {
    readonly port: number;
    readonly certificateAuthority: string;
}

/** What is held after everything that nobody needs any more was let go, in bytes. */
export interface Held {
    readonly heap: number;
    readonly resident: number;
    readonly problems: readonly string[];
}

/** Serves the correct edge of the tests in a process of its own, and says what it holds whenever it is asked. */
async function main(): Promise<void> {
    const account = encryptedEdgeAccount();
    set(account.webAcl, "rules.1.statement.rateBasedStatement.limit", 2_000_000_000);
    const problems = new Set<string>();
    const traffic = await serveTraffic({
        account: Object.values(account),
        forMinutes: 15,
        report: (problem) => problems.add(problem),
    });
    const { network } = traffic;
    const told: Told = {
        port: network.hosts["www.example.com"]?.[443]?.port ?? 0,
        certificateAuthority: network.certificateAuthority,
    };
    process.on("message", () => {
        global.gc?.();
        global.gc?.();
        const { heapUsed, rss } = process.memoryUsage();
        process.send?.({ heap: heapUsed, resident: rss, problems: [...problems] } satisfies Held);
    });
    process.on("disconnect", () => void traffic.close());
    process.send?.(told);
}

void main();
