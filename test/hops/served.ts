import { type IncomingHttpHeaders, request as plainRequest } from "node:http";
import { type RequestOptions, request } from "node:https";
import { serveTraffic, type Traffic } from "../../rehearsal/traffic";
import { encryptedEdgeAccount, type Fixture } from "./account";

export const viewer = "www.example.com";

export interface Answer {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
}

/** What the stand-in application says of what reached it. */
export interface Echo {
    readonly application: string;
    readonly method: string;
    readonly path: string;
    readonly transport: string;
    readonly headers: Readonly<Record<string, string>>;
}

export type Asked = RequestOptions & { body?: Buffer | string; scheme?: "http" };

/** An account that is served to a test. */
export class Served {
    readonly problems: string[] = [];

    private constructor(readonly traffic: Traffic) {}

    /** Serves a correct edge with something changed, and whatever else the change returns. */
    static async start(
        change: (account: ReturnType<typeof encryptedEdgeAccount>) => Fixture[] | void = () => undefined,
        forMinutes = 1,
    ): Promise<Served> {
        const account = encryptedEdgeAccount();
        const more = change(account) ?? [];
        const problems: string[] = [];
        const traffic = await serveTraffic({
            account: [...Object.values(account), ...more],
            forMinutes,
            report: (problem) => problems.push(problem),
        });
        const served = new Served(traffic);
        return Object.assign(served, { problems });
    }

    port(number: number, name = viewer): number {
        return this.traffic.network.hosts[name]?.[number]?.port ?? 0;
    }

    async ask(options: Asked = {}): Promise<Answer> {
        const { body, scheme, headers, ...others } = options;
        return new Promise((resolve, reject) => {
            const send = scheme === "http" ? plainRequest : request;
            const sent = send({
                host: "127.0.0.1",
                port: this.port(scheme === "http" ? 80 : 443),
                servername: viewer,
                ca: this.traffic.network.certificateAuthority,
                headers: { host: viewer, ...headers },
                agent: false,
                ...others,
            });
            sent.on("error", reject);
            sent.on("response", (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("error", reject);
                response.on("end", () =>
                    resolve({
                        status: response.statusCode ?? 0,
                        headers: response.headers,
                        body: Buffer.concat(chunks).toString(),
                    }),
                );
            });
            sent.end(body);
        });
    }

    async echo(options: Asked = {}): Promise<Echo> {
        return JSON.parse((await this.ask(options)).body) as Echo;
    }
}
