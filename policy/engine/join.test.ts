import assert from "node:assert/strict";

import { Server } from "@grpc/grpc-js";
import type { StackValidationArgs } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzeRequest, ConfigureAnalyzerRequest, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { unusedExemption } from "../configuration";
import { resourceRule } from "../test/syntheticRule";
import { policies, type PoliciesOptions } from ".";

const own = resourceRule(() => undefined, { name: "own" });

/** Runs `action` in a process that called `policies`, which listens to the engine for good. */
function joined<Result>(options: PoliciesOptions | undefined, action: () => Result): Result {
    const methods = [
        AnalyzerService.remediate,
        AnalyzerService.analyze,
        AnalyzerService.analyzeStack,
        AnalyzerService.configure,
    ];
    const before = methods.map(({ requestDeserialize }) => requestDeserialize);
    const addService = Object.getOwnPropertyDescriptor(Server.prototype, "addService") ?? {};
    try {
        policies([own], options);
        return action();
    } finally {
        methods.forEach((method, index) => Object.assign(method, { requestDeserialize: before[index] }));
        Object.defineProperty(Server.prototype, "addService", addService);
    }
}

/** What the engine is told of a configuration, by policy; undefined where it is taken. */
function refusal(configuration: Readonly<Record<string, Record<string, string>>>): string | undefined {
    const request = new ConfigureAnalyzerRequest();
    for (const [name, properties] of Object.entries(configuration)) {
        request.getPolicyconfigMap().set(name, new PolicyConfig().setProperties(Struct.fromJavaScript(properties)));
    }
    const read = AnalyzerService.configure.requestDeserialize(Buffer.from(request.serializeBinary()));
    try {
        read.getPolicyconfigMap();
        return undefined;
    } catch (error) {
        return (error as Error).message;
    }
}

/** What is left of a resource's properties for policies that read them from the SDK. */
function leftForOthers(): unknown {
    const request = new AnalyzeRequest()
        .setType("a:b:C")
        .setUrn("urn")
        .setProperties(Struct.fromJavaScript({ x: 1 }));
    const read = AnalyzerService.analyze.requestDeserialize(Buffer.from(request.serializeBinary()));
    return read.getProperties()?.toJavaScript();
}

describe("the policies that a pack joins", () => {
    it("are those of the rules and the one of exemptions", () => {
        joined(undefined, () => {
            assert.deepEqual(
                policies([own, { ...own, name: "other" }]).map(({ name }) => name),
                ["own", "other", unusedExemption.name],
            );
        });
    });

    it("are refused where two rules share a name, which is named", () => {
        assert.throws(
            () => policies([own, { ...own, name: "twin" }, { ...own, name: "twin" }]),
            ({ message }: Error) => message.includes('"twin"') && !message.includes('"own"'),
        );
    });

    it("have their configuration checked, with all that is wrong at once", () => {
        for (const options of [undefined, { areAlone: false }, { areAlone: true }]) {
            joined(options, () => {
                assert.equal(refusal({}), undefined);
                assert.equal(refusal({ own: {}, [unusedExemption.name]: {} }), undefined);
                const said = refusal({ own: { one: "1", two: "2" } });
                assert.ok(said?.includes("one") && said.includes("two"), said);
            });
        }
    });

    it("refuse a name that no rule has only where there are no policies besides them", () => {
        const configuration = { theirs: { limit: "1" } };
        joined({ areAlone: true }, () => assert.ok(refusal(configuration)?.includes("theirs")));
        joined({}, () => assert.equal(refusal(configuration), undefined));
        joined(undefined, () => assert.equal(refusal(configuration), undefined));
    });

    it("leave a resource its properties for policies besides them", () => {
        assert.deepEqual(joined(undefined, leftForOthers), { x: 1 });
        assert.deepEqual(joined({ areAlone: true }, leftForOthers), {});
    });

    it("tell their pack of each stack when the last of them has judged it", () => {
        let judged = 0;
        joined(undefined, () => {
            const last = policies([own], { afterStack: () => (judged += 1) }).at(-1);
            assert.ok(last && "validateStack" in last);
            const args = { resources: [], getConfig: () => ({}) };
            for (const times of [1, 2]) {
                void last.validateStack?.(args as unknown as StackValidationArgs, () => undefined);
                assert.equal(judged, times);
            }
        });
    });
});
