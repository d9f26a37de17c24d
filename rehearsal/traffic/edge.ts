import { createServer as createPlainServer, type Server as PlainServer } from "node:http";
import { createSecureServer, type Http2SecureServer } from "node:http2";
import { createServer as createSecureHttp1Server, type Server as SecureServer } from "node:https";
import { createServer, type Socket } from "node:net";
import type { IssuedCertificate } from "./certificateAuthority";
import { readFirstBytes } from "./clientHello";
import { filledText, object, objects, texts } from "../aws/account";
import type { DeployedResource } from "./deployedAccount";
import { defaultViewerPolicy, viewerPolicies } from "../aws/facts";
import { EdgeFunctions } from "./edgeFunctions";
import { answerViewer, type EdgeSurroundings, type ServedEdge } from "./edgeRequest";
import { KeptConnections, type Request, type Response } from "./exchange";
import { guardServer, listen, type Listening, patience, serverOptions } from "./listening";
import type { ServedDistribution } from "./servedDistribution";
import { WebAcl } from "./webAcl";
import { coversName } from "./wildcard";

/** The two ports of the rehearsed edge. */
export interface Edge {
    readonly https: Listening;
    readonly http: Listening;
    readonly distributions: readonly ServedDistribution[];
    /** What of the distributions is not modelled, in a sentence each. */
    readonly notModelled: readonly string[];
    close(): Promise<void>;
}

/** Longest first message of a connection that is waited for. */
const longestHello = 64 * 1024;

/** Serves every distribution of the account, as one CloudFront location would. */
export async function serveEdge(surroundings: EdgeSurroundings, standard: IssuedCertificate): Promise<Edge> {
    const distributions = surroundings.account.all("Distribution").map((one) => served(surroundings, one));
    const connections = new KeptConnections();
    const functions = new EdgeFunctions(surroundings.account);
    const edge: ServedEdge = { ...surroundings, distributions, functions, connections };
    const handlers = new Map<ServedDistribution | undefined, Http2SecureServer | SecureServer>();
    for (const distribution of [undefined, ...distributions]) {
        handlers.set(distribution, secureServer(edge, distribution, standard));
    }
    const https = await listen(
        createServer((socket) =>
            receive(socket, (serverName) => {
                const named = distributions.find((one) => coversName(one.aliases, serverName ?? ""));
                return handlers.get(named?.tls === undefined ? undefined : named);
            }),
        ),
    );
    const plain: PlainServer = createPlainServer(serverOptions, (request, response) => {
        void answerViewer(edge, { scheme: "http", shown: undefined }, request, response);
    });
    const http = await listen(guardServer(plain));
    return {
        https,
        http,
        distributions,
        notModelled: distributions.flatMap(({ properties, firewall }) => [
            ...(firewall?.notModelled ?? []).map(
                (rule) => `web ACL rule ${rule}: its contents are AWS's own, it decides nothing here`,
            ),
            ...(firewall?.partlyModelled ?? []).map(
                (rule) => `web ACL rule ${rule}: of AWS's group only sizes and the published examples decide here`,
            ),
            ...[object(properties.defaultCacheBehavior), ...objects(properties.orderedCacheBehaviors)].flatMap((one) =>
                edge.functions.notModelled(one),
            ),
        ]),
        close: async () => {
            connections.close();
            for (const server of handlers.values()) {
                server.close();
            }
            await Promise.all([https.close(), http.close()]);
        },
    };
}

function served({ account, certificate, report }: EdgeSurroundings, record: DeployedResource): ServedDistribution {
    const { properties } = record;
    const viewerCertificate = object(properties.viewerCertificate);
    const issued = certificate(viewerCertificate.acmCertificateArn);
    const policyName = filledText(viewerCertificate.minimumProtocolVersion) ?? defaultViewerPolicy;
    const policy = viewerPolicies.get(policyName);
    const aliases = texts(properties.aliases);
    const firewall = account.find("WebAcl", properties.webAclId);
    if (policy === undefined) {
        throw new Error(
            `The distribution ${record.id} has minimumProtocolVersion ${policyName}, which is no security policy of CloudFront.`,
        );
    }
    if (aliases.length > 0 && issued === undefined) {
        report(`edge: ${aliases.join(", ")} have no issued certificate, so CloudFront's own is shown for them`);
    }
    if (filledText(properties.webAclId) !== undefined && firewall === undefined) {
        report(`edge: the web ACL ${filledText(properties.webAclId)} is not in the account, so nothing is filtered`);
    }
    return {
        properties,
        place: { distributionDomainName: filledText(properties.domainName) ?? "", distributionId: record.id },
        aliases,
        names: [...aliases, ...texts([properties.domainName])],
        firewall: firewall === undefined ? undefined : new WebAcl(account, firewall.properties),
        tls: issued === undefined ? undefined : { certificate: issued, policy },
    };
}

/** The TLS end for connections that asked for one distribution, or, undefined, for no name that is known. */
function secureServer(
    edge: ServedEdge,
    distribution: ServedDistribution | undefined,
    standard: IssuedCertificate,
): Http2SecureServer | SecureServer {
    const { certificate, policy } = distribution?.tls ?? {
        certificate: standard,
        policy: viewerPolicies.get(defaultViewerPolicy),
    };
    const options = { ...serverOptions, ...policy, key: certificate.key, cert: certificate.certificate };
    const handle = (request: Request, response: Response) => {
        void answerViewer(edge, { scheme: "https", shown: distribution }, request, response);
    };
    const version = filledText(distribution?.properties.httpVersion) ?? "http2";
    const server = guardServer(
        version.startsWith("http2")
            ? createSecureServer({ ...options, allowHTTP1: true }, handle)
            : createSecureHttp1Server(options, handle),
    );
    // It is handed its connections and never listens, but only then does Node watch for headers that come too slowly.
    server.emit("listening");
    return server;
}

/** Waits for the ClientHello, then hands the connection with all its bytes to the server that it asks for. */
function receive(
    socket: Socket,
    serverFor: (serverName: string | undefined) => Http2SecureServer | SecureServer | undefined,
): void {
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
        const server = first.kind === "clientHello" ? serverFor(first.serverName) : undefined;
        if (server === undefined) {
            socket.destroy();
            return;
        }
        socket.pause();
        socket.unshift(received);
        server.emit("connection", socket);
    };
    socket.on("data", read);
}
