import assert from "node:assert/strict";

import { ref, runAll, type Fixture } from "../test/harness";
import { cloudfrontOriginHttpsOnly } from "./cloudfront-origin-https-only";
import { cloudfrontOriginTlsVersions } from "./cloudfront-origin-tls-versions";

const distribution = "aws:cloudfront/distribution:Distribution";
const multitenant = "aws:cloudfront/multitenantDistribution:MultitenantDistribution";
const native = "aws-native:cloudfront:Distribution";
const reference: Fixture = { type: "pulumi:pulumi:StackReference", name: "network", outputs: { vo: "vo_9" } };

const vpcOrigin = (
    originProtocolPolicy: string,
    protocols: readonly string[],
    type = "aws:cloudfront/vpcOrigin:VpcOrigin",
) => ({
    type,
    name: "inside",
    properties: {
        vpcOriginEndpointConfig: { originProtocolPolicy, originSslProtocols: { items: protocols, quantity: 1 } },
    },
});

/** A distribution of each kind whose origins are these VPC origins. */
const kinds = (...ids: readonly unknown[]): Fixture[] => {
    const origins = (config: string) =>
        ids.map((vpcOriginId, index) => ({ id: `o${index}`, domainName: "v.example.com", [config]: { vpcOriginId } }));
    return [
        { type: distribution, name: "edge", properties: { origins: origins("vpcOriginConfig") } },
        { type: multitenant, name: "edge", properties: { origins: origins("vpcOriginConfigs") } },
        { type: native, name: "edge", properties: { distributionConfig: { origins: origins("vpcOriginConfig") } } },
    ];
};

describe("a VPC origin", () => {
    for (const rule of [cloudfrontOriginHttpsOnly, cloudfrontOriginTlsVersions]) {
        const seen = async (...fixtures: Fixture[]) => {
            const all = await runAll(rule, fixtures);
            assert.deepEqual(
                all.preview.map(({ kind, resource }) => [kind, resource]),
                all.state.map(({ kind, resource }) => [kind, resource]),
            );
            assert.deepEqual(all.up, all.state);
            return all.state.map(({ kind, resource }) => `${kind}: ${resource}`);
        };

        it(`that is made elsewhere cannot be told by ${rule.name}, whatever the distribution`, async () => {
            for (const fixture of kinds("vo_1")) {
                assert.deepEqual(await seen(fixture), ["cannot tell: edge"], fixture.type);
            }
            for (const fixture of kinds(ref("network", "vo"))) {
                assert.deepEqual(await seen(reference, fixture), ["cannot tell: edge"], fixture.type);
            }
        });

        it(`of the stack is judged itself by ${rule.name}, with nothing said of the distribution`, async () => {
            for (const type of ["aws:cloudfront/vpcOrigin:VpcOrigin", "aws-native:cloudfront:VpcOrigin"]) {
                for (const fixture of kinds(ref("inside"))) {
                    assert.deepEqual(await seen(vpcOrigin("https-only", ["TLSv1.2"], type), fixture), []);
                    const bad = rule === cloudfrontOriginHttpsOnly ? "match-viewer" : "https-only";
                    assert.deepEqual(await seen(vpcOrigin(bad, ["TLSv1"], type), fixture), ["violation: inside"]);
                }
            }
        });

        it(`of another stack is not hidden from ${rule.name} by one of this stack`, async () => {
            for (const fixture of kinds(ref("inside"), ref("network", "vo"))) {
                const all = await runAll(rule, [reference, vpcOrigin("https-only", ["TLSv1.2"]), fixture]);
                for (const [form, said] of Object.entries(all)) {
                    assert.deepEqual([...new Set(said.map(({ kind }) => kind))], ["cannot tell"], form);
                }
            }
        });
    }

    it("is named, with where to look", async () => {
        const { state } = await runAll(cloudfrontOriginHttpsOnly, kinds("vo_1").slice(0, 1));
        assert.deepEqual(
            state.map(({ message }) => message),
            [
                'Cannot tell whether CloudFront reaches origin "o0" (v.example.com) over HTTPS only: the VpcOrigin vo_1, which sets it, is not in this stack. Run this pack on the stack that makes it.',
            ],
        );
    });
});
