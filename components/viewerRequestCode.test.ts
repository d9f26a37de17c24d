import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import { longestFunctionCode, viewerRequestCode } from "./viewerRequestCode";

type Headers = Record<string, { value: string; multiValue?: { value: string }[] }>;

interface ViewerRequest {
    readonly uri: string;
    readonly headers: Headers;
}

/** What CloudFront does with a request: it calls the function's handler and goes on with what that returns. */
async function handled(code: string | undefined, headers: Headers): Promise<ViewerRequest> {
    const event = {
        version: "1.0",
        context: { eventType: "viewer-request" },
        viewer: { ip: "203.0.113.7" },
        request: { method: "GET", uri: "/orders", headers, cookies: {}, querystring: {} },
    };
    const sandbox: { event: typeof event; result?: ViewerRequest | Promise<ViewerRequest> } = { event };
    runInNewContext(`${code}\nresult = handler(event);`, sandbox);
    return structuredClone(await (sandbox.result ?? assert.fail("the handler returned nothing")));
}

const host = { value: "example.com" };
const trusted = { host, "x-forwarded-host": host, "true-client-ip": { value: "203.0.113.7" } };

describe("The viewer-request function", () => {
    it("says which name the viewer used and where it calls from", async () => {
        for (const value of ["example.com", "www.example.com", "shop.example.com:443"]) {
            const { headers } = await handled(viewerRequestCode(true, undefined), { host: { value } });
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
            const { headers } = await handled(viewerRequestCode(true, undefined), { host, [name]: forged });
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
        const { headers, uri } = await handled(viewerRequestCode(true, undefined), { host, ...others });
        assert.deepEqual([headers, uri], [{ ...trusted, ...others }, "/orders"]);
    });

    it("does not fail without a Host header", async () => {
        const { headers } = await handled(viewerRequestCode(true, undefined), {});
        assert.deepEqual(headers, { "true-client-ip": { value: "203.0.113.7" } });
    });

    const own = `function viewerRequest(event) {
        event.request.uri = event.request.headers["true-client-ip"] ? "/seen" : "/not-seen";
        return event.request;
    }`;

    it("runs a team's own code after that, on headers that can be believed", async () => {
        const { headers, uri } = await handled(viewerRequestCode(true, own), {
            host,
            forwarded: { value: "host=evil" },
        });
        assert.deepEqual([headers, uri], [trusted, "/seen"]);
        const waiting = `async ${own}`;
        assert.equal((await handled(viewerRequestCode(true, waiting), { host })).uri, "/seen");
    });

    it("runs a team's own code alone where the headers are switched off", async () => {
        const { headers, uri } = await handled(viewerRequestCode(false, own), { host });
        assert.deepEqual([headers, uri], [{ host }, "/not-seen"]);
    });

    it("is not there where nothing is asked of it", () => {
        assert.equal(viewerRequestCode(false, undefined), undefined);
    });

    it("is short, and uses nothing that CloudFront's runtime lacks", () => {
        const code = viewerRequestCode(true, undefined) ?? "";
        assert.ok(code.length < longestFunctionCode / 2, `${code.length} bytes`);
        assert.doesNotMatch(code.replace(/\/\/.*/g, ""), /\bclass\b|\bof\b|\.\.\.|\bmodule\b|\bexport\b|\?\.|\?\?/);
    });
});
