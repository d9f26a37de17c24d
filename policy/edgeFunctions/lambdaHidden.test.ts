import assert from "node:assert/strict";

import { changeByLambda } from ".";
import { told, withRequest } from "../test/originChange";

const of = (code: string) => told(changeByLambda(code));
const inside = (body: string) => of(withRequest(body));

describe("Lambda@Edge functions whose effect cannot be told", () => {
    for (const [title, body] of [
        // Into functions of a library
        ["a library's function", "return route(request);"],
        ["a library's method", "return _.merge(request, event.more);"],
        ["a library's class", "new Other(request);\nreturn request;"],
        ["a wrapper of settings by path", "_.set(request, 'origin.custom.protocol', 'http');\nreturn request;"],
        ["a function that is handed arguments by a spread", "go(...event.a, request);\nfunction go(a) {}"],
        ["a function that others call", "event.promise.then((request) => { request[event.k] = 1; });"],
        ["Reflect", "Reflect.set(request, 'origin', event.o);"],
        [
            "what a library hands to a function, although one without a name hands a function on by the same name",
            "(function (send) { send('x'); })(function (r) {});\nlibrary.each(function (send) { send(request); });\nreturn request;",
        ],
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
});
