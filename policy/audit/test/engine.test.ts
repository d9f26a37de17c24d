import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { locateCli, rehearsalEnvironment } from "../../../rehearsal/bin/engine";
import type { ReportedResult } from "../report";
import { distribution, exported, temporaryFolder } from "./estate";

const command = path.resolve(__dirname, "..", "..", "encrypted-edge-policy.js");

function resource(type: string, name: string, inputs: Record<string, unknown>, more: Record<string, unknown> = {}) {
    const urn = `urn:pulumi:dev::shop::${type}::${name}`;
    return { urn, type, custom: true, id: name, inputs, outputs: { ...inputs, id: name, ...more } };
}

const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "AAAA" };
const stack = resource("pulumi:pulumi:Stack", "shop-dev", {});
const state = [
    { urn: stack.urn, type: stack.type, custom: false },
    distribution("dev", "open"),
    distribution("dev", "exempted", "http-only"),
    distribution("dev", "expired", "http-only"),
    distribution("dev", "closed", "https-only"),
    distribution("dev", "cannot be told", "http-only"),
    resource("aws:ec2/securityGroup:SecurityGroup", "group", {
        ingress: [{ cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] }],
    }),
    resource("aws:ec2/securityGroup:SecurityGroup", "outside", { ingress: [{ prefixListIds: ["pl-1234"] }] }),
    resource("aws:lb/loadBalancer:LoadBalancer", "balancer", { securityGroups: ["group"] }, { arn: "balancer" }),
    resource("aws:alb/loadBalancer:LoadBalancer", "second", { securityGroups: ["outside"] }, { arn: "second" }),
    resource("aws:lb/listener:Listener", "listener", { loadBalancerArn: "balancer", protocol: "HTTP", port: secret }),
].map((entry) => (entry.urn === stack.urn ? entry : { ...entry, parent: stack.urn }));

const configuration = {
    "cloudfront-origin-https-only": {
        exemptions: [
            { urn: "*::exempted", reason: "replaced in May", expires: "2999-01-01" },
            { urn: "*::expired", reason: "was replaced", expires: "2020-01-01" },
            { urn: "*::never", reason: "mistyped", expires: "2999-01-01" },
        ],
    },
    "alb-listener-https-only": "mandatory",
    "alb-drop-invalid-headers": "disabled",
};

describe("audit: --engine", function () {
    this.timeout(180_000);
    const folder = temporaryFolder();
    after(() => folder.remove());

    it("the engine says the same, verdict by verdict", async () => {
        const { path: cli } = await locateCli();
        const project = path.join(folder.path, "project");
        mkdirSync(project);
        writeFileSync(path.join(project, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
        const pending = [{ type: "creating", resource: state[6] }];
        writeFileSync(path.join(folder.path, "state.json"), exported(state, { pending_operations: pending }));
        writeFileSync(path.join(folder.path, "configuration.json"), JSON.stringify(configuration));
        const env = rehearsalEnvironment(project);
        env.PATH = [path.dirname(cli), env.PATH].join(path.delimiter);

        const audit = (...args: string[]) =>
            new Promise<{ results: readonly ReportedResult[]; unused: unknown; exitCode: number }>((done, fail) => {
                const all = [
                    command,
                    "audit",
                    "state.json",
                    "--policy-config",
                    "configuration.json",
                    "--json",
                    ...args,
                ];
                execFile(process.execPath, all, { cwd: folder.path, env, maxBuffer: 1e8 }, (_, stdout, stderr) => {
                    if (stdout === "") {
                        return fail(new Error(stderr));
                    }
                    const report = JSON.parse(stdout) as {
                        exitCode: number;
                        unusedExemptions: unknown;
                        stacks: { problems: string[]; results: ReportedResult[] }[];
                    };
                    const problems = report.stacks[0]?.problems ?? [];
                    assert.match(problems.join("\n"), /^The last update was interrupted \(creating \S+ "group"\): .*$/);
                    const { stacks, unusedExemptions, exitCode } = report;
                    return done({ results: stacks[0]?.results ?? [], unused: unusedExemptions, exitCode });
                });
            });
        const direct = await audit();
        const engine = await audit("--engine", "--pulumi", cli);

        const verdicts = (results: readonly ReportedResult[]) =>
            results
                // The engine shows a result about the whole stack at the stack's own resource.
                .map(({ rule, standing, kind, ruleLevel, exempted, severity, urn, message }) => ({
                    rule,
                    standing,
                    kind,
                    ruleLevel,
                    exempted,
                    severity,
                    urn: urn ?? stack.urn,
                    message,
                }))
                .map((each) => JSON.stringify(each))
                .sort();
        assert.deepEqual(verdicts(engine.results), verdicts(direct.results));
        assert.deepEqual([engine.unused, engine.exitCode], [direct.unused, direct.exitCode]);

        const standings = new Set(direct.results.map((result) => result.standing));
        assert.deepEqual([...standings].sort(), ["advisory", "cannot tell", "exempted", "mandatory"]);
        const mandatory = direct.results.filter((result) => result.standing === "mandatory").map((each) => each.name);
        assert.deepEqual(mandatory.sort(), ["cannot be told", "expired", "group", "listener", "open"]);
        assert.equal(direct.exitCode, 1);
    });
});
