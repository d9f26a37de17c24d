import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import { defaultErrorPage } from "./errorPage";
import { longestFunctionCode, viewerRequestCode, type ViewerRequestSettings } from "./viewerRequestCode";

type Headers = Record<string, { value: string; multiValue?: { value: string }[] }>;

interface ViewerRequest {
    readonly uri: string;
    readonly headers: Headers;
}

interface Redirection {
    readonly statusCode: number;
    readonly statusDescription: string;
}

/** What CloudFront does with a request: it calls the function's handler and goes on with what that returns. */
async function handled(
    script: string | undefined,
    headers: Headers,
    change: Readonly<Record<string, unknown>> = {},
): Promise<ViewerRequest & Partial<Redirection>> {
    const event = {
        version: "1.0",
        context: { eventType: "viewer-request" },
        viewer: { ip: "203.0.113.7" },
        request: { method: "GET", uri: "/orders", headers, cookies: {}, querystring: {}, ...change },
    };
    const sandbox: { event: typeof event; result?: ViewerRequest | Promise<ViewerRequest> } = { event };
    runInNewContext(`${script}\nresult = handler(event);`, sandbox);
    return structuredClone(await (sandbox.result ?? assert.fail("the handler returned nothing")));
}

function code(settings: Partial<ViewerRequestSettings>): string | undefined {
    return viewerRequestCode({
        forwardedHeadersEnabled: true,
        redirectedDomainNames: [],
        target: "www.example.com",
        strictTransportSecurityMaxAge: 86_400,
        ...settings,
    });
}

const host = { value: "example.com" };
const trusted = { host, "x-forwarded-host": host, "true-client-ip": { value: "203.0.113.7" } };

