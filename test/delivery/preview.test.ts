import assert from "node:assert/strict";
import * as path from "node:path";
import { sandboxForEachTest, scripts } from "./sandbox";

interface PreviewReport {
    markerOf(stack: string): string;
    previewReport(preview: {
        stack: string;
        commit: string;
        code: number;
        output: string;
        events: readonly object[];
    }): string;
}

const refusal = {
    policyEvent: {
        resourceUrn: "urn:pulumi:dev::shop::aws:lb/loadBalancer:LoadBalancer::web",
        message: "A load balancer is open.\nWrite prefixListId | instead, @team: ```",
        policyName: "alb-no-public-ingress",
        enforcementLevel: "mandatory",
    },
};
const advice = {
    policyEvent: { ...refusal.policyEvent, policyName: "alb-target-https", enforcementLevel: "advisory" },
};
const failure = { diagnosticEvent: { severity: "error", message: "preview failed\n" } };
const summary = { summaryEvent: { resourceChanges: { create: 2, update: 1, same: 40 } } };

describe("The preview of a pull request", () => {
    const sandbox = sandboxForEachTest();
    let report: PreviewReport;

    before(async () => {
        report = (await import(path.join(scripts, "preview-report.mjs"))) as PreviewReport;
    });

    /** A CLI that prints a diff and logs these events. */
    function pulumi(code: number, events: readonly object[], resources = "[]"): void {
        sandbox.write("given.json", events.map((event) => `${JSON.stringify(event)}\n`).join(""));
        sandbox.command(
            "pulumi",
            `echo "$*" >> calls
            if [[ $1 == stack ]]; then echo '{"deployment": {"resources": ${resources}}}'; exit 0; fi
            while [[ $# -gt 0 ]]; do [[ $1 != --event-log ]] || cp given.json "$2"; shift; done
            echo "+ aws:lb/loadBalancer:LoadBalancer: (create)"
            echo "{}" > plan.json
            exit ${code}`,
        );
    }

    const preview = () => sandbox.script("preview.mjs", ["dev", "out"], { GITHUB_STEP_SUMMARY: "summary.md" });

    it("reports what the pack refuses, and fails", () => {
        pulumi(1, [advice, refusal, failure]);
        assert.equal(preview().status, 1);
        const text = sandbox.read("out/comment.md") ?? "";
        assert.ok(text.startsWith("<!-- preview of dev -->\n"));
        assert.match(text, /### Preview of <code>dev<\/code>: ❌ refused by the policy pack/);
        const rows = text.split("\n").filter((line) => /^\| (mandatory|advisory) /.test(line));
        assert.equal(rows.length, 2);
        assert.match(
            rows[0] ?? "",
            /^\| mandatory \| <code>alb-no-public-ingress<\/code> \| <code>aws&#58;lb\/loadBalancer/,
        );
        assert.match(rows[0] ?? "", /A load balancer is open\.<br>Write prefixListId &#124; instead, &#64;team/);
        assert.equal(sandbox.read("summary.md"), text);
    });

    it("reports what changes, and passes", () => {
        pulumi(0, [advice, summary]);
        assert.equal(preview().status, 0);
        const text = sandbox.read("out/comment.md") ?? "";
        assert.match(text, /### Preview of <code>dev<\/code>: ✅ 2 to create, 1 to update, 40 unchanged/);
        assert.match(text, /\| advisory \|/);
        assert.match(text, /<details><summary>The preview<\/summary>\n\n```diff\n\+ aws:lb/);
    });

    it("runs under the pack, saves the plan, and never decrypts", () => {
        pulumi(0, [summary]);
        preview();
        const calls = sandbox.read("calls") ?? "";
        assert.match(calls, /^preview --stack dev --policy-pack policy .*--save-plan plan\.json/m);
        assert.doesNotMatch(calls, /show-secrets/);
    });

    it("takes another pack and its configuration", () => {
        pulumi(0, [summary]);
        const environment = { POLICY_PACK: "rules", POLICY_CONFIG: "rules.json" };
        assert.equal(sandbox.script("preview.mjs", ["dev", "out"], environment).status, 0);
        assert.match(sandbox.read("calls") ?? "", /^preview .*--policy-pack rules --policy-pack-config rules\.json /m);
    });

    it("reports an error that is none of the pack's, with the engine's words", () => {
        pulumi(255, [failure]);
        assert.equal(preview().status, 255);
        assert.match(sandbox.read("out/comment.md") ?? "", /❌ failed\n[^]*```text\npreview failed\n```/);
    });

    it("says that it has no CLI", () => {
        const result = sandbox.script("preview.mjs", ["dev", "out"], { PULUMI: "no-such-cli" });
        assert.equal(result.status, 1);
        assert.match(result.stderr, /^no-such-cli is not installed\.$/m);
    });

    it("keeps what the pack found of a preview that is longer than a comment", () => {
        const text = report.previewReport({
            stack: "dev",
            commit: "c",
            code: 1,
            output: "x".repeat(200_000),
            events: [refusal],
        });
        assert.ok(text.length < 65_536, String(text.length));
        assert.match(text, /alb-no-public-ingress/);
        assert.match(text, /The beginning of the preview; the log of this run has all of it/);
        assert.match(text, /<\/details>\n$/);
    });

    it("fits into a comment with a thousand findings, the mandatory ones first", () => {
        const events = [...Array.from({ length: 1000 }, () => advice), refusal];
        const text = report.previewReport({ stack: "dev", commit: "c", code: 1, output: "", events });
        assert.ok(text.length < 65_536, String(text.length));
        assert.ok(text.indexOf("| mandatory") < text.indexOf("| advisory"));
        assert.match(text, /The rest is in the log of this run\./);
    });

    it("lets nothing in the preview end the block that it is shown in, nor the marker", () => {
        const output = "````\n</details> @everyone";
        const text = report.previewReport({ stack: "dev", commit: "c", code: 0, output, events: [summary] });
        assert.match(text, /`````diff\n````\n<\/details> @everyone\n`````/);
        assert.doesNotMatch(report.markerOf("a--> b").slice(4, -3), /--/);
    });

    describe("comment.mjs", () => {
        const environment = { GITHUB_REPOSITORY: "owner/name", PULL_REQUEST: "4" };
        const comment = (id: number, login: string, body: string) => ({ id, user: { login }, body });

        function gh(comments: readonly object[]): void {
            sandbox.write("comments.json", JSON.stringify([comments]));
            sandbox.command("gh", `echo "$*" >> calls; [[ "$*" != *--paginate* ]] || cat comments.json`);
            sandbox.write("comment.md", "<!-- preview of dev -->\nnew\n");
        }

        const run = (changes: Record<string, string> = {}) =>
            sandbox.script("comment.mjs", ["comment.md"], { ...environment, ...changes });

        it("posts where there is none yet", () => {
            gh([comment(1, "github-actions[bot]", "<!-- preview of prod -->\nold")]);
            assert.equal(run().status, 0);
            assert.match(
                sandbox.read("calls") ?? "",
                /--method POST repos\/owner\/name\/issues\/4\/comments -F body=@comment\.md/,
            );
        });

        it("replaces what it posted for an earlier commit", () => {
            gh([
                comment(1, "someone", "<!-- preview of dev -->\nforged"),
                comment(2, "github-actions[bot]", "<!-- preview of dev -->\nold"),
            ]);
            assert.equal(run().status, 0);
            assert.match(sandbox.read("calls") ?? "", /--method PATCH repos\/owner\/name\/issues\/comments\/2 /);
        });

        it("never touches a person's comment", () => {
            gh([comment(1, "someone", "<!-- preview of dev -->\nforged")]);
            run();
            assert.doesNotMatch(sandbox.read("calls") ?? "", /PATCH/);
        });

        it("has nothing to do in a run by hand", () => {
            gh([]);
            assert.equal(run({ PULL_REQUEST: "" }).status, 0);
            assert.equal(sandbox.read("calls"), undefined);
        });

        it("says that the preview ended before it had anything to report", () => {
            gh([]);
            const result = sandbox.script("comment.mjs", ["missing.md"], environment);
            assert.equal(result.status, 1);
            assert.match(result.stderr, /missing\.md is missing: the preview ended before/);
        });
    });

    describe("check-state.sh", () => {
        const check = () => sandbox.script("check-state.sh", ["dev"]);

        it("lets a plan through whose stack is as it was", () => {
            pulumi(0, [summary], '[{"urn": "a"}]');
            preview();
            sandbox.write("state.txt", sandbox.read("out/state.txt") ?? "");
            assert.equal(check().status, 0);
        });

        for (const [name, resources] of [
            ["another deployment came in between", '[{"urn": "a"}, {"urn": "b"}]'],
            ["the stack was destroyed", "[]"],
        ]) {
            it(`stops where ${name}`, () => {
                pulumi(0, [summary], '[{"urn": "a"}]');
                preview();
                sandbox.write("state.txt", sandbox.read("out/state.txt") ?? "");
                pulumi(0, [summary], resources);
                const result = check();
                assert.equal(result.status, 1);
                assert.match(result.stderr, /^Stack 'dev' changed since this plan was made: .*\nRun the workflow/);
            });
        }

        it("stops where the state cannot be read", () => {
            sandbox.write("state.txt", "abc");
            sandbox.command("pulumi", `echo "no such stack" >&2; exit 6`);
            const result = check();
            assert.equal(result.status, 1);
            assert.match(result.stderr, /The state of dev could not be read:\nno such stack/);
        });
    });

    it("keep-plan.sh keeps the plan and the state that it was made from, and nothing else", () => {
        sandbox.write("plan.json", "{}");
        sandbox.write("out/state.txt", "abc");
        sandbox.write("out/comment.md", "");
        const temporary = path.join(sandbox.folder, "runner");
        assert.equal(sandbox.script("keep-plan.sh", ["out"], { RUNNER_TEMP: temporary }).status, 0);
        assert.equal(sandbox.run("ls", ["runner/plan"]).stdout, "plan.json\nstate.txt\n");
    });
});
