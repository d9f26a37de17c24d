import assert from "node:assert/strict";

import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzeRequest,
    ConfigureAnalyzerRequest,
    EnforcementLevel,
    PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { respond } from "../test/harness";
import { one, resourceRule } from "../test/syntheticRule";
import { Wire } from "./wire";

describe("the engine's configuration", () => {
    function configure(refuse: ConstructorParameters<typeof Wire>[1]): ConfigureAnalyzerRequest {
        const stop = new Wire([], refuse).listen();
        try {
            const request = new ConfigureAnalyzerRequest();
            const config = new PolicyConfig();
            config.setProperties(Struct.fromJavaScript({ limit: 1 }));
            config.setEnforcementlevel(EnforcementLevel.MANDATORY);
            const remediating = new PolicyConfig();
            remediating.setEnforcementlevel(EnforcementLevel.REMEDIATE);
            request
                .getPolicyconfigMap()
                .set("rule-a", config)
                .set("rule-b", new PolicyConfig())
                .set("rule-c", remediating);
            return AnalyzerService.configure.requestDeserialize(Buffer.from(request.serializeBinary()));
        } finally {
            stop();
        }
    }

    it("is shown to whoever may refuse it, policy by policy", () => {
        const seen: unknown[] = [];
        const request = configure((properties) => void seen.push(Object.fromEntries(properties)));
        assert.deepEqual(seen, [{ "rule-a": { limit: 1 }, "rule-b": {}, "rule-c": { enforcementLevel: "remediate" } }]);
        assert.equal(request.getPolicyconfigMap().getLength(), 3);
    });

    it("is refused in the words of the refusal, without a stack", () => {
        const request = configure(() => "The configuration has one mistake.");
        assert.throws(
            () => request.getPolicyconfigMap(),
            (error: Error) => {
                assert.equal(error.message, "The configuration has one mistake.");
                assert.equal(error.stack, "The configuration has one mistake.");
                return true;
            },
        );
    });
});

describe("a request to judge a resource", () => {
    it("is kept for the rules, of the types that they read, and emptied for the SDK", () => {
        const wire = new Wire([resourceRule(() => undefined)], () => undefined);
        const stop = wire.listen();
        try {
            for (const [type, urn] of [
                ["a:b:C", "urn:one"],
                ["a:b:D", "urn:two"],
            ] as const) {
                const request = new AnalyzeRequest();
                request.setType(type);
                request.setUrn(urn);
                request.setProperties(Struct.fromJavaScript({ x: 1 }));
                const seen = AnalyzerService.analyze.requestDeserialize(Buffer.from(request.serializeBinary()));
                assert.deepEqual(seen.getProperties()?.toJavaScript(), {});
            }
            assert.deepEqual(wire.resource("urn:one")?.properties, { x: 1 });
            assert.equal(wire.resource("urn:one")?.protect, false);
            assert.equal(wire.resource("urn:two"), undefined);
        } finally {
            stop();
        }
    });
});

describe("an answer that hides findings", () => {
    const lastLevel = async (kind: "violation" | "cannot tell") => {
        const rule = resourceRule((resource, report) => {
            for (let index = 0; index < 2000; index += 1) {
                report({ kind: "violation", resource, message: `${index}` });
            }
            for (let index = 0; index < 20; index += 1) {
                const other = { ...resource, urn: `${resource.urn}${index}` };
                report({ kind, resource: other, message: `${index} ${"x".repeat(300_000)}` });
            }
        });
        const [response] = await respond([rule], one(), "up");
        return response?.getDiagnosticsList().at(-1)?.getEnforcementlevel();
    };

    it("says so at the rule's own level where violations are among them, else as advice", async () => {
        assert.equal(await lastLevel("violation"), EnforcementLevel.MANDATORY);
        assert.equal(await lastLevel("cannot tell"), EnforcementLevel.ADVISORY);
    });
});
