import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { checkServerIdentity } from "node:tls";
import { filledText, flag, object, objects, texts } from "../aws/account";
import type { DeployedResource } from "./deployedAccount";
import { FunctionFailure } from "./edgeFunction";
import type { EdgeFunctions, ViewerRequest, ViewerResponse } from "./edgeFunctions";
import {
    answer,
    beginningOf,
    bodyOf,
    forward,
    type KeptConnections,
    type NextHop,
    NothingHeard,
    passedOn,
    type Request,
    type Response,
    sourceOf,
    targetOf,
} from "./exchange";
import { inspectedBody } from "./managedRuleGroups";
import {
    type OriginConnection,
    type OriginRequest,
    originConnection,
    originRequest,
    withCloudFrontHeaders,
} from "./originRequest";
import { applyResponseHeadersPolicy } from "./responseHeaders";
import type { DistributionSurroundings, ServedDistribution, ServedDistributions } from "./servedDistribution";
import { originPolicy } from "../aws/facts";
import { coversName, matchesWildcard } from "./wildcard";

/** What the edge needs to know of the rest of the rehearsal. */
export interface EdgeSurroundings extends DistributionSurroundings {
    /** PEM of the authorities that CloudFront trusts: here the rehearsal's, in AWS Mozilla's list. */
    readonly trusted: string;
    /** Address that CloudFront calls from, where the system has more than one on loopback. */
    readonly localAddress: string | undefined;
    /** Settles when the account is served as a whole, as it is now. */
    readonly settled: () => Promise<void>;
    /** Port on this machine at which CloudFront finds a port of an origin, or why it finds none. */
    readonly originPort: (
        name: string,
        port: number,
        loadBalancer: DeployedResource | undefined,
    ) => Promise<number | string>;
}

/** What all requests at the edge share. */
export interface ServedEdge extends EdgeSurroundings {
    readonly distributions: ServedDistributions;
    readonly functions: EdgeFunctions;
    readonly connections: KeptConnections;
}

/** How a viewer is connected. */
export interface ViewerConnection {
    readonly scheme: "http" | "https";
    /** Distribution whose certificate was shown; undefined on port 80 and for CloudFront's own certificate. */
    readonly shownId: string | undefined;
}

/** An answer in place of the origin's. */
class Refusal extends Error {
    constructor(
        readonly status: number,
        /** For the viewer. */
        message: string,
        /** For whoever serves, where the viewer is not told all. */
        readonly report?: string,
    ) {
        super(message);
    }
}

/** Answers one request of a viewer. Never rejects. */
export async function answerViewer(
    edge: ServedEdge,
    connection: ViewerConnection,
    request: Request,
    response: Response,
): Promise<void> {
    const id = randomBytes(41).toString("base64url");
    try {
        const viewer = viewerRequest(connection, request, id);
        const distribution = askedDistribution(edge, connection, viewer);
        await new ViewerExchange(edge, distribution, connection.scheme, viewer).answer(request, response);
    } catch (error) {
        const refusal =
            error instanceof Refusal ? error : new Refusal(500, "The rehearsed edge failed.", String(error));
        if (refusal.report !== undefined) {
            edge.report(`edge: ${refusal.report}`);
        }
        refuse(request, response, id, refusal);
    }
}

/** Longest request without its body, and longest URL. */
const [longestRequest, longestUrl] = [20_480, 8192];

/**
 * Reads a request as CloudFront does.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 * @throws Refusal
 */
function viewerRequest({ scheme }: ViewerConnection, request: Request, id: string): ViewerRequest {
    const { method = "GET", headers, rawHeaders } = request;
    const target = targetOf(request);
    if (target === undefined) {
        throw new Refusal(400, "The request names more than one host, or no path.");
    }
    const { host, url } = target;
    const line = `${method} ${url} HTTP/1.1`.length + 2;
    const size = rawHeaders.reduce((sum, part) => sum + part.length + 2, line);
    if (size > longestRequest) {
        throw new Refusal(413, `The request has ${size} bytes without its body; CloudFront takes ${longestRequest}.`);
    }
    const length = `${scheme}://${host}${url}`.length;
    if (length > longestUrl) {
        throw new Refusal(413, `The URL has ${length} bytes; CloudFront takes ${longestUrl}.`);
    }
    if (method === "GET" && bodyOf(request) !== "none") {
        throw new Refusal(403, "A GET request has no body.");
    }
    const { httpVersion, socket } = request;
    return { id, method, url, host, headers, httpVersion, source: sourceOf(request), port: socket.remotePort ?? 0 };
}

