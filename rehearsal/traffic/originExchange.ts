import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { filledText } from "../aws/account";
import type { Properties } from "./deployedAccount";
import { bucketAnswer, bucketOf } from "./bucketOrigin";
import { compressedHeaders, compressor, encodingFor } from "./compression";
import { unanswered, unmodelled } from "./edgeAnswers";
import type { CacheEntry, Stored } from "./edgeCache";
import { nextHop, originsFor } from "./edgeOrigin";
import { errorResponse } from "./errorPages";
import { fetchWhole, forward, type NextHop, type Passed } from "./forward";
import type { Behavior } from "./forwarding";
import { answer, bodyOf } from "./messages";
import { originConnection, originRequest } from "./originRequest";
import { wanted, type WholeAnswer } from "./partialAnswers";
import { behaviorFor, type Passage, passedBack } from "./passage";
import { Refusal, type ViewerRequest } from "./viewerRequest";

/** An error of the origin in whose place the distribution shows a page. */
class ErrorWithPage extends Refusal {
    constructor(
        status: number,
        readonly headers: IncomingHttpHeaders,
    ) {
        super(status, `it answered ${status}`);
    }
}

/** Makes what goes back of the head of an answer. */
type Pass = (headers: IncomingHttpHeaders, status: number) => Passed;

/**
 * Answers from the cache or the origins of the behaviour.
 *
 * @param beginning of the body, where it was read already
 * @throws Refusal where CloudFront answers with a page of its own; then nothing was answered yet
 */
export async function answerFromOrigins(
    passage: Passage,
    asked: ViewerRequest,
    beginning: Buffer | undefined,
): Promise<void> {
    const { edge, distribution, behavior } = passage;
    const viewer = { ...asked, url: withRootObject(distribution.properties.defaultRootObject, asked.url) };
    const entry = edge.cache.entry(behavior, distribution.id, viewer);
    const found = entry?.fresh();
    if (found !== undefined) {
        answerStored(passage, viewer, found);
        return;
    }
    try {
        await askOrigins(passage, viewer, entry, beginning);
    } catch (error) {
        const stale = entry?.stale();
        const status = error instanceof Refusal ? error.status : 500;
        if (stale !== undefined && status >= 500) {
            const { minimum } = errorResponse(distribution, status);
            answerStored(passage, viewer, entry?.extend(stale, minimum) ?? stale);
        } else if (!(error instanceof Refusal) || !(await answerByPage(passage, error, entry))) {
            throw error;
        }
    }
}

/**
 * Answers an error with the page that the distribution has for it.
 *
 * @returns whether there is one. @throws Refusal where the page cannot be had
 */
export async function answerByPage(passage: Passage, error: Refusal, entry?: CacheEntry): Promise<boolean> {
    const { edge, distribution, viewer } = passage;
    const { pagePath, status, minimum } = errorResponse(distribution, error.status);
    if (pagePath === undefined) {
        return false;
    }
    if (error.report !== undefined) {
        edge.report(`edge: ${error.report}`);
    }
    const page = await fetchPage(passage, pagePath);
    // Where the page is missing, the viewer gets the status of whoever should have had it.
    const shown = { ...page, status: page.status === 200 ? status : page.status };
    const said = error instanceof ErrorWithPage ? error.headers : {};
    const keeper = entry?.keeper(error.status, said, minimum);
    keeper?.done(shown.body, { status: shown.status, headers: shown.headers });
    send(passage, viewer, shown, "Error from cloudfront");
    return true;
}

function answerStored(passage: Passage, viewer: ViewerRequest, stored: Stored): void {
    const cache = stored.status >= 400 ? "Error from cloudfront" : "Hit from cloudfront";
    send(passage, viewer, wanted(viewer, stored), cache);
}

function send(passage: Passage, viewer: ViewerRequest, whole: WholeAnswer, cache: string): void {
    const { status, headers, body } = passedBack(passage, viewer, whole.headers, whole.status, cache);
    answer(passage.request, passage.response, status, headers, body ?? whole.body);
}

