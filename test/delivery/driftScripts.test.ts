import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { sandboxForEachTest } from "./sandbox";

describe("delivery scripts", () => {
    const sandbox = sandboxForEachTest();

    describe("drift.sh", () => {
        function commands(refresh: number, audit: number): void {
            sandbox.command(
                "pulumi",
                `echo "$*" >> calls
                case $1 in
                    refresh) echo "~ aws:lb/listener:Listener edge-https"; exit ${refresh} ;;
                    stack) echo '{"secret": "state"}' ;;
                esac`,
            );
            sandbox.tool("encrypted-edge-policy", `cat > judged; echo "alb-no-public-ingress: open"; exit ${audit}`);
        }

        it("says that nothing differs", () => {
            commands(0, 0);
            const result = sandbox.script("drift.sh", ["dev", "findings"]);
            assert.equal(result.status, 0, result.stderr);
            assert.ok(sandbox.read("findings/dev.ok"));
            assert.equal(sandbox.read("findings/dev.md"), undefined);
        });

        it("changes nothing", () => {
            commands(0, 0);
            sandbox.script("drift.sh", ["dev", "findings"]);
            const calls = (sandbox.read("calls") ?? "").trim().split("\n");
            assert.equal(calls.length, 2);
            assert.match(calls[0] ?? "", /^refresh .*--preview-only --expect-no-changes/);
            assert.equal(calls[1], "stack export --stack dev --show-secrets");
        });

        it("reports what drifted and what the pack objects to, without the state", () => {
            commands(7, 1);
            const result = sandbox.script("drift.sh", ["prod", "findings"]);
            assert.equal(result.status, 0, result.stderr);
            const report = sandbox.read("findings/prod.md") ?? "";
            assert.match(report, /## Stack prod/);
            assert.match(report, /edge-https/);
            assert.match(report, /alb-no-public-ingress: open/);
            assert.equal(sandbox.read("judged"), '{"secret": "state"}\n');
            assert.doesNotMatch(report + result.stdout + result.stderr, /"secret"/);
            assert.deepEqual(fs.readdirSync(path.join(sandbox.folder, "findings")), ["prod.md"]);
        });

        it("leaves no verdict when the state cannot be read", () => {
            sandbox.command("pulumi", `[[ $1 == refresh ]] || { echo "no such stack" >&2; exit 6; }`);
            sandbox.tool("encrypted-edge-policy", "exit 0");
            const result = sandbox.script("drift.sh", ["prod", "findings"]);
            assert.notEqual(result.status, 0);
            assert.match(result.stderr, /no such stack/);
            assert.deepEqual(fs.readdirSync(path.join(sandbox.folder, "findings")), []);
        });
    });

    describe("report-findings.sh", () => {
        function gh(open: string): void {
            sandbox.command(
                "gh",
                `echo "$*" >> calls
                for last; do :; done
                case "$1 $2" in
                    "issue list") printf '%s' "${open}" ;;
                    "issue view") printf '## Stack dev\\r\\nold\\r\\n' ;;
                    "issue create" | "issue edit") cp "$last" body ;;
                    "issue comment") cp "$last" comment ;;
                esac`,
            );
        }

        const environment = { EXPECTED_STACKS: "dev prod" };

        it("opens an issue with what was found", () => {
            gh("");
            sandbox.write("findings/dev.ok", "");
            sandbox.write("findings/prod.md", "## Stack prod\n");
            const result = sandbox.script("report-findings.sh", ["findings"], environment);
            assert.equal(result.status, 0, result.stderr);
            assert.match(sandbox.read("calls") ?? "", /^issue create --title /m);
            assert.equal(sandbox.read("body"), "## Stack prod\n");
        });

        it("updates the issue that is open instead of opening another", () => {
            gh("41");
            sandbox.write("findings/dev.md", "## Stack dev\nold\nmore ```` @team\n");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.match(sandbox.read("calls") ?? "", /^issue edit 41 /m);
            assert.match(sandbox.read("calls") ?? "", /^issue comment 41 --body-file /m);
            assert.match(sandbox.read("comment") ?? "", /^New since the last look; .*\n\n {4}more ```` @team\n$/);
            assert.doesNotMatch(sandbox.read("calls") ?? "", /issue create/);
        });

        it("tells nobody twice what has not changed", () => {
            gh("41");
            sandbox.write("findings/dev.md", "## Stack dev\nold\n");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.doesNotMatch(sandbox.read("calls") ?? "", /^issue (edit|comment|create|close)/m);
        });

        it("looks for the issue that it opened itself, whoever else uses the label", () => {
            gh("");
            sandbox.write("findings/dev.ok", "");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.match(
                sandbox.read("calls") ?? "",
                /^issue list --label drift --author app\/github-actions .*\.title == env\.TITLE/m,
            );
        });

        it("says that some of it is gone where nothing is new", () => {
            gh("41");
            sandbox.write("findings/dev.md", "## Stack dev\n");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.equal(sandbox.read("comment"), "Some of it is gone; the description has what is left.\n");
        });

        it("keeps an issue of its own for each program of a repository", () => {
            gh("");
            sandbox.write("findings/dev.md", "## Stack dev\n");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], { ...environment, PROGRAM: "infra/shop" });
            assert.match(sandbox.read("calls") ?? "", /^issue create --title Drift .* of infra\/shop --label/m);
        });

        it("takes the findings of an organization's stack", () => {
            gh("");
            sandbox.write("findings/acme.prod.md", "## Stack acme/prod\n");
            const result = sandbox.script("report-findings.sh", ["findings"], { EXPECTED_STACKS: "acme/prod" });
            assert.equal(result.status, 0, result.stderr);
            assert.equal(sandbox.read("body"), "## Stack acme/prod\n");
        });

        it("counts a stack without a verdict as a finding", () => {
            gh("");
            sandbox.write("findings/dev.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.match(sandbox.read("body") ?? "", /## Stack prod\n\nThe run broke/);
        });

        it("cuts off what GitHub would not take, and says so", () => {
            gh("");
            sandbox.write("findings/dev.md", `## Stack dev\n${"ä".repeat(70_000)}`);
            sandbox.write("findings/prod.md", `## Stack prod\n`);
            const result = sandbox.script("report-findings.sh", ["findings"], environment);
            assert.equal(result.status, 0, result.stderr);
            const body = sandbox.read("body") ?? "";
            assert.ok(body.length < 65_536);
            assert.match(body, /^Only the beginning fits here; .*\n\n## Stack dev\nä+$/);
        });

        it("closes the issue once nothing is left", () => {
            gh("41");
            sandbox.write("findings/dev.ok", "");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.match(sandbox.read("calls") ?? "", /^issue close 41 /m);
        });
    });
});