/** @throws Refusal */
function askedDistribution(edge: ServedEdge, { scheme, shownId }: ViewerConnection, { host }: ViewerRequest) {
    const asked = edge.distributions.all.find((one) => coversName(one.names, host));
    if (asked === undefined || !flag(asked.properties.enabled, true)) {
        throw new Refusal(403, "No enabled distribution has this name.");
    }
    if (scheme === "https" && asked.id !== shownId && (shownId !== undefined || coversName(asked.aliases, host))) {
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-421-misdirected-request.html
        throw new Refusal(421, "The connection was made for another distribution.");
    }
    return asked;
}

/** One request of a viewer to the distribution that serves it, through the steps that CloudFront takes in this order. */
class ViewerExchange {
    readonly #edge: ServedEdge;
    readonly #distribution: ServedDistribution;
    readonly #scheme: "http" | "https";
    readonly #viewer: ViewerRequest;
    readonly #behavior: Readonly<Record<string, unknown>>;

    constructor(edge: ServedEdge, distribution: ServedDistribution, scheme: "http" | "https", viewer: ViewerRequest) {
        this.#edge = edge;
        this.#distribution = distribution;
        this.#scheme = scheme;
        // A function may change the path later on; the behaviour stays.
        this.#behavior = behaviorFor(distribution, viewer.url);
        this.#viewer = withCloudFrontHeaders(edge.account, this.#behavior, viewer, {
            "cloudfront-forwarded-proto": scheme,
            "cloudfront-viewer-address": `${viewer.source}:${viewer.port}`,
            "cloudfront-viewer-http-version": viewer.httpVersion,
        });
    }

    /** @throws Refusal where CloudFront answers with a page of its own; then nothing was answered yet */
    async answer(request: Request, response: Response): Promise<void> {
        const beginning = await this.#firewall(request);
        const redirect = this.#viewerProtocol();
        if (redirect !== undefined) {
            answer(request, response, redirect.status, redirect.headers);
            return;
        }
        const { method } = this.#viewer;
        if (!texts(this.#behavior.allowedMethods).includes(method)) {
            throw new Refusal(403, `The distribution does not allow the method ${method}.`);
        }
        const after = this.#function(() =>
            this.#edge.functions.onRequest(this.#behavior, this.#distribution.place, this.#viewer),
        );
        if ("response" in after) {
            const { status, headers, body } = after.response;
            answer(
                request,
                response,
                status,
                this.#dressed("FunctionGeneratedResponse from cloudfront", headers),
                body,
            );
            return;
        }
        await this.#fromOrigin(after.request, request, response, beginning);
    }

    /** @returns the first bytes of the body, where the web ACL had to see them */
    async #firewall(request: Request): Promise<Buffer | undefined> {
        const { firewall } = this.#distribution;
        if (firewall === undefined) {
            return undefined;
        }
        const beginning =
            firewall.inspectsBodies && bodyOf(request) !== "none"
                ? await beginningOf(request, inspectedBody)
                : undefined;
        const verdict = firewall.judge({
            ...this.#viewer,
            body: beginning?.subarray(0, inspectedBody) ?? Buffer.alloc(0),
        });
        if (verdict.blocked) {
            const rule = verdict.rule === undefined ? "default action" : `rule ${verdict.rule}`;
            throw new Refusal(verdict.status, "Request blocked.", `the web ACL blocked a request, ${rule}`);
        }
        return beginning;
    }

    #viewerProtocol(): ViewerResponse | undefined {
        const { viewerProtocolPolicy } = this.#behavior;
        const { method, host, url } = this.#viewer;
        if (this.#scheme === "https" || viewerProtocolPolicy === "allow-all") {
            return undefined;
        }
        if (viewerProtocolPolicy !== "redirect-to-https") {
            throw new Refusal(403, "This distribution is served over HTTPS only.");
        }
        return {
            status: method === "GET" || method === "HEAD" ? 301 : 307,
            headers: this.#dressed("Redirect from cloudfront", { location: `https://${host}${url}` }),
        };
    }

    async #fromOrigin(
        viewer: ViewerRequest,
        request: Request,
        response: Response,
        beginning: Buffer | undefined,
    ): Promise<void> {
        const { account } = this.#edge;
        const originId = filledText(this.#behavior.targetOriginId);
        const origin = originFor(this.#distribution, originId);
        const connection = origin === undefined ? undefined : originConnection(account, origin, this.#scheme);
        if (origin === undefined || connection === undefined) {
            throw new Refusal(
                502,
                "The origin cannot be reached.",
                `the origin ${originId} is of a kind that is not modelled, answered 502`,
            );
        }
        const next = await nextHop(
            this.#edge,
            origin,
            connection,
            originRequest(account, this.#behavior, origin, viewer),
        );
        const failure =
            typeof next === "string"
                ? new Error(next)
                : await forward(
                      request,
                      response,
                      next,
                      (headers, status) => this.#passedBack(viewer, headers, status),
                      beginning,
                  );
        if (failure instanceof Refusal) {
            throw failure;
        }
        if (failure !== undefined) {
            const status = failure instanceof NothingHeard ? 504 : 502;
            throw new Refusal(
                status,
                "CloudFront could not get an answer from the origin.",
                `${filledText(origin.domainName)} did not answer, viewer got ${status}: ${failure.message}`,
            );
        }
    }

    #passedBack(viewer: ViewerRequest, headers: IncomingHttpHeaders, status: number): ViewerResponse {
        const dressed = this.#dressed(status < 400 ? "Miss from cloudfront" : "Error from cloudfront", {
            server: "CloudFront",
            ...withoutOwn(passedOn(headers)),
        });
        return this.#function(() =>
            this.#edge.functions.onResponse(this.#behavior, this.#distribution.place, viewer, {
                status,
                headers: dressed,
            }),
        );
    }

    /** Runs a function, and turns its failure into the answer that CloudFront gives. */
    #function<Result>(run: () => Result): Result {
        try {
            return run();
        } catch (error) {
            throw error instanceof FunctionFailure
                ? new Refusal(
                      error.status,
                      "A function at the edge failed.",
                      `${error.message}, answered ${error.status}`,
                  )
                : error;
        }
    }

    /** Headers with CloudFront's own and those of the response headers policy. */
    #dressed(status: string, headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
        return applyResponseHeadersPolicy(
            this.#edge.account,
            this.#behavior.responseHeadersPolicyId,
            { ...ownHeaders(this.#viewer.id, status), ...headers },
            this.#viewer,
        );
    }
}

