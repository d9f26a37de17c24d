import assert from "node:assert/strict";

import { changeByCloudFrontFunction, changeByLambda, type OriginChange } from ".";

const told = (change: OriginChange) =>
    change.kind === "http" ? `${change.line}: ${change.written}` : change.kind === "none" ? "" : change.kind;

const byFunction = (body: string, header = "import cf from 'cloudfront';") =>
    told(changeByCloudFrontFunction(`${header}\nfunction handler(event) {\n${body}\nreturn event.request;\n}`));

describe("what an edge function does to the origin's protocol", () => {
    describe("a CloudFront function that says HTTP", () => {
        for (const [title, body, expected] of [
            [
                "in the call",
                "cf.updateRequestOrigin({ customOriginConfig: { protocol: 'http', port: 80 } });",
                '3: protocol: "http"',
            ],
            [
                "in other letters",
                'cf["updateRequestOrigin"]({ "customOriginConfig": { "protocol": `HTTP` } });',
                '3: protocol: "HTTP"',
            ],
            [
                "by the port alone",
                "cf.updateRequestOrigin({ customOriginConfig: { port: 80, sslProtocols: [] } });",
                "3: port: 80",
            ],
            [
                "as the distribution calls it",
                "cf.updateRequestOrigin({ customOriginConfig: { originProtocolPolicy: 'match-viewer' } });",
                '3: originProtocolPolicy: "match-viewer"',
            ],
            [
                "by a constant",
                "const p = 'http';\ncf.updateRequestOrigin({ customOriginConfig: { protocol: p } });",
                '4: protocol: "http"',
            ],
            [
                "by a variable that is one or the other",
                "let o = { protocol: 'https' };\nif (event.x) o = { protocol: 'http' };\ncf.updateRequestOrigin({ customOriginConfig: o });",
                '4: protocol: "http"',
            ],
            [
                "by a condition",
                "cf.updateRequestOrigin({ customOriginConfig: { protocol: event.x ? 'https' : 'http' } });",
                '3: protocol: "http"',
            ],
            [
                "by an assignment",
                "const o = { customOriginConfig: {} };\no.customOriginConfig.protocol = 'http';\ncf.updateRequestOrigin(o);",
                '4: protocol: "http"',
            ],
            [
                "by an alternative",
                "cf.updateRequestOrigin(event.o || { customOriginConfig: { protocol: 'http' } });",
                '3: protocol: "http"',
            ],
            [
                "by a variable that gets its value later",
                "let p;\np = 'http';\ncf.updateRequestOrigin({ customOriginConfig: { protocol: p } });",
                '5: protocol: "http"',
            ],
            [
                "by a config that is assigned",
                "const o = {};\no.customOriginConfig = { protocol: 'http' };\ncf.updateRequestOrigin(o);",
                '4: protocol: "http"',
            ],
            [
                "beside a spread",
                "cf.updateRequestOrigin({ ...o, customOriginConfig: { ...p, protocol: 'http' } });",
                '3: protocol: "http"',
            ],
            [
                "by the port and nothing else",
                "cf.updateRequestOrigin({ customOriginConfig: { port: 80 } });",
                "3: port: 80",
            ],
            [
                "first, where it says so twice",
                "cf.updateRequestOrigin({ customOriginConfig: { protocol: 'http' } });\ncf.updateRequestOrigin({ customOriginConfig: { protocol: 'http' } });",
                '3: protocol: "http"',
            ],
            [
                "by a name in a template without values",
                "cf[`updateRequestOrigin`]({ customOriginConfig: { protocol: 'http' } });",
                '3: protocol: "http"',
            ],
            [
                "in a call of the imported name",
                "const { updateRequestOrigin } = cf;\nupdateRequestOrigin({ customOriginConfig: { protocol: 'http' } });",
                '4: protocol: "http"',
            ],
        ] as const) {
            it(title, () => assert.equal(byFunction(body), expected));
        }
    });

    describe("a CloudFront function of which it cannot be told", () => {
        for (const [title, body] of [
            ["the module under another name", "const api = cf;\napi[event.method](event.origin);"],
            ["the module in a call", "Object.values(cf)[0](event.origin);"],
            ["the module in an object", "const tools = { cf };\ntools.cf[event.method](event.origin);"],
            ["a computed name in a template", "cf[`update${event.name}`]({});"],
            ["a named method and the rest", "const { kvs, ...all } = cf;\nall[event.method](event.origin);"],
            ["the rest of the module", "const { ...all } = cf;\nall[event.method](event.origin);"],
            ["a method by a computed name", "const { ['update' + 'RequestOrigin']: go } = cf;\ngo(event.origin);"],
            ["the module in an assignment", "let go;\n({ [event.method]: go } = cf);\ngo(event.origin);"],
            ["settings from elsewhere", "cf.updateRequestOrigin(JSON.parse(event.request.headers.x.value));"],
            ["a spread", "cf.updateRequestOrigin({ ...settings });"],
            ["a protocol from a request", "cf.updateRequestOrigin({ customOriginConfig: { protocol: event.p } });"],
            [
                "a constant that is also a parameter",
                "const o = { customOriginConfig: { protocol: 'https' } };\nfunction go(o) { cf.updateRequestOrigin(o); }",
            ],
            [
                "a constant that is also a parameter with a default",
                "const o = {};\nfunction go(o = {}) { cf.updateRequestOrigin(o); }",
            ],
            [
                "a constant that is also the rest of the parameters",
                "const o = {};\nfunction go(...o) { cf.updateRequestOrigin(o); }",
            ],
            [
                "a constant that is also taken out of an object",
                "let o = {};\n({ o } = event);\nconst { a: { o: p } } = event;\nlet q = {};\n{ const { q } = event; cf.updateRequestOrigin(q); }",
            ],
            [
                "a constant that is also taken out of a list",
                "let o = {};\n{ const [, o] = event; cf.updateRequestOrigin(o); }",
            ],
            [
                "a constant that is also the rest of an object",
                "let o = {};\n{ const { a, ...o } = event; cf.updateRequestOrigin(o); }",
            ],
            [
                "a constant that is also what was thrown",
                "let o = {};\ntry { go(); } catch (o) { cf.updateRequestOrigin(o); }",
            ],
            [
                "a variable that is added to",
                "let p = 'https';\np += event.s;\ncf.updateRequestOrigin({ customOriginConfig: { protocol: p } });",
            ],
            ["a variable that is made of itself", "let o = o || event;\ncf.updateRequestOrigin(o);"],
            ["a value or a constant", "cf.updateRequestOrigin(event.o || { customOriginConfig: {} });"],
            [
                "a text with a value in it",
                "cf.updateRequestOrigin({ customOriginConfig: { protocol: `${event.p}` } });",
            ],
            ["a spread of arguments", "cf.updateRequestOrigin(...event.args);"],
            ["a config that is a value", "cf.updateRequestOrigin({ customOriginConfig: event.c });"],
            ["a config with a spread", "cf.updateRequestOrigin({ customOriginConfig: { port: 443, ...event.c } });"],
            [
                "a config with a spread last",
                "cf.updateRequestOrigin({ customOriginConfig: { protocol: 'https', ...event.c } });",
            ],
            ["a config with a computed name", "cf.updateRequestOrigin({ customOriginConfig: { [event.k]: 'http' } });"],
            ["a computed property", "cf.updateRequestOrigin({ [event.k]: {} });"],
            ["a config that is assigned", "const o = {};\no.customOriginConfig = event.c;\ncf.updateRequestOrigin(o);"],
            ["the function handed on", "go(cf.updateRequestOrigin);"],
            ["a parameter", "const go = (o) => cf.updateRequestOrigin(o);"],
            ["another name for the function", "const go = cf.updateRequestOrigin;\ngo({ customOriginConfig: {} });"],
            ["a renamed function", "const { updateRequestOrigin: go } = cf;\ngo({});"],
            ["a computed name", "cf[event.name]({});"],
            ["no JavaScript", "cf.updateRequestOrigin({"],
            ["the module by require", "const api = require('cloudfront');\napi.updateRequestOrigin(event.o);"],
            ["the module by a dynamic import", "const api = await import(`cloudfront`);\napi[event.method](event.o);"],
            [
                "a property of the settings by a computed name",
                "const o = {};\no[event.k] = event.v;\ncf.updateRequestOrigin(o);",
            ],
            [
                "a property of the config by a computed name",
                "const c = { protocol: 'https' };\nc[event.k] = event.v;\ncf.updateRequestOrigin({ customOriginConfig: c });",
            ],
            [
                "a property of the config's other name by a computed name",
                "const c = { protocol: 'https' };\nconst d = event.x && c;\nd[event.k] = event.v;\ncf.updateRequestOrigin({ customOriginConfig: c });",
            ],
            [
                "settings that a call may change",
                "const o = { customOriginConfig: {} };\nObject.assign(o, event.o);\ncf.updateRequestOrigin(o);",
            ],
            [
                "a config that a call may change",
                "const o = { customOriginConfig: {} };\nfill(o.customOriginConfig);\ncf.updateRequestOrigin(o);",
            ],
        ] as const) {
            it(title, () => assert.equal(byFunction(body), "unknown"));
        }
    });

    describe("a CloudFront function that keeps HTTPS", () => {
        for (const [title, body] of [
            [
                "HTTPS in the call",
                "cf.updateRequestOrigin({ domainName: event.d, customOriginConfig: { port: 443, protocol: 'https' } });",
            ],
            ["no argument", "cf.updateRequestOrigin();"],
            [
                "HTTPS after a spread",
                "cf.updateRequestOrigin({ customOriginConfig: { ...event.c, protocol: 'https' } });",
            ],
            [
                "a constant",
                "const p = 'https';\nlet o;\no = { customOriginConfig: { protocol: p, port: 443 } };\ncf.updateRequestOrigin(o);",
            ],
            [
                "one of two constants",
                "cf.updateRequestOrigin({ customOriginConfig: { protocol: event.x ? 'https' : `https` } });",
            ],
            [
                "HTTPS at an unusual port",
                "cf.updateRequestOrigin({ customOriginConfig: { port: 80, protocol: 'https' } });",
            ],
            [
                "the imported function itself",
                "const { updateRequestOrigin } = cf;\nupdateRequestOrigin({ domainName: 'a' });",
            ],
            [
                "a domain name alone: the origin's own protocol holds",
                "cf.updateRequestOrigin({ domainName, hostHeader: 'a' });",
            ],
            [
                "settings that are shown and asked for",
                "const o = { domainName: 'a', customOriginConfig: { protocol: 'https' } };\nconsole.log(o, JSON.stringify(o.customOriginConfig));\nif (o.customOriginConfig) o.hostHeader = event.h;\ncf.updateRequestOrigin(o);",
            ],
            ["an origin of the distribution", "cf.selectRequestOriginById('other', { hostHeader: 'a' });"],
            [
                "a group of origins of the distribution",
                "cf.createRequestOriginGroup({ originIds: [{ originId: event.o }], failoverCriteria: {} });",
            ],
            ["a key value store", "const kvs = cf.kvs();"],
            ["a method by its written name", "cf['kvs']();\ncf[`selectRequestOriginById`]('other');"],
            ["a key value store by its name alone", "const { kvs, 'kvs': other } = cf;"],
            ["a property of the module's name", "const o = { cf: 1 };\no.cf = event.cf;"],
            ["a comment", "// cf.updateRequestOrigin({ customOriginConfig: { protocol: 'http' } })"],
            [
                "a redirect",
                "return { statusCode: 302, headers: { location: { value: 'http://a' } }, protocol: 'http' };",
            ],
        ] as const) {
            it(title, () => assert.equal(byFunction(body), ""));
        }

        it("one that imports the function by its name", () => {
            const header = "import { updateRequestOrigin } from 'cloudfront';";
            assert.equal(byFunction("updateRequestOrigin({ domainName: 'a' });", header), "");
            const http = "updateRequestOrigin({ customOriginConfig: { protocol: 'http' } });";
            assert.equal(byFunction(http, header), '3: protocol: "http"');
            const renamed = "import { updateRequestOrigin as go } from 'cloudfront';";
            assert.equal(byFunction("go({});", renamed), "unknown");
        });

        it("one that has a function of that name of its own, without the module", () => {
            assert.equal(byFunction("const a = updateRequestOrigin;", "function updateRequestOrigin() {}"), "");
        });

        it("one that only edits headers", () => {
            const code =
                "event.request.headers['x-viewer'] = { value: event.viewer.ip };\ndelete event.request.headers.te;";
            assert.equal(byFunction(code, ""), "");
            assert.equal(byFunction(code), "");
        });
    });

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
        assert.equal(because(changeByLambda("import a from './a.mjs';")), "1: it loads other files");
        assert.equal(because(changeByLambda('const a = require( "../a");')), "1: it loads other files");
        assert.equal(changeByLambda('const a = require("node:url");').kind, "none");
    });

    describe("a Lambda@Edge function", () => {
        const of = (body: string) => told(changeByLambda(`exports.handler = async (event) => {\n${body}\n};`));
        const request = "const request = event.Records[0].cf.request;\n";

        it("says HTTP in an origin, or in a part of one", () => {
            const origin = "request.origin = { custom: { domainName: 'a', port: 80, protocol: 'http', path: '' } };";
            assert.equal(of(request + origin), '3: protocol: "http"');
            assert.equal(of(`${request}request.origin.custom.protocol = 'http';`), '3: protocol: "http"');
            const byPort = "request.origin = { custom: { domainName: 'a', port: 80, path: '' } };";
            assert.equal(of(request + byPort), "3: port: 80");
            const assigned = "Object.assign(request.origin.custom, { protocol: 'http' });";
            assert.equal(of(request + assigned), '3: protocol: "http"');
            const policy = "request.origin.custom = { originProtocolPolicy: 'http-only' };";
            assert.equal(of(request + policy), '3: originProtocolPolicy: "http-only"');
            const beside = "const { pick } = require('./other');\nrequest.origin.custom.protocol = 'http';";
            assert.equal(of(request + beside), '4: protocol: "http"');
            assert.equal(of(`${request}request.origin['custom']['protocol'] = "http:";`), '3: protocol: "http:"');
        });

        it("cannot be told where a value decides", () => {
            assert.equal(of(`${request}request.origin = await lookUp(event);`), "unknown");
            assert.equal(of(`${request}request.origin.custom.protocol = event.p;`), "unknown");
            assert.equal(of(`${request}request.origin = event.o || { custom: { protocol: 'https' } };`), "unknown");
            assert.equal(of(`${request}request.origin = 'other';`), "unknown");
            assert.equal(of(`${request}request.origin = { custom: event.c };`), "unknown");
            assert.equal(of(`${request}request.origin = { custom: { ...event.c, port: 443 } };`), "unknown");
            assert.equal(of(`${request}request.origin = { ...event.o };`), "unknown");
            assert.equal(of(`${request}request.origin.custom = event.c;`), "unknown");
            assert.equal(of(`${request}request.origin.custom = { ...event.c };`), "unknown");
            assert.equal(of("const other = require('./other');"), "unknown");
            assert.equal(of("}"), "unknown");
        });

        for (const [title, body] of [
            ["a property by a computed name", "request.origin.custom[event.k] = event.v;"],
            ["a property of the origin by a computed name", "request.origin[event.k].x = 1;"],
            [
                "a property of another name by a computed name",
                "const c = request.origin?.custom;\nc[event.k] = event.v;",
            ],
            [
                "a property of a part by a computed name",
                "const { origin: { custom } } = request;\ncustom[event.k] = event.v;",
            ],
            ["a property of an assigned name", "let c;\nc = request.origin || {};\nc.custom[event.k] = event.v;"],
            ["a part that is added to", "Object.assign(request.origin.custom, event.c);"],
            ["a part in an origin that is added to", "Object.assign(request.origin, { custom: event.c });"],
            ["an origin in a call", "route(request.origin);"],
            ["an origin as an answer", "const get = () => request.origin;\nget()[event.k] = event.v;"],
            ["an origin in a list", "const all = [request.origin];"],
            ["an origin in another object", "const all = { first: request.origin };"],
            ["an origin's rest", "const { domainName, ...rest } = request.origin;"],
            ["a copy", "const copy = { ...request.origin };\ncopy.custom[event.k] = event.v;"],
            ["a request with another origin", "return { ...request, origin: event.o };"],
            ["a request that is written out", "return { uri: '/', method: 'GET', origin: event.o };"],
            ["a request with what an object says", "return { ...request, ...event.more };"],
            ["a request with a computed property", "return { ...request, [event.k]: event.v };"],
            ["a request that is added to", "Object.assign(request, event.more);"],
            ["a request that is copied", "return Object.assign({}, request, { origin: event.o });"],
            ["a property of the request by a computed name", "request[event.k] = event.v;"],
            ["another file by a dynamic import", "const a = await import('./a.mjs');"],
            ["another file by a computed name", "const a = require(event.file);"],
        ] as const) {
            it(`cannot be told where it uses ${title}`, () => assert.equal(of(request + body), "unknown"));
        }

        for (const [title, body, expected] of [
            [
                "in another request",
                "return { ...request, origin: { custom: { protocol: 'http' } } };",
                '3: protocol: "http"',
            ],
            ["by Object.assign", "Object.assign(request.origin.custom, { protocol: 'http' });", '3: protocol: "http"'],
        ] as const) {
            it(`says HTTP ${title}`, () => assert.equal(of(request + body), expected));
        }

        for (const [title, body] of [
            ["asks for the origin", "if (request.origin && request.origin.custom) console.log(request.origin);"],
            [
                "writes named properties of another name",
                "const { custom } = request.origin;\ncustom.domainName = event.d;",
            ],
            ["adds named properties", "Object.assign(request.origin.custom, { domainName: event.d, path: '' });"],
            ["sends another request to the same origin", "return { ...request, origin: request.origin, uri: '/a' };"],
            [
                "sends a request to an origin of HTTPS",
                "return { ...request, origin: { custom: { protocol: 'https' } } };",
            ],
            ["adds to the request", "Object.assign(request, { uri: '/a' });"],
            [
                "reads a header",
                "const { origin } = request.headers;\nallow(origin, request.headers.origin, event.url.origin);",
            ],
            ["reads an address", "const { origin } = new URL(event.u);\nallow(origin, new URL(event.u).origin);"],
            [
                "sets headers by computed names",
                "request.headers[event.h] = [{ value: 'a' }];\nconst { headers } = request;\nheaders[event.h] = [];",
            ],
            ["sends headers of the origin", "request.origin.custom.customHeaders['x-a'] = [{ value: event.v }];"],
            [
                "asks by a computed name",
                "const is = 'custom' in request.origin;\nconst kind = `${request.origin}`;\ndelete request.origin.s3;",
            ],
            ["names other files in a comment", "// require('./other')"],
        ] as const) {
            it(`keeps HTTPS where it ${title}`, () => assert.equal(of(request + body), ""));
        }

        it("keeps HTTPS", () => {
            assert.equal(of(`${request}request.headers['x-a'] = [{ value: 'b' }];\nreturn request;`), "");
            assert.equal(of(`${request}request.origin.custom.domainName = event.d;`), "");
            assert.equal(of(`${request}request.origin = { custom: { protocol: 'https', port: 443 } };`), "");
            assert.equal(of("const proxy = { host: 'a', port: 80 };"), "");
            const headers =
                "request.origin = { custom: { protocol: 'https', customHeaders: event.h }, more: event.m };";
            assert.equal(of(request + headers), "");
            assert.equal(of(`${request}request.origin.more = event.m;`), "");
            assert.equal(of("settings.custom = event.c;\nconst all = { ...settings };"), "");
            assert.equal(of(`${request}request.origin.custom = { ...event.c, protocol: 'https' };`), "");
            assert.equal(of(`${request}request.origin = { s3: { domainName: 'a', authMethod: 'none' } };`), "");
        });
    });
});
