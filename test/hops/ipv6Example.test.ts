import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { openAccount } from "../../rehearsal/aws/account";
import { RehearsedExample } from "../rehearsal/rehearsedExample";
import { Served, viewer } from "./served";

const listName = "com.amazonaws.global.ipv6.cloudfront.origin-facing";

describe("a live edge that leaves public IPv4, and comes back", function () {
    // The first of these may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    let example: RehearsedExample;
    let served: Served;

    before(async () => {
        example = new RehearsedExample("ipv6-origin");
        example.configure("loadBalancerIpAddressType", "ipv4");
        // Whoever asks without a pause is over any ordinary rate.
        example.configure("rateLimit", 2_000_000_000);
        await example.succeed("up", "--yes", "--skip-preview");
        served = await Served.project(example.folder, 30);
    });

    after(async () => {
        await served.traffic.close();
        example.remove();
    });

    /** Connections that CloudFront has made to the load balancer by IPv6. */
    const byIpv6 = () =>
        served.traffic.network
            .wire()
            .filter(({ hop, to }) => hop === "CloudFront to load balancer" && to.endsWith(" by IPv6"))
            .reduce((sum, { tlsConnections }) => sum + tlsConnections, 0);

    async function change(loadBalancerIpAddressType: string, ...options: string[]): Promise<string> {
        let output = "";
        const answers = await served.answersDuring([viewer], async () => {
            example.configure("loadBalancerIpAddressType", loadBalancerIpAddressType);
            ({ output } = await example.succeed("up", "--yes", "--skip-preview", ...options));
        });
        assert.deepEqual(answers, [200], [...new Set(served.problems)].join("\n"));
        return output;
    }

    it("begins with IPv4 alone", async () => {
        assert.equal((await served.ask()).status, 200);
        assert.equal(byIpv6(), 0);
    });

    it("takes IPv6 besides it without a refused request, and replaces nothing", async () => {
        const output = await change("dualstack");
        assert.doesNotMatch(output, /\+-|replaced/, output);
        assert.ok(byIpv6() > 0);
    });

    it("leaves public IPv4 without a refused request, under a pack that knows the list of IPv6", async () => {
        const { root } = example;
        const file = path.join(example.folder, "pack.json");
        const page = readFileSync(path.join(root, "docs", "component.md"), "utf8");
        const [, settings = ""] = /^```json\n([^`]*"trustedPrefixListIds"[^`]*)^```$/m.exec(page) ?? [];
        writeFileSync(file, settings.replaceAll("pl-0123456789abcdef0", prefixListId()));
        const pack = ["--policy-pack", path.join(root, "policy"), "--policy-pack-config", file];
        const output = await change("dualstack-without-public-ipv4", ...pack);
        assert.match(output, /encrypted-edge@/);
        assert.doesNotMatch(output, /\[(mandatory|advisory)\]/, output);
        assert.doesNotMatch(output, /\+-|replaced/, output);
    });

    it("comes back in the same two steps", async () => {
        await change("dualstack");
        await change("ipv4");
        const before = byIpv6();
        assert.equal((await served.ask()).status, 200);
        assert.equal(byIpv6(), before);
    });

    /** Its id in this account, which no pack can know beforehand. */
    function prefixListId(): string {
        const account = openAccount(path.join(example.folder, ".rehearsal", "account"));
        const lists = account.all("ManagedPrefixList", "eu-central-1");
        return lists.find(({ properties }) => properties.name === listName)?.id ?? assert.fail(listName);
    }
});
