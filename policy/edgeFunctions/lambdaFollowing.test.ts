import assert from "node:assert/strict";

import { changeByLambda } from ".";
import { reasonOf, withRequest } from "../test/originChange";

/** Why it cannot be told what the body of a handler does that has the request already. */
const why = (body: string) => reasonOf(changeByLambda(withRequest(`${body}\nreturn request;`)));
const line = (code: string) => code.replaceAll("\n", " ");

describe("What a Lambda@Edge function does with the request and its origin", () => {
    for (const [because, bodies] of [
        [
            'it names a property of "request" by a computed name',
            ["const v = request[event.k];", "delete request[event.k];"],
        ],
        [
            'it hands on "request"',
            [
                "for (const part of Object.values(request)) console.log(part.uri);",
                // Functions of other programs, called in other ways
                "merge(null, request);",
                "const library = require('library');\nlibrary.merge(null, request);",
                "const { merge } = require('library');\nconst go = (merge) => 1;\nmerge(null, request);",
                "const merge = require('library').merge;\nclass Own { merge() {} }\nmerge(request);",
                "const library = wrap({}, require('library'));\nclass Own { merge() {} }\nlibrary.merge(request);",
                // A function that another one gets, and one of which it is not known
                "run(go);\nrun(event.other);\nfunction go(q) {}\nfunction run(next) { next(request); }",
                // One of two functions takes what it gets without a name
                "const a = { go(q) {} };\nconst b = { go() { const [q] = arguments;\nq[event.k] = 1; } };\na.go(request);",
                "go.call(null, request);\nfunction go(q) { q[event.k] = 1; }",
                "const later = go.bind(null, request);\nlater();\nfunction go(q) { q[event.k] = 1; }",
                // What a function takes without a name
                "go(request);\nfunction go() { const [q] = arguments;\nq[event.k] = 1; }",
                "go(1, request);\nfunction go(a) { const all = () => [...arguments];\nall()[1][event.k] = 1; }",
                // What runs where a name is read
                "const o = { get r() { return request; } };\no.r[event.k] = 1;",
                "class R { get r() { return request; } }\nnew R().r[event.k] = 1;",
            ],
        ],
        [
            'it hands on "origin"',
            [
                "go(request.origin[event.k]);",
                "request.origin[event.k]++;",
                "request.origin[event.k]`a`;",
                "const all = { a: request.origin[event.k] };",
                "go(Object.values(request.origin));",
                "go(Object.values(request.origin)[0]);",
                "const all = [Object.values(request.origin)];\nall[0][0][event.k] = 1;",
                "go(...request.origin);\nfunction go(a) {}",
                "event.all.map(() => request.origin);",
                "done(null, request.origin);",
                "const o = { get first() { return request.origin; } };\no.first.custom[event.k] = 1;",
            ],
        ],
        [
            'it names a property of "origin" by a computed name',
            [
                "request.origin[event.k]();",
                "request.origin[event.k] = 1;",
                "({ a: request.origin[event.k] } = event);",
                "Object.values(request.origin)[0][event.k] = 1;",
            ],
        ],
        [
            'it names a property of "o" by a computed name',
            [
                "let o;\n({ origin: o } = request);\no[event.k] = 1;",
                "go(request);\nfunction go({ origin: o }) { o[event.k] = 1; }",
                "const o = event.x ? request.origin : {};\no[event.k] = 1;",
                "const o = Object.assign({}, request.origin);\no[event.k] = 1;",
            ],
        ],
        [
            'it names a property of "q" by a computed name',
            [
                "run(go);\nfunction go(q) { q[event.k] = 1; }\nfunction run(next) { next(request); }",
                "run((q) => { q[event.k] = 1; });\nfunction run(next) { next(request); }",
                "run((q) => q.uri);\nfunction run(go) { go(request); }\nconst own = { go(q) { q[event.k] = 1; } };\nown.go(request);",
                "const a = { go(q) { q[event.k] = 1; } };\nconst b = { go(q) {} };\nb.go(request);",
            ],
        ],
        [
            'it names a property of "copy" by a computed name',
            [
                "const copy = Object.assign({}, request);\ncopy[event.k] = event.v;",
                "const copy = structuredClone(request);\ncopy[event.k] = event.v;",
                "const copy = JSON.parse(JSON.stringify(request));\ncopy[event.k] = event.v;",
                "const text = JSON.stringify(request);\nconst copy = JSON.parse(text);\ncopy[event.k] = event.v;",
            ],
        ],
        [
            'it hands on "copy"',
            [
                "const copy = JSON.parse(JSON.stringify(request));\nObject.assign(copy, event.more);",
                "const copy = structuredClone(request);\nmerge(copy);",
            ],
        ],
    ] as const) {
        for (const body of bodies) {
            it(`cannot be told, since ${because}: ${line(body)}`, () => assert.equal(why(body), because));
        }
    }

    for (const body of [
        // Only looked at
        "const kind = request.origin ? event.a : event.b;\nkind[event.k] = 1;",
        "seen[request.origin] = 1;",
        "if (request.origin[event.k] === undefined) console.log(event.k);",
        "const { domainName } = request.origin[event.k] ?? {};",
        "let part;\npart = request.origin[event.k];\nconsole.log(part.domainName);",
        "console.log(Object.values(request.origin)[event.n].domainName, Object.values(request.origin)[10]?.path);",
        "console.log(Object.keys(request.origin).length, Boolean(request.origin), String(request.origin));",
        // By another name
        "let r;\nr = request;\nr.uri = '/a';",
        "const text = JSON.stringify(request);\nconst copy = JSON.parse(text);\ncopy.uri = '/a';",
        "let text = '{}';\ntext = JSON.stringify(JSON.parse(text));\nconst settings = JSON.parse(text);\nsettings[event.k] = 1;",
        "const copy = structuredClone(request);\ncopy.uri = '/a';",
        "class R { constructor(e) { this.e = e; }\nget request() { return this.e.Records[0].cf.request; } }\nnew R(1).request.uri = '/a';",
        "class R { origin; custom; request; }",
        "const own = make();\nown.go(request);\nfunction make() { return { go(q) { q.uri = '/a'; } }; }",
        "go(1, request);\nfunction go(a) { a[event.k] = 1; }",
        // Functions that take what they get without a name, and get nothing of the request
        "add(1, 2);\nfunction add() { return [...arguments]; }",
        "go(request);\nfunction go(q) { return q.uri; }\nfunction add() { return arguments[0]; }",
    ]) {
        it(`keeps HTTPS: ${line(body)}`, () => assert.equal(why(body), "none"));
    }

    for (const [name, code] of [
        [
            "request",
            "import { merge } from 'library';\nclass Own { merge() {} }\nexport const handler = async (event) => { const { request } = event.Records[0].cf; merge(request); return request; };",
        ],
        ["arguments", "exports.handler = async function () { route(arguments); };"],
        ["arguments", "exports.handler = async function () { other(...arguments); };"],
        ["e", "exports.handler = async function () { const [e] = arguments; route(e); };"],
    ] as const) {
        it(`may do anything with what they hand on: ${code}`, () => {
            const change = changeByLambda(code);
            assert.equal(change.kind === "unknown" && change.because, `it hands on "${name}"`);
        });
    }
});
