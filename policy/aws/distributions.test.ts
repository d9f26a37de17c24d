import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { resource } from "../test/stack";
import { behaviorsOf, nameOf, originsOf, originsProperty, targetsOf } from "./distributions";

const aws = (properties: Record<string, unknown>) =>
    resource("aws:cloudfront/distribution:Distribution", "edge", properties);
const native = (distributionConfig: Record<string, unknown>) =>
    resource("aws-native:cloudfront:Distribution", "edge", { distributionConfig });

describe("the origins of a distribution", () => {
    it("are read in each provider's words", () => {
        const written = [
            aws({
                origins: [{ originId: "o", domainName: "a.example.com", customHeaders: [{ name: "X-A", value: "b" }] }],
            }),
            aws({
                origins: [
                    { id: "o", domainName: "a.example.com", customHeaders: [{ headerName: "X-A", headerValue: "b" }] },
                ],
            }),
            native({
                origins: [
                    {
                        id: "o",
                        domainName: "a.example.com",
                        originCustomHeaders: [{ headerName: "X-A", headerValue: "b" }],
                    },
                ],
            }),
        ];
        for (const distribution of written) {
            const [origin] = originsOf(distribution);
            assert.ok(origin);
            assert.equal(origin.id.text, "o");
            assert.equal(origin.domainName.text, "a.example.com");
            assert.deepEqual(
                origin.headers.map(({ name, value }) => [name.text, value.text]),
                [["X-A", "b"]],
            );
            assert.ok(origin.custom.isAbsent && origin.vpcOriginId.isAbsent);
        }
    });

    it("are VPC origins in either spelling", () => {
        for (const block of ["vpcOriginConfig", "vpcOriginConfigs"]) {
            const [origin] = originsOf(aws({ origins: [{ id: "o", [block]: [{ vpcOriginId: "vo-1" }] }] }));
            assert.equal(origin?.vpcOriginId.text, "vo-1", block);
        }
    });

    it("include aws-native's legacy one, which is a custom origin by its dnsName", () => {
        const [origin, ...more] = originsOf(
            native({ customOrigin: { dnsName: "a.example.com", originProtocolPolicy: "x" } }),
        );
        assert.deepEqual(more, []);
        assert.ok(origin);
        assert.equal(origin.domainName.text, "a.example.com");
        assert.equal(origin.custom.at("originProtocolPolicy").text, "x");
        assert.deepEqual(origin.headers, []);
        assert.ok(origin.vpcOriginId.isAbsent);
    });

    it("stand under a top-level property of the provider's own", () => {
        assert.equal(originsProperty(aws({})), "origins");
        assert.equal(originsProperty(native({})), "distributionConfig");
    });

    it("are unknown as a whole where the settings are", () => {
        for (const distribution of [aws({ origins: UNKNOWN }), native(UNKNOWN as never)]) {
            const [origin, ...more] = originsOf(distribution);
            assert.deepEqual(more, []);
            assert.ok(origin?.domainName.isUnknown && origin.custom.isUnknown);
        }
    });

    it("are named by id and domain, by what there is of them", () => {
        const named = (properties: Record<string, unknown>) =>
            originsOf(aws({ origins: [properties] })).map((origin) => nameOf(origin));
        assert.deepEqual(named({ originId: "o", domainName: "a.example.com" }), ['origin "o" (a.example.com)']);
        assert.deepEqual(named({ originId: "a.example.com", domainName: "a.example.com" }), ['origin "a.example.com"']);
        assert.deepEqual(named({ originId: "o", domainName: UNKNOWN }), ['origin "o"']);
        assert.deepEqual(named({ originId: UNKNOWN, domainName: "a.example.com" }), ['origin "a.example.com"']);
        assert.deepEqual(named({ customHeaders: [] }), ["an origin"]);
    });
});

describe("the origins that a behavior sends requests to", () => {
    const origins = ["a", "b", "c"].map((originId) => ({ originId, domainName: `${originId}.example.com` }));
    const groups = (id: string) => [
        { [id]: "group", members: [{ originId: "a" }, { originId: "c" }] },
        { [id]: "other", members: [{ originId: "b" }] },
    ];
    const targets = (properties: Record<string, unknown>, targetOriginId: unknown) => {
        const distribution = aws({ origins, ...properties, defaultCacheBehavior: { targetOriginId } });
        const [behavior] = behaviorsOf(distribution);
        assert.ok(behavior);
        return targetsOf(distribution, behavior).map((origin) => origin.id.text ?? "unknown");
    };

    it("are the one that it names, or the members of the group that it names", () => {
        assert.deepEqual(targets({}, "b"), ["b"]);
        assert.deepEqual(targets({}, "elsewhere"), []);
        for (const id of ["originId", "id"]) {
            assert.deepEqual(targets({ originGroups: groups(id) }, "group"), ["a", "c"], id);
            assert.deepEqual(targets({ originGroups: groups(id) }, "b"), ["b"], id);
        }
    });

    it("may be any where it names an unknown one, and one whose id is unknown may be it", () => {
        assert.deepEqual(targets({}, UNKNOWN), ["a", "b", "c"]);
        const unknown = { originId: UNKNOWN, domainName: "d.example.com" };
        assert.deepEqual(targets({ origins: [...origins, unknown] }, "b"), ["b", "unknown"]);
        assert.deepEqual(targets({ origins: [...origins, { domainName: "d.example.com" }] }, "b"), ["b"]);
    });
});
