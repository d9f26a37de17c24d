import assert from "node:assert/strict";
import { type Fixture, secret, set } from "./account";
import { Served, viewer } from "./served";

/** An account whose default behaviour has functions of this code. */
function functions(codes: { request?: string; response?: string }) {
    return ({ distribution }: Parameters<NonNullable<Parameters<typeof Served.start>[0]>>[0]): Fixture[] => {
        const made = Object.entries(codes).map(([event, code]) => ({
            type: "aws:cloudfront/function:Function",
            id: `on-${event}`,
            properties: { arn: `arn:on-${event}`, name: `on-${event}`, runtime: "cloudfront-js-2.0", code },
        }));
        set(
            distribution,
            "defaultCacheBehavior.functionAssociations",
            Object.keys(codes).map((event) => ({ eventType: `viewer-${event}`, functionArn: `arn:on-${event}` })),
        );
        return made;
    };
}

describe("functions at the rehearsed edge", () => {
    let served: Served;

    const start = async (codes: { request?: string; response?: string }) => {
        served = await Served.start(functions(codes));
    };

    afterEach(() => served.traffic.close());

    it("see the viewer's request as AWS shows it", async () => {
        await start({
            request: `function handler(event) {
                return { statusCode: 200, headers: {}, body: JSON.stringify(Object.assign({ raw: event.request.rawQueryString() }, event)) };
            }`,
        });
        const { status, body, headers } = await served.ask({
            path: "/a%20b?x=1&y=%20&x=2&z",
            headers: {
                Cookie: "id=1; theme=dark; id=2",
                "X-Own": "One",
                "X-Real-IP": "198.51.100.1",
                Connection: "close",
            },
        });
        assert.equal(status, 200);
        assert.equal(headers["x-cache"], "FunctionGeneratedResponse from cloudfront");
        assert.equal(headers["strict-transport-security"], "max-age=63072000; includeSubDomains");
        const { context, request, raw, ...event } = JSON.parse(body) as Record<string, Record<string, unknown>>;
        assert.deepEqual(event, { version: "1.0", viewer: { ip: "127.0.0.1" } });
        assert.equal(raw, "x=1&y=%20&x=2&z");
        assert.deepEqual(
            { ...context, requestId: "" },
            {
                distributionDomainName: "d111111abcdef8.cloudfront.net",
                distributionId: "distribution",
                eventType: "viewer-request",
                requestId: "",
            },
        );
        assert.equal(context?.requestId, headers["x-amz-cf-id"]);
        assert.deepEqual(request, {
            method: "GET",
            uri: "/a%20b",
            querystring: {
                x: { value: "1", multiValue: [{ value: "1" }, { value: "2" }] },
                y: { value: "%20" },
                z: { value: "" },
            },
            headers: { host: { value: viewer }, "user-agent": { value: "test" }, "x-own": { value: "One" } },
            cookies: {
                id: { value: "1", multiValue: [{ value: "1" }, { value: "2" }] },
                theme: { value: "dark" },
            },
        });
    });

    it("change what the origin gets, and leave the rest in the viewer's own spelling", async () => {
        await start({
            request: `async function handler({ request, viewer }) {
                request.headers["x-forwarded-host"] = { value: request.headers.host.value };
                request.headers["viewer-address"] = { value: viewer.ip };
                delete request.headers["forwarded"];
                request.uri = "/app" + request.uri;
                return request;
            }`,
        });
        const { path, headers } = await served.echo({
            path: "/a?x=%20&x=2&y",
            headers: { Forwarded: "host=evil.example", "x-forwarded-host": "evil.example", cookie: "a=1; b=2" },
        });
        assert.equal(path, "/app/a?x=%20&x=2&y");
        assert.equal(headers["x-forwarded-host"], viewer);
        assert.equal(headers["viewer-address"], "127.0.0.1");
        assert.equal(headers.forwarded, undefined);
        assert.equal(headers.cookie, "(8 characters, not shown)");
        assert.equal(headers["x-origin-verify"], `(${secret.length} characters, not shown)`);
    });

    it("write query strings and cookies anew where they change them", async () => {
        await start({
            request: `import querystring from "querystring";
            import crypto from 'crypto';
            function handler(event) {
                const { request } = event;
                request.querystring.digest = { value: crypto.createHash("sha256").update("a").digest("hex").slice(0, 8) };
                request.querystring.x = { value: "1", multiValue: [{ value: "1" }, { value: querystring.escape("a b") }] };
                request.cookies = {};
                return request;
            }`,
        });
        const { path, headers } = await served.echo({ path: "/?y=2", headers: { cookie: "a=1" } });
        assert.equal(path, "/?y=2&digest=ca978112&x=1&x=a%20b");
        assert.equal(headers.cookie, undefined);
    });

    it("change the response, and see the headers of the response headers policy", async () => {
        await start({
            response: `function handler({ request, response }) {
                response.headers["x-seen"] = { value: response.headers["x-frame-options"].value + " " + request.uri };
                response.headers["x-cache-seen"] = { value: String(response.headers["x-cache"]) };
                response.cookies.session = { value: "1", attributes: "Secure; HttpOnly" };
                response.statusCode = 202;
                response.body = { encoding: "base64", data: "Ynll" };
                return response;
            }`,
        });
        const { status, headers, body } = await served.ask({ path: "/orders" });
        assert.deepEqual([status, body], [202, "bye"]);
        assert.equal(headers["x-seen"], "DENY /orders");
        assert.equal(headers["x-cache-seen"], "undefined");
        assert.deepEqual(headers["set-cookie"], ["session=1; Secure; HttpOnly"]);
        assert.equal(headers["x-cache"], "Miss from cloudfront");
    });

    it("are not called for an origin's errors", async () => {
        served = await Served.start((account) => {
            set(account.rule, "actions.0.targetGroupArn", "arn:nothing");
            return functions({ response: `function handler({ response }) { return { statusCode: 200 }; }` })(account);
        });
        assert.equal((await served.ask()).status, 503);
    });

    it("run after the redirect to HTTPS and keep the behaviour that was chosen", async () => {
        served = await Served.start((account) => {
            const { defaultCacheBehavior } = account.distribution.properties;
            const functionsOf = functions({
                request: `function handler({ request }) { request.uri = "/static/x"; return request; }`,
            })(account);
            set(account.distribution, "orderedCacheBehaviors", [
                { ...(defaultCacheBehavior as object), pathPattern: "/static/*", allowedMethods: [] },
            ]);
            return functionsOf;
        });
        const redirected = await served.ask({ scheme: "http", path: "/a" });
        assert.equal(redirected.headers.location, `https://${viewer}/a`);
        assert.equal((await served.echo({ path: "/a" })).path, "/static/x");
    });

    const failing: readonly [string, string, number, RegExp][] = [
        ["throws", `function handler() { throw new Error("no user"); }`, 503, /on-request failed: no user/],
        ["is no function", `var handle = 1;`, 503, /no function named handler/],
        ["does not parse", `function handler( {`, 503, /on-request failed: Unexpected/],
        ["never ends", `function handler() { for (;;) {} }`, 503, /timed out/],
        ["never ends in a promise", `async function handler() { await null; for (;;) {} }`, 503, /timed out/],
        ["waits for ever", `function handler() { return new Promise(() => {}); }`, 503, /never settles/],
        ["evaluates text", `function handler() { return eval("1"); }`, 503, /Code generation from strings/],
        ["sets a timer", `function handler() { setTimeout(() => {}, 1); }`, 503, /setTimeout is not defined/],
        ["reads files", `function handler() { require("fs"); }`, 503, /no module "fs"/],
        [
            "uses a key value store",
            `import cf from 'cloudfront';\nfunction handler() { cf.kvs(); }`,
            503,
            /not modelled/,
        ],
        ["returns nothing", `function handler() {}`, 502, /neither a request nor a response/],
        [
            "changes Host",
            `function handler({ request }) { request.headers.host = { value: "a.example" }; return request; }`,
            502,
            /header host is read-only/,
        ],
        [
            "drops Host",
            `function handler({ request }) { delete request.headers.host; return request; }`,
            502,
            /header host is read-only/,
        ],
        [
            "adds X-Real-IP",
            `function handler({ request }) { request.headers["x-real-ip"] = { value: "1" }; return request; }`,
            502,
            /cannot add the header x-real-ip/,
        ],
        [
            "adds X-Amz-Cf-Id",
            `function handler({ request }) { request.headers["x-amz-cf-id"] = { value: "1" }; return request; }`,
            502,
            /cannot add the header x-amz-cf-id/,
        ],
        [
            "writes a header in capitals",
            `function handler({ request }) { request.headers["X-A"] = { value: "1" }; return request; }`,
            502,
            /header name "X-A"/,
        ],
        [
            "writes text for a header",
            `function handler({ request }) { request.headers["x-a"] = "1"; return request; }`,
            502,
            /header x-a is not/,
        ],
        [
            "splits a header",
            `function handler({ request }) { request.headers["x-a"] = { value: "1\\r\\nx: y" }; return request; }`,
            502,
            /header x-a is not/,
        ],
        [
            "changes the method",
            `function handler({ request }) { request.method = "POST"; return request; }`,
            502,
            /cannot change the method/,
        ],
        [
            "writes a space into the uri",
            `function handler({ request }) { request.uri = "/a b"; return request; }`,
            502,
            /the uri "\/a b"/,
        ],
        [
            "writes a long uri",
            `function handler({ request }) { request.uri = "/" + "a".repeat(9000); return request; }`,
            502,
            /more than 8,192/,
        ],
        ["answers in words", `function handler() { return { statusCode: "ok" }; }`, 502, /the statusCode "ok"/],
        [
            "answers with a body of numbers",
            `function handler() { return { statusCode: 200, body: { data: 1 } }; }`,
            502,
            /data is not text/,
        ],
    ];
    for (const [what, request, status, because] of failing) {
        it(`fail as in AWS where the code ${what}`, async () => {
            await start({ request });
            assert.equal((await served.ask()).status, status);
            assert.match(served.problems.join("\n"), because);
        });
    }

    it("fail where a viewer-response function returns the request", async () => {
        await start({ response: `function handler({ request }) { return request; }` });
        assert.equal((await served.ask()).status, 502);
        assert.match(served.problems.join("\n"), /must return a response/);
    });

    it("fail where the account does not have them", async () => {
        served = await Served.start(({ distribution }) => {
            set(distribution, "defaultCacheBehavior.functionAssociations", [
                { eventType: "viewer-request", functionArn: "arn:gone" },
            ]);
        });
        assert.equal((await served.ask()).status, 503);
        assert.match(served.problems.join("\n"), /arn:gone is not in the account/);
    });

    it("name what of them is not modelled", async () => {
        served = await Served.start((account) => {
            const made = functions({
                request: `import cf from "cloudfront"; function handler(e) { return e.request; }`,
            })(account);
            set(account.distribution, "defaultCacheBehavior.lambdaFunctionAssociations", [
                { eventType: "origin-request", lambdaArn: "arn:lambda" },
            ]);
            return made;
        });
        assert.match(served.traffic.notModelled.join("\n"), /function on-request: the module "cloudfront"/);
        assert.match(served.traffic.notModelled.join("\n"), /Lambda@Edge function arn:lambda: it is not run/);
    });
});
