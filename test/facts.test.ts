import assert from "node:assert/strict";
import * as pack from "../policy/aws";
import { rules } from "../policy/rules";
import * as rehearsal from "../rehearsal/aws/facts";

/** The default of a setting of a rule of the pack. */
function defaultOf(rule: string, setting: string): string[] {
    const { settings = {} } = rules.find(({ name }) => name === rule) ?? assert.fail(`no rule ${rule}`);
    return (settings[setting] as { default: string[] }).default;
}

// The pack is published alone, so that it has AWS's facts a second time.
describe("AWS's facts in the pack and in the rehearsal", () => {
    it("agree on CloudFront's prefix lists", () => {
        assert.deepEqual(rehearsal.cloudFrontPrefixListIds, { ...pack.cloudFrontPrefixListIds });
        assert.deepEqual(rehearsal.cloudFrontPrefixLists, pack.cloudFrontPrefixLists);
        assert.equal(rehearsal.cloudFrontPrefixListIds["ap-northeast-3"], "pl-31a14458");
    });

    it("agree on the managed policies, and on which of them forward the viewer's Host", () => {
        const { CachePolicy, OriginRequestPolicy } = rehearsal.managedPolicies;
        const read = [...CachePolicy, ...OriginRequestPolicy].map(([id, { name, properties }]) => {
            const parameters = properties.parametersInCacheKeyAndForwardedToOrigin ?? properties;
            const { headerBehavior, headers } = (parameters as Forwarding).headersConfig;
            const listed = headers?.items.includes("Host") ?? false;
            const forwardsHost =
                headerBehavior.startsWith("allViewer") ||
                (headerBehavior === "whitelist" && listed) ||
                (headerBehavior === "allExcept" && !listed);
            return [id, { name: name.replace(/^Managed-/, ""), forwardsHost }] as const;
        });
        assert.equal(read.length, 15);
        assert.deepEqual(Object.fromEntries(read), Object.fromEntries(pack.managedForwardingPolicies));
    });

    it("agree on the names of security policies", () => {
        const listeners = defaultOf("alb-listener-security-policy", "securityPolicies");
        const viewers = defaultOf("cloudfront-viewer-tls-version", "securityPolicies");
        assert.ok(listeners.length > 5 && viewers.length > 1);
        assert.deepEqual(pack.listenerSecurityPolicies.known, [...rehearsal.listenerPolicies.keys()]);
        assert.deepEqual(pack.viewerSecurityPolicies.known, [...rehearsal.viewerPolicies.keys()]);
        assert.deepEqual(
            listeners.filter((name) => !rehearsal.listenerPolicies.has(name)),
            [],
        );
        assert.deepEqual(
            viewers.filter((name) => !rehearsal.viewerPolicies.has(name)),
            [],
        );
    });
});

interface Forwarding {
    readonly headersConfig: { readonly headerBehavior: string; readonly headers?: { readonly items: string[] } };
}
