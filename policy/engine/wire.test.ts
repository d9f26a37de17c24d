import assert from "node:assert/strict";

import { AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";

import type { StackRule } from "../rule";
import { respond } from "../test/harness";
import { one, stackRule } from "../test/syntheticRule";

describe("the wire", () => {
    it("lets the SDK copy no property: not of other types, and not once for each rule", async () => {
        const request = new AnalyzeStackRequest();
        const before = AnalyzerService.analyzeStack.requestDeserialize(Buffer.from(request.serializeBinary()));
        assert.ok(before instanceof AnalyzeStackRequest);
        let reads = 0;
        const reading = (name: string): StackRule => ({
            ...stackRule((graph) => {
                for (const resource of graph.ofType("a:b:C")) reads += Object.keys(resource.properties).length;
            }),
            name,
        });
        const fixtures = [...one({ x: 1 }), { type: "a:b:D", name: "two", properties: { x: 1 } }];
        const seenBySdk: number[] = [];
        await respond(["r1", "r2", "r3"].map(reading), fixtures, "up", {
            onStackPolicy: (resources) => seenBySdk.push(resources),
        });
        assert.deepEqual(seenBySdk, [0, 0, 0, 0]);
        assert.equal(reads, 3 * 3);
    });
});
