import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { command } from "./command";
import type { Report } from "./report";

/** What the command printed and how it ended. */
interface Ended {
    readonly code: number;
    readonly out: string;
    readonly err: string;
}

async function run(...args: string[]): Promise<Ended> {
    const written = { out: "", err: "" };
    const { stdout, stderr } = process;
    const [writeOut, writeErr] = [stdout.write.bind(stdout), stderr.write.bind(stderr)];
    stdout.write = (text: string | Uint8Array) => ((written.out += String(text)), true);
    stderr.write = (text: string | Uint8Array) => ((written.err += String(text)), true);
    try {
        return { code: await command(args), ...written };
    } finally {
        stdout.write = writeOut;
        stderr.write = writeErr;
    }
}

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

    const deployed = {
        version: 3,
        deployment: {
            resources: [
                {
                    urn: "urn:pulumi:prod::edge::pulumi:pulumi:Stack::edge-prod",
                    type: "pulumi:pulumi:Stack",
                    custom: false,
                    outputs: { domainNames: ["www.example.com"], originDomainName: "origin.example.com" },
                },
            ],
        },
    };

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

    const wrong: readonly [string, () => string[], RegExp][] = [
        ["nothing to probe", () => [], /Nothing to probe: give --outputs .* or --domain-name/],
        [
            "outputs and names",
            () => ["--outputs", "a", "--domain-name", "www.example.com"],
            /either --outputs or --domain-name/,
        ],
        [
            "a name that is none",
            () => ["--domain-name", "a b"],
            /--domain-name is "a b": expected a DNS name such as www\.example\.com\./,
        ],
        [
            "a path that is none",
            () => ["--domain-name", "www.example.com", "--path", "health"],
            /--path is "health": expected a path that begins with a slash/,
        ],
        [
            "a time that is none",
            () => ["--domain-name", "www.example.com", "--timeout", "soon"],
            /--timeout is "soon": expected a number from 1 to 120\./,
        ],
        [
            "a file that is missing",
            () => ["--outputs", path.join(folder, "missing.json")],
            /Cannot read .*missing\.json: no such file/,
        ],
        ["a folder as file", () => ["--outputs", folder], /it is a folder/],
        ["outputs that are not JSON", () => ["--outputs", file("broken.json", "{")], /broken\.json is not JSON/],
        [
            "outputs without names",
            () => ["--outputs", file("empty.json", {})],
            /empty\.json does not say what to probe\.\n {2}Neither output domainNames nor output url/,
        ],
        [
            "a network that is none",
            () => ["--domain-name", "www.example.com", "--network", file("wrong.json", {})],
            /is not the network of a rehearsal/,
        ],
        [
            "two reports for one output",
            () => ["--domain-name", "www.example.com", "--json", "--junit"],
            /Only one report goes to standard output, but --json and --junit would/,
        ],
        [
            "a rehearsed stack on the internet",
            () => [
                "--outputs",
                file("rehearsed.json", {
                    url: "https://www.example.com",
                    targetGroupArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/a/b",
                }),
            ],
            /This stack is rehearsed .*`rehearse serve`.*`npm run serve`.*--network \.rehearsal\/traffic\/network\.json/,
        ],
        [
            "a state that is none",
            () => ["--state", file("state.json", { version: 3 })],
            /not what `pulumi stack export` writes/,
        ],
        [
            "a state of a stack that says nothing",
            () => ["--state", file("silent.json", { deployment: { resources: [{ type: "pulumi:pulumi:Stack" }] } })],
            /the outputs of its stack, does not say what to probe/,
        ],
        [
            "a policy configuration that is none",
            () => [
                "--state",
                file("plain.json", deployed),
                "--policy-config",
                file("rules.json", { "alb-target-http": "mandatory" }),
            ],
            /rules\.json is no configuration of the policy pack\.\n {2}"alb-target-http" is not a rule of this pack\..*alb-target-https/,
        ],
        [
            "an earlier report that is none",
            () => ["--domain-name", "www.example.com", "--compare", file("earlier.json", { findings: [] })],
            /earlier\.json is not a report of version 1/,
        ],
        ["an option that is unknown", () => ["--quickly"], /unknown option '--quickly'/],
        [
            "a configuration of the pack without a state",
            () => ["--domain-name", "www.example.com", "--policy-config", "policy.json"],
            /--policy-config has no effect without --state\. Give both, or leave it out\./,
        ],
        [
            "an origin beside outputs that name one",
            () => [
                "--outputs",
                file("named.json", { domainNames: ["a.example"] }),
                "--origin-domain-name",
                "o.example",
            ],
            /--origin-domain-name has no effect without --domain-name\./,
        ],
        ["an argument too many", () => ["www.example.com"], /"www\.example\.com" is not expected: every input has/],
        [
            "values, files and arguments that are wrong at once",
            () => "b --timeout soon --hsts-max-age=-1 --path a --network none.json --json --html".split(" "),
            new RegExp(
                [
                    "The call has 6 mistakes:",
                    '--timeout is "soon"',
                    '--hsts-max-age is "-1"',
                    '--path is "a"',
                    '"b" is not expected',
                    "Only one report",
                    "Cannot read none\\.json[^\n]*\n$",
                ].join("[^\n]*\n  - "),
            ),
        ],
        [
            "values beside an option that is unknown",
            () => ["--timeout", "soon", "--quickly"],
            /unknown option '--quickly'\n\(--help lists the options\)\n\n?verify-edge: --timeout is "soon"/,
        ],
        [
            "a network that cannot be read, and nothing else to probe",
            () => ["--network", "none.json"],
            /^verify-edge: Cannot read[^\n]*\n$/,
        ],
    ];
    for (const [what, args, message] of wrong) {
        it(`tells in words, with exit code 2: ${what}`, async () => {
            const { code, err, out } = await run(...args());
            assert.equal(code, 2);
            assert.match(err, message);
            assert.doesNotMatch(err, /\n\s+at /);
            assert.equal(out, "");
        });
    }

    it("explains itself", async () => {
        const { code, out } = await run("--help");
        assert.equal(code, 0);
        assert.match(out, /Exit code: 0 /);
        const commands = /^Example: /;
        const wide = out.split("\n").filter((line) => line.length > 80 && !commands.test(line));
        assert.deepEqual(wide, []);
    });
});
