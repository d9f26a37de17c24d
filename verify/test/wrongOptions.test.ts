import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { deployed, run } from "./commandRun";

describe("the command verify-edge, given what is wrong,", () => {
    let folder: string;

    before(() => {
        folder = mkdtempSync(path.join(tmpdir(), "verify-edge-"));
    });
    after(() => rmSync(folder, { recursive: true }));

    const file = (name: string, content: unknown) => {
        const full = path.join(folder, name);
        writeFileSync(full, typeof content === "string" ? content : JSON.stringify(content));
        return full;
    };

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
        [
            "a file below a file",
            () => ["--outputs", path.join(file("outputs.json", "{}"), "below.json")],
            /Cannot read .*below\.json: no such file or folder\.$/m,
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
});