/** How to reach the origin, or why it cannot be reached. */
async function nextHop(
    edge: ServedEdge,
    origin: Readonly<Record<string, unknown>>,
    connection: OriginConnection,
    sent: OriginRequest,
): Promise<NextHop | string> {
    const name = filledText(origin.domainName) ?? "";
    const port = await edge.originPort(name, connection.port, connection.loadBalancer);
    if (typeof port === "string") {
        return port;
    }
    const { protocol, timeout } = connection;
    const basis = {
        connections: edge.connections,
        protocol,
        port,
        timeout,
        path: sent.url,
        headers: sent.headers,
        localAddress: edge.localAddress,
    };
    if (protocol === "http") {
        return basis;
    }
    const policy = originPolicy(connection.originSslProtocols);
    return policy === undefined
        ? `none of its originSslProtocols can be spoken: ${connection.originSslProtocols.join(", ") || "the list is empty"}`
        : {
              ...basis,
              ...policy,
              ca: edge.trusted,
              rejectUnauthorized: true,
              servername: sent.host,
              checkServerIdentity: (_, certificate) => checkServerIdentity(sent.host, certificate),
          };
}

/** The first ordered behaviour whose path pattern matches, otherwise the default one. */
function behaviorFor({ properties }: ServedDistribution, url: string): Readonly<Record<string, unknown>> {
    const path = url.replace(/\?.*$/s, "");
    return (
        objects(properties.orderedCacheBehaviors).find((one) => {
            const pattern = filledText(one.pathPattern) ?? "";
            return matchesWildcard(pattern.startsWith("/") || pattern.startsWith("*") ? pattern : `/${pattern}`, path);
        }) ?? object(properties.defaultCacheBehavior)
    );
}

/** The origin of an id; of a group its first member, since failover is not modelled. */
function originFor(
    { properties }: ServedDistribution,
    id: string | undefined,
): Readonly<Record<string, unknown>> | undefined {
    const group = objects(properties.originGroups).find((one) => one.originId === id);
    const wanted = filledText(objects(group?.members)[0]?.originId) ?? id;
    return objects(properties.origins).find((one) => one.originId === wanted);
}

/** What CloudFront says of itself; the origin's own words for the same are replaced. */
function ownHeaders(id: string, status: string): OutgoingHttpHeaders {
    return {
        "x-cache": status,
        via: `1.1 ${id.slice(0, 32)}.cloudfront.net (CloudFront)`,
        "x-amz-cf-pop": "REHEARSAL",
        "x-amz-cf-id": id,
    };
}

function withoutOwn(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
    return Object.fromEntries(
        Object.entries(headers).filter(([name]) => !["x-cache", "via", "x-amz-cf-pop", "x-amz-cf-id"].includes(name)),
    );
}

/** An error page of the edge itself; a response headers policy does not apply to those. */
function refuse(request: Request, response: Response, id: string, { status, message }: Refusal): void {
    const body = `<!DOCTYPE html><title>${status}</title><h1>${status}</h1><p>${message}</p><p>Generated by the rehearsed CloudFront, request ${id}</p>\n`;
    answer(
        request,
        response,
        status,
        { ...ownHeaders(id, "Error from cloudfront"), server: "CloudFront", "content-type": "text/html" },
        body,
    );
}
