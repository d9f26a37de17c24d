import assert from "node:assert/strict";
import { judgeHeaders, signsOfCloudFront, transportSecurity } from "./responseHeaders";
import { cloudFrontHeaders } from "./test/testNetwork";

describe("response headers, read as browsers read them", () => {
    const policies: readonly (readonly [readonly string[], number | RegExp])[] = [
        [["max-age=31536000"], 31_536_000],
        [["max-age=31536000; includeSubDomains; preload"], 31_536_000],
        [['MAX-AGE="600" ;'], 600],
        [["includeSubDomains; max-age = 7"], 7],
        [["max-age=1", "max-age=31536000"], 1],
        [["max-age=1; max-age=31536000"], /has max-age twice/],
        [["max-age=31536000 seconds"], /malformed/],
        [["max-age=1e9"], /no max-age in seconds/],
        [["max-age=-1"], /no max-age in seconds/],
        [["max-age=31536000, includeSubDomains"], /malformed/],
        [["x-max-age=31536000"], /no max-age/],
        [["includeSubDomains"], /no max-age/],
        [[""], /no max-age/],
        [[], /no such header/],
    ];
    for (const [fields, expected] of policies) {
        it(`Strict-Transport-Security: ${JSON.stringify(fields)}`, () => {
            const policy = transportSecurity(fields.length === 0 ? {} : { "strict-transport-security": fields });
            if (typeof expected === "number") {
                assert.deepEqual(policy, { maxAge: expected });
            } else {
                assert.match("invalid" in policy ? policy.invalid : "", expected);
            }
        });
    }

    const good = {
        "x-content-type-options": ["nosniff"],
        "x-frame-options": ["DENY"],
        "referrer-policy": ["no-referrer"],
    };
    const changes: readonly (readonly [Readonly<Record<string, readonly string[]>>, RegExp | undefined])[] = [
        [{}, undefined],
        [{ "x-content-type-options": ["NoSniff"] }, undefined],
        [{ "x-content-type-options": ["nosniff", "sniff"] }, undefined],
        [{ "x-content-type-options": ["no-sniff"] }, /not nosniff/],
        [{ "x-content-type-options": ["sniff, nosniff"] }, /not nosniff/],
        [{ "x-frame-options": ["sameorigin"] }, undefined],
        [{ "x-frame-options": ["ALLOW-FROM https://a.example"] }, /neither DENY nor SAMEORIGIN/],
        [{ "x-frame-options": ["DENY, SAMEORIGIN"] }, /neither DENY nor SAMEORIGIN/],
        [{ "x-frame-options": ["DENIED"] }, /neither DENY nor SAMEORIGIN/],
        [{ "x-frame-options": [], "content-security-policy": ["frame-ancestors 'none'"] }, undefined],
        [{ "content-security-policy": ["default-src 'self'; frame-ancestors *"] }, /lets everybody frame/],
        [{ "content-security-policy": ["x-frame-ancestors 'none'"], "x-frame-options": ["a"] }, /neither DENY/],
        [{ "referrer-policy": ["something, strict-origin"] }, undefined],
        [{ "referrer-policy": ["nothing"] }, /which is none/],
        [{ "referrer-policy": ["unsafe-url"] }, /unsafe-url/],
        [{ "set-cookie": ["a=1; Secure; HttpOnly", "b=2; secure"] }, undefined],
        [{ "set-cookie": ["a=Secure", "b=2; HttpOnly"] }, /cookies without Secure: a, b/],
    ];
    for (const [change, problem] of changes) {
        it(`the others: ${JSON.stringify(change)}`, () => {
            const { verdict, seen } = judgeHeaders({ ...good, ...change });
            assert.equal(verdict, problem === undefined ? "pass" : "warn", seen);
            assert.match(seen, problem ?? /./);
        });
    }

    it("missing ones are named", () => {
        assert.match(
            judgeHeaders({}).seen,
            /X-Content-Type-Options is missing; neither X-Frame-Options nor frame-ancestors is sent; Referrer-Policy is missing/,
        );
    });

    it("CloudFront's own are all there or it is not CloudFront", () => {
        const headers = Object.fromEntries(Object.entries(cloudFrontHeaders).map(([name, value]) => [name, [value]]));
        assert.deepEqual(signsOfCloudFront(headers).missing, []);
        assert.deepEqual(signsOfCloudFront({ ...headers, via: ["1.1 varnish"] }).missing, ["via"]);
        assert.deepEqual(signsOfCloudFront({ ...headers, "x-cache": ["HIT"] }).missing, ["x-cache"]);
        assert.equal(signsOfCloudFront({}).missing.length, 4);
    });
});
