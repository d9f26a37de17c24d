import assert from "node:assert/strict";
import { set } from "./account";
import { type Asked, type Echo, Served, viewer } from "./served";

describe("AWS's managed policies at the rehearsed edge", () => {
    let served: Served;

    afterEach(() => served.traffic.close());

    /** Asks an edge whose default behaviour has these policies and no others. */
    const ask = async (policies: Readonly<Record<string, string>>, options: Asked = {}) => {
        served = await Served.start(({ distribution }) => {
            for (const property of ["cachePolicyId", "originRequestPolicyId", "responseHeadersPolicyId"]) {
                set(distribution, `defaultCacheBehavior.${property}`, policies[property]);
            }
        });
        return served.ask({ path: "/a?m=1&x=2", ...options });
    };
    const own = {
        origin: "https://other.example.com",
        referer: "https://other.example.com/page",
        authorization: "Bearer 1",
        cookie: "a=1",
        "access-control-request-headers": "x-own",
        "access-control-request-method": "PUT",
        "x-own": "1",
        "cloudfront-viewer-address": "198.51.100.1:1",
    };
    const sent = Object.keys(own);

    const disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    const forwarding: readonly [string, Readonly<Record<string, string>>, string[], string][] = [
        ["CachingDisabled", { cachePolicyId: disabled }, [], "/a"],
        ["Elemental-MediaPackage", { cachePolicyId: "08627262-05a9-4f76-9ded-b50ca2e3a84f" }, ["origin"], "/a?m=1"],
        [
            "UserAgentRefererHeaders",
            { cachePolicyId: disabled, originRequestPolicyId: "acba4595-bd28-49b8-b9fe-13317c0390fa" },
            ["referer"],
            "/a",
        ],
        [
            "CORS-S3Origin",
            { cachePolicyId: disabled, originRequestPolicyId: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf" },
            ["origin", "access-control-request-headers", "access-control-request-method"],
            "/a",
        ],
        [
            "Elemental-MediaTailor-PersonalizedManifests",
            { cachePolicyId: disabled, originRequestPolicyId: "775133bc-15f2-49f9-abea-afb2e0bf67d2" },
            ["origin", "access-control-request-headers", "access-control-request-method"],
            "/a?m=1&x=2",
        ],
        [
            "AllViewerExceptHostHeader",
            { cachePolicyId: disabled, originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac" },
            sent.filter((name) => name !== "cloudfront-viewer-address"),
            "/a?m=1&x=2",
        ],
    ];
    for (const [name, policies, headers, path] of forwarding) {
        it(`forward what AWS documents: ${name}`, async () => {
            const echo = JSON.parse((await ask(policies, { headers: own })).body) as Echo;
            assert.equal(echo.path, path);
            assert.deepEqual(
                sent.filter((header) => header in echo.headers),
                headers,
            );
        });
    }

    it("forward Host where it is in the cache key: Amplify", async () => {
        const { status } = await ask({ cachePolicyId: "2e54312d-136d-493c-8eb9-b001f22f67d2" });
        // The origin's certificate covers the origin's own name alone.
        assert.equal(status, 502);
        assert.match(served.problems.join("\n"), /Host: www\.example\.com/);
    });

    it("add CloudFront's own headers in place of the viewer's: AllViewerAndCloudFrontHeaders-2022-06", async () => {
        served = await Served.start(({ distribution, originCertificate }) => {
            set(originCertificate, "subjectAlternativeNames", ["origin.example.com", viewer]);
            set(distribution, "defaultCacheBehavior.originRequestPolicyId", "33f36d7e-f396-46d9-90e0-52428a34d9dc");
        });
        const { headers } = await served.echo({ headers: own });
        assert.match(headers["cloudfront-viewer-address"] ?? "", /^\(1[45] characters/);
        assert.match(headers["cloudfront-forwarded-proto"] ?? "", /^\(5 characters/);
    });

    const cors = (headers: Readonly<Record<string, unknown>>) =>
        Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("access-control-")));
    const [simple, preflight] = ["60669652-455b-4ae9-85a4-c4c02393f86c", "5cc3b908-e619-4b99-88e5-2cf7f45965bd"];

    it("answer other origins' pages: SimpleCORS", async () => {
        const asked = await ask(
            { cachePolicyId: disabled, responseHeadersPolicyId: simple },
            { headers: { origin: own.origin } },
        );
        assert.deepEqual(cors(asked.headers), { "access-control-allow-origin": "*" });
        assert.deepEqual(cors((await served.ask()).headers), {});
    });

    it("answer other origins' preflights: CORS-With-Preflight", async () => {
        const policies = { cachePolicyId: disabled, responseHeadersPolicyId: preflight };
        const headers = { origin: own.origin, "access-control-request-method": "PUT" };
        const asked = await ask(policies, { method: "OPTIONS", headers });
        assert.deepEqual(cors(asked.headers), {
            "access-control-allow-origin": "*",
            "access-control-allow-methods": "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
        });
        assert.deepEqual(cors((await served.ask({ headers: { origin: own.origin } })).headers), {
            "access-control-allow-origin": "*",
            "access-control-expose-headers": "*",
        });
    });

    it("of a team's own name the origins that may read, and no others", async () => {
        served = await Served.start(({ responseHeadersPolicy }) => {
            set(responseHeadersPolicy, "corsConfig", {
                accessControlAllowCredentials: true,
                accessControlAllowHeaders: { items: ["x-own"] },
                accessControlAllowMethods: { items: ["ALL"] },
                accessControlAllowOrigins: { items: ["https://*.example.com"] },
                accessControlMaxAgeSec: 600,
                originOverride: true,
            });
        });
        const headers = { origin: own.origin, "access-control-request-method": "PUT" };
        assert.deepEqual(cors((await served.ask({ method: "OPTIONS", headers })).headers), {
            "access-control-allow-origin": own.origin,
            "access-control-allow-credentials": "true",
            "access-control-allow-methods": "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS",
            "access-control-allow-headers": "x-own",
            "access-control-max-age": "600",
        });
        assert.deepEqual(cors((await served.ask({ headers: { origin: "https://example.org" } })).headers), {});
    });
});
