import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import * as path from "node:path";
import { RehearsedExample } from "../rehearsal/rehearsedExample";
import { type Echo, Served } from "./served";

describe("two edges in one zone", function () {
    // The first of these may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    let example: RehearsedExample;

    before(async () => {
        example = new RehearsedExample("two-edges");
        const pack = ["--policy-pack", path.join(example.root, "policy")];
        const { output } = await example.succeed("up", "--yes", "--skip-preview", ...pack);
        assert.doesNotMatch(output, /\[(mandatory|advisory)\]/, output);
    });

    after(() => example.remove());

    it("of one program serve, each by its own way and with its own targets", async () => {
        const served = await Served.project(example.folder, 2);
        try {
            const echo = async (host: string) => {
                const port = served.port(443, host);
                return served.echo({ port, servername: host, headers: { host } });
            };
            const [site, shop]: [Echo, Echo] = [await echo("www.example.com"), await echo("shop.example.com")];
            assert.deepEqual([site.headers.host, shop.headers.host], ["origin.example.com", "origin-shop.example.com"]);
            assert.notEqual(site.application, shop.application);
            assert.match(site.transport, /^TLS/);
            assert.match(shop.transport, /^TLS/);
            assert.deepEqual(served.problems, []);
        } finally {
            await served.traffic.close();
        }
    });

    it("of two stacks are refused by the preview of the second, all names at once, and before anything is made", async () => {
        copyFileSync(path.join(example.folder, "Pulumi.dev.yaml"), path.join(example.folder, "Pulumi.other.yaml"));
        const { ended, output } = await example.run("other", "up", "--yes");
        assert.equal(ended, false, output);
        assert.match(output, /EncryptedEdge "site" cannot be built; 2 names are taken/);
        assert.match(
            output,
            /- domainNames\[0\] is "www\.example\.com", for which the hosted zone Z\w+ already holds a record \(A, AAAA, HTTPS\) that is not this stack's\. .*existingLoadBalancer/,
        );
        assert.match(
            output,
            /- originDomainName is "origin\.example\.com", .* \(A\) .*Write another name, for example "origin-site\.example\.com"/,
        );
        assert.doesNotMatch(output, /\n\s+at |unhandled/i);
        assert.doesNotMatch(output, /created \(/);
    });

    it("are not refused to the stack that has them", async () => {
        const { output } = await example.succeed("up", "--yes");
        assert.match(output, /unchanged/);
    });
});
