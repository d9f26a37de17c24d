import assert from "node:assert/strict";

import * as server from "@pulumi/policy/server";
import { AnalyzeRequest, AnalyzerResourceOptions, type RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import { Policies } from ".";
import type { ResourceRule } from "../rule";
import { rules } from "../rules";
import { resourceRule } from "../test/syntheticRule";

const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signature = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value });

type Handler = (
    call: { request: AnalyzeRequest },
    callback: (error: Error | null, response: RemediateResponse) => void,
) => void;
const { makeRemediateRpcFun } = server as unknown as {
    makeRemediateRpcFun: (pack: string, version: string, level: string, policies: readonly object[]) => Handler;
};

/** What the SDK tells the engine to use as inputs instead; undefined where nothing changes. */
async function remediate(rule: ResourceRule, type: string, inputs: object, level = "remediate"): Promise<unknown> {
    const policies = new Policies([{ ...rule, level: level as ResourceRule["level"] }]).list();
    const request = new AnalyzeRequest();
    request.setType(type);
    request.setUrn(`urn:pulumi:dev::shop::${type}::one`);
    request.setOptions(new AnalyzerResourceOptions());
    request.setProperties(Struct.fromJavaScript(inputs as Record<string, JavaScriptValue>));
    const handler = makeRemediateRpcFun("encrypted-edge", "1.0.0", "advisory", policies);
    const response = await new Promise<RemediateResponse>((resolve, reject) => {
        handler({ request }, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
    const [remediation, ...more] = response.getRemediationsList();
    assert.deepEqual(more, []);
    assert.equal(remediation?.getDiagnostic() ?? "", "");
    return remediation?.getProperties()?.toJavaScript();
}

describe("a remediation", () => {
    const rule = resourceRule(() => undefined, {
        name: "fixes",
        remediate: ({ properties }) => {
            const { list, ...rest } = properties as { list?: { mode: string }[] };
            return list && { ...rest, list: list.map((item) => ({ ...item, mode: "safe" })), added: true };
        },
    });

    it("changes only what the rule changed: secrets stay secret, unknown values unknown", async () => {
        const inputs = {
            password: secret("hush"),
            target: unknownString,
            list: [
                { mode: "open", key: secret("k"), ref: unknownString },
                { mode: secret("open"), ref: "r" },
            ],
        };
        assert.deepEqual(await remediate(rule, "a:b:C", inputs), {
            password: secret("hush"),
            target: unknownString,
            list: [
                { mode: "safe", key: secret("k"), ref: unknownString },
                { mode: secret("safe"), ref: "r" },
            ],
            added: true,
        });
    });

    it("does nothing where the rule has nothing to correct, fails, or looks at other types", async () => {
        assert.equal(await remediate(rule, "a:b:C", { other: 1 }), undefined);
        assert.equal(await remediate(rule, "a:b:D", { list: [{ mode: "open" }] }), undefined);
        assert.equal(await remediate(rule, "a:b:C", { list: 3 }), undefined);
        const same: ResourceRule = { ...rule, remediate: ({ properties }) => ({ ...properties }) };
        assert.equal(await remediate(same, "a:b:C", { list: [{ mode: "safe" }] }), undefined);
    });

    it("happens only at the level remediate", async () => {
        assert.equal(await remediate(rule, "a:b:C", { list: [{ mode: "open" }] }, "mandatory"), undefined);
    });

    it("makes origins https-only and leaves the rest of the distribution as it was", async () => {
        const https = rules.find((each) => each.name === "cloudfront-origin-https-only");
        assert.ok(https?.scope === "resource");
        const origin = (originProtocolPolicy: string) => ({
            originId: "o",
            domainName: unknownString,
            customHeaders: [{ name: "x", value: secret("hush") }],
            customOriginConfig: { httpPort: 80, originProtocolPolicy, originSslProtocols: ["TLSv1.2"] },
        });
        const inputs = (mode: string) => ({ comment: secret("hush"), origins: [origin("https-only"), origin(mode)] });
        const type = "aws:cloudfront/distribution:Distribution";
        assert.deepEqual(await remediate(https, type, inputs("match-viewer")), inputs("https-only"));
        assert.equal(await remediate(https, type, inputs("https-only")), undefined);
    });
});

describe("a remediation, value by value", () => {
    const rule = (corrected: (inputs: Record<string, unknown>) => unknown) =>
        resourceRule(() => undefined, {
            name: "fixes",
            remediate: ({ properties }) => corrected({ ...properties }) as Record<string, unknown> | undefined,
        });
    const write = (value: unknown, wanted: unknown) =>
        remediate(
            rule((inputs) => ({ ...inputs, value: wanted })),
            "a:b:C",
            { value, beside: 1 },
        );

    it("writes what has another shape as a whole", async () => {
        for (const [value, wanted] of [
            [{ a: 1 }, [1]],
            [[1], { 0: 1 }],
            [[1, 2], [1]],
            [[1], [1, 2]],
            ["text", { a: 1 }],
            [{ a: 1 }, "text"],
            [[{ a: 1 }], [{ a: 2 }]],
        ]) {
            assert.deepEqual(await write(value, wanted), { value: wanted, beside: 1 }, JSON.stringify([value, wanted]));
        }
    });

    it("never takes a value away, and writes nothing where the rule gives no object", async () => {
        assert.equal(await write("text", undefined), undefined);
        assert.equal(
            await remediate(
                rule(() => undefined),
                "a:b:C",
                { value: 1 },
            ),
            undefined,
        );
        assert.equal(
            await remediate(
                rule(() => "text"),
                "a:b:C",
                { value: 1 },
            ),
            undefined,
        );
    });
});
