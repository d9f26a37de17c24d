import assert from "node:assert/strict";
import { request } from "node:https";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { set } from "./account";
import { OwnApplication } from "./ownApplication";
import { type Served, viewer } from "./served";

const [optimized, disabled] = ["658327ea-f89d-4fab-a63d-7e88639e58f6", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"];

describe("compression at the rehearsed edge", () => {
    let application: OwnApplication;
    let served: Served;
    const text = "encrypted at every hop ".repeat(100);

    const start = async (change: { policy?: string; compress?: boolean } = {}) => {
        served = await application.start(({ distribution }) => {
            set(distribution, "defaultCacheBehavior.cachePolicyId", change.policy ?? optimized);
            set(distribution, "defaultCacheBehavior.originRequestPolicyId", undefined);
            set(distribution, "defaultCacheBehavior.cachedMethods", ["GET", "HEAD"]);
            set(distribution, "defaultCacheBehavior.compress", change.compress ?? true);
        });
    };

    beforeEach(() => {
        application = new OwnApplication(({ url = "" }, response) => {
            const { searchParams, pathname } = new URL(url, "http://a");
            assert.equal(searchParams.size, 0);
            const [, status = "200", type = "text/html", size = String(text.length), ...more] = pathname
                .split("/")
                .map(decodeURIComponent);
            const headers: Record<string, string> = { "content-type": type, etag: '"strong"' };
            if (!more.includes("unsized")) {
                headers["content-length"] = size;
            }
            if (more.includes("encoded")) {
                headers["content-encoding"] = "gzip";
            }
            response.writeHead(Number(status), headers).end(text.slice(0, Number(size)).padEnd(Number(size)));
        });
    });
    afterEach(() => application.stop());

    interface Got {
        readonly encoding: string | undefined;
        readonly body: Buffer;
        readonly headers: Readonly<Record<string, unknown>>;
    }

    const ask = async (path: string, accepted?: string): Promise<Got> =>
        new Promise((resolve, reject) => {
            const sent = request({
                host: "127.0.0.1",
                port: served.port(443),
                servername: viewer,
                ca: served.traffic.network.certificateAuthority,
                path,
                agent: false,
                headers: {
                    host: viewer,
                    "user-agent": "test",
                    ...(accepted === undefined ? {} : { "accept-encoding": accepted }),
                },
            });
            sent.on("error", reject);
            sent.on("response", (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("end", () =>
                    resolve({
                        encoding: response.headers["content-encoding"],
                        body: Buffer.concat(chunks),
                        headers: response.headers,
                    }),
                );
            });
            sent.end();
        });

    it("prefers Brotli, keeps each encoding apart in the cache, and weakens the ETag", async () => {
        await start();
        const brotli = await ask("/200", "gzip, deflate, br");
        assert.equal(brotli.encoding, "br");
        assert.equal(brotliDecompressSync(brotli.body).toString(), text);
        assert.deepEqual(
            [brotli.headers.etag, brotli.headers.vary, brotli.headers["content-length"]],
            ['W/"strong"', "Accept-Encoding", undefined],
        );
        const gzip = await ask("/200", "gzip;q=0.5, br;q=0");
        assert.equal(gzip.encoding, "gzip");
        assert.equal(gunzipSync(gzip.body).toString(), text);
        const plain = await ask("/200", "deflate");
        assert.deepEqual([plain.encoding, plain.body.toString(), plain.headers.etag], [undefined, text, '"strong"']);
        const hit = await ask("/200", "br, gzip");
        assert.deepEqual([hit.headers["x-cache"], hit.encoding], ["Hit from cloudfront", "br"]);
        assert.equal(brotliDecompressSync(hit.body).toString(), text);
        assert.deepEqual(
            application.asked.map(({ headers }) => headers["accept-encoding"]),
            ["br,gzip", "gzip", undefined],
        );
    });

    const left: Readonly<Record<string, string>> = {
        "fewer than 1,000 bytes": "/200/text%2Fhtml/999",
        "more than 10,000,000 bytes": "/200/text%2Fhtml/10000001",
        "another content type": "/200/image%2Fpng/2000",
        "another status": "/500/text%2Fhtml/2000",
        "no Content-Length": "/200/text%2Fhtml/2000/unsized",
        "an encoding of the origin's": "/200/text%2Fhtml/2000/encoded",
    };
    for (const [what, path] of Object.entries(left)) {
        it(`leaves an answer alone that has ${what}`, async () => {
            await start();
            const { encoding } = await ask(path, "br");
            assert.notEqual(encoding, "br");
        });
    }

    it("compresses at the bounds of the size, with parameters of the content type, and errors that are pages", async () => {
        await start();
        for (const path of [
            "/200/text%2Fhtml/1000",
            "/200/text%2Fhtml/10000000",
            "/200/text%2Fcss%3B%20charset%3Dutf-8/2000",
            "/404",
            "/403",
        ]) {
            assert.equal((await ask(path, "br")).encoding, "br", path);
        }
    });

    it("leaves all alone where the behaviour does not compress, and where its policy keeps nothing compressed", async () => {
        await start({ compress: false });
        assert.equal((await ask("/200", "br")).encoding, undefined);
        await application.stop();
        application = new OwnApplication((_, response) =>
            response.writeHead(200, { "content-type": "text/html", "content-length": text.length }).end(text),
        );
        await start({ policy: disabled });
        assert.equal((await ask("/200", "br")).encoding, undefined);
    });
});
