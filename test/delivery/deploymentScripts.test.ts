import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { sandboxForEachTest, scripts } from "./sandbox";

describe("delivery scripts", () => {
    const sandbox = sandboxForEachTest();

    describe("plan-name.sh", () => {
        it("names a plan after the stack and the tree, whatever commit holds the tree", () => {
            sandbox.write("file", "one");
            const tree = sandbox.commit();
            assert.match(tree, /^[0-9a-f]{40}$/);
            assert.equal(sandbox.script("plan-name.sh", ["dev"]).stdout, `name=plan-dev-${tree}\n`);
            sandbox.run("git", [
                ...["-c", "user.name=test", "-c", "user.email=test@example.com"],
                ...["commit", "--quiet", "--allow-empty", "--message", "b"],
            ]);
            assert.equal(sandbox.script("plan-name.sh", ["dev"]).stdout, `name=plan-dev-${tree}\n`);
        });

        it("says how it is called when the stack is missing", () => {
            const result = sandbox.script("plan-name.sh", []);
            assert.notEqual(result.status, 0);
            assert.match(result.stderr, /usage: plan-name\.sh STACK/);
        });
    });

    describe("find-command.sh", () => {
        const find = (folder: string) =>
            sandbox.run(
                "bash",
                ["-c", `cd "${folder}" && exec "${path.join(scripts, "find-command.sh")}" some-tool @a/b`],
                {
                    POLICY_PACK: "policy",
                },
            );

        it("finds a command in the pack, in the program, and in a workspace above it", () => {
            sandbox.write("infra/policy/index.js", "");
            sandbox.tool("some-tool", "exit 0");
            assert.equal(
                find("infra").stdout.trim(),
                path.join(fs.realpathSync(sandbox.folder), "node_modules/.bin/some-tool"),
            );
            sandbox.run("mkdir", ["-p", "infra/policy/node_modules/.bin"]);
            sandbox.run("cp", ["node_modules/.bin/some-tool", "infra/policy/node_modules/.bin/"]);
            assert.equal(find("infra").stdout, "policy/node_modules/.bin/some-tool\n");
        });

        it("takes none from PATH, and says which package has it", () => {
            sandbox.command("some-tool", "exit 0");
            const { status, stderr } = find(".");
            assert.equal(status, 1);
            assert.match(stderr, /^some-tool is not installed here: add @a\/b to the dependencies/);
        });
    });

    describe("install.sh", () => {
        beforeEach(() => sandbox.command("npm", 'echo "$*" >> calls'));

        it("installs the program and its pack for running only, without scripts", () => {
            sandbox.write("package-lock.json", "{}");
            sandbox.write("policy/package-lock.json", "{}");
            assert.equal(sandbox.script("install.sh", [], { POLICY_PACK: "policy" }).status, 0);
            assert.deepEqual((sandbox.read("calls") ?? "").trim().split("\n"), [
                "ci --omit=dev --ignore-scripts --no-audit --no-fund --prefix .",
                "ci --omit=dev --ignore-scripts --no-audit --no-fund --prefix policy",
            ]);
        });

        it("has nothing to install for a program in another language but the pack", () => {
            sandbox.write("policy/package-lock.json", "{}");
            assert.equal(sandbox.script("install.sh", [], { POLICY_PACK: "policy" }).status, 0);
            assert.match(sandbox.read("calls") ?? "", /^ci .* --prefix policy\n$/);
        });

        it("asks for a lock file", () => {
            sandbox.write("package.json", "{}");
            const { status, stderr } = sandbox.script("install.sh", []);
            assert.equal(status, 1);
            assert.match(stderr, /has a package\.json and no package-lock\.json: commit the lock file/);
        });

        it("runs a command of the repository in its place, and fails as it fails", () => {
            sandbox.write("package-lock.json", "{}");
            const run = (command: string) => sandbox.script("install.sh", [], { INSTALL: command }).status;
            assert.equal(run("npm run pnpm-like"), 0);
            assert.equal(sandbox.read("calls"), "run pnpm-like\n");
            assert.equal(run("false; true"), 1);
        });
    });

    describe("up.sh", () => {
        const up = (environment: Record<string, string> = {}) =>
            sandbox.script("up.sh", ["dev"], { GITHUB_STEP_SUMMARY: "summary.md", ...environment });

        it("brings the stack up within its plan and under the pack, and keeps what was printed", () => {
            sandbox.write("plan.json", "{}");
            sandbox.command("pulumi", `echo "$PULUMI_EXPERIMENTAL $*" >> calls; echo '\`\`\` <b>'`);
            assert.equal(up({ POLICY_CONFIG: "a b.json" }).status, 0);
            assert.match(
                sandbox.read("calls") ?? "",
                /^true up --stack dev --yes --skip-preview --plan plan\.json --policy-pack policy --policy-pack-config a b\.json /,
            );
            assert.equal(sandbox.read("summary.md"), "### Up of dev\n\n    ``` <b>\n");
        });

        it("fails as the engine fails", () => {
            sandbox.write("plan.json", "{}");
            sandbox.command("pulumi", "echo broken >&2; exit 255");
            assert.equal(up().status, 255);
            assert.match(sandbox.read("summary.md") ?? "", /broken/);
        });

        it("runs nothing without a plan", () => {
            sandbox.command("pulumi", "echo called > calls");
            const { status, stderr } = up();
            assert.equal(status, 1);
            assert.match(stderr, /^plan\.json is missing/);
            assert.equal(sandbox.read("calls"), undefined);
        });
    });

    describe("prove.sh", () => {
        const state = JSON.stringify({ version: 3, deployment: { manifest: {}, resources: [] } });
        const pulumi = (outputs: object) =>
            sandbox.command(
                "pulumi",
                `case "$2" in output) echo '${JSON.stringify(outputs)}';; export) echo '${state}';; esac`,
            );

        /** The real prober. */
        const prober = () =>
            sandbox.tool(
                "verify-edge",
                `exec ${process.execPath} ${path.join(scripts, "..", "..", "verify", "verify-edge.js")} "$@"`,
            );

        it("keeps the report, and warns of what could not be seen", () => {
            prober();
            pulumi({ url: "https://edge.invalid", domainNames: ["edge.invalid"], originDomainName: "origin.invalid" });
            const { status, stdout, stderr } = sandbox.script("prove.sh", ["dev"], { GITHUB_ACTIONS: "true" });
            assert.equal(status, 0, stdout + stderr);
            assert.match(stdout, /::warning::Not every hop of 'dev' could be seen from here/);
            const report = JSON.parse(sandbox.read("evidence/evidence.json") ?? "{}") as { verdict?: string };
            assert.equal(report.verdict, "cannot tell");
            assert.match(sandbox.read("evidence/evidence.html") ?? "", /^<!doctype html>/i);
            assert.match(sandbox.read("evidence/junit.xml") ?? "", /<testsuites/);
        }).timeout(120_000);

        it("fails where there is nothing to probe", () => {
            prober();
            pulumi({});
            const { status, stderr } = sandbox.script("prove.sh", ["dev"]);
            assert.equal(status, 2, stderr);
        });

        it("fails where the prober is not installed, and is left out only on demand", () => {
            pulumi({ url: "https://edge.invalid" });
            const { status, stderr } = sandbox.script("prove.sh", ["dev"]);
            assert.equal(status, 1);
            assert.match(stderr, /^verify-edge is not installed here: add @encrypted-edge\/verify to the dependencies/);
            const without = sandbox.script("prove.sh", ["dev"], { PROVE: "false" });
            assert.equal(without.status, 0);
            assert.match(without.stdout, /Nothing is probed/);
        });
    });

    describe("all-passed.mjs", () => {
        const needs = (results: Record<string, string>) => ({
            NEEDS: JSON.stringify(
                Object.fromEntries(Object.entries(results).map(([job, result]) => [job, { result }])),
            ),
        });
        const cases: [string, Record<string, string>, number][] = [
            ["every job succeeded", { test: "success", preview: "success" }, 0],
            ["the preview was left out", { test: "success", preview: "skipped" }, 0],
            ["a job failed and the preview was left out for it", { test: "failure", preview: "skipped" }, 1],
            ["the preview failed", { test: "success", preview: "failure" }, 1],
            ["the run was cancelled", { test: "success", preview: "cancelled" }, 1],
            ["a job was skipped that may not be", { test: "skipped", preview: "skipped" }, 1],
            ["there is no job to judge", {}, 2],
        ];
        for (const [name, results, status] of cases) {
            it(`${status === 0 ? "passes" : "fails"} when ${name}`, () => {
                const result = sandbox.script("all-passed.mjs", ["preview"], needs(results));
                assert.equal(result.status, status, result.stdout + result.stderr);
            });
        }
    });
});
