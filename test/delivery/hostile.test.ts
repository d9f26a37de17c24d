import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { sandboxForEachTest, scripts } from "./sandbox";

interface PreviewReport {
    markerOf(stack: string): string;
    previewReport(preview: object): string;
}

/** What the scripts make of answers, artifacts, events and names that nobody of good will would send. */
describe("The scripts, given hostile input,", () => {
    const sandbox = sandboxForEachTest();

    describe("find-plan.mjs", () => {
        const artifact = { expired: false, workflow_run: { id: 7, repository_id: 1, head_repository_id: 1 } };

        /** GitHub, and what an artifact leaves in the folder `$folder` when it is unpacked. */
        function gh(
            artifacts: unknown,
            unpack = 'echo "{}" > "$folder/plan.json"; echo abc > "$folder/state.txt"',
        ): void {
            sandbox.write("artifacts.json", JSON.stringify(artifacts));
            sandbox.command(
                "gh",
                `echo "$*" >> calls
                case "$1 $2" in
                    "api repos/owner/name/commits/"*) echo '[]' ;;
                    "api repos/owner/name/actions/artifacts"*) cat artifacts.json ;;
                    "api repos/owner/name/actions/runs/"*)
                        echo "{\\"path\\": \\".github/workflows/pull-request.yml\\", \\"conclusion\\": \\"success\\", \\"event\\": \\"merge_group\\", \\"head_sha\\": \\"$(git rev-parse HEAD)\\"}" ;;
                    "run download") folder="\${@: -1}"; ${unpack} ;;
                esac`,
            );
        }

        const find = (stack = "dev") => sandbox.script("find-plan.mjs", [stack], { GITHUB_REPOSITORY: "owner/name" });

        beforeEach(() => {
            sandbox.write("file", "one");
            sandbox.commit();
        });

        it("takes the plan beside entries that are no artifacts", () => {
            gh({ total_count: 4, artifacts: [null, 7, { workflow_run: null }, artifact] });
            const { status, stderr } = find();
            assert.equal(status, 0, stderr);
            assert.equal(sandbox.read("plan.json"), "{}\n");
        });

        for (const [what, answer] of [
            ["null", null],
            ["no list of artifacts", { total_count: 1, artifacts: null }],
            ["a text in place of the list", { total_count: 1, artifacts: "plan" }],
        ] as const) {
            it(`ends with words where GitHub answers ${what}`, () => {
                gh(answer);
                const { status, stderr } = find();
                assert.equal(status, 1);
                assert.match(stderr, /^(GitHub's answer to .* holds no list\.|No reviewed plan for stack 'dev')/);
                assert.doesNotMatch(stderr, /\n +at |TypeError|Cannot read/);
                assert.equal(sandbox.read("plan.json"), undefined);
            });
        }

        it("ends where the pages do not", () => {
            gh({ total_count: 1e9, artifacts: Array.from({ length: 100 }, () => null) });
            const { status, stderr } = find();
            assert.equal(status, 1);
            assert.match(stderr, /^GitHub has more than 100 pages of artifacts of the name plan-dev-/);
        }).timeout("2m");

        for (const [what, unpack] of [
            ["a link to another file", 'ln -s /etc/passwd "$folder/plan.json"; echo abc > "$folder/state.txt"'],
            ["a folder", 'mkdir "$folder/plan.json"; echo abc > "$folder/state.txt"'],
            ["nothing", "true"],
        ] as const) {
            it(`takes no plan that is ${what}`, () => {
                gh({ total_count: 1, artifacts: [artifact] }, unpack);
                const { status, stderr } = find();
                assert.equal(status, 1);
                assert.match(stderr, /^The plan of run 7 holds no plan\.json\./);
                assert.equal(sandbox.read("plan.json"), undefined);
            });
        }

        it("takes nothing else out of an artifact, and follows no link of the checkout when it writes", () => {
            gh(
                { total_count: 1, artifacts: [artifact] },
                'echo "{}" > "$folder/plan.json"; echo abc > "$folder/state.txt"; echo evil > "$folder/file"; mkdir "$folder/.github"; ln -s / "$folder/root"',
            );
            sandbox.write("mine", "untouched");
            fs.symlinkSync("mine", path.join(sandbox.folder, "plan.json"));
            const { status, stderr } = find();
            assert.equal(status, 0, stderr);
            assert.equal(sandbox.read("mine"), "untouched");
            assert.equal(sandbox.read("plan.json"), "{}\n");
            assert.equal(sandbox.read("file"), "one");
            assert.ok(!fs.existsSync(path.join(sandbox.folder, ".github")));
        });

        it("keeps a stack's name one argument and out of every path", () => {
            gh({ total_count: 0, artifacts: [] });
            const { status, stderr } = find("../../x'; touch evil; '&name=other\n");
            assert.equal(status, 1);
            assert.match(stderr, /\(artifact plan-\.\.\.\.\.\.x[.a-z]*name\.other\.-[0-9a-f]{40}\)/);
            assert.equal(sandbox.read("evil"), undefined);
            assert.equal(
                (sandbox.read("calls")?.match(/artifacts\?name=plan-[^&]*&per_page=100&page=1$/gm) ?? []).length,
                1,
            );
        });
    });

    describe("the report of a preview", () => {
        let report: PreviewReport;

        before(async () => {
            report = (await import(path.join(scripts, "preview-report.mjs"))) as PreviewReport;
        });

        const of = (change: object) =>
            report.previewReport({ stack: "dev", commit: "abc", code: 0, output: "", events: [], ...change });

        it("is not green where the events do not say what changes", () => {
            assert.match(of({}), /⚠️ ended well, but its events do not say what changes/);
            assert.match(of({ events: [{ summaryEvent: {} }] }), /⚠️/);
            assert.match(of({ events: [{ summaryEvent: { resourceChanges: {} } }] }), /✅ nothing to change/);
        });

        it("shows events whose fields are missing or of another kind", () => {
            const events = [
                { policyEvent: { enforcementLevel: "mandatory", message: null, policyName: 7, resourceUrn: null } },
                { policyEvent: null },
                { diagnosticEvent: { severity: "error", message: null } },
                { summaryEvent: null },
            ];
            assert.match(of({ events, code: 1 }), /refused by the policy pack[^]*\| mandatory \| <code>7<\/code>/);
        });

        it("lets no finding leave its row of the table, and mentions nobody", () => {
            const message = "a\rb\r\n| c | <img src=x> @team [l](https://evil.example) ``` --> ~~~";
            const text = of({ code: 1, events: [{ policyEvent: { enforcementLevel: "mandatory", message } }] });
            const row = text.split(/[\r\n]/).find((line) => line.startsWith("| mandatory"));
            assert.ok(row);
            assert.equal(row.match(/\|/g)?.length, 5);
            assert.doesNotMatch(row, /<img|@team|\]\(|```|-->/);
        });

        it("fits whatever it is given: five thousand findings, a megabyte of one, ten of output", () => {
            const policyEvent = { enforcementLevel: "mandatory", message: "<".repeat(1e6), policyName: "x" };
            const many = Array.from({ length: 5000 }, () => ({ policyEvent: { ...policyEvent, message: "m" } }));
            for (const events of [[{ policyEvent }], many]) {
                const text = of({ code: 1, events, output: "`".repeat(1e7) });
                assert.ok(text.length <= 65_536, `${text.length}`);
                assert.match(text, /The rest is in the log of this run\.\n$/);
            }
        });

        for (const stack of ["a--->b", "a-->", "--\n<img>", "x".repeat(300)]) {
            it(`has a marker of one line for the stack ${JSON.stringify(stack.slice(0, 10))}`, () => {
                assert.match(report.markerOf(stack), /^<!-- (?!.*--.*-->)[^\n]* -->$/);
            });
        }

        it("says what the engine said before it was killed", () => {
            sandbox.command(
                "pulumi",
                `if [[ $1 == stack ]]; then echo '{"deployment": {}}'; exit 0; fi
                while [[ $# -gt 0 ]]; do
                    [[ $1 != --event-log ]] || printf '{"policyEvent": {"enforcementLevel": "mandatory", "message": "open"}}\\nnull\\n{"summaryEv' > "$2"
                    shift
                done
                exit 137`,
            );
            const { status, stderr } = sandbox.script("preview.mjs", ["dev", "out"]);
            assert.equal(status, 137, stderr);
            assert.match(
                sandbox.read("out/comment.md") ?? "",
                /refused by the policy pack[^]*\| mandatory \|.* open \|/,
            );
        });
    });

    describe("comment.mjs", () => {
        const bot = "github-actions[bot]";
        const environment = { GITHUB_REPOSITORY: "owner/name", PULL_REQUEST: "4" };

        function gh(answer: string): void {
            sandbox.write("answer", answer);
            sandbox.command("gh", 'echo "$*" >> calls; [[ $2 != --paginate ]] || cat answer');
        }

        beforeEach(() => sandbox.write("comment.md", "<!-- preview of dev -->\ntext\n"));

        it("replaces no comment that only begins like its own", () => {
            const body = "<!-- preview of dev --> and more\n";
            gh(JSON.stringify([[{ id: 1, user: { login: bot }, body }, null, { id: 2, user: null, body: null }]]));
            assert.equal(sandbox.script("comment.mjs", ["comment.md"], environment).status, 0);
            assert.match(sandbox.read("calls") ?? "", /--method POST/);
        });

        it("says that GitHub's answer is none, without a stack trace", () => {
            gh("<html>");
            const { status, stderr } = sandbox.script("comment.mjs", ["comment.md"], environment);
            assert.equal(status, 1);
            assert.match(stderr, /^The comment could not be posted: /);
            assert.doesNotMatch(stderr, /\n +at /);
        });
    });

    it("drift.sh and report-findings.sh show text that looks like Markdown as it is", () => {
        const evil = "````\n@team <details>\n~~~~~~~~\n# Heading";
        sandbox.write("evil", evil);
        sandbox.command("pulumi", '[[ $1 != refresh ]] || { cat evil; exit 1; }; echo "{}"');
        sandbox.write("node_modules/.bin/encrypted-edge-policy", "#!/bin/sh\ncat > /dev/null; cat evil; exit 1\n");
        fs.chmodSync(path.join(sandbox.folder, "node_modules/.bin/encrypted-edge-policy"), 0o755);
        assert.equal(sandbox.script("drift.sh", ["dev", "findings"]).status, 0);
        sandbox.command(
            "gh",
            'for last; do :; done; case "$1 $2" in "issue list") printf 41 ;; "issue view") echo old ;; "issue edit") cp "$last" body ;; "issue comment") cp "$last" comment ;; esac',
        );
        const environment = { EXPECTED_STACKS: "dev *" };
        assert.equal(sandbox.script("report-findings.sh", ["findings"], environment).status, 0);
        for (const file of ["body", "comment"]) {
            const text = sandbox.read(file) ?? "";
            assert.match(text, /^ {4,}@team <details>$/m, file);
            assert.doesNotMatch(text, /^ {0,3}(`{3,}|~{3,}|@team|# Heading|<details>)/m, file);
        }
        // A stack's name is no pattern for the files of this folder.
        assert.match(sandbox.read("body") ?? "", /^## Stack \*$/m);
    });
});
