import assert from "node:assert/strict";

import { changeByCloudFrontFunction, changeByLambda, type OriginChange } from ".";

describe("what an edge function does to the origin's protocol", () => {
    it("says what cannot be told, and where", () => {
        const because = (change: OriginChange) =>
            change.kind === "unknown" ? `${change.line ?? ""}: ${change.because}` : assert.fail(change.kind);
        const of = (body: string) => because(changeByCloudFrontFunction(`import cf from 'cloudfront';\n${body}`));
        assert.equal(of("cf.updateRequestOrigin(o);"), "2: the argument of updateRequestOrigin is computed");
        assert.equal(of("cf.updateRequestOrigin(...o);"), "2: the argument of updateRequestOrigin is computed");
        assert.equal(
            of("cf.updateRequestOrigin({ ...o });"),
            "2: the argument of updateRequestOrigin has computed properties",
        );
        assert.equal(of("cf.updateRequestOrigin({ customOriginConfig: o });"), "2: customOriginConfig is computed");
        assert.equal(
            of("\ncf.updateRequestOrigin({ customOriginConfig: { protocol: o } });"),
            "3: protocol is computed",
        );
        assert.equal(of("go(cf.updateRequestOrigin);"), "2: updateRequestOrigin is called by another name");
        assert.equal(of("cf[o]();"), "2: it names a method of the cloudfront module by a computed name");
        assert.equal(of("go(cf);"), '2: it passes on the cloudfront module ("cf")');
        assert.equal(of("}"), ": its code cannot be read as JavaScript");
        assert.equal(because(changeByLambda("}")), ": its code cannot be read as JavaScript");
        assert.equal(because(changeByLambda("request.origin = o;")), "1: it sets request.origin to a computed value");
        for (const [code, said] of [
            ["request[k] = o;", 'it names a property of "request" by a computed name'],
            ["go(request);", 'it hands on "request"'],
            ["make().then(go); function make() { return request; }", 'it hands on "make"'],
            ["make()[k] = o; function make() { return request; }", 'it names a property of "make" by a computed name'],
            ["a = { ...request, ...o };", "it sets properties of the request by a value"],
            ["a = { ...request, [k]: o };", "it sets a property of the request by a computed name"],
            ["cf.request = o;", "it sets the request to a computed value"],
            ["request.origin.custom = o;", "it sets origin.custom to a computed value"],
            ["[a.protocol] = o;", "protocol is computed"],
            ["a.customOriginConfig = o;", "customOriginConfig is computed"],
            ["request.origin.custom = { [k]: o };", "the origin has computed properties"],
            ["eval(o);", "it runs code from a text"],
            ["export * from 'library';", "a library makes its handler"],
        ] as const) {
            assert.equal(because(changeByLambda(code)), `1: ${said}`, code);
        }
        assert.equal(
            because(changeByCloudFrontFunction("export * from 'cloudfront';")),
            "1: it loads the cloudfront module in another way than by an import declaration",
        );
        assert.equal(because(changeByLambda("import a from './a.mjs';")), "1: it loads other files");
        assert.equal(because(changeByLambda('const a = require( "../a");')), "1: it loads other files");
        assert.equal(changeByLambda('const a = require("node:url");').kind, "none");
    });
});
