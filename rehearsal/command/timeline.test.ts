import assert from "node:assert/strict";
import type { StackResource } from "./checkpoint";
import { timeline, timelineLine } from "./timeline";

describe("rehearse up: the time on AWS", () => {
    const since = Date.parse("2026-01-02T00:00:00Z");
    const now = "2026-01-02T00:00:05Z";
    const before = "2026-01-01T00:00:00Z";
    const resource = (type: string, name: string, after: string[] = [], more: Partial<StackResource> = {}) => ({
        urn: name,
        type,
        custom: true,
        created: now,
        modified: now,
        dependencies: after,
        ...more,
    });
    const records = [
        resource("aws:acm/certificate:Certificate", "certificate"),
        resource("aws:route53/record:Record", "record", ["certificate"]),
        resource("aws:acm/certificateValidation:CertificateValidation", "validation", ["record"]),
        resource("aws:lb/loadBalancer:LoadBalancer", "alb"),
    ];

    it("is that of what waits for each other", () => {
        const found = timeline(
            [...records, resource("aws:lb/listener:Listener", "listener", ["alb", "validation"])],
            since,
        );
        assert.equal(found.seconds, 153);
        assert.deepEqual(
            found.path.map(({ name, seconds }) => [name, seconds]),
            [
                ["alb", 150],
                ["listener", 3],
            ],
        );
        assert.equal(
            timelineLine(found),
            "On AWS this takes about 2 min 33 s, by what waits for each other: LoadBalancer alb (150 s).",
        );
    });

    it("knows that children wait for what their component was given", () => {
        const component = resource("my:index:Edge", "edge", ["validation"], { custom: false });
        const child = resource("aws:lb/loadBalancer:LoadBalancer", "inner", [], { parent: "edge" });
        assert.equal(timeline([...records, component, child], since).seconds, 3 + 35 + 90 + 150);
    });

    it("counts what the run has changed, and no waiting that was switched off", () => {
        const old = { created: before, modified: before };
        const distribution = "aws:cloudfront/distribution:Distribution";
        assert.equal(timeline([resource(distribution, "d", [], old)], since).seconds, 0);
        assert.equal(timelineLine(timeline([resource(distribution, "d", [], old)], since)), undefined);
        assert.equal(timeline([resource(distribution, "d", [], { created: before })], since).seconds, 270);
        const quick = { inputs: { waitForDeployment: false } };
        assert.equal(timeline([resource(distribution, "d", [], quick)], since).seconds, 3);
        assert.equal(timeline([resource("aws:ec2/vpc:Vpc", "v", [], { external: true })], since).seconds, 0);
    });

    it("ends even where a state was edited into a circle", () => {
        const one = resource("aws:lb/listener:Listener", "one", ["two"]);
        const two = resource("aws:lb/listener:Listener", "two", ["one"]);
        assert.ok(timeline([one, two], since).seconds > 0);
    });
});
