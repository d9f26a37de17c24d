import assert from "node:assert/strict";
import type { StackResource } from "./checkpoint";
import { deletionLayers } from "./deletionLayers";
import { timeline, timelineLine } from "./timeline";

describe("rehearse up and destroy: the time on AWS", () => {
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
            "On AWS this takes about 2 min 33 s, because these wait for each other: LoadBalancer alb (150 s).",
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

    describe("deletions", () => {
        const old = { created: before, modified: before };
        const edge = [
            resource("pulumi:pulumi:Stack", "stack", [], { custom: false, ...old }),
            resource("aws:lb/loadBalancer:LoadBalancer", "alb", [], { id: "1", parent: "stack", ...old }),
            resource("aws:ec2/securityGroup:SecurityGroup", "other", [], { id: "2", parent: "stack", ...old }),
            resource("aws:cloudfront/distribution:Distribution", "cdn", ["alb"], {
                id: "3",
                inputs: { waitForDeployment: false },
                ...old,
            }),
            resource("aws:route53/record:Record", "name", ["cdn"], { id: "4", ...old }),
        ];

        it("start with what nothing depends on, and a layer waits for the whole one before", () => {
            assert.deepEqual(
                deletionLayers(edge).map((layer) => layer.map(({ urn }) => urn)),
                [["name"], ["cdn"], ["alb", "other"], ["stack"]],
            );
            const found = timeline([], since, { before: edge });
            // A distribution is disabled and deployed before it can be deleted, waitForDeployment or not.
            assert.equal(found.seconds, 35 + 211 + 17);
            assert.equal(
                timelineLine(found),
                "On AWS this takes about 4 min 23 s, because these wait for each other: deletion of Record name (35 s), then deletion of Distribution cdn (211 s), then deletion of LoadBalancer alb (17 s).",
            );
        });

        it("of what a component holds come before those of what the component waits for", () => {
            const component = { custom: false };
            const layers = deletionLayers([
                resource("my:index:Inner", "inner", [], component),
                resource("aws:ec2/vpc:Vpc", "vpc", [], { parent: "inner" }),
                resource("my:index:Outer", "outer", [], component),
                resource("aws:lb/listener:Listener", "listener", ["inner"], { parent: "outer" }),
            ]);
            assert.deepEqual(
                layers.map((layer) => layer.map(({ urn }) => urn)),
                [["listener"], ["vpc"], ["inner", "outer"]],
            );
        });

        it("count after what was created, where a resource was replaced", () => {
            const [stack, , other] = edge;
            assert.ok(stack !== undefined && other !== undefined);
            const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "alb", [], { id: "9", parent: "stack" });
            const found = timeline([stack, balancer, other], since, { before: edge.slice(0, 3) });
            assert.equal(found.seconds, 150 + 17);
            assert.deepEqual(
                found.path.map(({ name, deletes }) => [name, deletes]),
                [
                    ["alb", undefined],
                    ["alb", true],
                ],
            );
        });

        it("are none where the program only calls a resource by another name", () => {
            const old = { created: before, modified: before, id: "arn:news" };
            const [topic, renamed] = ["topic", "news"].map((name) => resource("aws:sns/topic:Topic", name, [], old));
            assert.ok(topic !== undefined && renamed !== undefined);
            assert.equal(timelineLine(timeline([renamed], since, { before: [topic] })), undefined);
            assert.equal(timeline([], since, { before: [topic] }).seconds, 3);
        });

        it("are not counted where AWS is not asked", () => {
            const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "alb", [], { id: "1" });
            for (const more of [{ retainOnDelete: true }, { external: true }, { deletedWith: "stack" }]) {
                const found = timeline([], since, { before: [...edge.slice(0, 1), { ...balancer, ...more }] });
                assert.equal(timelineLine(found), undefined);
            }
        });

        it("are named where nobody knows how long they take", () => {
            const origin = resource("aws:cloudfront/vpcOrigin:VpcOrigin", "origin", [], { id: "1" });
            const database = resource("aws:rds/instance:Instance", "database", [], { id: "2" });
            const unmodelled = new Set([database.type]);
            assert.equal(
                timelineLine(
                    timeline([], since, {
                        before: [...edge.slice(4), origin, database, { ...database, urn: "second" }],
                        unmodelled,
                    }),
                ),
                "On AWS this takes about 35 s, because these wait for each other: deletion of Record name (35 s). Not known, and not counted: deletion of aws:cloudfront/vpcOrigin:VpcOrigin, deletion of aws:rds/instance:Instance (2).",
            );
            assert.equal(
                timelineLine(timeline([database], since, { unmodelled })),
                "How long this takes on AWS is not known: aws:rds/instance:Instance.",
            );
        });
    });
});
