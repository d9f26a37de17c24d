import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type Fixture, set } from "./account";
import { OwnApplication } from "./ownApplication";
import { type Asked, type Served } from "./served";

describe("what the rehearsed edge keeps, and asks for again", () => {
    let application: OwnApplication;
    let served: Served;
    let version: string;
    let failing: number | "cut" | undefined;

    const policy: Fixture = {
        type: "aws:cloudfront/cachePolicy:CachePolicy",
        id: "own",
        properties: {
            minTtl: 0,
            defaultTtl: 60,
            maxTtl: 60,
            parametersInCacheKeyAndForwardedToOrigin: {
                headersConfig: { headerBehavior: "none" },
                cookiesConfig: { cookieBehavior: "none" },
                queryStringsConfig: { queryStringBehavior: "none" },
            },
        },
    };

    beforeEach(async () => {
        [version, failing] = ["1", undefined];
        application = new OwnApplication((request, response) => {
            if (failing === "cut") {
                request.socket.destroy();
                return;
            }
            const etag = `"${version}"`;
            const control = request.url === "/short" ? { "cache-control": "max-age=1" } : {};
            if (failing !== undefined) {
                response.writeHead(failing).end("failed");
            } else if (request.headers["if-none-match"] === etag) {
                response.writeHead(304, { etag, ...control }).end();
            } else {
                response.writeHead(200, { etag, ...control }).end(`version ${version}`);
            }
        });
        served = await application.start(({ distribution }) => {
            set(distribution, "defaultCacheBehavior.cachePolicyId", "own");
            set(distribution, "defaultCacheBehavior.originRequestPolicyId", undefined);
            set(distribution, "defaultCacheBehavior.cachedMethods", ["GET", "HEAD"]);
            set(distribution, "customErrorResponses", [
                { errorCode: 500, errorCachingMinTtl: 0 },
                { errorCode: 404, errorCachingMinTtl: 1 },
            ]);
            return [policy];
        });
    });
    afterEach(() => application.stop());

    const ask = async (options: Asked = {}) => {
        const { status, body, headers } = await served.ask(options);
        return [status, String(headers["x-cache"]).split(" ")[0], body];
    };

    it("answers conditions and ranges from what it keeps", async () => {
        assert.deepEqual(await ask(), [200, "Miss", "version 1"]);
        assert.deepEqual(await ask({ headers: { "if-none-match": 'W/"1"' } }), [304, "Hit", ""]);
        assert.deepEqual(await ask({ headers: { "if-none-match": '"2"' } }), [200, "Hit", "version 1"]);
        assert.deepEqual(await ask({ headers: { range: "bytes=0-2" } }), [206, "Hit", "ver"]);
        assert.equal(application.asked.length, 1);
    });

    it("shows the origin a viewer's condition where nothing is kept", async () => {
        assert.deepEqual(await ask({ headers: { "if-none-match": '"1"' } }), [304, "Miss", ""]);
    });

    it("asks whether what is stale is still right, and keeps it then", async () => {
        assert.deepEqual(await ask({ path: "/short" }), [200, "Miss", "version 1"]);
        await sleep(1100);
        assert.deepEqual(await ask({ path: "/short", headers: { "if-none-match": '"0"' } }), [
            200,
            "RefreshHit",
            "version 1",
        ]);
        assert.equal(application.asked[1]?.headers["if-none-match"], '"1"');
        assert.deepEqual(await ask({ path: "/short" }), [200, "Hit", "version 1"]);
        version = "2";
        await sleep(1100);
        assert.deepEqual(await ask({ path: "/short" }), [200, "Miss", "version 2"]);
    });

    it("goes on with what is stale while the origin fails", async () => {
        await ask({ path: "/short" });
        await sleep(1100);
        failing = 503;
        assert.deepEqual(await ask({ path: "/short" }), [200, "Hit", "version 1"]);
        assert.deepEqual(await ask({ path: "/short" }), [200, "Hit", "version 1"]);
        assert.equal(application.asked.length, 2);
        assert.deepEqual(await ask({ path: "/other" }), [503, "Error", "failed"]);
    });

    it("goes on with what is stale while the origin gives no answer", async () => {
        await ask({ path: "/short" });
        await sleep(1100);
        failing = "cut";
        assert.deepEqual(await ask({ path: "/short" }), [200, "Hit", "version 1"]);
    });

    it("keeps errors for ten seconds, or for as long as the distribution says, and 403 not at all", async () => {
        const again = async (status: number, path: string) => {
            failing = status;
            const first = await ask({ path });
            failing = undefined;
            return [first[0], ...(await ask({ path }))];
        };
        assert.deepEqual(await again(502, "/502"), [502, 502, "Error", "failed"].flat());
        assert.deepEqual(await again(500, "/500"), [500, 200, "Miss", "version 1"]);
        assert.deepEqual(await again(403, "/403"), [403, 200, "Miss", "version 1"]);
        assert.deepEqual(await again(404, "/404"), [404, 404, "Error", "failed"]);
        await sleep(1100);
        assert.deepEqual(await ask({ path: "/404" }), [200, "Miss", "version 1"]);
    });
});