describe("The viewer-request function", () => {
    it("says which name the viewer used and where it calls from", async () => {
        for (const value of ["example.com", "www.example.com", "shop.example.com:443"]) {
            const { headers } = await handled(code({}), { host: { value } });
            assert.deepEqual(headers["x-forwarded-host"], { value });
            assert.deepEqual(headers["true-client-ip"], { value: "203.0.113.7" });
        }
    });

    for (const name of [
        "forwarded",
        "x-forwarded-host",
        "X-Forwarded-Host",
        "x_forwarded_host",
        "x-forwarded_host",
        "x-forwarded-server",
        "x-forwarded-proto",
        "x-forwarded-protocol",
        "x-forwarded-port",
        "x-forwarded-scheme",
        "x-forwarded-ssl",
        "x-forwarded-prefix",
        "x-forwarded",
        "x-forwarded-for-original",
        "x-host",
        "x-original-host",
        "x-http-host-override",
        "x-original-url",
        "x-rewrite-url",
        "x-url-scheme",
        "front-end-https",
        "true-client-ip",
        "true_client_ip",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "client-ip",
        "cf-connecting-ip",
        "fastly-client-ip",
    ]) {
        it(`lets no forged ${name} through`, async () => {
            const forged = {
                value: "evil.example",
                multiValue: [{ value: "evil.example" }, { value: "evil.example" }],
            };
            const { headers } = await handled(code({}), { host, [name]: forged });
            assert.deepEqual(headers, trusted);
        });
    }

    it("touches nothing else", async () => {
        const others = {
            "x-forwarded-for": { value: "198.51.100.1" },
            "x-forward": { value: "1" },
            "x-http-method-override": { value: "PATCH" },
            authorization: { value: "Bearer token" },
            "x-client-id": { value: "4711" },
            "x-request-id": { value: "1" },
            origin: { value: "https://example.com" },
        };
        const { headers, uri } = await handled(code({}), { host, ...others });
        assert.deepEqual([headers, uri], [{ ...trusted, ...others }, "/orders"]);
    });

    it("does not fail without a Host header", async () => {
        const { headers } = await handled(code({}), {});
        assert.deepEqual(headers, { "true-client-ip": { value: "203.0.113.7" } });
    });

    const own = `function viewerRequest(event) {
        event.request.uri = event.request.headers["true-client-ip"] ? "/seen" : "/not-seen";
        return event.request;
    }`;

    it("runs a team's own code after that, on headers that can be believed", async () => {
        const { headers, uri } = await handled(code({ viewerRequestCode: own }), {
            host,
            forwarded: { value: "host=evil" },
        });
        assert.deepEqual([headers, uri], [trusted, "/seen"]);
        const waiting = `async ${own}`;
        assert.equal((await handled(code({ viewerRequestCode: waiting }), { host })).uri, "/seen");
    });

    it("runs a team's own code alone where the headers are switched off", async () => {
        const { headers, uri } = await handled(code({ forwardedHeadersEnabled: false, viewerRequestCode: own }), {
            host,
        });
        assert.deepEqual([headers, uri], [{ host }, "/not-seen"]);
    });

    it("is not there where nothing is asked of it", () => {
        assert.equal(code({ forwardedHeadersEnabled: false }), undefined);
    });

    it("is short, and uses nothing that CloudFront's runtime lacks", () => {
        const all = code({ redirectedDomainNames: ["example.com"] }) ?? "";
        assert.ok(all.length < longestFunctionCode / 2, `${all.length} bytes`);
        assert.doesNotMatch(all.replace(/\/\/.*/g, ""), /\bclass\b|\bof\b|\.\.\.|\bmodule\b|\bexport\b|\?\.|\?\?/);
    });

    const apex = { redirectedDomainNames: ["example.com", "example.org"] };

    it("redirects a further name with path and query, by a method that repeats the request", async () => {
        const querystring = {
            page: { value: "2" },
            tag: { value: "a", multiValue: [{ value: "a" }, { value: "b%20c" }] },
            flag: { value: "" },
        };
        const moved = await handled(code(apex), { host }, { querystring });
        assert.deepEqual(
            [moved.statusCode, moved.statusDescription, moved.headers],
            [
                301,
                "Moved Permanently",
                {
                    location: { value: "https://www.example.com/orders?page=2&tag=a&tag=b%20c&flag" },
                    "strict-transport-security": { value: "max-age=86400" },
                },
            ],
        );
        assert.equal((await handled(code(apex), { host }, { method: "POST" })).statusCode, 308);
        assert.equal((await handled(code(apex), { host: { value: "EXAMPLE.com:443" } })).statusCode, 301);
        const alone = code({ ...apex, forwardedHeadersEnabled: false });
        assert.equal((await handled(alone, { host })).headers.location?.value, "https://www.example.com/orders");
    });

    it("redirects before a team's own code runs, and serves every other name", async () => {
        const script = code({ ...apex, viewerRequestCode: own });
        assert.equal((await handled(script, { host })).statusCode, 301);
        const served = await handled(script, { host: { value: "www.example.com" } });
        assert.deepEqual([served.statusCode, served.uri], [undefined, "/seen"]);
        assert.equal((await handled(script, {})).statusCode, undefined);
    });

    describe("during maintenance", () => {
        const maintenancePage = '<p class="a">Zurück um 8\u2028 </script> `${x}`</p>';
        const settings = { maintenancePage, redirectedDomainNames: ["example.com"], target: "www.example.com" };
        const www = { host: { value: "www.example.com" } };

        it("answers every method and path with 503 and the page, and keeps nothing", async () => {
            for (const method of ["GET", "HEAD", "POST"]) {
                assert.deepEqual(await handled(code(settings), www, { method }), {
                    statusCode: 503,
                    statusDescription: "Service Unavailable",
                    headers: {
                        "content-type": { value: "text/html; charset=utf-8" },
                        "cache-control": { value: "no-store" },
                        "retry-after": { value: "300" },
                        "strict-transport-security": { value: "max-age=86400" },
                    },
                    body: { encoding: "text", data: maintenancePage },
                });
            }
        });

        it("leads names that redirect on, and runs no code of the team's own", async () => {
            assert.equal((await handled(code(settings), trusted)).statusCode, 301);
            const own = `function viewerRequest(event) { return { statusCode: 200 }; }`;
            assert.equal((await handled(code({ ...settings, viewerRequestCode: own }), www)).statusCode, 503);
        });

        it("serves what belongs to the page, where there is such a path", async () => {
            const uri = "/error-pages/logo.svg";
            const served = await handled(code({ ...settings, servedInMaintenance: "/error-pages/" }), www, { uri });
            assert.equal(served.uri, uri);
            assert.equal((await handled(code(settings), www, { uri })).statusCode, 503);
            const other = { uri: "/a/error-pages/logo.svg" };
            const refused = await handled(code({ ...settings, servedInMaintenance: "/error-pages/" }), www, other);
            assert.equal(refused.statusCode, 503);
        });

        it("has room for the page that is the default, whatever else is asked of it", () => {
            const redirectedDomainNames = Array.from(
                { length: 9 },
                (_, index) => `${"n".repeat(60)}${index}.example.com`,
            );
            const composed = code({ maintenancePage: defaultErrorPage, redirectedDomainNames }) ?? "";
            assert.ok(Buffer.byteLength(composed) < longestFunctionCode / 2, String(composed.length));
        });
    });
});
