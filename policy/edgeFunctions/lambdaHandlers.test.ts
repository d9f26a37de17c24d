import assert from "node:assert/strict";

import { changeByLambda } from ".";
import { reasonOf, withRequest } from "../test/originChange";

const why = (code: string) => reasonOf(changeByLambda(code));
const line = (code: string) => code.replaceAll("\n", " ");
const go = "const go = async (e) => e.Records[0].cf.request;";
const edge = "const edge = require('@company/edge');";

describe("The handlers of a Lambda@Edge function", () => {
    for (const code of [
        `${go}\nclass Other {}\nexports.handler = go;\nexports.text = \`a\`;\nexports.Edge = class {};\nexports.Other = Other;`,
        `${go}\nexport default class {}\nexport { go as handler };`,
        `const all = { more: {} };\n${go}\nexports.handler = go;\nexports.more = all.more.first;`,
        `${go}\nmodule.exports = Object.freeze({ handler: go });`,
        `${go}\nexports.handler = go;\nexports.one = (() => 1)();`,
        `${go}\nObject.defineProperty(exports, 'handler', { enumerable: other, value: go });`,
        `${go}\nObject.defineProperty(exports, 'handler', { get() { console.log('read'); return go; } });`,
        `${go}\nObject.defineProperty(exports, 'handler', { get: () => go });`,
        `${go}\nexports.handler = go;\nconsole.log(Object.hasOwn(exports, name));\nObject.defineProperty(exports);`,
        `${go}\nexports.first = exports.handler = go;`,
        `${go}\nexports.handler = (other, go);`,
        `const all = { go: async (e) => e.Records[0].cf.request };\nexports.handler = all?.go;`,
        `${go}\nconst fast = async (e) => e.Records[0].cf.request;\nexports.handler = fast || go;`,
        `${go}\nlet table;\ntable = { a: 1 };\nexports.table = table;\nexports.handler = undefined;\nexports.handler = go;`,
        `${go}\nconst handler = await go;\nexport { handler };`,
        "export const handler = async () => ({ status: '200' });",
        "export const handler = async ({ Records: [{ cf }] }) => cf.request;",
        "export const handler = async (event) => { const [{ cf: { request } }] = event.Records; return request; };",
        "return other;",
    ]) {
        it(`keep HTTPS in ${line(code)}`, () => assert.equal(why(code), "none"));
    }

    for (const code of [
        `${edge}\nexports.handler = new edge.Edge().handle;`,
        `${go}\nexports.handler = bind(go);`,
        `${edge}\nObject.defineProperty(exports, 'handler', { value: edge.handler });`,
        "Object.defineProperty(exports, 'handler', descriptor);",
        `${edge}\nvar all = {};\n__export(all, { ...edge });\nmodule.exports = all;`,
        `${edge}\nvar all = {};\n__export(all, edge);\nmodule.exports = all;`,
        `class Own { handle(e) { return e.Records[0].cf.request; } }\n${edge}\nexports.handler = edge.handle;`,
        "class Own { go(e) { return e.Records[0].cf.request; } }\nconst { go } = require('@company/edge');\nexports.handler = go;",
        `const { wrap } = require('@company/edge');\nclass Own { wrap() {} }\n${go}\nexports.handler = wrap(go);`,
        `${go}\nexports.handler = go || other;`,
        `${go}\nexports.handler = other || go;`,
        `${go}\nexports.handler = (go, other);`,
        "exports.handler = await other;",
        "exports.first = exports.handler = other;",
        "function make(Edge) { exports.handler = new Edge().go; }",
        `${go}\nexports.handler = go;\nexport * from '@company/edge';`,
        `${go}\nexport { go } from '@company/edge';`,
        "__exportStar(require('@company/edge'), exports);",
        "_export_star(require('@company/edge'), exports);",
    ]) {
        it(`are a library's in ${line(code)}`, () => assert.equal(why(code), "a library makes its handler"));
    }

    for (const [name, code] of [
        ["Records", "export const handler = ({ Records }) => { route(Records); return Records[0].cf.request; };"],
        ["cf", "export const handler = ({ Records: [{ cf }] }) => { route(cf); return cf.request; };"],
        ["cf", withRequest("route(event.Records[0].cf);\nreturn request;")],
        ["records", withRequest("const records = event.Records;\nroute(records);\nreturn request;")],
        ["record", withRequest("const [record] = event.Records;\nroute(record);\nreturn request;")],
        ["Records", withRequest("const [...all] = event.Records;\nroute(all);\nreturn request;")],
        ["event", withRequest("route(event);\nreturn request;")],
    ] as const) {
        it(`may do anything with what they hand on: ${line(code)}`, () =>
            assert.equal(why(code), `it hands on "${name}"`));
    }

    for (const code of [
        "const go = new Function(process.env.CODE);\ngo();",
        "const go = Function('a', process.env.CODE);\ngo();",
    ]) {
        it(`may do anything in ${line(code)}`, () => assert.equal(why(code), "it runs code from a text"));
    }
});

