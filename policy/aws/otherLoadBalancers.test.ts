import assert from "node:assert/strict";

import { StackGraph, UNKNOWN, type Resource, type Value } from "../graph";
import { resource } from "../test/stack";
import { originsOf } from "./distributions";
import { otherLoadBalancer } from "./otherLoadBalancers";

const classic = (name: string) => resource("aws:elb/loadBalancer:LoadBalancer", name, { dnsName: UNKNOWN });
const network = resource("aws:lb/loadBalancer:LoadBalancer", "network", {
    dnsName: UNKNOWN,
    loadBalancerType: "network",
});
const web = resource("aws:lb/loadBalancer:LoadBalancer", "web", { dnsName: UNKNOWN });
const record = resource("aws:route53/record:Record", "record");
const bucket = resource("aws:s3/bucket:Bucket", "bucket");
const custom = (domainName: Value) => ({ originId: "o", domainName, customOriginConfig: {} });

/** How each origin of a distribution is named, in a preview where the origins depend on these resources. */
function named(origins: readonly Value[], ...used: Resource[]): (string | undefined)[] {
    const edge = resource(
        "aws:cloudfront/distribution:Distribution",
        "edge",
        { origins: [...origins] },
        { origins: used },
    );
    const graph = new StackGraph([...used, edge]);
    return originsOf(edge).map((origin) => otherLoadBalancer(graph, edge, origin));
}

describe("an origin by the name that AWS gave a load balancer", () => {
    it("is told by its dependencies while the name is not known", () => {
        assert.deepEqual(named([custom(UNKNOWN)], classic("old")), ['the name of load balancer "old"']);
        assert.deepEqual(named([custom(UNKNOWN)], network), ['the name of load balancer "network"']);
        assert.deepEqual(named([custom(UNKNOWN)], web), ['the name of load balancer "web"']);
        assert.deepEqual(named([custom(UNKNOWN)], web, classic("old")), ['the name of load balancer "web" or "old"']);
        assert.deepEqual(named([custom(UNKNOWN)], bucket, classic("old")), ['the name of load balancer "old"']);
        assert.deepEqual(named([custom(UNKNOWN)], classic("old"), network), [
            'the name of load balancer "old" or "network"',
        ]);
    });

    it("is told by the name where that is known, whatever the origins depend on", () => {
        const name = "old-1.eu-west-1.elb.amazonaws.com";
        assert.deepEqual(named([custom(name)]), [`"${name}"`]);
        assert.deepEqual(named([custom("www.example.com")], classic("old")), [undefined]);
    });

    it("is not told where a name may be of something else", () => {
        assert.deepEqual(named([custom(UNKNOWN)]), [undefined]);
        assert.deepEqual(named([custom(UNKNOWN)], bucket), [undefined]);
        assert.deepEqual(named([custom(UNKNOWN)], record), [undefined]);
        assert.deepEqual(named([custom(UNKNOWN)], record, web), [undefined]);
        assert.deepEqual(named([custom(UNKNOWN)], resource("ns1:index/record:Record", "r"), web), [undefined]);
        assert.deepEqual(named([custom(UNKNOWN), custom(UNKNOWN)], classic("old")), [undefined, undefined]);
    });

    it("is not mistaken for an origin of another kind beside it", () => {
        const inBucket = { originId: "s", domainName: UNKNOWN, s3OriginConfig: { originAccessIdentity: "x" } };
        const old = 'the name of load balancer "old"';
        assert.deepEqual(named([inBucket, custom(UNKNOWN), custom("www.example.com")], classic("old")), [
            undefined,
            old,
            undefined,
        ]);
        const either = 'the name of load balancer "new" or "old"';
        assert.deepEqual(named([custom(UNKNOWN), custom(UNKNOWN)], classic("new"), classic("old")), [either, either]);
    });
});
