import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { serveTraffic } from "../../rehearsal/traffic";
import { encryptedEdgeAccount, type Fixture, set } from "./account";
import { Served } from "./served";

/** An edge in front of an application of the test's own. */
export class OwnApplication {
    readonly asked: IncomingMessage[] = [];
    readonly server: ReturnType<typeof createServer>;
    served!: Served;

    constructor(answer: (request: IncomingMessage, response: ServerResponse) => void) {
        this.server = createServer((request, response) => {
            this.asked.push(request);
            answer(request, response);
        });
    }

    /** Serves a correct edge with something changed, and whatever else the change returns. */
    async start(change: (account: ReturnType<typeof encryptedEdgeAccount>) => Fixture[] | void): Promise<Served> {
        const account = encryptedEdgeAccount();
        set(account.targetGroup, "protocol", "HTTP");
        const more = change(account) ?? [];
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        const problems: string[] = [];
        const traffic = await serveTraffic({
            account: [...Object.values(account), ...more],
            forMinutes: 1,
            target: { port: (this.server.address() as AddressInfo).port },
            report: (problem) => problems.push(problem),
        });
        this.served = Served.of(traffic, problems);
        return this.served;
    }

    async stop(): Promise<void> {
        await this.served.traffic.close();
        this.server.closeAllConnections();
        await new Promise<void>((resolve) => this.server.close(() => resolve()));
    }
}
