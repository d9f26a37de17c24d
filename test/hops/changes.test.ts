import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Account, openAccount } from "../../rehearsal/aws/account";
import { serveTraffic } from "../../rehearsal/traffic";
import { encryptedEdgeAccount, type Fixture, secret, set } from "./account";
import { Served } from "./served";

const next = "a".repeat(64);

/** An account in a directory, served, and asked all the time. */
class Live {
    readonly statuses: number[] = [];
    readonly #agent = new Agent({ keepAlive: true });
    #asking = true;
    #asked: Promise<void>[] = [];

    private constructor(
        readonly served: Served,
        readonly account: Account,
        readonly records: ReturnType<typeof encryptedEdgeAccount>,
        readonly directory: string,
    ) {}

    static async start(
        change: (records: ReturnType<typeof encryptedEdgeAccount>) => Fixture[] | void = () => undefined,
    ) {
        const directory = mkdtempSync(path.join(tmpdir(), "changes-"));
        const records = encryptedEdgeAccount();
        const more = change(records) ?? [];
        const account = openAccount(directory);
        const problems: string[] = [];
        for (const record of [...Object.values(records), ...more]) {
            put(account, record);
        }
        const traffic = await serveTraffic({
            account: directory,
            forMinutes: 1,
            report: (problem) => problems.push(problem),
        });
        return new Live(Served.of(traffic, problems), account, records, directory);
    }

