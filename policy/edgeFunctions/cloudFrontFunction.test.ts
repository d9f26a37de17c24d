import assert from "node:assert/strict";

import { changeByCloudFrontFunction } from ".";
import { told } from "../test/originChange";

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
            [
                "code in a text, which the runtime does not evaluate",
                "eval(event.code);\nnew Function('cf', event.code)(1);\neval('cf.updateRequestOrigin(' + event.o + ')');",
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
});
