import { createServer as createPlainServer, type Server as PlainServer } from "node:http";
import { createSecureServer, type Http2SecureServer } from "node:http2";
import { createServer as createSecureHttp1Server, type Server as SecureServer } from "node:https";
import { createServer, type Socket } from "node:net";
import type { IssuedCertificate } from "./certificateAuthority";
import { readFirstBytes } from "./clientHello";
import { filledText, object, objects } from "../aws/account";
import { defaultViewerPolicy, viewerPolicies } from "../aws/facts";
import { EdgeCache } from "./edgeCache";
import { EdgeFunctions } from "./edgeFunctions";
import { answerViewer } from "./edgeRequest";
import { KeptConnections } from "./keptConnections";
import type { Request, Response } from "./messages";
import { guardServer, listen, type Listening, patience, serverOptions } from "./listening";
import type { EdgeSurroundings, ServedEdge } from "./passage";
import { type ServedDistribution, ServedDistributions } from "./servedDistribution";
import { acceptUpgrades } from "./upgrades";
import { coversName } from "../aws/services";

/** The two ports of the rehearsed edge. */
export interface Edge {
    readonly https: Listening;
    readonly http: Listening;
    /** As the account had them when it was last followed. */
    readonly distributions: readonly ServedDistribution[];
    /** What of the distributions is not modelled, in a sentence each. */
    readonly notModelled: readonly string[];
    /** Serves the distributions as the account has them now. @throws Error for a value that AWS does not have */
    follow(): void;
    /** Uses no connection to an origin again that was made before. */
    renewConnections(): void;
    close(): Promise<void>;
}

/** Longest first message of a connection that is waited for. */
const longestHello = 64 * 1024;

/** Serves every distribution of the account, as one CloudFront location would. */
export async function serveEdge(surroundings: EdgeSurroundings, standard: IssuedCertificate): Promise<Edge> {
    const distributions = new ServedDistributions(surroundings);
    const edge: ServedEdge = {
        ...surroundings,
        distributions,
        functions: new EdgeFunctions(surroundings.account),
        connections: new KeptConnections(),
        cache: new EdgeCache(),
    };
    const servers = secureServers(edge, standard);
    const follow = () => {
        distributions.follow();
        servers.follow(distributions.all);
    };
    follow();
    const https = await listen(
        createServer((socket) =>
            receive(socket, async (serverName) => {
                const find = () => distributions.all.find((one) => coversName(one.aliases, serverName ?? ""));
                if (find()?.isPending === true) {
                    await surroundings.settled();
                }
                const named = find();
                return servers.for(named?.tls === undefined ? undefined : named);
            }),
        ),
    );
    const answerPlain = (request: Request, response: Response) =>
        void answerViewer(edge, { scheme: "http", shownId: undefined }, request, response);
    const plain: PlainServer = createPlainServer(serverOptions, answerPlain);
    acceptUpgrades(plain, answerPlain);
    const http = await listen(guardServer(plain));
    return {
        https,
        http,
        follow,
        get distributions() {
            return distributions.all;
        },
        get notModelled() {
            return distributions.all.flatMap((one) => notModelled(edge, one));
        },
        renewConnections: () => edge.connections.renew(),
        close: async () => {
            edge.connections.close();
            servers.close();
            await Promise.all([https.close(), http.close()]);
        },
    };
}

function notModelled(edge: ServedEdge, { properties, firewall }: ServedDistribution): string[] {
    const behaviors = [object(properties.defaultCacheBehavior), ...objects(properties.orderedCacheBehaviors)];
    return [
        ...(firewall?.notModelled ?? []).map(
            (rule) => `web ACL rule ${rule}: its contents are AWS's own, it decides nothing here`,
        ),
        ...(firewall?.partlyModelled ?? []).map(
            (rule) => `web ACL rule ${rule}: of AWS's group only sizes and the published examples decide here`,
        ),
        ...behaviors.flatMap((one) => edge.functions.notModelled(one)),
    ];
}

type TlsServer = Http2SecureServer | SecureServer;

/** The TLS ends of all distributions, and of names that are nobody's. */
function secureServers(edge: ServedEdge, certificate: IssuedCertificate) {
    const all: TlsServer[] = [];
    const create = (distribution?: ServedDistribution) => {
        const server = secureServer(edge, distribution, certificate);
        all.push(server);
        return server;
    };
    const standard = create();
    const known = new Map<string, { tls: unknown; version: unknown; server: TlsServer }>();
    return {
        /** Connections that there are keep the server that they came to. */
        follow: (distributions: readonly ServedDistribution[]) => {
            for (const distribution of distributions) {
                const { id, tls, properties } = distribution;
                const version = properties.httpVersion;
                const before = known.get(id);
                if (before === undefined || before.tls !== tls || before.version !== version) {
                    known.set(id, { tls, version, server: create(distribution) });
                }
            }
        },
        for: (distribution: ServedDistribution | undefined) => known.get(distribution?.id ?? "")?.server ?? standard,
        close: () => all.forEach((server) => server.close()),
    };
}

/** The TLS end for connections that asked for one distribution, or, undefined, for no name that is known. */
function secureServer(
    edge: ServedEdge,
    distribution: ServedDistribution | undefined,
    standard: IssuedCertificate,
): TlsServer {
    const { certificate, policy } = distribution?.tls ?? {
        certificate: standard,
        policy: viewerPolicies.get(defaultViewerPolicy),
    };
    const options = { ...serverOptions, ...policy, key: certificate.key, cert: certificate.certificate };
    const handle = (request: Request, response: Response) => {
        void answerViewer(edge, { scheme: "https", shownId: distribution?.id }, request, response);
    };
    const version = filledText(distribution?.properties.httpVersion) ?? "http2";
    const server = guardServer(
        version.startsWith("http2")
            ? createSecureServer({ ...options, allowHTTP1: true }, handle)
            : createSecureHttp1Server(options, handle),
    );
    acceptUpgrades(server, handle);
    // It is handed its connections and never listens, but only then does Node watch for headers that come too slowly.
    server.emit("listening");
    return server;
}

/** Waits for the ClientHello, then hands the connection with all its bytes to the server that it asks for. */
function receive(socket: Socket, serverFor: (serverName: string | undefined) => Promise<TlsServer>): void {
    let received = Buffer.alloc(0);
    socket.on("error", () => socket.destroy());
    const timer = setTimeout(() => socket.destroy(), patience);
    socket.on("close", () => clearTimeout(timer));
    const read = (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        const first = readFirstBytes(received);
        if (first.kind === "incomplete" && received.length < longestHello) {
            return;
        }
        clearTimeout(timer);
        socket.removeListener("data", read);
        if (first.kind !== "clientHello") {
            socket.destroy();
            return;
        }
        socket.pause();
        void serverFor(first.serverName).then((server) => {
            socket.unshift(received);
            server.emit("connection", socket);
        });
    };
    socket.on("data", read);
}