describe("The answers of a Lambda@Edge function", () => {
    for (const body of [
        "callback(event.a ? new Error('a') : null, request);",
        "callback(new Error('a'), request);",
        "return void 0;",
        "return null;",
        "return 'none';",
        "return find(event.a).then(() => request).catch(() => request).finally(done);",
        "return find(event.a).then(answer);\nfunction answer() { return request; }",
        "return __awaiter(this, void 0, void 0, function* () { return request; });\nfunction __awaiter(a, b, P, go) { return new (P || (P = Promise))(run); }",
        "const found = await new Promise((resolve) => { read(event.a, (data) => { resolve(data); }); });\nrequest.uri = found.uri;\nreturn request;",
        "return new Promise((resolve, reject) => { read(event.a, () => { resolve(request); }); other(event.b); });",
        "return Promise.resolve({ status: '200' });",
        "return Object.freeze({ status: '200' });",
        "return Object.assign({ status: '200' }, { body: 'a' });",
        "const missing = { status: '404' };\nreturn structuredClone(missing);",
        "const missing = { status: '404' };\nreturn JSON.parse(JSON.stringify(missing));",
        "console.log('a' + JSON.stringify(event));\nconst settings = JSON.parse(text);\nreturn request;",
    ]) {
        it(`keep HTTPS: ${line(body)}`, () => assert.equal(why(withRequest(body)), "none"));
    }

    for (const code of [
        "export async function handler(event) { return other(); }",
        "const go = () => other();\nObject.defineProperty(exports, 'handler', { get: () => go });",
        "const go = () => other();\nvar all = {};\n__export(all, { handler: () => go });\nmodule.exports = all;",
        "const go = () => other();\n_export(exports, { handler: function () { return go; } });",
        "Object.defineProperties(exports, { handler: { value: () => other() } });",
    ]) {
        it(`are computed in ${line(code)}`, () => assert.equal(why(code), "it answers with a computed value"));
    }

    for (const body of [
        "return new Answer(event.a);",
        "return find(event.a).catch(() => request);",
        "return find(event.a).finally(() => request);",
        "return find(event.a).then(answer);",
        "return find(event.a).then(answer);\nfunction answer() { return event.other; }",
        "return find(event.a).then(answers.first);",
        "return __awaiter(this, void 0, void 0, function* () { return event.other; });",
        "return new Promise((resolve) => { read(event.a, (data) => { resolve(data); }); });",
        "return Promise.resolve(event.other);",
        "return Object.assign({ status: '200' }, event.other);",
        "return JSON.parse(event.text);",
        "const answers = require('@company/answers');\nconst find = () => ({ status: '200' });\nreturn answers.find();",
        "return JSON.parse(read(event.text));",
        "return addresses.parse(JSON.stringify(event), event.a);",
        "return text(JSON.stringify({ a: 1 }));",
        "const { go } = require('@company/answers');\nclass Own { go() { return request; } }\nreturn find(event.a).then(go);",
        "const { go } = require('@company/answers');\nclass Own { go() { return request; } }\nreturn go(event.a);",
        "const { go } = require('@company/answers');\n{ const go = () => request; }\nconst run = (next) => 1;\nrun(go);\nreturn next(1);",
        "const pick = () => { if (event.a) { return other(event.a); } return request; };\nreturn pick();",
    ]) {
        it(`are computed: ${line(body)}`, () =>
            assert.equal(why(withRequest(body)), "it answers with a computed value"));
    }

    for (const body of [
        "const all = JSON.parse(JSON.stringify(event).replace('https', 'http'));\nreturn all.Records[0].cf.request;",
        "const text = `${JSON.stringify(event)}`;\nconst all = JSON.parse(text);\nreturn all.Records[0].cf.request;",
        "const all = JSON.parse(JSON.stringify(event).trim(), 1);\nreturn all.Records[0].cf.request;",
    ]) {
        it(`are read from a changed text: ${line(body)}`, () =>
            assert.equal(why(withRequest(body)), "it reads an object from a text that it changed"));
    }
});
