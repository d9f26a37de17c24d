import type { IncomingHttpHeaders } from "node:http";
import { LRUCache } from "lru-cache";
import { number, texts } from "../aws/account";
import { acceptedEncodings, cachedEncodings, isKeyedApart } from "./compression";
import { type Behavior, chosenCookies, chosenUrl, namesHeader } from "./forwarding";
import { errorSeconds, lifetime, type Times } from "./lifetimes";
import type { WholeAnswer } from "./partialAnswers";
import type { ViewerRequest } from "./viewerRequest";

export interface Stored extends WholeAnswer {
    /** When it was stored and when it is stale, in milliseconds. */
    readonly from: number;
    readonly until: number;
}

/** Takes the body of a response that is to be kept. */
export interface Keeper {
    /** Bytes above which it is not kept. */
    readonly longest: number;
    /** @param shown what is kept in place of the answer that it was made for */
    readonly done: (body: Buffer, shown?: Pick<Stored, "status" | "headers">) => void;
}

/** Statuses that are kept, beside errors. */
const kept = new Set([200, 203, 300, 301, 302, 307, 308, 410]);

/** Bytes of one body, and of all together. */
const [longestBody, mostBytes] = [1024 * 1024, 64 * 1024 * 1024];

/**
 * The cache of the one edge location: its key and its times are those of the cache policy.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
 */
export class EdgeCache {
    readonly #stored = new LRUCache<string, Stored>({
        maxSize: mostBytes,
        // Each takes some room, also one without a body.
        sizeCalculation: ({ body }) => body.length + 1,
    });

    /** The place of a request's response; undefined where the behaviour keeps none. */
    entry(behavior: Behavior, distributionId: string, viewer: ViewerRequest): CacheEntry | undefined {
        const { cachePolicy, properties, keyed } = behavior;
        const stated = cachePolicy ?? properties;
        const [least = 0, usual = 86_400, most = 31_536_000] = [stated.minTtl, stated.defaultTtl, stated.maxTtl].map(
            number,
        );
        const { method } = viewer;
        if (!/^(GET|HEAD|OPTIONS)$/.test(method) || !texts(properties.cachedMethods).includes(method) || most <= 0) {
            return undefined;
        }
        const encodings = cachedEncodings(behavior);
        const headers = Object.entries({ ...viewer.headers, host: viewer.host })
            .filter(([name]) => !isKeyedApart(name, encodings) && namesHeader(keyed, name))
            .sort();
        const key = JSON.stringify([
            distributionId,
            // A HEAD is answered from what a GET has left.
            method === "HEAD" ? "GET" : method,
            chosenUrl(keyed, viewer.url),
            headers,
            chosenCookies(keyed, viewer.headers.cookie ?? ""),
            acceptedEncodings(encodings ?? [], viewer),
        ]);
        return cacheEntry(this.#stored, key, method, { least, usual, most });
    }
}

export type CacheEntry = ReturnType<typeof cacheEntry>;

/** The place of one request's response in the cache. */
function cacheEntry(cache: LRUCache<string, Stored>, key: string, method: string, times: Times) {
    const find = (isWanted: (found: Stored) => boolean): Stored | undefined => {
        const found = cache.get(key);
        if (found === undefined || !isWanted(found)) {
            return undefined;
        }
        const age = Math.floor((Date.now() - found.from) / 1000);
        return { ...found, headers: { ...found.headers, age: String(age) } };
    };
    const put = (answer: WholeAnswer, seconds: number): Stored => {
        const from = Date.now();
        const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => name !== "age"));
        const stored = { ...answer, headers, from, until: from + 1000 * seconds };
        cache.set(key, stored);
        return stored;
    };
    return {
        /** What is kept and may be used without asking. */
        fresh: () => find(({ until }) => until > Date.now()),

        /** What is kept although its time is over: the origin is asked whether it is still right. Never an error. */
        stale: () => find(({ until, status }) => until <= Date.now() && status < 400),

        /** Takes what the origin answers; undefined where it is not kept. */
        keeper: (status: number, headers: IncomingHttpHeaders, errorMinimum: number): Keeper | undefined => {
            const seconds =
                status >= 400 && status !== 410
                    ? errorSeconds(status, headers, { least: errorMinimum, most: times.most })
                    : kept.has(status)
                      ? lifetime(headers, times)
                      : 0;
            return seconds <= 0 || method === "HEAD"
                ? undefined
                : { longest: longestBody, done: (body, shown) => put({ status, headers, ...shown, body }, seconds) };
        },

        /** What was stale is right for another while, by the headers of the origin's 304 where it has any. */
        renew: ({ status, headers, body }: Stored, answered: IncomingHttpHeaders): Stored => {
            const { "cache-control": control = headers["cache-control"], expires = headers.expires } = answered;
            const renewed = { ...headers, ...(control === undefined ? {} : { "cache-control": control }) };
            return put({ status, headers: renewed, body }, lifetime({ ...renewed, expires }, times));
        },

        /** Goes on with what was stale: the origin fails. */
        extend: ({ status, headers, body }: Stored, seconds: number) => put({ status, headers, body }, seconds),
    };
}
