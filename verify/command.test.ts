import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Report } from "./report";
import { deployed, run } from "./test/commandRun";

describe("the command verify-edge", () => {
    let folder: string;
    let server: Server;

    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "verify-edge-"));
        // A web server that is no CloudFront and speaks plaintext: the opposite of what is wanted.
        server = createServer((_, response) => response.end("hello"));
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });

    after(async () => {
        rmSync(folder, { recursive: true });
        await new Promise<void>((resolve) => server.close(() => resolve()));
    });

    const file = (name: string, content: unknown) => {
        const full = path.join(folder, name);
        writeFileSync(full, typeof content === "string" ? content : JSON.stringify(content));
        return full;
    };

    it("prints its version", async () => {
        const { version } = JSON.parse(readFileSync(path.join(__dirname, "package.json"), "utf8")) as {
            version: string;
        };
        assert.deepEqual(await run("--version"), { code: 0, out: `${version}\n`, err: "" });
    });

    const plainNetwork = () => {
        const { port } = server.address() as AddressInfo;
        const place = { address: "127.0.0.1", port };
        return file("network.json", {
            description: "a test",
            hosts: {
                "www.example.com": { 80: place, 443: place },
                "origin.example.com": { 80: place, 443: { closed: "nothing listens" } },
            },
            records: { "www.example.com": ["A"] },
        });
    };

    it("reports a plaintext server as what it is: JSON, HTML and exit code 1", async () => {
        const outputs = file("outputs.json", {
            domainNames: ["www.example.com"],
            originDomainName: "origin.example.com",
            targetProtocol: "HTTP",
            token: "hunter2",
        });
        const page = path.join(folder, "evidence", "today", "report.html");
        const { code, out } = await run(
            "--outputs",
            outputs,
            "--network",
            plainNetwork(),
            "--json",
            "--html",
            page,
            "--timeout",
            "5",
        );
        const report = JSON.parse(out) as Report;
        const verdictOf = (probe: string) => report.findings.find((one) => one.probe === probe)?.verdict;
        assert.equal(code, 1);
        assert.deepEqual(
            [
                "name-address",
                "viewer-https",
                "viewer-http",
                "viewer-http2",
                "origin-network-closed",
                "origin-http-closed",
                "target-encrypted",
                "origin-encrypted",
            ].map(verdictOf),
            ["pass", "fail", "fail", "cannot tell", "pass", "fail", "fail", "cannot tell"],
        );
        assert.match(readFileSync(page, "utf8"), /^<!doctype html>/);
        assert.ok(!out.includes("hunter2"));
    });

    it("never passes a closed port where this machine reaches nothing at all", async () => {
        const network = file("nothing.json", {
            description: "a test",
            hosts: {
                "www.example.com": {},
                "origin.example.com": { 80: { closed: "a test" }, 443: { closed: "a test" } },
            },
            records: { "www.example.com": ["A", "HTTPS"] },
        });
        const { code, out } = await run(
            "--domain-name",
            "www.example.com",
            "--origin-domain-name",
            "origin.example.com",
            "--network",
            network,
            "--json",
        );
        assert.equal(code, 3);
        const report = JSON.parse(out) as Report;
        const closed = report.findings.filter((one) => one.probe.endsWith("-closed"));
        assert.deepEqual(
            closed.map((one) => one.verdict),
            ["cannot tell", "cannot tell"],
        );
        assert.match(closed[0]?.seen ?? "", /not even www\.example\.com is reached on port 443/);
    });

    it("prints a table without colours where nobody looks", async () => {
        const { code, out } = await run("--domain-name", "www.example.com", "--network", plainNetwork());
        assert.equal(code, 1);
        assert.match(out, /FAIL {9}viewer-http /);
        assert.ok(!out.includes("\u001b"));
    });

    it("writes each report where it is told, compares with an earlier one, and reads a state for what nobody sees", async () => {
        const [first, second, xml] = ["first.json", "second.json", "report.xml"].map((name) => path.join(folder, name));
        const state = file("deployed.json", deployed);
        const told = ["--state", state, "--network", plainNetwork(), "--timeout", "2"];
        assert.equal((await run(...told, "--json", first ?? "")).code, 1);
        const { out } = await run(...told, "--json", second ?? "", "--junit", xml ?? "", "--compare", first ?? "");
        assert.match(out, /^AWS|^a test/);
        const report = JSON.parse(readFileSync(second ?? "", "utf8")) as Report;
        assert.deepEqual(report.comparison?.changes, []);
        assert.equal(report.subject.stack, "edge/prod");
        assert.deepEqual(report.names, ["www.example.com", "origin.example.com"]);
        assert.equal(report.configuration?.pack, "@encrypted-edge/policy");
        assert.match(readFileSync(xml ?? "", "utf8"), /<testsuites name="verify-edge">/);
    });

    it("has the pack judge the state: what violates a rule fails, what is exempted is shown with its reason", async () => {
        const listener = {
            urn: "urn:pulumi:prod::edge::aws:lb/targetGroup:TargetGroup::targets",
            type: "aws:lb/targetGroup:TargetGroup",
            custom: true,
            id: "targets",
            inputs: { port: 80, protocol: "HTTP" },
            outputs: { port: 80, protocol: "HTTP" },
        };
        const { resources } = deployed.deployment;
        const state = file("plaintext.json", { version: 3, deployment: { resources: [...resources, listener] } });
        const told = ["--state", state, "--network", plainNetwork(), "--timeout", "2", "--json"];
        const judged = async (...more: string[]) =>
            (JSON.parse((await run(...told, ...more)).out) as Report).configuration;
        assert.equal((await judged())?.verdict, "warn");
        const plain = await judged("--policy-config", file("mandatory.json", { "alb-target-https": "mandatory" }));
        assert.deepEqual([plain?.verdict, plain?.resources, plain?.problems], ["fail", 2, []]);
        const { rule, standing, urn } = plain?.results[0] ?? {};
        assert.deepEqual([rule, standing, urn], ["alb-target-https", "mandatory", listener.urn]);
        const exemption = { urn: "*targets", reason: "moves in May", expires: "2999-12-31" };
        const rules = {
            "alb-target-https": { exemptions: [exemption] },
            "cloudfront-web-acl": "disabled",
            "unused-exemption": "advisory",
        };
        const exempted = await judged("--policy-config", file("exempted.json", rules));
        assert.equal(exempted?.results[0]?.exempted, "until 2999-12-31: moves in May");
        assert.deepEqual([exempted?.verdict, exempted?.disabled], ["pass", ["cloudfront-web-acl"]]);
    });

    it("watches: shows the first report, and again when something changes, until it is stopped", async () => {
        const stop = setInterval(() => {
            if (process.listenerCount("SIGINT") > 0) {
                process.emit("SIGINT");
            }
        }, 400);
        try {
            const told = ["--domain-name", "www.example.com", "--network", plainNetwork(), "--watch", "1"];
            const { code, out, err } = await run(...told);
            assert.equal(code, 1);
            assert.equal(out.match(/What each hop's verdict rests on/g)?.length, 1);
            assert.match(err, /fail {2}Something is wrong: viewer-https/);
        } finally {
            clearInterval(stop);
        }
    });

    it("explains itself", async () => {
        const { code, out } = await run("--help");
        assert.equal(code, 0);
        assert.match(out, /Exit code: 0 /);
        const commands = /^Example: /;
        const wide = out.split("\n").filter((line) => line.length > 80 && !commands.test(line));
        assert.deepEqual(wide, []);
    });
});
