import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";

import type { ResourceValidationPolicy } from "@pulumi/policy";
import type * as analyzerProto from "@pulumi/pulumi/proto/analyzer_pb";
import {
    AnalyzeRequest,
    AnalyzeResponse,
    AnalyzerInfo,
    AnalyzerResourceOptions,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { byType, makeAnalyzeRpcFun, type Analyzer, type Handler } from "./policiesByType";

const policyFolder = path.dirname(__dirname);

/** The type is the part of the name before the dash. */
function looksAt({ name }: { readonly name: string }, type: string): boolean {
    return name.startsWith(`${type}-`);
}

describe("policies by type", () => {
    let asked: string[];
    let policies: ResourceValidationPolicy[];
    let analyzer: Analyzer;
    beforeEach(() => {
        asked = [];
        policies = ["a-one", "b-one", "a-two"].map((name) => ({
            name,
            description: `Described by ${name}.`,
            enforcementLevel: name === "a-two" ? "mandatory" : "advisory",
            validateResource(args, report) {
                asked.push(`${name} about ${args.name}`);
                if (args.name === `fails in ${name}`) {
                    throw new TypeError("It fails.");
                }
                if (!looksAt({ name }, args.type)) {
                    args.notApplicable("It is of another type.");
                }
                report(`${name} of ${args.name}`, args.urn);
            },
        }));
        analyzer = {
            analyze: makeAnalyzeRpcFun("pack", "1.2.3", "advisory", policies),
            configure: (_, callback) => callback(null, "configured"),
            getAnalyzerInfo: (_, callback) => callback(null, new AnalyzerInfo().setName("pack").setVersion("1.2.3")),
        };
    });

    const ask = <Request, Response>(handler: Handler<Request, Response>, request: Request) =>
        new Promise<Response | undefined>((done, fail) =>
            handler({ request }, (error, response) => (error ? fail(error) : done(response))),
        );

    async function answer(handler: Analyzer["analyze"], type: string, name: string) {
        const request = new AnalyzeRequest()
            .setType(type)
            .setName(name)
            .setUrn(`urn-${name}`)
            .setProperties(new Struct())
            .setOptions(new AnalyzerResourceOptions());
        const response = await ask(handler, request);
        const read = AnalyzeResponse.deserializeBinary(response?.serializeBinary() ?? new Uint8Array());
        const { diagnosticsList, notApplicableList } = read.toObject();
        const byName = notApplicableList.toSorted((one, other) => one.policyName.localeCompare(other.policyName));
        return { diagnosticsList, byName };
    }

    it("answer of each resource as the SDK does that asks them all", async () => {
        const own = byType(policies, looksAt, analyzer);
        for (const [type, name] of ["a", "b", "c"].flatMap((type) =>
            [0, 1, 2].map((index) => [type, `${type}${index}`]),
        )) {
            const expected = await answer(analyzer.analyze, String(type), String(name));
            assert.equal(expected.diagnosticsList.length, { a: 2, b: 1 }[String(type)] ?? 0);
            assert.equal(expected.diagnosticsList.length + expected.byName.length, 3);
            assert.deepEqual(await answer(own.analyze, String(type), String(name)), expected);
        }
    });

    it("are asked once for a type that they do not look at, and anew for a new configuration", async () => {
        const own = byType(policies, looksAt, analyzer);
        for (const name of ["first", "second", "third"]) {
            await answer(own.analyze, "b", name);
            if (name === "second") {
                assert.equal(await ask(own.configure, undefined), "configured");
            }
        }
        const others = asked.filter((each) => !each.startsWith("b-"));
        assert.deepEqual(
            asked.filter((each) => each.startsWith("b-")),
            ["b-one about first", "b-one about second", "b-one about third"],
        );
        assert.deepEqual(others, ["a-one about first", "a-two about first", "a-one about third", "a-two about third"]);
    });

    it("fail where the SDK fails, and answer the next resource", async () => {
        const own = byType(policies, looksAt, analyzer);
        for (const handler of [analyzer.analyze, own.analyze]) {
            for (const name of ["b-one", "a-one"]) {
                const failing = answer(handler, "a", `fails in ${name}`);
                await assert.rejects(failing, ({ message }: Error) =>
                    message.startsWith(`Error validating resource with policy '${name}'`),
                );
            }
        }
        assert.equal((await answer(own.analyze, "a", "next")).diagnosticsList.length, 2);
    });

    it("are all asked where the SDK does not say at once which pack they are of", async () => {
        const getAnalyzerInfo: Analyzer["getAnalyzerInfo"] = (_, callback) =>
            void setImmediate(() => callback(null, new AnalyzerInfo()));
        const own = byType(policies, looksAt, { ...analyzer, getAnalyzerInfo });
        const expected = await answer(analyzer.analyze, "a", "one");
        assert.deepEqual(await answer(own.analyze, "a", "one"), expected);
    });

    it("stand in the server that the SDK starts for the compiled pack", async () => {
        const { stdout } = await promisify(execFile)(process.execPath, ["-e", `(${String(watched)})()`], {
            cwd: policyFolder,
        });
        const answers = JSON.parse(stdout) as { made: number; sent: number }[];
        const [first, ...later] = answers;
        assert.ok(first && first.made > 0, stdout);
        assert.deepEqual(later, [
            { made: 0, sent: first.sent },
            { made: 0, sent: first.sent },
        ]);
    });
});

/** In a process of the pack without a port: for three buckets, how many answers policies made and how many were sent. */
function watched(): void {
    /* eslint-disable @typescript-eslint/no-require-imports -- it runs as a script by itself */
    const { Server } = require("@grpc/grpc-js") as {
        Server: { prototype: { bindAsync(): void; addService(service: object, analyzer: Analyzer): void } };
    };
    const proto = require("@pulumi/pulumi/proto/analyzer_pb") as typeof analyzerProto;
    const { Struct: Properties } = require("google-protobuf/google/protobuf/struct_pb") as { Struct: typeof Struct };
    let made = 0;
    class Counted extends proto.PolicyNotApplicable {
        constructor() {
            super();
            made += 1;
        }
    }
    Object.assign(proto, { PolicyNotApplicable: Counted });
    Server.prototype.bindAsync = () => undefined;
    Server.prototype.addService = (_, analyzer) => {
        const answers: object[] = [];
        const next = (): void => {
            const request = new proto.AnalyzeRequest()
                .setType("aws:s3/bucket:Bucket")
                .setProperties(new Properties())
                .setOptions(new proto.AnalyzerResourceOptions());
            made = 0;
            analyzer.analyze({ request }, (_error, response) => {
                const own = made;
                const sent = proto.AnalyzeResponse.deserializeBinary(response?.serializeBinary() ?? new Uint8Array());
                answers.push({ made: own, sent: sent.getNotApplicableList().length });
                if (answers.length < 3) {
                    next();
                } else {
                    console.log(JSON.stringify(answers));
                }
            });
        };
        next();
    };
    require("./pack");
}
