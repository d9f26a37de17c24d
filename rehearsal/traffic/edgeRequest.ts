import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { filledText, flag, object, objects, texts } from "../aws/account";
import type { DeployedResource } from "./deployedAccount";
import type { EdgeCache } from "./edgeCache";
import { FunctionFailure } from "./edgeFunction";
import type { EdgeFunctions, ViewerResponse } from "./edgeFunctions";
import { Refusal, type ViewerConnection, type ViewerRequest, viewerRequest } from "./viewerRequest";
import {
    answer,
    beginningOf,
    bodyOf,
    forward,
    type KeptConnections,
    NothingHeard,
    type Passed,
    passedOn,
    type Request,
    type Response,
} from "./exchange";
import { nextHop, originsFor } from "./edgeOrigin";
import { forwardsCookies } from "./forwarding";
import { inspectedBody } from "./managedRuleGroups";
import { originConnection, originRequest, withCloudFrontHeaders } from "./originRequest";
import { applyResponseHeadersPolicy } from "./responseHeaders";
import type { DistributionSurroundings, ServedDistribution, ServedDistributions } from "./servedDistribution";
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
    readonly cache: EdgeCache;
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
        const entry = this.#edge.cache.entry(this.#edge.account, this.#behavior, this.#distribution.id, viewer);
        const found = entry?.find();
        if (found !== undefined) {
            const { status, headers, body } = this.#passedBack(
                viewer,
                found.headers,
                found.status,
                "Hit from cloudfront",
            );
            answer(request, response, status, headers, body ?? found.body);
            return;
        }
        const { origins, failoverOn } = originsFor(this.#distribution, filledText(this.#behavior.targetOriginId));
        // CloudFront asks another origin only where asking twice does no harm.
        const repeatable = /^(GET|HEAD|OPTIONS)$/.test(viewer.method) && bodyOf(request) === "none";
        for (const [index, origin] of origins.entries()) {
            const isLast = index === origins.length - 1 || !repeatable;
            const passed = (headers: IncomingHttpHeaders, status: number): Passed => {
                if (!isLast && failoverOn.includes(status)) {
                    throw new Error(`it answered ${status}`);
                }
                return { ...this.#passedBack(viewer, headers, status), keep: entry?.keeper(status, headers) };
            };
            const failure = await this.#ask(origin, viewer, { request, response }, passed, beginning);
            if (failure === undefined) {
                return;
            }
            if (isLast || failure instanceof Refusal) {
                throw failure instanceof Refusal ? failure : unanswered(origin, failure);
            }
            this.#edge.report(`edge: the next origin of the group is asked: ${unanswered(origin, failure).report}`);
        }
        throw unmodelled(filledText(this.#behavior.targetOriginId));
    }

    /** @returns why an origin gave no answer; undefined if it did */
    async #ask(
        origin: Readonly<Record<string, unknown>>,
        viewer: ViewerRequest,
        { request, response }: { readonly request: Request; readonly response: Response },
        passed: (headers: IncomingHttpHeaders, status: number) => Passed,
        beginning: Buffer | undefined,
    ): Promise<Error | undefined> {
        const { account } = this.#edge;
        const connection = originConnection(account, origin, this.#scheme);
        if (connection === undefined) {
            return unmodelled(filledText(origin.originId));
        }
        const sent = originRequest(account, this.#behavior, origin, viewer);
        const next = await nextHop(this.#edge, origin, connection, sent);
        return typeof next === "string" ? new Error(next) : forward(request, response, next, passed, beginning);
    }

    #passedBack(
        viewer: ViewerRequest,
        headers: IncomingHttpHeaders,
        status: number,
        cache = status < 400 ? "Miss from cloudfront" : "Error from cloudfront",
    ): ViewerResponse {
        const dressed = this.#dressed(cache, {
            server: "CloudFront",
            ...withoutOwn(passedOn(headers), forwardsCookies(this.#edge.account, this.#behavior)),
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

function unanswered(origin: Readonly<Record<string, unknown>>, failure: Error): Refusal {
    const status = failure instanceof NothingHeard ? 504 : 502;
    return new Refusal(
        status,
        "CloudFront could not get an answer from the origin.",
        `${filledText(origin.domainName)} did not answer, viewer got ${status}: ${failure.message}`,
    );
}

function unmodelled(originId: string | undefined): Refusal {
    return new Refusal(
        502,
        "The origin cannot be reached.",
        `the origin ${originId} is of a kind that is not modelled, answered 502`,
    );
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

/** What CloudFront says of itself; the origin's own words for the same are replaced. */
function ownHeaders(id: string, status: string): OutgoingHttpHeaders {
    return {
        "x-cache": status,
        via: `1.1 ${id.slice(0, 32)}.cloudfront.net (CloudFront)`,
        "x-amz-cf-pop": "REHEARSAL",
        "x-amz-cf-id": id,
    };
}

/**
 * The origin's headers without what CloudFront says itself, and without its cookies where viewers' cookies stay behind.
 * Source: CloudFront developer guide, "Cache content based on cookies": Set-Cookie is removed then.
 */
function withoutOwn(headers: IncomingHttpHeaders, withCookies: boolean): OutgoingHttpHeaders {
    const dropped = ["x-cache", "via", "x-amz-cf-pop", "x-amz-cf-id", ...(withCookies ? [] : ["set-cookie"])];
    return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name)));
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
