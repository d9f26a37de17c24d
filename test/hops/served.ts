import assert from "node:assert/strict";
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as plainRequest } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { Agent, type RequestOptions, request } from "node:https";
import * as path from "node:path";
import { connect as connectTls } from "node:tls";
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
    readonly bodyBytes: number;
    readonly transport: string;
    readonly headers: Readonly<Record<string, string>>;
}

export type Asked = RequestOptions & { body?: Buffer | string; scheme?: "http" };

/** An account that is served to a test. */
export class Served {
    private constructor(
        readonly traffic: Traffic,
        readonly problems: string[],
    ) {}

    /** What is served already. */
    static of(traffic: Traffic, problems: string[]): Served {
        return new Served(traffic, problems);
    }

    /** Serves what a rehearsed project has deployed, and what it deploys meanwhile. */
    static async project(folder: string, forMinutes: number): Promise<Served> {
        const problems: string[] = [];
        const traffic = await serveTraffic({
            account: path.join(folder, ".rehearsal", "account"),
            forMinutes,
            report: (problem) => problems.push(problem),
        });
        return new Served(traffic, problems);
    }

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
        return new Served(traffic, problems);
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
                headers: { host: viewer, "user-agent": "test", ...headers },
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

    /** The kinds of answers that viewers of these names get while something is done, in all at least so many. */
    async answersDuring(hosts: readonly string[], work: () => Promise<unknown>, atLeast = 50): Promise<number[]> {
        const agent = new Agent({ keepAlive: true });
        const statuses: number[] = [];
        let asking = true;
        const asked = hosts.map(async (host) => {
            const port = this.port(443, host);
            while (asking) {
                const { status } = await this.ask({ agent, port, servername: host, headers: { host } });
                statuses.push(status);
            }
        });
        try {
            await work();
        } finally {
            asking = false;
            await Promise.all(asked);
            agent.destroy();
        }
        assert.ok(statuses.length >= atLeast, `only ${statuses.length} requests`);
        return [...new Set(statuses)];
    }

    async echo(options: Asked = {}): Promise<Echo> {
        return JSON.parse((await this.ask(options)).body) as Echo;
    }

    /** Sends bytes over TLS as they are, and returns all that comes back. */
    async raw(bytes: string): Promise<string> {
        return new Promise((resolve, reject) => {
            const socket = connectTls({
                host: "127.0.0.1",
                port: this.port(443),
                servername: viewer,
                ca: this.traffic.network.certificateAuthority,
            });
            let received = "";
            socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
            socket.on("error", reject);
            socket.on("close", () => resolve(received));
            socket.write(bytes);
        });
    }

    /** Asks over HTTP/2. */
    async askHttp2(headers: OutgoingHttpHeaders, body?: Buffer): Promise<Answer> {
        const session = connectHttp2(`https://${viewer}`, {
            createConnection: () =>
                connectTls({
                    host: "127.0.0.1",
                    port: this.port(443),
                    servername: viewer,
                    ALPNProtocols: ["h2"],
                    ca: this.traffic.network.certificateAuthority,
                }),
        });
        try {
            return await new Promise((resolve, reject) => {
                session.on("error", reject);
                const stream = session.request(
                    { ":path": "/", "user-agent": "test", ...headers },
                    { endStream: body === undefined },
                );
                const chunks: Buffer[] = [];
                let answered: IncomingHttpHeaders & { ":status"?: number } = {};
                stream.on("response", (received) => (answered = received));
                stream.on("data", (chunk: Buffer) => chunks.push(chunk));
                stream.on("error", reject);
                stream.on("end", () =>
                    resolve({
                        status: answered[":status"] ?? 0,
                        headers: answered,
                        body: Buffer.concat(chunks).toString(),
                    }),
                );
                if (body !== undefined) {
                    stream.end(body);
                }
            });
        } finally {
            session.destroy();
        }
    }
}
