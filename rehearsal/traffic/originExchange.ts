import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { filledText } from "../aws/account";
import type { Properties } from "./deployedAccount";
import { bucketAnswer, bucketOf } from "./bucketOrigin";
import { compressed, compressedHeaders, compressor, encodingFor } from "./compression";
import { unanswered, unmodelled } from "./edgeAnswers";
import type { CacheEntry, Stored } from "./edgeCache";
import { nextHop, originsFor } from "./edgeOrigin";
import { errorResponse } from "./errorPages";
import { fetchWhole, forward, type NextHop, type Passed } from "./forward";
import type { Behavior } from "./forwarding";
import { answer, bodyOf, type Request, type Response } from "./messages";
import { originConnection, originRequest } from "./originRequest";
import { wanted, type WholeAnswer } from "./partialAnswers";
import { behaviorFor, type Passage, passedBack } from "./passage";
import { Refusal, type ViewerRequest } from "./viewerRequest";

type Origin = Properties;

/** An error of the origin in whose place the distribution shows a page. */
class ErrorWithPage extends Error {
    constructor(
        readonly status: number,
        readonly headers: IncomingHttpHeaders,
    ) {
        super(`it answered ${status}`);
    }
}

/** What the edge does for a request that was let in: cache, origins, and pages in place of errors. */
export class OriginExchange {
    readonly #passage: Passage;
    readonly #request: Request;
    readonly #response: Response;

    constructor(passage: Passage, request: Request, response: Response) {
        this.#passage = passage;
        this.#request = request;
        this.#response = response;
    }

    /**
     * Answers from the cache or the origin.
     *
     * @throws Refusal where CloudFront answers with a page of its own; then nothing was answered yet
     */
    async answer(asked: ViewerRequest, beginning: Buffer | undefined): Promise<void> {
        const { edge, distribution, behavior } = this.#passage;
        const viewer = { ...asked, url: withRootObject(distribution.properties.defaultRootObject, asked.url) };
        const entry = edge.cache.entry(behavior, distribution.id, viewer);
        const found = entry?.fresh();
        if (found !== undefined) {
            this.#answerStored(viewer, found, "Hit from cloudfront");
            return;
        }
        try {
            await this.#fromOrigins(viewer, entry, beginning);
        } catch (error) {
            const stale = entry?.stale();
            const status = error instanceof Refusal || error instanceof ErrorWithPage ? error.status : 500;
            if (stale !== undefined && status >= 500) {
                const { minimum } = errorResponse(distribution, status);
                this.#answerStored(viewer, entry?.extend(stale, minimum) ?? stale, "Hit from cloudfront");
            } else if (error instanceof ErrorWithPage) {
                await this.answerByPage(error, entry);
            } else if (!(error instanceof Refusal) || !(await this.answerByPage(error, entry))) {
                throw error;
            }
        }
    }

    /**
     * Answers an error with the page that the distribution has for it.
     *
     * @returns whether there is one. @throws Refusal where the page cannot be had
     */
    async answerByPage(error: Refusal | ErrorWithPage, entry?: CacheEntry): Promise<boolean> {
        const { edge, distribution } = this.#passage;
        const { pagePath, status, minimum } = errorResponse(distribution, error.status);
        if (pagePath === undefined) {
            return false;
        }
        if (error instanceof Refusal && error.report !== undefined) {
            edge.report(`edge: ${error.report}`);
        }
        const page = await this.#page(pagePath);
        // Where the page is missing, the viewer gets the status of whoever should have had it.
        const shown = { ...page, status: page.status === 200 ? status : page.status };
        const said = error instanceof ErrorWithPage ? error.headers : {};
        const keeper = entry?.keeper(error.status, said, minimum);
        keeper?.done(shown.body, { status: shown.status, headers: shown.headers });
        this.#send(this.#passage.viewer, shown, "Error from cloudfront");
        return true;
    }

