import assert from "node:assert/strict";
import { Agent } from "node:https";
import * as path from "node:path";
import { serveTraffic } from "../../rehearsal/traffic";
import { table, verify } from "../../verify";
import { RehearsedExample } from "../rehearsal/rehearsedExample";
import { type Echo, Served, viewer } from "./served";

/** The walk through docs/adopt-a-live-site.md, with examples/existing-load-balancer, while viewers ask all the time. */
describe("a live site that is adopted, step by step and back", function () {
    // The first of these may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    let example: RehearsedExample;
    let served: Served;

    before(async () => {
        example = new RehearsedExample("existing-load-balancer");
        example.configure("deletionProtection", false);
        // Whoever asks without a pause is over any ordinary rate.
        example.configure("rateLimit", 2_000_000_000);
        await example.succeed("up", "--yes", "--skip-preview");
        served = await Served.project(example.folder, 30);
    });

    after(async () => {
        await served.traffic.close();
        example.remove();
    });

    /** Requests of viewers who ask DNS each time, and of those who keep to the address that they had before. */
    async function answersDuring(work: () => Promise<unknown>): Promise<{ statuses: number[]; count: number }> {
        const statuses: number[] = [];
        let asking = true;
        const remembered = served.port(443);
        const asked = [() => served.port(443), () => remembered].map(async (port) => {
            const agent = new Agent({ keepAlive: true });
            while (asking) {
                statuses.push((await served.ask({ agent, port: port() })).status);
            }
            agent.destroy();
        });
        try {
            await work();
        } finally {
            asking = false;
            await Promise.all(asked);
        }
        return { statuses: [...new Set(statuses)], count: statuses.length };
    }

    async function take(step: number): Promise<void> {
        const { statuses, count } = await answersDuring(async () => {
            example.configure("step", step);
            await example.succeed("up", "--yes", "--skip-preview");
        });
        assert.deepEqual(statuses, [200], [...new Set(served.problems)].join("\n"));
        assert.ok(count > 50, `only ${count} requests`);
    }

    const echo = async (port: number) => JSON.parse((await served.ask({ port })).body) as Echo;
    const throughCloudFront = ({ headers }: Echo) => headers.via?.includes("cloudfront.net") ?? false;

    it("begins with viewers at the load balancer", async () => {
        assert.equal(throughCloudFront(await echo(served.port(443))), false);
    });

    it("1: gets a security group with room", () => take(1));

    it("2: gets a second door that only the distribution can use", async () => {
        await take(2);
        const { distributionDomainName, originDomainName } = await example.outputs();
        assert.equal(throughCloudFront(await echo(served.port(443))), false);
        const tried = await echo(served.port(443, String(distributionDomainName)));
        assert.equal(throughCloudFront(tried), true);
        assert.equal(tried.headers["x-forwarded-host"], viewer);
        assert.equal(tried.headers["x-forwarded-port"], "8443");
        const origin = served.traffic.network.hosts[String(originDomainName)]?.[8443];
        assert.ok(origin !== undefined && "closed" in origin);
        const stranger = served.traffic.network.hostsFromCloudFront?.[String(originDomainName)]?.[8443];
        assert.ok(stranger !== undefined && "port" in stranger);
        const answer = await served.ask({
            port: stranger.port,
            localAddress: stranger.from,
            servername: String(originDomainName),
        });
        assert.equal(answer.status, 403);
    });

    it("2: and goes back", async () => {
        await take(1);
        await take(2);
    });

    it("4: has its records taken over as they are, and goes back", async () => {
        await take(4);
        await take(3);
        await take(4);
        assert.equal(throughCloudFront(await echo(served.port(443))), false);
    });

    it("5: moves its viewers to CloudFront, back, and again", async () => {
        await take(5);
        assert.equal(throughCloudFront(await echo(served.port(443))), true);
        assert.deepEqual([...(served.traffic.network.records[viewer] ?? [])].sort(), ["A", "AAAA", "HTTPS"]);
        await take(4);
        assert.equal(throughCloudFront(await echo(served.port(443))), false);
        await take(5);
    });

    it("changes the port of the second door, by another group: the first has no room for two ports", async () => {
        const given = "targetGroupArn: site.targetGroup.arn,";
        example.rewrite("index.ts", given, `${given} port: 9443,`);
        const refused = await answersDuring(() =>
            assert.rejects(
                example.succeed("up", "--yes", "--skip-preview"),
                /already admits CloudFront on another port[^]*RulesPerSecurityGroupLimitExceeded/,
            ),
        );
        assert.deepEqual(refused.statuses, [200], [...new Set(served.problems)].join("\n"));

        const group = 'const groupForCloudFront = new aws.ec2.SecurityGroup("site-from-cloudfront", { vpcId });';
        const roomy = 'new aws.ec2.SecurityGroup("site-from-cloudfront-2", { vpcId })';
        example.rewrite(
            "site.ts",
            group,
            `const former = new aws.ec2.SecurityGroup("site-from-cloudfront", { vpcId });
            const groupForCloudFront = ${roomy};`,
        );
        example.rewrite(
            "site.ts",
            "publicGroup.id, groupForCloudFront.id",
            "publicGroup.id, former.id, groupForCloudFront.id",
        );
        example.rewrite("site.ts", "groupForCloudFront, targetGroup", "former, groupForCloudFront, targetGroup");
        example.rewrite("index.ts", `${given} port: 9443,`, given);
        example.rewrite("index.ts", "site.groupForCloudFront.id", "site.former.id");
        await take(5);
        example.rewrite("index.ts", given, `${given} port: 9443,`);
        example.rewrite("index.ts", "site.former.id", "site.groupForCloudFront.id");
        await take(5);
        const moved = await echo(served.port(443));
        assert.equal(throughCloudFront(moved), true);
        assert.equal(moved.headers["x-forwarded-port"], "9443");
        const origin = served.traffic.network.hostsFromCloudFront?.["origin.example.com"];
        assert.equal(origin?.[8443], undefined);
    });

    it("7: shuts the world out, passes the pack, and every hop is proved", async () => {
        example.configure("deletionProtection", true);
        await take(7);
        const { output } = await example.succeed("preview", "--policy-pack", path.join(example.root, "policy"));
        assert.match(output, /Policies:[^]*encrypted-edge/);
        assert.doesNotMatch(output, /\[(mandatory|advisory)\]/, output);
        // Its taps have not heard all that traffic, of which they keep the beginning only.
        const fresh = await serveTraffic({ account: path.join(example.folder, ".rehearsal", "account") });
        const report = await verify({
            target: { domainNames: [viewer], originDomainName: "origin.example.com", originPort: 9443 },
            network: fresh.network,
        });
        await fresh.close();
        assert.notEqual(report.verdict, "fail", table(report));
        const told = report.findings.filter((one) => one.verdict !== "pass").map(({ probe, seen }) => [probe, seen]);
        assert.deepEqual(told, [], table(report));
    });

    it("7: and opens its first door again", async () => {
        example.configure("deletionProtection", false);
        await take(5);
        await take(4);
        assert.equal(throughCloudFront(await echo(served.port(443))), false);
    });
});
