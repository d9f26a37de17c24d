import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parseDocument } from "yaml";
import { type Network, table, verify } from "../../verify";
import { RehearsedExample } from "../rehearsal/rehearsedExample";
import { type Echo, Served } from "./served";

interface Expected {
    /** What the rehearsal says of targets that it does not know; nothing where it knows them. */
    readonly notModelled?: RegExp;
}

const examples: Readonly<Record<string, Expected>> = {
    "ecs-fargate": {},
    "ec2-auto-scaling": {},
    // The controller registers pods from inside the cluster.
    eks: { notModelled: /the account registers no target with it/ },
    private: { notModelled: /the account registers no target with it/ },
    "own-vpc": { notModelled: /the account registers no target with it/ },
};

/** That the prober sees of every name of the load balancer that nobody reaches it, and of its door that it is shut. */
async function proveClosed(outputs: Record<string, unknown>, network: Network): Promise<void> {
    const report = await verify({ outputs, network, timeoutSeconds: 5 });
    const origin = report.findings.filter(({ probe }) => probe.startsWith("origin-"));
    assert.equal(origin.length, 11, table(report));
    assert.deepEqual(
        origin.filter(({ verdict }) => verdict !== "pass").map(({ probe, seen }) => [probe, seen]),
        [],
    );
}

describe("the examples of services, deployed under the pack and served", function () {
    // The first of these may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    for (const [name, { notModelled }] of Object.entries(examples)) {
        it(`pass the pack and answer over TLS on every hop: ${name}`, async () => {
            const example = new RehearsedExample(name);
            try {
                const { output } = await example.succeed(
                    "up",
                    "--yes",
                    "--skip-preview",
                    "--policy-pack",
                    path.join(example.root, "policy"),
                );
                assert.doesNotMatch(output, /\[(mandatory|advisory)\]/, output);
                const served = await Served.project(example.folder, 2);
                try {
                    const answer = await served.ask();
                    assert.equal(answer.status, 200, served.problems.join("\n"));
                    assert.match((JSON.parse(answer.body) as Echo).transport, /^TLS/);
                    const targets = served.traffic.notModelled.filter((one) => one.startsWith("target group"));
                    assert.equal(
                        targets.every((one) => notModelled?.test(one) ?? false),
                        true,
                        targets.join("\n"),
                    );
                    if (name === "private") {
                        await proveClosed(await example.outputs(), served.traffic.network);
                    }
                } finally {
                    await served.traffic.close();
                }
            } finally {
                example.remove();
            }
        });
    }

    it("bind pods to the target group of the edge: eks", () => {
        const file = path.join(__dirname, "..", "..", "examples", "eks", "target-group-binding.yaml");
        const { apiVersion, kind, spec } = parseDocument(readFileSync(file, "utf8")).toJS() as {
            apiVersion: string;
            kind: string;
            spec: { serviceRef: { port: number }; targetType: string };
        };
        assert.deepEqual(
            [apiVersion, kind, spec.targetType, spec.serviceRef.port],
            ["elbv2.k8s.aws/v1beta1", "TargetGroupBinding", "ip", 8443],
        );
    });
});
