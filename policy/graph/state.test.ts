import assert from "node:assert/strict";

import { readState, StackGraph } from ".";
import { urn } from "../test/stack";

describe("reading a state", () => {
    const entry = {
        urn: urn("a"),
        type: "t:m:Thing",
        id: "thing-1",
        protect: true,
        parent: urn("p"),
        provider: `${urn("aws", "pulumi:providers:aws")}::some-id`,
        inputs: { size: 1, only: "input" },
        outputs: { size: 2 },
        dependencies: [urn("b"), 3],
        propertyDependencies: { size: [urn("b"), null], __proto__: [] },
    };
    const provider = {
        urn: urn("aws", "pulumi:providers:aws"),
        type: "pulumi:providers:aws",
        id: "some-id",
        inputs: { region: "eu-west-1" },
    };

    function read(source: unknown) {
        const state = readState(source);
        assert.equal(state.kind, "state");
        return state.kind === "state" ? state : assert.fail();
    }

    it("reads an export, a checkpoint and a bare deployment alike", () => {
        const deployment = { manifest: {}, resources: [provider, entry] };
        for (const source of [
            { version: 3, deployment },
            { version: 3, checkpoint: { latest: deployment } },
            deployment,
        ]) {
            const { resources, problems } = read(JSON.stringify(source));
            assert.deepEqual(problems, []);
            assert.equal(resources.length, 2);
            const { inputs, outputs } = resources[1] ?? assert.fail();
            assert.deepEqual(inputs.properties, { size: 1, only: "input" });
            assert.deepEqual(outputs.properties, { size: 2, only: "input" });
            for (const form of [inputs, outputs]) {
                assert.equal(form.name, "a");
                assert.equal(form.protect, true);
                assert.equal(form.parent, urn("p"));
                assert.deepEqual(form.provider, { region: "eu-west-1" });
            }
            assert.deepEqual(outputs.dependencies, [urn("b")]);
            assert.deepEqual(outputs.propertyDependencies, { size: [urn("b")] });
            // The engine sends none with inputs either: a property that is not there was not given, and is not unknown.
            assert.deepEqual([inputs.dependencies, inputs.propertyDependencies], [[], {}]);
        }
    });

    it("finds a resource by its id also where no output repeats it", () => {
        const graph = new StackGraph(
            read({ deployment: { resources: [entry] } }).resources.map((each) => each.outputs),
        );
        const [found] = graph.resources;
        assert.ok(found);
        assert.deepEqual(graph.resolve(found, "x", "thing-1", ["t:m:Thing"]), [found]);
    });

    it("leaves out what waits for its deletion", () => {
        const resources = [{ ...entry, delete: true }, entry];
        assert.equal(read({ deployment: { resources } }).resources.length, 1);
    });

    it("takes a stack without resources for empty", () => {
        assert.deepEqual(read({ version: 3, deployment: { manifest: {}, resources: null } }).resources, []);
        assert.deepEqual(read({ version: 3, deployment: { manifest: {} } }).resources, []);
    });

    it("leaves out broken entries and names their places", () => {
        const { resources, problems } = read({ deployment: { resources: [null, {}, { urn: "u" }, entry, "x"] } });
        assert.equal(resources.length, 1);
        assert.deepEqual(problems, [
            "resources[0] is not an object",
            "resources[1] has no urn",
            "resources[2] has no type",
            "resources[4] is not an object",
        ]);
    });

    it("keeps a resource whose parts are of the wrong type", () => {
        const odd = {
            urn: urn("a"),
            type: "t:m:Thing",
            inputs: 3,
            outputs: null,
            dependencies: {},
            provider: 4,
            parent: [],
        };
        const [resource] = read({ deployment: { resources: [odd] } }).resources;
        assert.ok(resource);
        const { inputs, outputs } = resource;
        assert.deepEqual([inputs.properties, outputs.properties, outputs.dependencies], [{}, {}, []]);
        assert.deepEqual([outputs.propertyDependencies, outputs.provider, outputs.parent], [{}, undefined, undefined]);
    });

    it("says what is wrong with a text that is no state", () => {
        const cases: [unknown, RegExp][] = [
            ["", /^The state is empty\. .*pulumi stack export/],
            ["{", /^The state is not valid JSON\./],
            ["3", /^The state holds no deployment\./],
            ["{}", /^The state holds no list of resources\./],
            ['{"deployment": []}', /^The state holds no deployment\./],
            ['{"deployment": {"resources": {}}}', /^The state holds no list of resources\./],
            ['{"resources": []}', /^The state holds no list of resources\./],
            [
                '{"manifest": {}, "resourcePlans": {}}',
                /^This is an update plan, as .* writes it, not a state of Pulumi\. .*stack export/,
            ],
            [
                '{"steps": [], "changeSummary": {}}',
                /^This is what `pulumi preview --json` prints, not a state of Pulumi\./,
            ],
            [
                '{"version": 4, "terraform_version": "1.11.4", "resources": []}',
                /^This is a state or a plan of Terraform,/,
            ],
            ['{"Resources": {}}', /^This is a template of CloudFormation, not a state of Pulumi\./],
        ];
        for (const [source, problem] of cases) {
            const state = readState(source);
            assert.equal(state.kind, "unreadable");
            assert.match(state.kind === "unreadable" ? state.problem : "", problem);
        }
    });
});