    #answerStored(viewer: ViewerRequest, stored: Stored, cache: string): void {
        this.#send(viewer, wanted(viewer, stored), stored.status >= 400 ? "Error from cloudfront" : cache);
    }

    #send(viewer: ViewerRequest, whole: WholeAnswer, cache: string): void {
        const { status, headers, body } = passedBack(this.#passage, viewer, whole.headers, whole.status, cache);
        answer(this.#request, this.#response, status, headers, body ?? whole.body);
    }

    async #fromOrigins(
        viewer: ViewerRequest,
        entry: CacheEntry | undefined,
        beginning: Buffer | undefined,
    ): Promise<void> {
        const { edge, distribution, behavior } = this.#passage;
        const { origins, failoverOn } = originsFor(distribution, filledText(behavior.properties.targetOriginId));
        // CloudFront asks another origin only where asking twice does no harm.
        const repeatable = /^(GET|HEAD|OPTIONS)$/.test(viewer.method) && bodyOf(this.#request) === "none";
        const stale = entry?.stale();
        const asked = stale === undefined ? viewer : revalidating(viewer, stale);
        for (const [index, origin] of origins.entries()) {
            const isLast = index === origins.length - 1 || !repeatable;
            const passed = (headers: IncomingHttpHeaders, status: number): Passed => {
                if (!isLast && failoverOn.includes(status)) {
                    throw new Error(`it answered ${status}`);
                }
                return this.#passed(viewer, entry, { headers, status });
            };
            const failure = await this.#ask(origin, asked, passed, beginning);
            if (failure === undefined) {
                return;
            }
            if (isLast || failure instanceof Refusal || failure instanceof ErrorWithPage) {
                const known = failure instanceof Refusal || failure instanceof ErrorWithPage;
                throw known ? failure : unanswered(origin, failure);
            }
            edge.report(`edge: the next origin of the group is asked: ${unanswered(origin, failure).report}`);
        }
        throw unmodelled(filledText(behavior.properties.targetOriginId));
    }

    /** What goes back of an answer's head. @throws ErrorWithPage */
    #passed(
        viewer: ViewerRequest,
        entry: CacheEntry | undefined,
        { headers, status }: { readonly headers: IncomingHttpHeaders; readonly status: number },
    ): Passed {
        const { distribution, behavior } = this.#passage;
        const stale = entry?.stale();
        if (stale !== undefined && entry !== undefined && status === 304) {
            const part = wanted(viewer, entry.renew(stale, headers));
            const sent = passedBack(this.#passage, viewer, part.headers, part.status, "RefreshHit from cloudfront");
            return { ...sent, body: sent.body ?? part.body };
        }
        const { pagePath, minimum } = errorResponse(distribution, status);
        if (status >= 400 && (pagePath !== undefined || (stale !== undefined && status >= 500))) {
            throw new ErrorWithPage(status, headers);
        }
        const encoding = encodingFor(behavior, viewer, { status, headers });
        const encoded: OutgoingHttpHeaders = encoding === undefined ? headers : compressedHeaders(headers, encoding);
        const sent = passedBack(
            this.#passage,
            viewer,
            encoded,
            status,
            status < 400 ? "Miss from cloudfront" : "Error from cloudfront",
        );
        return {
            ...sent,
            through: encoding === undefined ? undefined : compressor(encoding),
            keep: entry?.keeper(status, encoded as IncomingHttpHeaders, minimum),
        };
    }

    /** @returns why an origin gave no answer; undefined if it did */
    async #ask(
        origin: Origin,
        viewer: ViewerRequest,
        passed: (headers: IncomingHttpHeaders, status: number) => Passed,
        beginning: Buffer | undefined,
    ): Promise<Error | undefined> {
        const reached = await this.#reach(this.#passage.behavior, origin, viewer);
        if (reached instanceof Error) {
            return reached;
        }
        return "body" in reached
            ? this.#answerWhole(reached, passed)
            : forward(this.#request, this.#response, reached, passed, beginning);
    }

    /** @returns what a bucket answers, where another origin is to be called, or why none can be reached */
    async #reach(behavior: Behavior, origin: Origin, asked: ViewerRequest): Promise<WholeAnswer | NextHop | Error> {
        const { edge, distribution, scheme } = this.#passage;
        const sent = originRequest(behavior, origin, asked);
        const bucket = bucketOf(edge.account, origin);
        if (bucket !== undefined) {
            const distributionArn = filledText(distribution.properties.arn) ?? "";
            return bucketAnswer(edge.account, origin, bucket, { method: asked.method, sent, scheme, distributionArn });
        }
        const connection = originConnection(edge.account, origin, scheme);
        if (connection === undefined) {
            return unmodelled(filledText(origin.originId));
        }
        const next = await nextHop(edge, origin, connection, sent);
        return typeof next === "string" ? new Error(next) : next;
    }

    #answerWhole(
        whole: WholeAnswer,
        passed: (headers: IncomingHttpHeaders, status: number) => Passed,
    ): Error | undefined {
        try {
            const { status, headers, body, through, keep } = passed(whole.headers, whole.status);
            through?.destroy();
            const encoding = headers["content-encoding"];
            const own = through === undefined ? whole.body : compressed(whole.body, encoding === "br" ? "br" : "gzip");
            keep?.done(own);
            answer(this.#request, this.#response, status, headers, body ?? own);
            return undefined;
        } catch (error) {
            return error as Error;
        }
    }

    /** Fetches a page from the origin of the behaviour that its path has. @throws Refusal */
    async #page(path: string): Promise<WholeAnswer> {
        const { edge, distribution, viewer } = this.#passage;
        const behavior = behaviorFor(edge.account, distribution, path);
        const [origin] = originsFor(distribution, filledText(behavior.properties.targetOriginId)).origins;
        if (origin === undefined) {
            throw unmodelled(filledText(behavior.properties.targetOriginId));
        }
        const reached = await this.#reach(behavior, origin, { ...viewer, method: "GET", url: path, headers: {} });
        const page = reached instanceof Error || "body" in reached ? reached : await fetchWhole(reached);
        if (page instanceof Error) {
            throw page instanceof Refusal ? page : unanswered(origin, page);
        }
        return page;
    }
}

/** Source: CloudFront developer guide, "Specify a default root object". */
function withRootObject(rootObject: unknown, url: string): string {
    const root = filledText(rootObject);
    return root === undefined || !/^\/(\?|$)/.test(url) ? url : `/${root}${url.slice(1)}`;
}

/** Asks whether what is stale is still right, in place of what the viewer has. */
function revalidating(viewer: ViewerRequest, { headers: { etag, ...stored } }: Stored): ViewerRequest {
    const modified = stored["last-modified"];
    const kept = Object.entries(viewer.headers).filter(([name]) => !/^(if-.*|range)$/.test(name));
    return {
        ...viewer,
        headers: {
            ...Object.fromEntries(kept),
            ...(etag === undefined ? {} : { "if-none-match": etag }),
            ...(modified === undefined ? {} : { "if-modified-since": modified }),
        },
    };
}
