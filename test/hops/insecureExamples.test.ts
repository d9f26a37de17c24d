import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { type Account, openAccount } from "../../rehearsal/aws/account";
import { serveTraffic } from "../../rehearsal/traffic";
import { table, verify } from "../../verify";
import { encryptedEdgeAccount, type Fixture, set } from "./account";

const root = path.join(__dirname, "..", "..");

describe("the examples that the pack refuses, deployed without it", function () {
    // It may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    const folders: string[] = [];

    after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

    /** Deploys an example in a folder of its own. @returns the account */
    async function deploy(example: string): Promise<Account> {
        const folder = mkdtempSync(path.join(tmpdir(), "example-"));
        folders.push(folder);
        cpSync(path.join(root, "examples", example), folder, { recursive: true });
        const compilerOptions = { module: "commonjs", skipLibCheck: true };
        writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
        symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
        const rehearse = path.join(root, "rehearsal", "rehearse.js");
        const up = ["up", "--stack", "dev", "--yes", "--skip-preview"];
        await promisify(execFile)(process.execPath, [rehearse, ...up], { cwd: folder });
        return openAccount(path.join(folder, ".rehearsal", "account"));
    }

    const put = (account: Account, record: Fixture) =>
        account.put({ inputs: {}, createdAt: new Date(0).toISOString(), ...record });

    it("show plain HTTP to the origin at that hop: origin-not-https", async () => {
        const account = await deploy("origin-not-https");
        // The load balancer behind it is another team's: one that speaks HTTP, as the distribution asks.
        const { loadBalancer, fromCloudFront, ingress, listener, targetGroup, originA } = encryptedEdgeAccount();
        set(loadBalancer, "securityGroups", ["fromCloudFront"]);
        set(ingress, "fromPort", 80);
        set(ingress, "toPort", 80);
        set(listener, "port", 80);
        set(listener, "protocol", "HTTP");
        set(listener, "defaultActions", [{ type: "forward", targetGroupArn: "arn:targetGroup" }]);
        for (const record of [loadBalancer, fromCloudFront, ingress, listener, targetGroup, originA]) {
            put(account, record);
        }
        const traffic = await serveTraffic({ account: account.directory, forMinutes: 1 });
        try {
            const report = await verify({
                target: { domainNames: ["shop.example.com"], originDomainName: "origin.example.com" },
                network: traffic.network,
            });
            assert.equal(report.verdict, "fail");
            const failed = report.findings.filter((one) => one.verdict === "fail").map((one) => one.probe);
            assert.ok(failed.includes("origin-encrypted"), table(report));
            assert.ok(!failed.includes("viewer-https"), table(report));
        } finally {
            await traffic.close();
        }
    });

    it("let everybody reach the load balancer: load-balancer-open", async () => {
        const account = await deploy("load-balancer-open");
        const [loadBalancer] = account.all("LoadBalancer");
        assert.ok(loadBalancer !== undefined);
        // The example ends before its listener.
        const { listener } = encryptedEdgeAccount();
        set(listener, "loadBalancerArn", loadBalancer.properties.arn);
        set(listener, "protocol", "HTTP");
        put(account, listener);
        const traffic = await serveTraffic({ account: account.directory, forMinutes: 1 });
        const door = traffic.network.hosts[String(loadBalancer.properties.dnsName).toLowerCase()]?.[443];
        await traffic.close();
        assert.ok(door !== undefined && "port" in door, JSON.stringify(door));
    });
});
