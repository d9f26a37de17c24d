import assert from "node:assert/strict";

import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzeRequest,
    AnalyzerPropertyDependencies,
    AnalyzerResource,
    AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { BinaryWriter } from "google-protobuf";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { Wire } from ".";
import { isLeftOut } from "../graph";
import type { ResourceRule, StackRule } from "../rule";
import { respond, type Fixture } from "../test/harness";
import { resourceRule, stackRule } from "../test/syntheticRule";

/** Runs `action` while the wire listens for these rules. */
function listening<Result>(rules: readonly (ResourceRule | StackRule)[], action: (wire: Wire) => Result): Result {
    const wire = new Wire(rules, () => undefined);
    const stop = wire.listen();
    try {
        return action(wire);
    } finally {
        stop();
    }
}

describe("the wire", () => {
    it("lets the SDK copy no property: not of other types, and not once for each rule", async () => {
        const request = new AnalyzeStackRequest();
        const before = AnalyzerService.analyzeStack.requestDeserialize(Buffer.from(request.serializeBinary()));
        assert.ok(before instanceof AnalyzeStackRequest);
        let reads = 0;
        const reading = (name: string) =>
            stackRule(
                (graph) => {
                    for (const resource of graph.ofType("a:b:C")) {
                        reads += Object.keys(resource.properties).length;
                    }
                },
                { name },
            );
        const fixtures: Fixture[] = [
            { type: "a:b:C", name: "one", properties: { x: 1 } },
            { type: "a:b:D", name: "two", properties: { x: 1 } },
        ];
        const seenBySdk: number[] = [];
        await respond(["r1", "r2", "r3"].map(reading), fixtures, "up", {
            onStackPolicy: (resources) => seenBySdk.push(resources),
        });
        assert.deepEqual(seenBySdk, [0, 0, 0, 0]);
        assert.equal(reads, 3 * 3);
    });

    it("leaves a remediation the properties of the types that a rule corrects, and of no other", () => {
        const properties = { protocol: "http-only", nested: [{ a: 1 }] };
        const rules = [
            resourceRule(() => undefined, { remediate: () => undefined }),
            resourceRule(() => undefined, { name: "only-judges", types: ["a:b:D"] }),
        ];
        const left = ["a:b:C", "a:b:D", "a:b:E"].map((type) => {
            const request = new AnalyzeRequest()
                .setType(type)
                .setUrn("urn")
                .setProperties(Struct.fromJavaScript(properties));
            const bytes = Buffer.from(request.serializeBinary());
            const read = listening(rules, () => AnalyzerService.remediate.requestDeserialize(bytes));
            assert.deepEqual([read.getType(), read.getUrn()], [type, "urn"]);
            return read.getProperties()?.toJavaScript();
        });
        assert.deepEqual(left, [properties, {}, {}]);
    });

    it("does not look into properties before a rule asks for them", () => {
        const unreadable = (type: string, urn: string) => {
            const writer = new BinaryWriter();
            writer.writeString(1, type);
            writer.writeBytes(2, Buffer.from([0xff]));
            writer.writeString(3, urn);
            return Buffer.from(writer.getResultBuffer());
        };
        listening([resourceRule(() => undefined)], (wire) => {
            for (const [type, urn] of [
                ["a:b:C", "one"],
                ["a:b:D", "two"],
            ] as const) {
                const request = AnalyzerService.analyze.requestDeserialize(unreadable(type, urn));
                assert.deepEqual(request.getProperties()?.toJavaScript(), {});
            }
            assert.equal(wire.resource("two"), undefined);
            const resource = wire.resource("one");
            assert.equal(resource?.type, "a:b:C");
            assert.throws(() => resource?.properties);
        });
    });

    it("knows an argument that a YAML program left out from one that is not known yet", () => {
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        const isNamesLeftOut = (inputs: Record<string, string> | undefined, ...depending: string[]) =>
            listening([resourceRule(() => undefined)], (wire) => {
                if (inputs !== undefined) {
                    const asked = new AnalyzeRequest().setType("a:b:C").setUrn("urn");
                    asked.setProperties(Struct.fromJavaScript(inputs));
                    AnalyzerService.analyze.requestDeserialize(Buffer.from(asked.serializeBinary()));
                }
                const outputs = Struct.fromJavaScript({ ...inputs, id: unknown, names: unknown });
                const registered = new AnalyzerResource().setType("a:b:C").setUrn("urn").setProperties(outputs);
                for (const property of depending) {
                    const dependencies = new AnalyzerPropertyDependencies().setUrnsList(["other"]);
                    registered.getPropertydependenciesMap().set(property, dependencies);
                }
                const request = new AnalyzeStackRequest().setResourcesList([registered]);
                AnalyzerService.analyzeStack.requestDeserialize(Buffer.from(request.serializeBinary()));
                return isLeftOut(wire.graph?.byUrn("urn") ?? assert.fail(), "names");
            });
        assert.equal(isNamesLeftOut({ domain: "a" }), true);
        assert.equal(isNamesLeftOut({ domain: unknown }, "domain"), true);
        assert.equal(isNamesLeftOut({}), true);
        assert.equal(isNamesLeftOut({ domain: "a", names: unknown }), false);
        assert.equal(isNamesLeftOut({ domain: unknown, names: unknown }, "domain"), false);
        assert.equal(isNamesLeftOut({ domain: "a" }, "names"), false);
        assert.equal(isNamesLeftOut(undefined), false);
        assert.equal(isNamesLeftOut(undefined, "domain"), true);
    });
});