    /** Asks without a pause, several at a time. */
    async ask(): Promise<void> {
        this.#asked = Array.from({ length: 4 }, async () => {
            while (this.#asking) {
                this.statuses.push((await this.served.ask({ agent: this.#agent })).status);
            }
        });
        await this.go();
    }

    /** Lets some requests pass; where nothing is being asked, some time. */
    async go(): Promise<void> {
        const enough = this.statuses.length + 12;
        await wait(100);
        while (this.#asked.length > 0 && this.statuses.length < enough) {
            await wait(10);
        }
    }

    /** Writes resources one after the other, with requests between them. */
    async put(...records: Fixture[]): Promise<void> {
        for (const record of records) {
            put(this.account, record);
            await this.go();
        }
    }

    async delete(...records: Fixture[]): Promise<void> {
        for (const { type, id } of records) {
            this.account.delete(type, id);
            await this.go();
        }
    }

    async refused(): Promise<number[]> {
        this.#asking = false;
        await Promise.all(this.#asked);
        this.#asked = [];
        this.#agent.destroy();
        return this.statuses.filter((status) => status !== 200);
    }

    async close(): Promise<void> {
        this.#asking = false;
        await Promise.all(this.#asked);
        this.#agent.destroy();
        await this.served.traffic.close();
        rmSync(this.directory, { recursive: true });
    }
}

function put(account: Account, record: Fixture): void {
    account.put({ inputs: {}, createdAt: new Date(0).toISOString(), ...structuredClone(record) });
}

describe("traffic while the account changes", () => {
    let live: Live;

    afterEach(() => live.close());

    it("loses nothing in a rotation of the secret in the right order", async () => {
        live = await Live.start();
        const { rule, distribution } = live.records;
        await live.ask();
        set(rule, "conditions.0.httpHeader.values", [next, secret]);
        await live.put(rule);
        set(distribution, "origins.0.customHeaders.0.value", next);
        await live.put(distribution);
        set(rule, "conditions.0.httpHeader.values", [next]);
        await live.put(rule);
        assert.deepEqual(await live.refused(), []);
    });

    it("is refused in a rotation in the wrong order", async () => {
        live = await Live.start();
        const { rule, distribution } = live.records;
        await live.ask();
        set(distribution, "origins.0.customHeaders.0.value", next);
        await live.put(distribution);
        set(rule, "conditions.0.httpHeader.values", [next, secret]);
        await live.put(rule);
        const refused = await live.refused();
        assert.ok(refused.length > 0);
        assert.ok(refused.every((status) => status === 403));
        assert.equal((await live.served.ask()).status, 200);
    });

    /** What a target group, a target in it and the ways to and from it are for another port and protocol. */
    const targets = (port: number, protocol: string): Fixture[] => [
        {
            type: "aws:lb/targetGroup:TargetGroup",
            id: `group-${port}`,
            properties: { arn: `arn:group-${port}`, name: `group-${port}`, port, protocol },
        },
        rule("Egress", "toTargets", "application", port),
        rule("Ingress", "application", "toTargets", port),
        {
            type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
            id: `attachment-${port}`,
            properties: { targetGroupArn: `arn:group-${port}`, targetId: "i-1" },
        },
    ];
    const rule = (direction: string, securityGroupId: string, referencedSecurityGroupId: string, port: number) => ({
        type: `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`,
        id: `${direction}-${port}`,
        properties: { securityGroupId, referencedSecurityGroupId, ipProtocol: "tcp", fromPort: port, toPort: port },
    });
    const onHttp = ({ rule: listenerRule }: ReturnType<typeof encryptedEdgeAccount>): Fixture[] => {
        set(listenerRule, "actions.0.targetGroupArn", "arn:group-8080");
        return [
            { type: "aws:ec2/instance:Instance", id: "i-1", properties: { vpcSecurityGroupIds: ["application"] } },
            ...targets(8080, "HTTP"),
        ];
    };

    it("loses nothing when the targets come to another port and protocol before the traffic does", async () => {
        live = await Live.start(onHttp);
        const { rule: listenerRule } = live.records;
        await live.ask();
        await live.put(...targets(8443, "HTTPS"));
        set(listenerRule, "actions.0.targetGroupArn", "arn:group-8443");
        await live.put(listenerRule);
        await live.delete(...targets(8080, "HTTP").reverse());
        assert.deepEqual(await live.refused(), []);
        assert.match((await live.served.echo()).transport, /^TLS/);
    });

    it("is refused when the traffic goes to a target group that is still empty, or shut off", async () => {
        live = await Live.start(onHttp);
        const { rule: listenerRule } = live.records;
        const [group, out, into, attachment] = targets(8443, "HTTPS") as [Fixture, Fixture, Fixture, Fixture];
        set(listenerRule, "actions.0.targetGroupArn", "arn:group-8443");
        await live.put(group, listenerRule);
        assert.equal((await live.served.ask()).status, 503);
        await live.put(attachment);
        assert.equal((await live.served.ask()).status, 504);
        await live.put(out, into);
        assert.equal((await live.served.ask()).status, 200);
    });

    it("goes on while certificates, security policies, names and the firewall are changed", async () => {
        live = await Live.start();
        const { viewerCertificate, originCertificate, distribution, listener, webAcl, originA } = live.records;
        await live.ask();
        const successor = ({ type, id, properties }: Fixture): Fixture => ({
            type,
            id: `${id}-2`,
            properties: { ...properties, arn: `arn:${id}-2` },
        });
        await live.put(successor(viewerCertificate), successor(originCertificate));
        set(listener, "certificateArn", "arn:origin-2");
        set(listener, "sslPolicy", "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09");
        await live.put(listener);
        set(distribution, "viewerCertificate.acmCertificateArn", "arn:viewer-2");
        set(distribution, "viewerCertificate.minimumProtocolVersion", "TLSv1.2_2021");
        set(distribution, "aliases", ["www.example.com", "shop.example.com"]);
        await live.put(distribution);
        await live.put({
            ...originA,
            id: "shop",
            properties: { ...originA.properties, name: "shop.example.com", fqdn: "shop.example.com" },
        });
        await live.delete(viewerCertificate, originCertificate);
        assert.deepEqual(await live.refused(), []);
        assert.ok("shop.example.com" in live.served.traffic.network.hosts);
        set(webAcl, "defaultAction", { block: {} });
        await live.put(webAcl);
        assert.equal((await live.served.ask()).status, 403);
    });

    it("reaches a listener that was added, and none that was removed", async () => {
        live = await Live.start();
        const { distribution, listener, rule: listenerRule, ingress } = live.records;
        const to8443 = {
            ...listener,
            id: "second",
            properties: { ...listener.properties, arn: "arn:second", port: 8443 },
        };
        const rule8443 = {
            ...listenerRule,
            id: "rule-2",
            properties: { ...listenerRule.properties, listenerArn: "arn:second" },
        };
        const ingress8443 = {
            ...ingress,
            id: "ingress-2",
            properties: { ...ingress.properties, fromPort: 8443, toPort: 8443 },
        };
        await live.ask();
        await live.put(ingress8443, to8443, rule8443);
        set(distribution, "origins.0.customOriginConfig.httpsPort", 8443);
        await live.put(distribution);
        await live.delete(listenerRule, listener);
        assert.deepEqual(await live.refused(), []);
        const ports = Object.keys(live.served.traffic.network.hostsFromCloudFront["origin.example.com"] ?? {});
        assert.deepEqual(ports, ["8443", "otherPorts"]);
        await live.delete(to8443);
        assert.equal((await live.served.ask()).status, 502);
        assert.match(live.served.problems.join("\n"), /nothing listens at origin\.example\.com:8443/);
    });

    it("keeps what it serves where a change holds a value that AWS does not have", async () => {
        live = await Live.start();
        const { distribution } = live.records;
        set(distribution, "viewerCertificate.minimumProtocolVersion", "TLSv9");
        await live.put(distribution);
        assert.equal((await live.served.ask()).status, 200);
        assert.match(live.served.problems.join("\n"), /minimumProtocolVersion TLSv9/);
    });
});
