import type { IncomingHttpHeaders } from "node:http";
import { number, texts } from "../aws/account";
import { acceptedEncodings, cachedEncodings, isKeyedApart } from "./compression";
import { type Behavior, chosenCookies, chosenUrl, namesHeader } from "./forwarding";
import { errorSeconds, lifetime, type Times } from "./lifetimes";
import type { ViewerRequest } from "./viewerRequest";

export interface Stored {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
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
    readonly #stored = new Map<string, Stored>();
    #bytes = 0;

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
        return new CacheEntry(this, key, method, { least, usual, most });
    }

    find(key: string): Stored | undefined {
        const stored = this.#stored.get(key);
        if (stored === undefined) {
            return undefined;
        }
        const age = Math.floor((Date.now() - stored.from) / 1000);
        return { ...stored, headers: { ...stored.headers, age: String(age) } };
    }

    store(key: string, stored: Stored): void {
        this.#forget(key);
        this.#stored.set(key, stored);
        this.#bytes += stored.body.length;
        for (const oldest of this.#stored.keys()) {
            if (this.#bytes <= mostBytes) {
                break;
            }
            this.#forget(oldest);
        }
    }

    #forget(key: string): void {
        this.#bytes -= this.#stored.get(key)?.body.length ?? 0;
        this.#stored.delete(key);
    }
}

/** The place of one request's response in the cache. */
export class CacheEntry {
    readonly #cache: EdgeCache;
    readonly #key: string;
    readonly #method: string;
    readonly #times: Times;

    constructor(cache: EdgeCache, key: string, method: string, times: Times) {
        this.#cache = cache;
        this.#key = key;
        this.#method = method;
        this.#times = times;
    }

    /** What is kept and may be used without asking. */
    fresh(): Stored | undefined {
        const found = this.#cache.find(this.#key);
        return found !== undefined && found.until > Date.now() ? found : undefined;
    }

    /** What is kept although its time is over: the origin is asked whether it is still right. Never an error. */
    stale(): Stored | undefined {
        const found = this.#cache.find(this.#key);
        return found !== undefined && found.until <= Date.now() && found.status < 400 ? found : undefined;
    }

    /** Takes what the origin answers; undefined where it is not kept. */
    keeper(status: number, headers: IncomingHttpHeaders, errorMinimum: number): Keeper | undefined {
        const seconds =
            status >= 400 && status !== 410
                ? errorSeconds(status, headers, { least: errorMinimum, most: this.#times.most })
                : kept.has(status)
                  ? lifetime(headers, this.#times)
                  : 0;
        return seconds <= 0 || this.#method === "HEAD"
            ? undefined
            : { longest: longestBody, done: (body, shown) => this.#put({ status, headers, ...shown, body }, seconds) };
    }

    /** What was stale is right for another while, by the headers of the origin's 304 where it has any. */
    renew({ status, headers, body }: Stored, answered: IncomingHttpHeaders): Stored {
        const { "cache-control": control = headers["cache-control"], expires = headers.expires } = answered;
        const renewed = { ...headers, ...(control === undefined ? {} : { "cache-control": control }) };
        return this.#put({ status, headers: renewed, body }, lifetime({ ...renewed, expires }, this.#times));
    }

    /** Goes on with what was stale: the origin fails. */
    extend({ status, headers, body }: Stored, seconds: number): Stored {
        return this.#put({ status, headers, body }, seconds);
    }

    #put(answer: Pick<Stored, "status" | "headers" | "body">, seconds: number): Stored {
        const from = Date.now();
        const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => name !== "age"));
        const stored = { ...answer, headers, from, until: from + 1000 * seconds };
        this.#cache.store(this.#key, stored);
        return stored;
    }
}
