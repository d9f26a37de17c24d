import assert from "node:assert/strict";
import { Agent } from "node:https";
import * as path from "node:path";
import { openAccount } from "../../rehearsal/aws/account";
import { RehearsedProject } from "../rehearsal/rehearsedProject";
import { type Echo, Served } from "./served";

describe("the site while its program is changed, through the real engine", function () {
    // The first of these may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    let project: RehearsedProject;
    let served: Served;
    let host: string;

    before(async () => {
        project = new RehearsedProject();
        // Whoever asks without a pause is over any ordinary rate.
        project.configure("dev", "rateLimit", 2_000_000_000);
        await project.succeed("up", "--stack", "dev", "--yes", "--skip-preview");
        served = await Served.project(project.folder, 30);
        host = String(((await project.outputs("dev")).domainNames as string[])[0]);
    });

    after(async () => {
        await served.traffic.close();
        project.remove();
    });

    /** The kinds of answers that came while something was done, in all at least so many. */
    async function answersDuring(work: () => Promise<unknown>, atLeast = 50): Promise<number[]> {
        const agent = new Agent({ keepAlive: true });
        const statuses: number[] = [];
        let asking = true;
        const port = served.port(443, host);
        const asked = Array.from({ length: 2 }, async () => {
            while (asking) {
                const { status } = await served.ask({ agent, port, servername: host, headers: { host } });
                statuses.push(status);
            }
        });
        await work();
        asking = false;
        await Promise.all(asked);
        agent.destroy();
        assert.ok(statuses.length >= atLeast, `only ${statuses.length} requests`);
        return [...new Set(statuses)];
    }

    const change = (key: string, value: unknown) => changes({ [key]: value });
    const changes = (values: Readonly<Record<string, unknown>>) =>
        answersDuring(async () => {
            for (const [key, value] of Object.entries(values)) {
                project.configure("dev", key, value);
            }
            await project.succeed("up", "--stack", "dev", "--yes", "--skip-preview");
        });

    it("refuses nothing in a rotation of the secret", async () => {
        assert.deepEqual(await change("originSecretGeneration", 2), [200], [...new Set(served.problems)].join("\n"));
    });

    it("refuses nothing when a name is added, and serves it", async () => {
        assert.deepEqual(
            await change("domainNames", [host, `shop.${host}`]),
            [200],
            [...new Set(served.problems)].join("\n"),
        );
        const more = { servername: `shop.${host}`, headers: { host: `shop.${host}` } };
        assert.equal((await served.ask({ port: served.port(443, host), ...more })).status, 200);
    });

    it("refuses nothing when the targets move to another protocol and port", async () => {
        const transport = async () =>
            (
                JSON.parse(
                    (await served.ask({ port: served.port(443, host), servername: host, headers: { host } })).body,
                ) as Echo
            ).transport;
        const next = { protocol: "HTTP", port: 8080 };
        const steps = [
            { nextTargets: next },
            { nextTargets: { ...next, weight: 100 } },
            { nextTargets: undefined, targetProtocol: next.protocol, targetPort: next.port, targetGeneration: 2 },
        ];
        assert.match(await transport(), /^TLS/);
        for (const step of steps) {
            assert.deepEqual(await changes(step), [200], [...new Set(served.problems)].join("\n"));
        }
        assert.equal(await transport(), "plaintext");
    });

    it("refuses nothing when the load balancer becomes internal, and nothing on the way back", async () => {
        const zone = () => served.traffic.network.records["origin.dev.example.com"];
        const steps = [
            { nextLoadBalancer: { scheme: "internal" } },
            { loadBalancerScheme: "internal", nextLoadBalancer: undefined },
        ];
        const stepsBack = [
            { nextLoadBalancer: { scheme: "internet-facing" } },
            { loadBalancerScheme: undefined, nextLoadBalancer: undefined },
        ];
        assert.deepEqual(zone(), ["A"]);
        for (const step of steps) {
            assert.deepEqual(await changes(step), [200], [...new Set(served.problems)].join("\n"));
        }
        assert.equal(zone(), undefined);
        const { vpcOriginId } = await project.outputs("dev");
        assert.match(String(vpcOriginId), /^vo_/);
        for (const step of stepsBack) {
            assert.deepEqual(await changes(step), [200], [...new Set(served.problems)].join("\n"));
        }
        assert.deepEqual(zone(), ["A"]);
        assert.equal((await project.outputs("dev")).vpcOriginId, "");
    });

    it("leaves the requests where Amazon ECS has moved them, also when the secret is rotated", async () => {
        await changes({ blueGreenEnabled: true });
        const { listenerRuleArn, alternateTargetGroupArn } = await project.outputs("dev");
        const account = openAccount(path.join(project.folder, ".rehearsal", "account"));
        const rule = account.find("ListenerRule", listenerRuleArn);
        assert.ok(rule);
        const actions = [{ type: "forward", order: 1, targetGroupArn: alternateTargetGroupArn }];
        account.put({ ...rule, properties: { ...rule.properties, actions } });
        assert.deepEqual(await change("originSecretGeneration", 3), [200], [...new Set(served.problems)].join("\n"));
        const { body } = await served.ask({ port: served.port(443, host), servername: host, headers: { host } });
        const { application } = JSON.parse(body) as Echo;
        assert.equal(application, account.find("TargetGroup", alternateTargetGroupArn)?.properties.name);
    });
});
