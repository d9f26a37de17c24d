import { Agent, type ClientRequest, request as plainRequest } from "node:http";
import { Agent as TlsAgent, type RequestOptions, request as tlsRequest } from "node:https";

/** Milliseconds that an unused connection is kept: less than any server behind it keeps its own. */
const keptUnused = 4000;

/** Connections that are kept open to the next hop, as CloudFront and load balancers keep them. */
export class KeptConnections {
    #agents = newAgents();
    readonly #former: ReturnType<typeof newAgents>[] = [];

    /** Sends to this machine, where no host is given. */
    send(protocol: "http" | "https", { host = "127.0.0.1", ...options }: RequestOptions): ClientRequest {
        const send = protocol === "https" ? tlsRequest : plainRequest;
        return send({ ...options, host, agent: this.#agents[protocol] });
    }

    /** Uses no connection again that was made before: what it leads to is another now. Exchanges under way go on. */
    renew(): void {
        this.#former.push(this.#agents);
        this.#agents = newAgents();
    }

    close(): void {
        for (const { http, https } of [...this.#former, this.#agents]) {
            http.destroy();
            https.destroy();
        }
    }
}

function newAgents() {
    return {
        http: new Agent({ keepAlive: true, timeout: keptUnused }),
        https: new TlsAgent({ keepAlive: true, timeout: keptUnused, maxCachedSessions: 0 }),
    };
}
