import assert from "node:assert/strict";

import { changeByLambda } from ".";
import { told, withRequest } from "../test/originChange";

const of = (code: string) => told(changeByLambda(code));
const inside = (body: string) => of(withRequest(body));
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
        "exports.handler = (e, t, n) => { n(null, { ...e.Records[0].cf.request, uri: '/a' }); };",
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
