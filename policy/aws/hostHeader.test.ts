import assert from "node:assert/strict";

import { StackGraph, Read, UNKNOWN, type Resource } from "../graph";
import { resource } from "../test/stack";
import { hostForwarding } from "./hostHeader";

const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const allViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

/** Whether a behavior forwards Host, by what, and where that is written. */
function said(behavior: Record<string, unknown>, policies: readonly Resource[] = [], used = policies) {
    const type = "aws:cloudfront/distribution:Distribution";
    const distribution = resource(type, "edge", { behavior }, { behavior: used });
    const graph = new StackGraph([distribution, ...policies]);
    const { forwards, by, read } = hostForwarding(graph, distribution, Read.of(distribution).at("behavior"));
    return [forwards, by, read.path];
}

describe("whether CloudFront forwards the viewer's Host", () => {
    it("is told by the managed policies, written in any case", () => {
        assert.deepEqual(said({ originRequestPolicyId: allViewer.toUpperCase() }), [
            true,
            "managed policy AllViewer",
            "behavior.originRequestPolicyId",
        ]);
        assert.deepEqual(said({ originRequestPolicyId: allViewerExceptHostHeader }), [
            false,
            "managed policy AllViewerExceptHostHeader",
            "behavior.originRequestPolicyId",
        ]);
        assert.deepEqual(said({}), [false, "no policy", "behavior.originRequestPolicyId"]);
    });

    it("is yes where one of the three ways says so, else unknown where one is", () => {
        const unknown = "a policy that this pack does not know";
        assert.deepEqual(said({ originRequestPolicyId: UNKNOWN, cachePolicyId: allViewer }).slice(0, 2), [
            true,
            "managed policy AllViewer",
        ]);
        assert.deepEqual(said({ originRequestPolicyId: allViewerExceptHostHeader, cachePolicyId: UNKNOWN }), [
            "unknown",
            unknown,
            "behavior.cachePolicyId",
        ]);
        assert.deepEqual(said({ originRequestPolicyId: 7 }), ["unknown", unknown, "behavior.originRequestPolicyId"]);
    });

    it("is told by the list of forwarded headers", () => {
        const headers = (...list: unknown[]) => said({ forwardedValues: { headers: list } });
        const by = "forwardedValues.headers";
        assert.deepEqual(headers("Accept", "HOST"), [true, by, "behavior.forwardedValues.headers[1]"]);
        assert.deepEqual(headers("*"), [true, by, "behavior.forwardedValues.headers[0]"]);
        assert.deepEqual(headers("Accept", UNKNOWN), ["unknown", by, "behavior.forwardedValues.headers[1]"]);
        assert.deepEqual(headers(UNKNOWN, "Host"), [true, by, "behavior.forwardedValues.headers[1]"]);
        assert.equal(headers("Accept", 7)[0], false);
    });

    const request = "aws:cloudfront/originRequestPolicy:OriginRequestPolicy";
    const nativeRequest = "aws-native:cloudfront:OriginRequestPolicy";
    const cache = "aws:cloudfront/cachePolicy:CachePolicy";
    const nativeCache = "aws-native:cloudfront:CachePolicy";

    it("is read from a policy of the stack, in each provider's form", () => {
        const headersConfig = { headerBehavior: "allViewer" };
        const key = { parametersInCacheKeyAndForwardedToOrigin: { headersConfig } };
        for (const [type, properties, property] of [
            [request, { headersConfig }, "originRequestPolicyId"],
            [nativeRequest, { originRequestPolicyConfig: { headersConfig } }, "originRequestPolicyId"],
            [cache, key, "cachePolicyId"],
            [nativeCache, { cachePolicyConfig: key }, "cachePolicyId"],
        ] as const) {
            const policy = resource(type, "own", { id: "p-1", ...properties });
            for (const id of ["p-1", UNKNOWN]) {
                assert.deepEqual(
                    said({ [property]: id }, [policy]),
                    [true, 'policy "own"', `behavior.${property}`],
                    type,
                );
            }
        }
    });

    const forwards = (headerBehavior: unknown, ...items: unknown[]) => {
        const policy = resource(request, "own", { id: "p-1", headersConfig: { headerBehavior, headers: { items } } });
        return said({ originRequestPolicyId: "p-1" }, [policy])[0];
    };

    it("is told by a policy's list, or is unknown with it", () => {
        assert.equal(forwards("whitelist", "Accept", "Host"), true);
        assert.equal(forwards("whitelist", "Accept", UNKNOWN), "unknown");
        assert.equal(forwards("whitelist", 7), false);
        assert.equal(forwards("allExcept", "Accept", "Host"), false);
        assert.equal(forwards("allExcept", "Accept", UNKNOWN), "unknown");
        assert.equal(forwards("allExcept", "Accept"), true);
        assert.equal(forwards("none"), false);
        assert.equal(forwards(UNKNOWN), "unknown");
        assert.equal(forwards(undefined), false);
    });

    it("is unknown where an unknown id may be either of two policies that differ", () => {
        const policy = (name: string, headerBehavior: string) =>
            resource(request, name, { id: UNKNOWN, headersConfig: { headerBehavior } });
        const [all, alike, none] = [policy("all", "allViewer"), policy("alike", "allViewer"), policy("none", "none")];
        assert.equal(said({ originRequestPolicyId: UNKNOWN }, [all, alike])[0], true);
        assert.equal(said({ originRequestPolicyId: UNKNOWN }, [all, alike, none])[0], "unknown");
        assert.equal(said({ originRequestPolicyId: UNKNOWN }, [none, all])[0], "unknown");
    });
});
