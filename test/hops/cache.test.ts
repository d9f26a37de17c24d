import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { serveTraffic } from "../../rehearsal/traffic";
import { encryptedEdgeAccount, type Fixture, set } from "./account";
import { type Asked, Served } from "./served";

const optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";

describe("the cache and the origins of the rehearsed edge", () => {
    let served: Served;
    let asked: string[];
    let application: ReturnType<typeof createServer>;
    let answer: (request: IncomingMessage, response: ServerResponse) => void;

    /** Serves an application of the test's own behind an edge with something changed. */
    async function start(
        change: (account: ReturnType<typeof encryptedEdgeAccount>) => Fixture[] | void,
    ): Promise<void> {
        const account = encryptedEdgeAccount();
        set(account.targetGroup, "protocol", "HTTP");
        const more = change(account) ?? [];
        asked = [];
        application = createServer((request, response) => {
            asked.push(`${request.method} ${request.url}`);
            answer(request, response);
        });
        await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
        const problems: string[] = [];
        const traffic = await serveTraffic({
            account: [...Object.values(account), ...more],
            forMinutes: 1,
            target: { port: (application.address() as AddressInfo).port },
            report: (problem) => problems.push(problem),
        });
        served = Served.of(traffic, problems);
    }

    const caching =
        (policy: string, more: Fixture[] = []) =>
        ({ distribution }: ReturnType<typeof encryptedEdgeAccount>) => {
            set(distribution, "defaultCacheBehavior.cachePolicyId", policy);
            set(distribution, "defaultCacheBehavior.originRequestPolicyId", undefined);
            set(distribution, "defaultCacheBehavior.cachedMethods", ["GET", "HEAD"]);
            return more;
        };

    afterEach(async () => {
        await served.traffic.close();
        application.closeAllConnections();
        application.close();
    });

    const xCache = async (options: Asked = {}) => (await served.ask(options)).headers["x-cache"];
    const [miss, hit] = ["Miss from cloudfront", "Hit from cloudfront"];

    it("keeps what the policy lets it keep: one answer for every query, cookie and header out of the key", async () => {
        answer = (_, response) => response.writeHead(200, { "set-cookie": "a=1", "x-own": "1" }).end(`${asked.length}`);
        await start(caching(optimized));
        const first = await served.ask({ path: "/a?x=1", headers: { cookie: "b=1" } });
        const second = await served.ask({ path: "/a?x=2", headers: { authorization: "Bearer 2" } });
        assert.deepEqual([first.headers["x-cache"], second.headers["x-cache"]], [miss, hit]);
        assert.deepEqual([first.body, second.body], ["1", "1"]);
        assert.match(String(second.headers.age), /^\d$/);
        assert.equal(second.headers["x-own"], "1");
        assert.equal(second.headers["x-frame-options"], "DENY");
        assert.deepEqual([first.headers["set-cookie"], second.headers["set-cookie"]], [undefined, undefined]);
        assert.equal(await xCache({ path: "/a", method: "HEAD" }), hit);
        assert.equal(await xCache({ path: "/b" }), miss);
        assert.deepEqual(asked, ["GET /a", "GET /b"]);
    });

    it("keeps nothing with CachingDisabled, and no errors with any policy", async () => {
        answer = (request, response) =>
            response.writeHead(Number((request.url ?? "").slice(1)), { "cache-control": "max-age=60" }).end();
        await start(caching("4135ea2d-6df8-44a3-9df3-4b5a84be39ad"));
        assert.deepEqual([await xCache({ path: "/200" }), await xCache({ path: "/200" })], [miss, miss]);
        await served.traffic.close();
        application.close();
        await start(caching(optimized));
        assert.deepEqual([await xCache({ path: "/200" }), await xCache({ path: "/200" })], [miss, hit]);
        const failed = "Error from cloudfront";
        assert.deepEqual([await xCache({ path: "/500" }), await xCache({ path: "/500" })], [failed, failed]);
    });

    it("keeps by the origin's own words within the bounds of the policy", async () => {
        answer = (request, response) =>
            response.writeHead(200, { "cache-control": decodeURIComponent((request.url ?? "/").slice(1)) }).end();
        const policy: Fixture = {
            type: "aws:cloudfront/cachePolicy:CachePolicy",
            id: "own",
            properties: {
                minTtl: 0,
                defaultTtl: 60,
                maxTtl: 60,
                parametersInCacheKeyAndForwardedToOrigin: {
                    headersConfig: { headerBehavior: "whitelist", headers: { items: ["X-Key"] } },
                    cookiesConfig: { cookieBehavior: "whitelist", cookies: { items: ["key"] } },
                    queryStringsConfig: { queryStringBehavior: "whitelist", queryStrings: { items: ["key"] } },
                },
            },
        };
        await start(caching("own", [policy]));
        const twice = async (path: string, options: Asked = {}) => [
            await xCache({ path }),
            await xCache({ path, ...options }),
        ];
        assert.deepEqual(await twice("/public"), [miss, hit]);
        assert.deepEqual(await twice("/max-age=10"), [miss, hit]);
        for (const words of ["/no-store", "/private", "/no-cache", "/max-age=0", "/max-age=60,s-maxage=0"]) {
            assert.deepEqual(await twice(words), [miss, miss], words);
        }
        assert.deepEqual(await twice("/public?key=1", { path: "/public?key=2" }), [miss, miss]);
        assert.deepEqual(await twice("/public?other=1", { path: "/public?other=2" }), [hit, hit]);
        assert.deepEqual(await twice("/public", { headers: { cookie: "key=1" } }), [hit, miss]);
        assert.deepEqual(await twice("/public", { headers: { "x-key": "1" } }), [hit, miss]);
        assert.deepEqual(await twice("/public", { method: "POST" }), [hit, miss]);
    });

    const group = ({ distribution }: ReturnType<typeof encryptedEdgeAccount>) => {
        const [origin] = distribution.properties.origins as object[];
        set(distribution, "origins", [
            { ...origin, originId: "first", originPath: "/first" },
            { ...origin, originId: "second", originPath: "/second" },
        ]);
        set(distribution, "originGroups", [
            {
                originId: "loadBalancer",
                failoverCriteria: { statusCodes: [500, 502] },
                members: [{ originId: "first" }, { originId: "second" }],
            },
        ]);
    };

    it("asks the second origin of a group where the first fails, and only where that does no harm", async () => {
        answer = (request, response) => {
            if (request.url?.startsWith("/first") === true) {
                if (request.url === "/first/cut") {
                    request.socket.destroy();
                    return;
                }
                response.statusCode = request.url === "/first/500" ? 500 : 404;
            }
            response.end("x");
        };
        await start(group);
        assert.equal((await served.ask({ path: "/500" })).status, 200);
        assert.equal((await served.ask({ path: "/cut" })).status, 200);
        assert.equal((await served.ask({ path: "/404" })).status, 404);
        assert.equal((await served.ask({ path: "/500", method: "POST", body: "a" })).status, 500);
        // Of an answer that was cut off, the load balancer may have tried to have it once more.
        assert.deepEqual(
            [...new Set(asked)],
            [
                "GET /first/500",
                "GET /second/500",
                "GET /first/cut",
                "GET /second/cut",
                "GET /first/404",
                "POST /first/500",
            ],
        );
    });
});
