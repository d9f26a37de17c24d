import assert from "node:assert/strict";

import { AnalyzerProviderResource, AnalyzeRequest, AnalyzerResourceOptions } from "@pulumi/pulumi/proto/analyzer_pb";
import * as fc from "fast-check";
import { BinaryWriter } from "google-protobuf";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import { takeFields } from "./takeFields";

const texts = (fields: readonly Uint8Array[] | undefined) =>
    (fields ?? []).map((field) => Buffer.from(field).toString());

describe("fields taken out of a message", () => {
    it("and what remains are the message that was sent", () => {
        const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JavaScriptValue>;
        const struct = fc.dictionary(fc.string({ unit: "grapheme" }), value);
        const message = fc.record({ text: fc.string({ unit: "grapheme" }), protect: fc.boolean(), properties: struct });
        fc.assert(
            fc.property(message, fc.boolean(), ({ text, protect, properties }, hasProvider) => {
                const provider = new AnalyzerProviderResource().setProperties(Struct.fromJavaScript(properties));
                const request = new AnalyzeRequest()
                    .setType("a:b:C")
                    .setProperties(Struct.fromJavaScript(properties))
                    .setUrn(text)
                    .setOptions(new AnalyzerResourceOptions().setProtect(protect));
                if (hasProvider) {
                    request.setProvider(provider);
                }
                const { taken, rest } = takeFields(request.serializeBinary(), 2, 6);
                const sent = Struct.deserializeBinary(Buffer.concat(taken.get(2) ?? []));
                assert.deepEqual(sent.toObject(), request.getProperties()?.toObject());
                const providers = (taken.get(6) ?? []).map((each) => AnalyzerProviderResource.deserializeBinary(each));
                assert.deepEqual(
                    providers.map((each) => each.toObject()),
                    hasProvider ? [provider.toObject()] : [],
                );
                const without = AnalyzeRequest.deserializeBinary(request.serializeBinary());
                without.clearProperties();
                without.clearProvider();
                assert.deepEqual(AnalyzeRequest.deserializeBinary(rest).toObject(), without.toObject());
            }),
        );
    });

    it("are found among fields of every kind, in every place, however often they come", () => {
        const writer = new BinaryWriter();
        writer.writeString(1, "first");
        writer.writeUint64(3, Number.MAX_SAFE_INTEGER);
        writer.writeDouble(4, 1.5);
        writer.writeFloat(5, 0.5);
        writer.writeString(7, "stays");
        writer.writeString(1, "");
        writer.writeString(536870911, "far");
        writer.writeString(1, "last");
        const { taken, rest } = takeFields(writer.getResultBuffer(), 1, 536870911, 9);
        assert.deepEqual(texts(taken.get(1)), ["first", "", "last"]);
        assert.deepEqual(texts(taken.get(536870911)), ["far"]);
        assert.deepEqual(texts(taken.get(9)), []);
        const expected = new BinaryWriter();
        expected.writeUint64(3, Number.MAX_SAFE_INTEGER);
        expected.writeDouble(4, 1.5);
        expected.writeFloat(5, 0.5);
        expected.writeString(7, "stays");
        assert.deepEqual(rest, Buffer.from(expected.getResultBuffer()));
    });

    it("of an empty message are none; one that is cut off is refused", () => {
        assert.deepEqual(takeFields(Buffer.alloc(0), 1), { taken: new Map([[1, []]]), rest: Buffer.alloc(0) });
        const whole = new AnalyzeRequest().setType("a:b:C").setUrn("urn").serializeBinary();
        assert.throws(() => takeFields(whole.subarray(0, whole.length - 2), 1));
    });
});
