import assert from "node:assert/strict";
import { tokens } from "./test/deployedEdge";
import { deploy, type Deployment } from "./test/deployment";
import type { EncryptedEdgeArgs } from "./arguments/index";

const arn = (name: string) => `arn:aws:mock:${tokens.targetGroup}:${name}`;

/** The steps of a move, as docs/component.md describes them. */
function steps(
    before: Partial<EncryptedEdgeArgs>,
    next: EncryptedEdgeArgs["nextTargets"],
): Partial<EncryptedEdgeArgs>[] {
    return [
        before,
        { ...before, nextTargets: next },
        { ...before, nextTargets: { ...next, weight: 100 } },
        {
            targetProtocol: next?.protocol ?? "HTTPS",
            targetPort: next?.port,
            targetType: next?.type,
            targetGeneration: (before.targetGeneration ?? 1) + 1,
        },
    ];
}

const openPorts = (deployment: Deployment, type: string) =>
    deployment
        .all(type)
        .filter(({ inputs }) => inputs.referencedSecurityGroupId !== undefined)
        .map(({ name, inputs }) => `${name} ${String(inputs.fromPort)}`);

const groups = (deployment: Deployment) =>
    deployment
        .all(tokens.targetGroup)
        .map(
            ({ name, inputs }) =>
                `${name} ${String(inputs.protocol)} ${String(inputs.port)} ${String(inputs.targetType)}`,
        );

const action = (deployment: Deployment) =>
    (deployment.find(tokens.listenerRule).inputs.actions as Record<string, unknown>[])[0];

describe("A move to other targets", function () {
    // Each step is an update of the whole edge.
    this.timeout("2m");

    let moved: Deployment[];
    before(async () => {
        moved = [];
        for (const step of steps(
            { targetProtocol: "HTTP", targetPort: 8080, targetType: "instance" },
            { protocol: "HTTPS", port: 8443 },
        )) {
            moved.push(await deploy(step));
        }
    });
    const at = (step: number) => moved[step] ?? assert.fail();

    it("keeps each target group under its name and with its settings", () => {
        const former = "edge-tg HTTP 8080 instance";
        const latter = "edge-t2 HTTPS 8443 ip";
        assert.deepEqual(moved.map(groups), [[former], [former, latter], [former, latter], [latter]]);
    });

    it("opens the new port before anything goes there, and closes the old one last", () => {
        const former = "edge-to-targets 8080";
        const latter = "edge-to-targets-8443 8443";
        assert.deepEqual(
            moved.map((one) => openPorts(one, tokens.egressRule)),
            [[former], [former, latter], [former, latter], [latter]],
        );
        assert.deepEqual(
            moved.map((one) => openPorts(one, tokens.ingressRule).length),
            [1, 2, 2, 1],
        );
        // While the first rule is there, another one under its former name would be that one.
        for (const { name, options } of at(1).all(tokens.egressRule)) {
            assert.equal(options.aliases, undefined, name);
        }
    });

    it("sends requests to the new group only when it is told to", () => {
        const shares = (present: number, next: number) => ({
            type: "forward",
            forward: {
                targetGroups: [
                    { arn: arn("edge-tg"), weight: present },
                    { arn: arn("edge-t2"), weight: next },
                ],
            },
        });
        assert.deepEqual(moved.map(action), [
            { type: "forward", targetGroupArn: arn("edge-tg") },
            shares(100, 0),
            shares(0, 100),
            { type: "forward", targetGroupArn: arn("edge-t2") },
        ]);
    });

    it("says where the application registers itself", () => {
        assert.deepEqual(
            moved.map(({ outputs }) => [outputs.targetGroupArn, outputs.nextTargetGroupArn]),
            [
                [arn("edge-tg"), ""],
                [arn("edge-tg"), arn("edge-t2")],
                [arn("edge-tg"), arn("edge-t2")],
                [arn("edge-t2"), ""],
            ],
        );
        assert.equal(at(3).outputs.targetProtocol, "HTTPS");
    });

    it("of another type on the same port opens it once, and takes the rule over", async () => {
        const names: string[][] = [];
        for (const step of steps({ targetType: "instance" }, { type: "ip" })) {
            names.push(openPorts(await deploy(step), tokens.egressRule));
        }
        const first = "edge-to-targets 443";
        assert.deepEqual(names, [[first], [first], [first], ["edge-to-targets-443 443"]]);
        const { options } = (await deploy({ targetGeneration: 2 })).find(tokens.egressRule);
        assert.deepEqual(options.aliases, [{ name: "edge-to-targets" }]);
    });

    it("can follow another", async () => {
        const generations: string[][] = [];
        for (const step of steps({ targetGeneration: 2, targetPort: 8443 }, { port: 9443 })) {
            generations.push(groups(await deploy(step)));
        }
        const [former, latter] = ["edge-t2 HTTPS 8443 ip", "edge-t3 HTTPS 9443 ip"];
        assert.deepEqual(generations, [[former], [former, latter], [former, latter], [latter]]);
    });

    it("keeps the names within AWS's 32 characters", async () => {
        const deployment = await deploy({ targetGeneration: 98, nextTargets: {} }, { name: "a".repeat(20) });
        for (const { name } of deployment.all(tokens.targetGroup)) {
            assert.ok(name.length <= 24, name);
        }
    });
});