async function askOrigins(
    passage: Passage,
    viewer: ViewerRequest,
    entry: CacheEntry | undefined,
    beginning: Buffer | undefined,
): Promise<void> {
    const { edge, distribution, behavior, request } = passage;
    const { origins, failoverOn } = originsFor(distribution, filledText(behavior.properties.targetOriginId));
    // CloudFront asks another origin only where asking twice does no harm.
    const repeatable = /^(GET|HEAD|OPTIONS)$/.test(viewer.method) && bodyOf(request) === "none";
    const stale = entry?.stale();
    const asked = stale === undefined ? viewer : revalidating(viewer, stale);
    for (const [index, origin] of origins.entries()) {
        const isLast = index === origins.length - 1 || !repeatable;
        const pass: Pass = (headers, status) => {
            if (!isLast && failoverOn.includes(status)) {
                throw new Error(`it answered ${status}`);
            }
            return passed(passage, viewer, entry, { headers, status });
        };
        const failure = await ask(passage, origin, asked, pass, beginning);
        if (failure === undefined) {
            return;
        }
        if (isLast || failure instanceof Refusal) {
            throw failure instanceof Refusal ? failure : unanswered(origin, failure);
        }
        edge.report(`edge: the next origin of the group is asked: ${unanswered(origin, failure).report}`);
    }
    throw unmodelled(filledText(behavior.properties.targetOriginId));
}

/** What goes back of an answer's head. @throws ErrorWithPage */
function passed(
    passage: Passage,
    viewer: ViewerRequest,
    entry: CacheEntry | undefined,
    { headers, status }: Pick<WholeAnswer, "headers" | "status">,
): Passed {
    const { distribution, behavior } = passage;
    const stale = entry?.stale();
    if (stale !== undefined && entry !== undefined && status === 304) {
        const part = wanted(viewer, entry.renew(stale, headers));
        const sent = passedBack(passage, viewer, part.headers, part.status, "RefreshHit from cloudfront");
        return { ...sent, body: sent.body ?? part.body };
    }
    const { pagePath, minimum } = errorResponse(distribution, status);
    if (status >= 400 && (pagePath !== undefined || (stale !== undefined && status >= 500))) {
        throw new ErrorWithPage(status, headers);
    }
    const encoding = encodingFor(behavior, viewer, { status, headers });
    const encoded: OutgoingHttpHeaders = encoding === undefined ? headers : compressedHeaders(headers, encoding);
    const cache = status < 400 ? "Miss from cloudfront" : "Error from cloudfront";
    return {
        ...passedBack(passage, viewer, encoded, status, cache),
        through: encoding === undefined ? undefined : compressor(encoding),
        keep: entry?.keeper(status, encoded as IncomingHttpHeaders, minimum),
    };
}

/** @returns why an origin gave no answer; undefined if it did */
async function ask(
    passage: Passage,
    origin: Properties,
    viewer: ViewerRequest,
    pass: Pass,
    beginning: Buffer | undefined,
): Promise<Error | undefined> {
    const { behavior, request, response } = passage;
    const reached = await reach(passage, behavior, origin, viewer);
    if (reached instanceof Error) {
        return reached;
    }
    return "body" in reached
        ? answerWhole(passage, reached, pass)
        : forward(request, response, reached, pass, beginning);
}

/** @returns what a bucket answers, where another origin is to be called, or why none can be reached */
async function reach(
    { edge, distribution, scheme }: Passage,
    behavior: Behavior,
    origin: Properties,
    asked: ViewerRequest,
): Promise<WholeAnswer | NextHop | Error> {
    const sent = originRequest(behavior, origin, asked);
    const bucket = bucketOf(edge.account, origin);
    if (bucket !== undefined) {
        const distributionArn = filledText(distribution.properties.arn) ?? "";
        return bucketAnswer(edge.account, origin, bucket, { method: asked.method, sent, scheme, distributionArn });
    }
    const connection = originConnection(edge.account, origin, scheme);
    return connection === undefined ? unmodelled(filledText(origin.originId)) : nextHop(edge, origin, connection, sent);
}

async function answerWhole(passage: Passage, whole: WholeAnswer, pass: Pass): Promise<Error | undefined> {
    try {
        const { status, headers, body, through, keep } = pass(whole.headers, whole.status);
        const own = through === undefined ? whole.body : await buffer(through.end(whole.body));
        keep?.done(own);
        answer(passage.request, passage.response, status, headers, body ?? own);
        return undefined;
    } catch (error) {
        return error as Error;
    }
}

/** Fetches a page from the origin of the behaviour that its path has. @throws Refusal */
async function fetchPage(passage: Passage, path: string): Promise<WholeAnswer> {
    const { edge, distribution, viewer } = passage;
    const behavior = behaviorFor(edge.account, distribution, path);
    const [origin] = originsFor(distribution, filledText(behavior.properties.targetOriginId)).origins;
    if (origin === undefined) {
        throw unmodelled(filledText(behavior.properties.targetOriginId));
    }
    const reached = await reach(passage, behavior, origin, { ...viewer, method: "GET", url: path, headers: {} });
    const page = reached instanceof Error || "body" in reached ? reached : await fetchWhole(reached);
    if (page instanceof Error) {
        throw page instanceof Refusal ? page : unanswered(origin, page);
    }
    return page;
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
