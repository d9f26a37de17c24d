import assert from "node:assert/strict";

import { UNKNOWN, type Value } from "../graph";
import { resource, stackMessages, stackVerdicts } from "../test/stack";
import { messagesOf, verdictsOf } from "../test/testRule";
import { findingsOf, resourcesOf, type Program } from "../test/yamlProgram";
import { cloudfrontEdgeFunctionHttps as rule, edgeKinds, messages } from "./cloudfront-edge-function-https";

const http =
    "import cf from 'cloudfront';\nfunction handler(e) { cf.updateRequestOrigin({ customOriginConfig: { protocol: 'http' } }); }";
const headers = "function handler(event) { event.request.headers.a = { value: 'b' }; return event.request; }";

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:origin";
const association = "lambdaFunctionAssociations[0].lambdaArn";

function lambda(code: unknown, runtime = "nodejs22.x"): Program {
    return {
        origin: {
            type: "aws:lambda:Function",
            properties: { runtime, code, arn: functionArn, qualifiedArn: `${functionArn}:1` },
        },
        web: {
            type: "aws:cloudfront:Distribution",
            properties: {
                defaultCacheBehavior: {
                    lambdaFunctionAssociations: [{ eventType: "origin-request", lambdaArn: "${origin.qualifiedArn}" }],
                },
            },
        },
    };
}

