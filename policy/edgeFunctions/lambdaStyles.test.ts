import assert from "node:assert/strict";

import { changeByLambda } from ".";
import { told } from "../test/originChange";

const of = (code: string) => told(changeByLambda(code));
/** The body of a handler that has the request already. */
const inside = (body: string) =>
    of(
        `exports.handler = async (event, context, callback) => { const request = event.Records[0].cf.request;\n${body}\n};`,
    );
const router = "{ custom: { domainName: 'a', port: 80, protocol: 'http', path: '', sslProtocols: ['TLSv1.2'] } }";

describe("Lambda@Edge functions in the styles that people write", () => {
    for (const [title, code] of [
        [
            "a class",
            `class Router { constructor(request) { this.request = request; } go() { this.request.origin = ${router}; return this.request; } }`,
        ],
        [
            "destructured parameters",
            "export const handler = async ({ Records: [{ cf: { request: { origin: { custom } } } }] }) => { custom.protocol = 'http'; };",
        ],
        [
            "a spread that a compiler writes",
            `exports.handler = async (e) => { const request = e.Records[0].cf.request; request.origin = __spreadProps(__spreadValues({}, request.origin), ${router}); };`,
        ],
        [
            "a generator",
            `function* all() { yield ${router}; }\nexports.handler = async (e) => { const r = e.Records[0].cf.request; r.origin = all().next().value; return r; };`,
        ],
        [
            "a variable that may be set",
            `exports.handler = async (e) => { const r = e.Records[0].cf.request; let origin; if (e.x) { origin = ${router}; } r.origin = origin; };`,
        ],
        ["a private field", `class R { #o = ${router}; go(request) { request.origin = this.#o; } }`],
    ] as const) {
        it(`says HTTP in ${title}`, () => assert.match(of(code), /^\d+: protocol: "http"$/));
    }

    for (const [title, body] of [
        // Into functions of a library
        ["a library's function", "return route(request);"],
        ["a library's method", "return _.merge(request, event.more);"],
        ["a library's class", "new Other(request);\nreturn request;"],
        ["a wrapper of settings by path", "_.set(request, 'origin.custom.protocol', 'http');\nreturn request;"],
        ["a function that is handed arguments by a spread", "go(...event.a, request);\nfunction go(a) {}"],
        ["a function that others call", "event.promise.then((request) => { request[event.k] = 1; });"],
        ["Reflect", "Reflect.set(request, 'origin', event.o);"],
        ["a list", "[request].forEach((r) => { r[event.k] = 1; });"],
        ["a promise", "Promise.resolve(request).then((r) => { r[event.k] = 1; });"],
        ["another object", "const all = { first: request };"],
        ["a property of another name", "this.req = request;\nthis.req[event.k] = 1;"],
        ["a with statement", "return request;\n} ; function go(event) { with (event.cf.request) { origin = event.o; }"],
        // Into functions of the program and out of them
        ["a function", "add(request);\nfunction add(q) { q[event.k] = 1; }"],
        [
            "a function's second parameter",
            "add({}, request);\nfunction add(a, { origin }) { origin.custom[event.k] = 1; }",
        ],
        ["a function's rest", "add(request);\nfunction add(...all) { all[0].origin = 1; }"],
        ["a function's parameter with a default", "add(request);\nfunction add(q = {}) { q[event.k] = 1; }"],
        ["a function's parameter that is a list", "add(request);\nfunction add([q]) { q[event.k] = 1; }"],
        ["a function's parameter with a computed name", "add(request);\nfunction add({ uri, [event.k]: q }) {}"],
        ["a function in a variable", "const add = (q) => { q[event.k] = 1; };\nadd(request);"],
        ["a function that is assigned", "let add;\nadd = function (q) { q[event.k] = 1; };\nadd(request);"],
        ["a method", "const tools = { add(q) { q[event.k] = 1; } };\ntools.add(request);"],
        ["a method of a class", "class T { add(q) { q[event.k] = 1; } }\nnew T().add(request);"],
        ["a field of a class", "class T { add = (q) => { q[event.k] = 1; }; }\nnew T().add(request);"],
        ["a constructor", "class T { constructor(q) { q[event.k] = 1; } }\nnew T(request);"],
        [
            "a constructor of a class in a variable",
            "const T = class { constructor(q) { q[event.k] = 1; } };\nnew T(request);",
        ],
        [
            "one of two functions",
            "const a = { add(q) {} };\nconst b = { add(q) { q[event.k] = 1; } };\na.add(request);",
        ],
        ["a function's answer", "const r = await add(request);\nr[event.k] = 1;\nasync function add(q) { return q; }"],
        ["an arrow's answer", "const get = (e) => e.Records[0].cf.request;\nget(event)[event.k] = 1;"],
        ["a default of a parameter", "function go(q = request) { q[event.k] = 1; }"],
        ["a function's later rest", "add({}, request);\nfunction add(...all) {}"],
        ["an answer of a function without a name", "return event.all.map(() => request.origin);"],
        ["a function that it does not know as a callback", "n('x', request);"],
        ["another function that gets it second", "n(event, request);"],
        ["a part that is no origin", "request.origin = request.origin.s3;"],
        ["code in a text of another form", "const f = Function(event.code);\nreturn request;"],
        // By another name
        ["another name", "const r = event.Records[0].cf['request'];\nr.origin = event.o;"],
        ["another name and what an object says", "const r = request;\nObject.assign(r, event.more);"],
        ["a copy of another name", "const r = request;\nreturn { ...r, ...event.more };"],
        ["a name that is taken out", "const { cf: { request: r } } = event.Records[0];\nr[event.k] = event.v;"],
        ["a name with a default", "const { request: r = {} } = event.Records[0].cf;\nr[event.k] = event.v;"],
        ["the rest of the request", "const { uri, ...rest } = request;\nreturn { ...rest, ...event.more };"],
        ["an assigned rest", "let rest;\n({ ...rest } = request);\nrest[event.k] = 1;"],
        ["either request", "const r = event.x ? request : event.r;\nr[event.k] = 1;"],
        ["a copy that a compiler makes", "return __assign(__assign({}, request), { origin: event.o });"],
        ["a copy with a value that a compiler makes", "return _objectSpread(_objectSpread({}, request), event.more);"],
        // By assignments
        ["another request", "event.Records[0].cf.request = await other(event);"],
        ["an origin of a list", "[request.origin] = event.all;"],
        ["an origin of an object", "({ o: request.origin } = event);"],
        ["an origin that is the rest", "({ ...request.origin } = event);"],
        ["an origin of a loop", "for (request.origin of event.all) break;"],
        ["an origin of other settings", "const { origin } = event.config;\nrequest.origin = origin;"],
        ["an origin of other settings in a copy", "const { origin } = event.config;\nreturn { ...request, origin };"],
        ["an origin in a variable", "const origin = await pick(event);\nreturn { ...request, origin };"],
        ["an origin of another object", "request.origin = event.config.origin;"],
        ["a part of another object", "request.origin.custom = event.config.custom;"],
        [
            "a copy of an origin with a value",
            "request.origin = { ...request.origin, custom: { ...request.origin.custom, ...event.x } };",
        ],
        ["a copy of an origin with a computed name", "request.origin = { ...request.origin, [event.k]: event.v };"],
        ["a comma", "request.origin = (0, event.o);"],
        ["a defined property", "Object.defineProperty(request.origin.custom, 'protocol', { value: 'http' });"],
        ["a protocol of the environment", "request.origin.custom.protocol = process.env.PROTOCOL;"],
        // Into an answer from elsewhere
        ["a changed text", "return JSON.parse(JSON.stringify(request).replace('https', event.p));"],
        ["a changed text by name", "const text = JSON.stringify(request) + event.p; return JSON.parse(text).request;"],
        ["an answer of a library", "return answer();"],
        ["an awaited answer", "const answer = await find(event.k);\nreturn answer;"],
        [
            "an answer of its own function",
            "return own();\nasync function own() { return (await fetch(event.a)).json(); }",
        ],
        ["one of two answers", "return event.a ? request : event.other;"],
        ["a spread answer", "return { ...event.other };"],
        ["an answer to a promise", "return find(event.k).then((found) => found.request2);"],
        ["an answer by callback", "callback(null, event.other);"],
        ["a copy of another answer", "return Object.assign(event.other, { uri: '/' });"],
        // By code that is not there
        ["code in a text", "eval(event.code);"],
        ["code in a function's text", "new Function('event', event.code)(event);"],
    ] as const) {
        it(`cannot be told where it uses ${title}`, () => assert.equal(inside(body), "unknown"));
    }

    for (const code of [
        "module.exports = require('@company/edge');",
        "var h = require('https');\nmodule.exports = { handler: async (event) => event.Records[0].cf.request, ...h };",
        "const { handler } = require('@company/edge');\nexports.handler = handler;",
        "import { handler } from '@company/edge';\nexport { handler };",
        "import handler from '@company/edge';\nexport default handler;",
        "import * as edge from '@company/edge';\nexport const handler = edge.handler;",
        "const Edge = require('@company/edge');\nconst edge = new Edge();\nexports.handler = edge.handle;",
        "import { Edge } from '@company/edge';\nconst edge = new Edge();\nexport const handler = edge.handle.bind(edge);",
        "Object.defineProperty(exports, 'handler', { get: () => require('@company/edge').handler });",
        "Object.defineProperty(exports, 'handler', { enumerable: true, get: function () { return edge.handler; } });",
        "Object.assign(exports, require('@company/edge'));",
        "const a = require('@company/edge');\nvar all = {};\n__export(all, { handler: () => a.handler });\nmodule.exports = __toCommonJS(all);\nfunction __toCommonJS(b) { return b; }",
        "export const handler = process.env.A ? async (e) => e.Records[0].cf.request : other;",
        "import route from '@company/edge';\nexport const handler = (event) => route(event);",
        "import { route } from '@company/edge';\nexport const handler = async (event) => { route(event.Records[0]); return event.Records[0].cf.request; };",
        "import { wrap } from '@company/edge';\nconst mine = (go) => (event) => go(event);\nexport const handler = mine(wrap);",
        "exports.handler = require('@company/edge').handler;",
        "const { route } = require('@company/edge');\nmodule.exports = { handler: route({}), other: 1 };",
        "const edge = require('@company/edge');\nconst handler = edge({});\nmodule.exports = { handler };",
        "import { route } from '@company/edge';\nexport default route();",
        "import { route } from '@company/edge';\nexport const handler = route({});",
        "import { route } from '@company/edge';\nconst handler = route({});\nexport { handler };",
        "export { handler } from '@company/edge';",
        "export * from '@company/edge';",
        "export { handler } from './other.mjs';",
        "import middy from '@middy/core';\nexport const handler = middy(async (e) => e.Records[0].cf.request).use(router());",
    ]) {
        it(`cannot be told of ${code.split("\n").at(-1)}`, () => assert.equal(of(code), "unknown"));
    }

    for (const [title, body] of [
        [
            "a function of the program",
            "const r = await add(request);\nreturn r;\nasync function add(q) { q.headers.a = []; return q; }",
        ],
        ["a function with fewer parameters", "go(request);\nreturn request;\nfunction go() {}"],
        [
            "a function that takes out what it needs",
            "go(request);\nreturn request;\nfunction go({ uri, ...rest }) { return uri; }",
        ],
        [
            "a class",
            "class R { constructor(request) { this.request = request; } host(h) { this.request.headers.host = [{ value: h }]; return this.request; } }\nreturn new R(request).host('x');",
        ],
        ["a field", "class R { request = request; origin = null; }\nreturn request;"],
        ["an origin that is taken away", "request.origin = undefined;\nreturn request;"],
        ["an origin that is deleted", "delete request.origin;\nreturn request;"],
        ["no origin", "request.origin = event.a ? null : void 0;\nreturn request;"],
        ["a copy without the origin", "return { ...request, origin: undefined };"],
        [
            "a path of either part",
            "const type = Object.keys(request.origin)[0];\nrequest.origin[type].path = '/a';\nreturn request;",
        ],
        [
            "a path of each part",
            "for (const type in request.origin) { request.origin[type].path = event.p; }\nreturn request;",
        ],
        [
            "the domain of either part",
            "const { domainName } = request.origin[event.type];\nreturn { ...request, uri: domainName };",
        ],
        [
            "a header of either part",
            "request.headers.host = [{ key: 'Host', value: request.origin[event.type].domainName }];\nreturn request;",
        ],
        [
            "headers by computed names",
            "request.origin.custom.customHeaders[event.k] = [{ key: event.k, value: event.v }];\nreturn request;",
        ],
        [
            "the first part",
            "const { domainName } = Object.values(request.origin)[0];\nconst [{ path }] = Object.values(request.origin);\nreturn request;",
        ],
        [
            "each part",
            "for (const part of Object.values(request.origin)) { console.log(part.domainName); }\nreturn request;",
        ],
        [
            "each part with its name",
            "for (const [type, { domainName }] of Object.entries(request.origin)) { console.log(type, domainName); }\nreturn request;",
        ],
        [
            "the number of parts",
            "console.log(Object.values(request.origin).length, Object.entries(request.origin));\nreturn request;",
        ],
        ["a frozen request", "return Object.freeze(request);"],
        ["a callback", "callback(null, request);"],
        ["a callback of another name", "done(undefined, request);"],
        ["a callback that a compiler named", "n(null, { ...request, uri: '/a' });"],
        ["the context", "context.succeed(request);"],
        ["a promise", "return new Promise((resolve) => { setTimeout(() => resolve(request), 10); });"],
        ["a promise of it", "return Promise.resolve(request);"],
        [
            "an optional origin",
            "if (request.origin?.custom) { request.origin.custom.domainName = 'b'; }\nreturn request;",
        ],
        [
            "the origin again",
            "const origin = request.origin;\norigin.custom.domainName = 'a';\nrequest.origin = origin;\nreturn request;",
        ],
        [
            "the origin in a copy",
            "const { origin } = request;\norigin.custom.domainName = 'a';\nreturn { ...request, origin };",
        ],
        [
            "copies of the origin",
            "request.origin = { ...request.origin, custom: { ...request.origin.custom, domainName: 'x' } };\nreturn request;",
        ],
        ["the rest of the request", "const { uri, ...rest } = request;\nreturn { ...rest, uri: `${uri}x` };"],
        ["a copy by Object.assign", "return Object.assign({}, request, { uri: '/b' });"],
        ["headers from elsewhere", "Object.assign(request.headers, event.more);\nreturn request;"],
        [
            "logs",
            "console.log(JSON.stringify(event, null, 2), request);\nconsole.log('origin', JSON.stringify(request.origin));\nreturn request;",
        ],
        [
            "the CORS header",
            "const { headers } = request;\nconst origin = headers['origin']?.[0]?.value ?? '*';\nrequest.querystring = new URLSearchParams({ origin }).toString();\nreturn request;",
        ],
        ["another computed property", "const x = { [event.k]: 1 };\nconst y = { ...x, ...event };\nreturn request;"],
        ["an answer", "return { status: '302', headers: { location: [{ key: 'Location', value: 'http://a' }] } };"],
        [
            "an API",
            "const https = require('https');\nhttps.get({ hostname: 'a', port: 443, protocol: 'https:', path: '/x' }, () => callback(null, request));",
        ],
        [
            "a request to an API",
            "const req = require('node:http2').request({ ':path': '/' });\nreq.end();\nreturn request;",
        ],
        [
            "an address",
            "const u = new URL(request.uri, 'https://x');\nif (u.protocol === 'http:') {}\nrequest.uri = u.pathname;\nreturn request;",
        ],
        [
            "headers by computed names",
            "for (const [k, v] of Object.entries(process.env)) { request.origin.custom.customHeaders[k] = [{ key: k, value: v }]; }\nreturn request;",
        ],
        ["the way to the global object", "const all = Function('return this')() || eval('this');\nreturn request;"],
        [
            "an origin in S3",
            "request.origin = { s3: { domainName: 'a', region: 'eu-west-1', authMethod: 'none', path: '', customHeaders: {} } };\nrequest.headers['host'] = [{ key: 'host', value: 'a' }];\ncallback(null, request);",
        ],
        [
            "a switch",
            "switch (request) { case request.origin: break; }\nwhile (request) break;\nlog(!request, typeof request, request == null);\nreturn request;",
        ],
        [
            "properties of a followed name",
            "const r = request;\nconst all = { r: 1 };\nclass R { r = 1; }\n{ const { a: r } = event; }\nconst f = (r) => 1;\nreturn r;",
        ],
        ["the custom property of something else", "const c = settings.custom;\nc[event.k] = 1;\nreturn request;"],
        ["a function's second parameter", "add({}, request);\nreturn request;\nfunction add(a, q) { return q; }"],
        [
            "a function that takes less than it gets",
            "add({}, request);\nreturn request;\nfunction add(a) { return a; }",
        ],
        [
            "a parameter that is taken apart, with a default",
            "add(request);\nreturn request;\nfunction add({ uri } = {}) { return uri; }",
        ],
        [
            "a function that is assigned",
            "let add;\nadd = function (q) { q.uri = '/'; return q; };\nreturn add(request);",
        ],
        ["a method", "const tools = { add(q) { q.uri = '/'; } };\ntools.add(request);\nreturn request;"],
        [
            "a field that is a function",
            "class T { add = (q) => { q.uri = '/'; }; }\nnew T().add(request);\nreturn request;",
        ],
        [
            "other properties of the event",
            "const { cf } = event.Records[0];\ncf.seen = 1;\nevent.request = 1;\nreturn request;",
        ],
        [
            "names of its own",
            "custom: for (;;) { break custom; }\nfunction origin(custom) { return 1; }\nconst f = function request(origin) {};\ntry { f(); } catch (origin) { }\nclass X { request() {} }\n{ const [custom, ...origin] = []; }\nreturn event.Records[0].cf.request;",
        ],
    ] as const) {
        it(`keeps HTTPS where it uses ${title}`, () => assert.equal(inside(body), ""));
    }

    for (const code of [
        "export const handler = async ({ Records: [{ cf: { request } }] }) => { request.headers.a = [{ value: request.headers.host[0].value }]; return request; };",
        "import { verify } from 'jsonwebtoken';\nexport async function handler(event) { const { request } = event.Records[0].cf; try { verify(request.headers.authorization[0].value, key); } catch { return { status: '401' }; } return request; }",
        "import origin, { request } from 'library';\nimport * as custom from 'library';\nconst handler = async (event) => event.Records[0].cf.request;\nexport { handler };",
        "import { route } from '@company/edge';\nconst other = route({});\nconst handler = async (event) => event.Records[0].cf.request;\nexport { handler };",
        "return;",
        "class Edge { handle = async (e) => e.Records[0].cf.request; }\nconst edge = new Edge();\nexports.handler = edge.handle.bind(edge);",
        "let handler;\nhandler = async (e) => e.Records[0].cf.request;\nmodule.exports.handler = handler;\nexports.cache = new Map();\nexports.version = '1';",
        "Object.assign(module.exports, { handler: async (e) => e.Records[0].cf.request });",
        "var all = {};\n__export(all, { handler: () => handler });\nmodule.exports = __toCommonJS(all);\nvar handler = async (e) => e.Records[0].cf.request;\nfunction __toCommonJS(b) { return b; }",
        "const answer = async (event) => { const copy = JSON.parse(JSON.stringify(event.Records[0].cf.request)); copy.uri = '/'; return copy; };\nexport { answer as handler };",
        "const missing = { status: '404' };\nexport const handler = async (event) => event.a ? missing : redirect();\nfunction redirect() { return { status: '302' }; }",
        "export const handler = (event, context, callback) => find(event.a).then(() => callback(null, event.Records[0].cf.response)).catch(callback);",
        "export const handler = (event) => find(event.a).then((found) => { const { request } = event.Records[0].cf; request.uri = found; return request; });",
        "export const handler = (event) => new Promise((resolve) => { resolve(event.Records[0].cf.request); });",
        "const settings = JSON.parse('{}');\nexport const handler = async (event) => { console.log(JSON.stringify(event)); return event.Records[0].cf.request; };",
        "export default async function handler(event) { return event.Records[0].cf.request; }",
        "module.exports.handler = async function (event) { return event.Records[0].cf.request; };",
        "exports.handler = function (event, context, done) { done(null, event.Records[0].cf.request); };",
        '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.handler = void 0;\nconst handler = async (event) => event.Records[0].cf.request;\nexports.handler = handler;',
        "const wrap = (go) => async (event) => go(event);\nexports.handler = wrap(async (event) => event.Records[0].cf.request);",
        "const client = new Client({});\nexports.client = client;\nlet cached;\nexports.handler = async (event) => { cached ??= (await client.send(1)).Value; const request = event.Records[0].cf.request; request.origin.custom.domainName = cached; return request; };",
        "var __copyProps = (to, from) => { for (let key of Object.getOwnPropertyNames(from)) Object.defineProperty(to, key, { get: () => from[key] }); return to; };\nvar __toCommonJS = (mod) => __copyProps({}, mod);\nvar index = {};\nmodule.exports = __toCommonJS(index);\nvar handler = async (event) => event.Records[0].cf.request;\n0 && (module.exports = { handler });",
    ]) {
        it(`keeps HTTPS in ${code.split("\n").at(-1)?.slice(0, 80)}`, () => assert.equal(of(code), ""));
    }
});
