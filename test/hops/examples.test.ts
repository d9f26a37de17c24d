import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import { parseDocument } from "yaml";
import { type Network, table, verify } from "../../verify";
import { blocksOf } from "../delivery/documentBlocks";
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

const root = path.join(__dirname, "..", "..");
const page = blocksOf(root, "docs/attach.md");

const text = { type: "string", minLength: 1 } as const;

/**
 * What the AWS Load Balancer Controller takes, as far as the example writes it: the fields, and no others, of its
 * reference, https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec/.
 */
const targetGroupBinding = {
    type: "object",
    required: ["apiVersion", "kind", "metadata", "spec"],
    additionalProperties: false,
    properties: {
        apiVersion: { const: "elbv2.k8s.aws/v1beta1" },
        kind: { const: "TargetGroupBinding" },
        metadata: { type: "object", required: ["name"], properties: { name: text } },
        spec: {
            type: "object",
            required: ["serviceRef", "targetGroupARN", "targetType"],
            additionalProperties: false,
            properties: {
                serviceRef: {
                    type: "object",
                    required: ["name", "port"],
                    additionalProperties: false,
                    // What the program's targetPort is.
                    properties: { name: text, port: { const: 8443 } },
                },
                targetGroupARN: {
                    type: "string",
                    pattern: "^arn:aws:elasticloadbalancing:[a-z0-9-]+:\\d{12}:targetgroup/[\\w-]+/[0-9a-f]{16}$",
                },
                // What the program's targetType is.
                targetType: { const: "ip" },
            },
        },
    },
} as const;

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

    it("says why the load balancer reaches no target that is not in the edge's security group, as docs/attach.md has it", async () => {
        const example = new RehearsedExample("ecs-fargate");
        try {
            example.rewrite("index.ts", "[out.id, edge.targetSecurityGroupId]", "[out.id]");
            await example.succeed("up", "--yes", "--skip-preview");
            const served = await Served.project(example.folder, 2);
            try {
                assert.equal((await served.ask()).status, 504);
                const [quoted = ""] = page.filter(({ language }) => language === "text").map(({ text }) => text.trim());
                assert.match(quoted, /^no target is healthy: /);
                const general = (text: string) => text.replace(/(site-|sg-)[0-9a-f]+/g, "$1");
                const told = served.problems.map(general);
                assert.ok(
                    told.some((problem) => problem.includes(general(quoted))),
                    told.join("\n"),
                );
            } finally {
                await served.traffic.close();
            }
        } finally {
            example.remove();
        }
    });

    it("bind pods to the target group of the edge: eks", async () => {
        const example = new RehearsedExample("eks");
        try {
            await example.succeed("up", "--yes", "--skip-preview");
            const { targetGroupArn } = await example.outputs();
            const manifest = readFileSync(path.join(example.folder, "target-group-binding.yaml"), "utf8");
            const filled: unknown = parseDocument(
                manifest.replaceAll("TARGET-GROUP-ARN", String(targetGroupArn)),
            ).toJS();
            const check = new Ajv({ allErrors: true }).compile(targetGroupBinding);
            assert.ok(check(filled), JSON.stringify(check.errors));
            assert.ok(
                !check(parseDocument(manifest).toJS()),
                "the manifest holds no target group before it is filled in",
            );
        } finally {
            example.remove();
        }
    });
});