describe("cloudfront-edge-function-https", () => {
    it("judges CloudFront functions of both providers", () => {
        for (const [type, property] of [
            ["aws:cloudfront:Function", "code"],
            ["aws-native:cloudfront:Function", "functionCode"],
            ["edge:tf:aws_cloudfront_function", "code"],
        ] as const) {
            const verdicts = (code: string) => verdictsOf(rule, { one: { type, properties: { [property]: code } } });
            assert.deepEqual(verdicts(http), [`violation: one ${property}`], type);
            assert.deepEqual(verdicts(headers), [], type);
            assert.deepEqual(verdicts(http.replace("'http'", "e.protocol")), [`cannot tell: one ${property}`], type);
        }
    });

    it("says the line, what it has and what to write", () => {
        assert.deepEqual(messagesOf(rule, { one: { type: "aws:cloudfront:Function", properties: { code: http } } }), [
            'Function "one" sends requests to the origin over plain HTTP: line 2 of code has protocol: "http". Write protocol: "https" and port: 443, or leave the protocol out, so that the origin\'s https-only applies.',
        ]);
    });

    it("says why it cannot tell", () => {
        const cannotTell = "Cannot tell whether";
        const ofLambda = `${cannotTell} the Lambda@Edge function of defaultCacheBehavior.${association} reaches the origin over HTTPS only: it runs at origin-request, where it may put another origin into the request, and`;
        for (const [program, says] of [
            [
                {
                    one: {
                        type: "aws:cloudfront:Function",
                        properties: { code: http.replace("'http'", "e.protocol") },
                    },
                },
                `${cannotTell} function "one" reaches the origin over HTTPS only: protocol is computed (line 2 of code). Write the protocol "https" in the code, or leave it out.`,
            ],
            [lambda(undefined), `${ofLambda} the code of "origin" is not in the program.`],
            [lambda({ "index.js": "" }, "python3.13"), `${ofLambda} the pack reads Node.js, not python3.13.`],
            [
                {
                    web: {
                        type: "aws:cloudfront:Distribution",
                        properties: {
                            defaultCacheBehavior: {
                                lambdaFunctionAssociations: [
                                    { eventType: "origin-request", lambdaArn: `${functionArn}:1` },
                                ],
                            },
                        },
                    },
                },
                `${ofLambda} it is not in this stack.`,
            ],
        ] as const) {
            assert.deepEqual(messagesOf(rule, program), [says]);
        }
    });

    it("cannot tell of code that is not known yet", () => {
        const program: Program = {
            store: { type: "aws:cloudfront:KeyValueStore" },
            one: { type: "aws:cloudfront:Function", properties: { code: "const id = '${store.id}';" } },
        };
        const [finding] = findingsOf(rule, resourcesOf(program, "preview"));
        assert.deepEqual(
            [finding?.kind, finding?.message],
            ["cannot tell", messages.unknown("one", "code", "code is not known yet")],
        );
    });

    it("reads Lambda@Edge code that the program holds as text", () => {
        const asRulesSee = (text: string) => ({ "index.js": text, "package.json": "{}" });
        const verdicts = (code: string) => verdictsOf(rule, lambda(asRulesSee(code)));
        assert.deepEqual(verdicts("exports.handler = (e) => { e.request.origin.custom.protocol = 'http'; };"), [
            "violation: origin code.index.js",
        ]);
        assert.deepEqual(verdicts("exports.handler = (e) => e.Records[0].cf.request;"), []);
        assert.deepEqual(verdicts("exports.handler = (e) => { e.request.origin = pick(e); };"), [
            "cannot tell: origin code.index.js",
        ]);
        const inline = lambda({ zipFile: "exports.handler = (e) => { e.request.origin.custom.protocol = 'http'; };" });
        assert.deepEqual(verdictsOf(rule, inline), ["violation: origin code.zipFile"]);
    });

    it("cannot tell of the part of an archive that the program only names, and judges the other parts", () => {
        const overHttp = "exports.handler = (e) => { e.request.origin.custom.protocol = 'http'; };";
        const stack = (code: Value, runtime: Value) => {
            const origin = resource("aws:lambda/function:Function", "origin", { arn: functionArn, runtime, code });
            const lambdaFunctionAssociations = [{ eventType: "origin-request", lambdaArn: `${functionArn}:12` }];
            const web = resource("aws:cloudfront/distribution:Distribution", "web", {
                defaultCacheBehavior: { lambdaFunctionAssociations },
            });
            return [origin, web];
        };
        const verdicts = (code: Value, ...[runtime = "nodejs22.x"]: readonly Value[]) =>
            stackVerdicts(rule, stack(code, runtime));
        const messagesFor = (code: Value) => stackMessages(rule, stack(code, "nodejs22.x"));
        const unseen = `cannot tell: web defaultCacheBehavior.${association}`;
        for (const other of ["index.js", "index.mjs", "lib", ".", "node_modules"]) {
            assert.deepEqual(verdicts({ [other]: UNKNOWN, "settings.js": headers }), [unseen], other);
        }
        assert.deepEqual(verdicts({ lib: { "a.js": UNKNOWN }, "settings.js": headers }), [unseen]);
        assert.deepEqual(verdicts({ "a.js": UNKNOWN, lib: { "b.cjs": overHttp } }), [
            unseen,
            "violation: origin code.lib.b.cjs",
        ]);
        for (const other of ["package.json", "readme.md", "index.js.map", "index.jsx"]) {
            assert.deepEqual(verdicts({ [other]: UNKNOWN, "index.js": headers }), [], other);
            assert.deepEqual(verdicts({ [other]: overHttp, "index.js": headers }), [], other);
        }
        assert.deepEqual(verdicts({ "index.js": UNKNOWN, "package.json": "{}" }), [unseen]);
        assert.deepEqual(verdicts({ s3Bucket: "b", s3Key: UNKNOWN }), [unseen]);
        assert.deepEqual(messagesFor({ "index.js": UNKNOWN, "settings.js": headers }), [
            messages.unseen(
                `defaultCacheBehavior.${association}`,
                edgeKinds.lambda,
                'code.index.js of "origin" is not in the program as text',
            ),
        ]);
        assert.deepEqual(verdicts({ "index.js": overHttp }, UNKNOWN), ["violation: origin code.index.js"]);
        assert.deepEqual(verdicts({ "index.js": headers }, "provided.al2"), [unseen]);
    });

    it("reads every file of an archive that holds all of them", () => {
        const verdicts = (files: Record<string, unknown>) => verdictsOf(rule, lambda(files));
        const handler = (load: string) =>
            `${load}\nexports.handler = async (event) => { const { request } = event.Records[0].cf; request.uri = paths[request.uri]; return request; };`;
        const paths = "module.exports = { '/a': '/b' };";
        for (const files of [
            { "index.js": handler("const paths = require('./paths');"), "paths.js": paths },
            { "index.js": handler("const paths = require('./lib/paths.cjs');"), lib: { "paths.cjs": paths } },
            { "index.mjs": handler("import paths from './lib/paths.mjs';"), "lib/paths.mjs": "export default {};" },
            { "src/index.js": handler("const paths = require('../lib');"), lib: { "index.js": paths } },
            { "index.js": handler("const paths = require('./paths.json');") },
            { "index.js": "module.exports = require('./main');", "main.js": handler("const paths = {};") },
            { "index.js": "exports.handler = require('./main').handler;", "main.js": handler("const paths = {};") },
            { "index.mjs": "export { handler } from './main.mjs';", "main.mjs": handler("const paths = {};") },
            {
                "index.mjs": "import { handler } from './main.mjs';\nexport { handler };",
                "main.mjs": handler("const paths = {};"),
            },
        ]) {
            assert.deepEqual(verdicts(files), [], JSON.stringify(files));
        }
        const overHttp = "exports.handler = (e) => { e.request.origin.custom.protocol = 'http'; };";
        assert.deepEqual(verdicts({ "index.js": "module.exports = require('./main');", "main.js": overHttp }), [
            "violation: origin code.main.js",
        ]);
        for (const files of [
            { "index.js": handler("const paths = require('./paths');") },
            { "index.js": handler("const paths = require('./paths');"), lib: { "paths.js": paths } },
            { "index.js": handler("const paths = require('./paths');"), "paths.js": paths, paths: overHttp },
            {
                "index.js": handler("const paths = require('./paths');"),
                paths: { "index.js": paths, "package.json": '{ "main": "main.txt" }' },
            },
            { "index.js": handler("const paths = require('./paths');"), "paths.mjs": "export default {};" },
            { "index.js": handler("const paths = require(process.env.PATHS);"), "paths.js": paths },
            { "index.js": handler("const paths = require('../paths');"), "paths.js": paths },
            { "index.js": handler("const paths = require('./native.node');"), "native.node": "x" },
            { "index.js": "module.exports = require('@company/edge');", "@company/edge.js": paths },
            { "index.js": "const route = require('./route');\nexports.handler = route(1);", "route.js": paths },
            { "index.mjs": "import { go } from '@company/edge';\nexport { go as handler };", "go.mjs": "" },
        ]) {
            assert.deepEqual(
                verdicts(files),
                [`cannot tell: origin code.${Object.keys(files)[0]}`],
                JSON.stringify(files),
            );
        }
    });

    it("cannot tell of Lambda@Edge code that it does not see", () => {
        assert.deepEqual(verdictsOf(rule, lambda(undefined)), [`cannot tell: web defaultCacheBehavior.${association}`]);
        assert.deepEqual(verdictsOf(rule, lambda({ "index.py": "x" }, "python3.13")), [
            `cannot tell: web defaultCacheBehavior.${association}`,
        ]);
        const outside: Program = { web: { ...lambda(undefined).web, type: "aws:cloudfront:Distribution" } };
        outside.web!.properties = {
            orderedCacheBehaviors: [
                {
                    lambdaFunctionAssociations: [
                        { eventType: "origin-request", lambdaArn: "arn:aws:lambda:us-east-1:1:function:a:1" },
                    ],
                },
            ],
        };
        assert.deepEqual(verdictsOf(rule, outside), [`cannot tell: web orderedCacheBehaviors[0].${association}`]);
        assert.deepEqual(messagesOf(rule, outside), [
            messages.unseen(
                "orderedCacheBehaviors[0].lambdaFunctionAssociations[0].lambdaArn",
                edgeKinds.lambda,
                messages.notInStack,
            ),
        ]);
    });

    describe("a CloudFront function that a distribution names", () => {
        const functionProperty = "functionAssociations[0].functionArn";
        const named = (functionArn: string, eventType = "viewer-request"): Program => ({
            web: {
                type: "aws:cloudfront:Distribution",
                properties: { defaultCacheBehavior: { functionAssociations: [{ eventType, functionArn }] } },
            },
        });
        const one = { type: "aws:cloudfront:Function", properties: { name: "one", code: headers } };
        const elsewhere = "arn:aws:cloudfront::123456789012:function/other";

        it("is judged where it is made, by its ARN, its name or the engine's word", () => {
            const byReference = { one, ...named("${one.arn}") };
            for (const form of ["state", "preview"] as const) {
                assert.deepEqual(findingsOf(rule, resourcesOf(byReference, form)), [], form);
            }
            assert.deepEqual(verdictsOf(rule, { one, ...named("arn:aws:cloudfront::123456789012:function/one") }), []);
        });

        it("cannot be told where another stack makes it", () => {
            assert.deepEqual(messagesOf(rule, { one, ...named(elsewhere) }), [
                `Cannot tell whether the CloudFront function of defaultCacheBehavior.${functionProperty} reaches the origin over HTTPS only: it runs at viewer-request, where updateRequestOrigin may set another origin, and it is not in this stack.`,
            ]);
        });

        it("changes no origin at viewer-response", () => {
            assert.deepEqual(verdictsOf(rule, named(elsewhere, "viewer-response")), []);
        });

        it("is found in a template, whichever way the template names it", () => {
            const template = (arn: object) => ({
                edge: {
                    type: "aws:cloudformation:Stack",
                    properties: {
                        templateBody: JSON.stringify({
                            Resources: {
                                One: { Type: "AWS::CloudFront::Function", Properties: { FunctionCode: headers } },
                                Web: {
                                    Type: "AWS::CloudFront::Distribution",
                                    Properties: {
                                        DistributionConfig: {
                                            DefaultCacheBehavior: {
                                                FunctionAssociations: [
                                                    { EventType: "viewer-request", FunctionARN: arn },
                                                ],
                                            },
                                        },
                                    },
                                },
                            },
                        }),
                    },
                },
            });
            for (const arn of [
                { "Fn::GetAtt": ["One", "FunctionARN"] },
                { "Fn::GetAtt": "One.FunctionMetadata.FunctionARN" },
                { Ref: "One" },
            ]) {
                assert.deepEqual(verdictsOf(rule, template(arn)), [], JSON.stringify(arn));
            }
            assert.equal(verdictsOf(rule, template({ "Fn::ImportValue": "one" })).length, 1);
        });
    });

    it("says once that a whole behavior is not known yet, and speaks of no function in it", () => {
        const program: Program = {
            vpc: { type: "aws:ec2:Vpc" },
            web: { type: "aws:cloudfront:Distribution", properties: { defaultCacheBehavior: "${vpc.id}" } },
        };
        assert.deepEqual(
            findingsOf(rule, resourcesOf(program, "preview")).map(({ kind, message }) => `${kind}: ${message}`),
            [
                "cannot tell: Cannot tell whether functions at the edge reach the origin over HTTPS only: defaultCacheBehavior is not known yet.",
            ],
        );
    });

    it("says nothing of functions at other events", () => {
        const program = lambda(undefined);
        program.web!.properties = {
            defaultCacheBehavior: {
                lambdaFunctionAssociations: [
                    { eventType: "viewer-request", lambdaArn: "arn:aws:lambda:us-east-1:1:function:a:1" },
                    { eventType: "origin-response", lambdaArn: "arn:aws:lambda:us-east-1:1:function:a:1" },
                ],
            },
        };
        assert.deepEqual(verdictsOf(rule, program), []);
    });
});
