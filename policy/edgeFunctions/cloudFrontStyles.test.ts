import assert from "node:assert/strict";

import { changeByCloudFrontFunction, changeByLambda } from ".";
import { told } from "../test/originChange";

const sent = (settings: string, before = "", header = "import cf from 'cloudfront';") =>
    told(
        changeByCloudFrontFunction(
            `${header}\n${before}\nfunction handler(event) { cf.updateRequestOrigin(${settings}); return event.request; }`,
        ),
    );
const http = "{ customOriginConfig: { port: 80, protocol: 'http' } }";
const https = "{ port: 443, protocol: 'https', sslProtocols: ['TLSv1.2'] }";
const plain = /^\d+: protocol: "http"$/;

describe("CloudFront functions in the styles that people write", () => {
    for (const [title, settings, before] of [
        ["a frozen constant", "legacy", `const legacy = Object.freeze(${http});`],
        ["a property of a constant", "{ customOriginConfig: { protocol: o.p } }", "const o = { p: 'http' };"],
        [
            "a property that is assigned",
            "{ customOriginConfig: { protocol: o.p } }",
            "const o = { p: 'https' };\no.p = 'http';",
        ],
        ["a constant among others", "origins.legacy", `const origins = { legacy: ${http}, web: {} };`],
        ["a spread of a constant", "{ ...base, domainName: 'a' }", `const base = ${http};`],
        [
            "a config that spreads a constant",
            "{ customOriginConfig: { ...base } }",
            "const base = { protocol: 'http' };",
        ],
        [
            "a value that is taken out of a constant",
            "{ customOriginConfig: { protocol } }",
            "const { protocol } = { protocol: 'http' };",
        ],
        ["a class", "new C()", "class C { constructor() { this.customOriginConfig = { protocol: 'http' }; } }"],
        ["a default that is assigned", "{ customOriginConfig: c }", "const c = {};\nc.protocol ||= 'http';"],
        ["another name", "{ customOriginConfig: c }", "const c = {};\nconst d = c;\nd.protocol = 'http';"],
    ] as const) {
        it(`says HTTP by ${title}`, () => assert.match(sent(settings, before), plain));
    }

    it("says HTTP by any way of importing and calling", () => {
        const call = `function handler(event) { cf.updateRequestOrigin(${http}); }`;
        for (const header of ["import * as cf from 'cloudfront';", "import { default as cf } from 'cloudfront';"]) {
            assert.match(told(changeByCloudFrontFunction(`${header}\n${call}`)), plain, header);
        }
        const escaped = `import c\\u0066 from 'cloudfr\\u006fnt';\nc\\u0066.updateRequestOr\\u0069gin(${http});`;
        assert.match(told(changeByCloudFrontFunction(escaped)), plain);
        assert.match(
            told(changeByCloudFrontFunction(`import cf from 'cloudfront';\ncf?.updateRequestOrigin?.(${http});`)),
            plain,
        );
    });

    it("says the first line of HTTP, however deep", () => {
        const two = `if (event.x) { cf.updateRequestOrigin(${http}); }\ncf.updateRequestOrigin(${http});`;
        assert.equal(told(changeByCloudFrontFunction(`import cf from 'cloudfront';\n${two}`)), '2: protocol: "http"');
        const one = "cf.updateRequestOrigin({ customOriginConfig: { protocol: o.a } });";
        const other = "const o = { a: 1, b: 2 };\no.a = 'https';\no.b = 'http';";
        const code = `import cf from 'cloudfront';\n${other}\n${one}\n${one.replace("o.a", "o.b")}`;
        assert.equal(told(changeByCloudFrontFunction(code)), '6: protocol: "http"');
    });

    it("takes an object like an origin for one in Lambda@Edge, and no other", () => {
        assert.equal(told(changeByLambda("const all = { domainName: 'a', port: 80 };")), "1: port: 80");
        assert.equal(told(changeByLambda("const all = { sslProtocols: [], port: 80 };")), "1: port: 80");
        assert.equal(told(changeByLambda("const all = { path: 'a', port: 80 };")), "");
    });

    it("knows the module by its import", () => {
        const other = "import cf from 'cloudfront';\nimport other from 'crypto';\nother[k](other);";
        assert.equal(told(changeByCloudFrontFunction(other)), "");
        assert.equal(told(changeByCloudFrontFunction("go(cf.updateRequestOrigin);")), "unknown");
    });

    it("says HTTP by its port, whatever else it sets", () => {
        assert.equal(sent("{ customOriginConfig: { port: 80, ipAddressType: 'ipv4' } }"), "3: port: 80");
        assert.equal(sent("{ customOriginConfig: { port: '80', timeouts: {} } }"), "3: port: 80");
    });

    for (const [title, settings, before = ""] of [
        ["a prototype", "{ customOriginConfig: { __proto__: event.o } }"],
        ["settings with a prototype", "{ '__proto__': event.o }"],
        ["a value of a list", "{ customOriginConfig: c }", "const c = { port: 443 };\n[c.protocol] = ['http'];"],
        ["a value of an object", "{ customOriginConfig: c }", "const c = { port: 443 };\n({ p: c.protocol } = all);"],
        [
            "a value with a default",
            "{ customOriginConfig: c }",
            "const c = { port: 443 };\n[c.protocol = 'http'] = all;",
        ],
        ["a value of a loop", "{ customOriginConfig: c }", "const c = { port: 443 };\nfor (c.protocol of all) {}"],
        ["a name of a loop", "{ customOriginConfig: c }", "const c = { port: 443 };\nfor (c.protocol in all) {}"],
        ["a variable of a loop", "{ customOriginConfig: { protocol: p } }", "let p = 'https';\nfor (p of all) {}"],
        [
            "a constant of a loop",
            "{ customOriginConfig: { protocol: p } }",
            "let p = 'https';\nfor (const p of all) {}",
        ],
        [
            "a variable of a loop over names",
            "{ customOriginConfig: { protocol: p } }",
            "let p = 'https';\nfor (p in all) {}",
        ],
        ["a variable in a list", "{ customOriginConfig: { protocol: p } }", "let p = 'https';\n[p] = all;"],
        ["a property of a value", "{ customOriginConfig: { protocol: o.p } }", "const o = all.o || { p: 'https' };"],
        [
            "a property in a list",
            "{ customOriginConfig: { protocol: o.p } }",
            "const o = { p: 'https' };\n[o.p] = all;",
        ],
        [
            "a property of a constant with a spread",
            "{ customOriginConfig: { protocol: o.p } }",
            "const o = { p: 'https', ...all };",
        ],
        [
            "a property that is added to",
            "{ customOriginConfig: { protocol: o.p } }",
            "const o = { p: 'https' };\no.p += all;",
        ],
        [
            "a property that is made of itself",
            "{ customOriginConfig: { protocol: o.p } }",
            "const o = { p: o.p };\no.p = o.p;",
        ],
        ["a property of a text", "{ customOriginConfig: { protocol: p.x } }", "const p = 'https';"],
        [
            "a constant that a call fills",
            "{ customOriginConfig: { protocol: o.p } }",
            "const o = { p: 'https' };\nfill(o);",
        ],
        [
            "one of two objects",
            "{ customOriginConfig: { protocol: o.p } }",
            "const o = all.x ? { p: 'https' } : { ...all };",
        ],
        ["a spread of a value", "{ ...base }", "const base = all.o || {};"],
        ["a rest", "rest", "const { a, ...rest } = { a: 1 };"],
        [
            "an element of a pattern in a pattern",
            "{ customOriginConfig: { protocol: p } }",
            "const { a: { p } } = { p: 'https' };",
        ],
        ["what is not frozen", "{ customOriginConfig: { protocol: pick('https') } }"],
        ["a frozen nothing", "Object.freeze()"],
        ["what an operator makes", "{ customOriginConfig: { protocol: !all } }"],
        ["a table", "origins[event.k]", "const origins = { a: { customOriginConfig: { protocol: 'https' } } };"],
        ["a parameter with a default", "{ customOriginConfig: { protocol: p } }", "function to(p = 'https') {}"],
        ["a function's answer", "make()", `const make = () => (${http});`],
        ["a getter", "{ customOriginConfig: { get protocol() { return 'http'; } } }"],
        [
            "a property that is defined",
            "{ customOriginConfig: c }",
            "const c = {};\nObject.defineProperty(c, 'protocol', all);",
        ],
    ] as const) {
        it(`cannot be told where it is set by ${title}`, () => assert.equal(sent(settings, before), "unknown"));
    }

    it("cannot be told where another program gets the module", () => {
        for (const code of [
            "export { default } from 'cloudfront';",
            "import cf from 'cloudfront';\ncf.updateRequestOrigin.call(cf, all);",
            "import cf from 'cloudfront';\nReflect.get(cf, name)(all);",
        ]) {
            assert.equal(told(changeByCloudFrontFunction(code)), "unknown", code);
        }
    });

    for (const [title, settings, before = ""] of [
        ["frozen constants", "o", `const o = Object.freeze({ customOriginConfig: Object.freeze(${https}) });`],
        ["a spread of a constant", "{ ...base, domainName: 'a' }", `const base = { customOriginConfig: ${https} };`],
        [
            "a spread before HTTPS",
            "{ customOriginConfig: { ...base, protocol: 'https' } }",
            "const base = { protocol: event.p };",
        ],
        [
            "a property of a constant",
            "{ customOriginConfig: { protocol: o.p, port: o.port } }",
            "const o = { p: 'https', q: event.q };\no.q = event.p;",
        ],
        [
            "a value that is taken out of a constant",
            "{ customOriginConfig: { protocol: p } }",
            "const { a: p } = { a: 'https' };",
        ],
        [
            "a constant among others",
            "origins.web",
            `const origins = { web: { customOriginConfig: ${https} }, legacy: ${http.replace("'http'", "event.p").replace("customOriginConfig", "other")} };`,
        ],
        ["no config", "{ domainName: 'a', customOriginConfig: undefined }"],
        ["no config as compilers write it", "{ domainName: 'a', customOriginConfig: void 0 }"],
        ["a config or none", `{ domainName: 'a', customOriginConfig: event.x ? ${https} : undefined }`],
        [
            "an S3 origin",
            "{ domainName: map[event.c] || 'a', originAccessControlConfig: { enabled: true, originType: 's3' } }",
        ],
        [
            "headers by computed names",
            `{ customHeaders: { [event.k]: 'a' }, hostHeader: void 0, customOriginConfig: ${https} }`,
        ],
        ["settings that are built", "o", `const o = {};\no.domainName = 'a';\no.customOriginConfig = ${https};`],
        [
            "names that a compiler keeps",
            "o",
            `var t = Object.defineProperty; var name = (e, i) => t(e, "name", { value: i });\nconst o = { customOriginConfig: ${https} };\nname(handler, "handler");`,
        ],
    ] as const) {
        it(`keeps HTTPS by ${title}`, () => assert.equal(sent(settings, before), ""));
    }
});
