import assert from "node:assert/strict";

import { changeByLambda } from ".";
import { told } from "../test/originChange";

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

    it("is read where its values would double with every name, as in a program that was made smaller", () => {
        const names = Array.from({ length: 40 }, (_, index) => `v${index}`);
        const doubled = names.slice(1).map((name, index) => `const ${name} = event.a ? v${index} : v${index};`);
        const origin = "request.origin = { custom: { protocol: v39, port: 443 } };";
        const ofFirst = (first: string) => of([`const v0 = '${first}';`, ...doubled, request + origin].join("\n"));
        assert.equal(ofFirst("https"), "");
        assert.equal(ofFirst("http"), '43: protocol: "http"');
    });

    it("is read with a long table in it", () => {
        const table = Array.from({ length: 200_000 }, (_, index) => `'/${index}'`);
        assert.equal(of(`const gone = [${table.join()}];\n${request}return request;`), "");
    });

    for (const [title, body] of [
        ["a property by a computed name", "request.origin.custom[event.k] = event.v;"],
        ["a part of the origin by a computed name", "request.origin[event.k] = event.v;"],
        ["a property of such a part", "request.origin[event.k][event.j] = 1;"],
        ["a part that is called", "request.origin[event.k](event.v);"],
        ["a part that is called as a tag", "request.origin[event.k]`text`;"],
        ["a part that is counted up", "request.origin[event.k]++;"],
        ["a part of a list", "[request.origin[event.k]] = event.all;"],
        ["a part of a list with a default", "[request.origin[event.k] = 1] = event.all;"],
        ["a part of an object", "({ a: request.origin[event.k] } = event);"],
        ["a part that is the rest", "[...request.origin[event.k]] = event.all;"],
        ["a part of a loop", "for (request.origin[event.k] of event.all) break;"],
        ["a part of a loop over names", "for (request.origin[event.k] in event.all) break;"],
        ["a part by another name", "const part = request.origin[event.k];\npart[event.j] = 1;"],
        ["a part that is handed on", "route(request.origin[event.k]);"],
        ["a part by its number", "Object.values(request.origin)[0][event.k] = 1;"],
        ["all parts", "for (const part of Object.values(request.origin)) { part[event.k] = 1; }"],
        ["all parts by a variable", "let part;\nfor (part of Object.values(request.origin)) { part[event.k] = 1; }"],
        ["all parts with their names", "for (const [name, part] of Object.entries(request.origin)) part[event.k] = 1;"],
        ["all parts in pairs", "for (const pair of Object.entries(request.origin)) pair[1][event.k] = 1;"],
        ["a pair by its number", "Object.entries(request.origin)[0][1][event.k] = 1;"],
        ["the first part", "const [part] = Object.values(request.origin);\npart[event.k] = 1;"],
        ["the first pair", "const [pair] = Object.entries(request.origin);\npair[1][event.k] = 1;"],
        ["a list of the parts", "const all = Object.values(request.origin);\nall[0][event.k] = 1;"],
        ["a function for each part", "Object.values(request.origin).forEach((part) => { part[event.k] = 1; });"],
        ["a copy of the list", "const all = { ...Object.values(request.origin) };\nall[0][event.k] = 1;"],
        [
            "an object with the list",
            "const all = Object.assign({}, Object.values(request.origin));\nall[0][event.k] = 1;",
        ],
        ["an origin that is frozen at its top", "const o = Object.freeze(request.origin);\no.custom[event.k] = 1;"],
        ["a part of another name that is set", "const o = request.origin;\no.custom = event.custom;"],
        ["a part of a name taken out that is set", "const { origin: o } = request;\no.custom = { ...event.custom };"],
        ["an origin of a text", "request.origin = 'legacy';"],
        ["a property of another name by a computed name", "const c = request.origin?.custom;\nc[event.k] = event.v;"],
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
        ["an origin's rest", "const { domainName, ...rest } = request.origin;\nrest.custom[event.k] = event.v;"],
        ["a copy", "const copy = { ...request.origin };\ncopy.custom[event.k] = event.v;"],
        ["a request with another origin", "return { ...request, origin: event.o };"],
        ["a request that is written out", "return { uri: '/', method: 'GET', origin: event.o };"],
        ["a request with what an object says", "return { ...request, ...event.more };"],
        ["a request with a computed property", "return { ...request, [event.k]: event.v };"],
        ["a request that is added to", "Object.assign(request, event.more);"],
        ["a request that is copied", "return Object.assign({}, request, { origin: event.o });"],
        ["a property of the request by a computed name", "request[event.k] = event.v;"],
        [
            "a library's function from a table, beside a parameter without a name",
            "routes[event.k](request);\nconst routes = require('routes');\nfunction retry(run = noop) {}\nretry((r) => r);",
        ],
        [
            "a library's function as compilers call it, beside a parameter without a name",
            "(0, routes.go)(request);\nconst routes = require('routes');\nfunction retry({ run }) {}\nretry((r) => r);",
        ],
        ["a library's function of the name of an own one", "let go = (q) => q;\ngo = require('routes');\ngo(request);"],
        [
            "a library's function of an own one's name in another scope",
            "{ const { go } = require('routes');\ngo(request); }\nconst go = (q) => q;",
        ],
        [
            "a library's method of an own one's name",
            "const routes = __toESM(require('routes'));\nconst go = (q) => q;\nroutes.go(request);",
        ],
        [
            "a method that is loaded when it is needed",
            "const routes = await import('routes');\nconst go = (q) => q;\nroutes.go(request);",
        ],
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
        ["writes named properties of another name", "const { custom } = request.origin;\ncustom.domainName = event.d;"],
        ["adds named properties", "Object.assign(request.origin.custom, { domainName: event.d, path: '' });"],
        ["sends another request to the same origin", "return { ...request, origin: request.origin, uri: '/a' };"],
        ["sends a request to an origin of HTTPS", "return { ...request, origin: { custom: { protocol: 'https' } } };"],
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
        const headers = "request.origin = { custom: { protocol: 'https', customHeaders: event.h }, more: event.m };";
        assert.equal(of(request + headers), "");
        assert.equal(of(`${request}request.origin.more = event.m;`), "");
        assert.equal(of("settings.custom = event.c;\nconst all = { ...settings };"), "");
        assert.equal(of(`${request}request.origin.custom = { ...event.c, protocol: 'https' };`), "");
        assert.equal(of(`${request}request.origin = { s3: { domainName: 'a', authMethod: 'none' } };`), "");
    });
});
