import type { IncomingHttpHeaders } from "node:http";
import { number, texts } from "../aws/account";
import type { DeployedAccount } from "./deployedAccount";
import { cachePolicyOf, chosenCookies, chosenUrl, forwardsHeader, keyForwarding } from "./forwarding";
import type { ViewerRequest } from "./viewerRequest";

interface Stored {
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
    readonly done: (body: Buffer) => void;
}

/** Statuses that are kept; CloudFront keeps errors as well, for ten seconds, which is not modelled. */
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
    entry(
        account: DeployedAccount,
        behavior: Readonly<Record<string, unknown>>,
        distributionId: string,
        viewer: ViewerRequest,
    ):
        | { find(): Stored | undefined; keeper(status: number, headers: IncomingHttpHeaders): Keeper | undefined }
        | undefined {
        const times = cachePolicyOf(account, behavior) ?? behavior;
        const [least = 0, usual = 86_400, most = 31_536_000] = [times.minTtl, times.defaultTtl, times.maxTtl].map(
            number,
        );
        if (
            !/^(GET|HEAD|OPTIONS)$/.test(viewer.method) ||
            !texts(behavior.cachedMethods).includes(viewer.method) ||
            most <= 0
        ) {
            return undefined;
        }
        const policies = keyForwarding(account, behavior);
        const headers = Object.entries({ ...viewer.headers, host: viewer.host })
            .filter(([name]) => name !== "cookie" && policies.some((one) => forwardsHeader(one, name)))
            .sort();
        const cookies = chosenCookies(policies, viewer.headers.cookie ?? "");
        // A HEAD is answered from what a GET has left.
        const method = viewer.method === "HEAD" ? "GET" : viewer.method;
        const key = JSON.stringify([distributionId, method, chosenUrl(policies, viewer.url), headers, cookies]);
        return {
            find: () => this.#find(key),
            keeper: (status, answered) => {
                const seconds = lifetime(answered, { least, usual, most });
                return !kept.has(status) || seconds <= 0 || viewer.method === "HEAD"
                    ? undefined
                    : {
                          longest: longestBody,
                          done: (body) => {
                              const from = Date.now();
                              this.#store(key, { status, headers: answered, body, from, until: from + 1000 * seconds });
                          },
                      };
            },
        };
    }

    #find(key: string): Stored | undefined {
        const stored = this.#stored.get(key);
        if (stored === undefined || stored.until <= Date.now()) {
            this.#forget(key);
            return undefined;
        }
        const age = Math.floor((Date.now() - stored.from) / 1000);
        return { ...stored, headers: { ...stored.headers, age: String(age) } };
    }

    #store(key: string, stored: Stored): void {
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

/** Seconds that a response is kept: what the origin says of it within the policy's bounds. */
function lifetime(
    headers: IncomingHttpHeaders,
    { least, usual, most }: { readonly least: number; readonly usual: number; readonly most: number },
): number {
    const control = headers["cache-control"] ?? "";
    if (/\b(no-cache|no-store|private)\b/i.test(control)) {
        return least;
    }
    const [, shared] = /\bs-maxage=(\d+)/i.exec(control) ?? [];
    const [, own] = /\bmax-age=(\d+)/i.exec(control) ?? [];
    const expires = headers.expires === undefined ? undefined : (Date.parse(headers.expires) - Date.now()) / 1000;
    const said = number(shared ?? own) ?? (expires === undefined || Number.isNaN(expires) ? undefined : expires);
    return Math.min(Math.max(said ?? usual, least), most);
}
