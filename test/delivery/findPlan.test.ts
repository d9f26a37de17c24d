import assert from "node:assert/strict";
import { sandboxForEachTest } from "./sandbox";

describe("The plan of a deployment", () => {
    const sandbox = sandboxForEachTest();

    describe("find-plan.mjs", () => {
        const environment = { GITHUB_REPOSITORY: "owner/name" };

        const pull = (number: number, change: object) => ({ number, base: { ref: "main" }, ...change });

        function gh(
            artifacts: readonly unknown[],
            runs: Record<string, unknown>,
            branch: readonly unknown[] = [],
        ): void {
            for (let page = 1; page <= Math.ceil(artifacts.length / 100) + 1; page++) {
                const some = artifacts.slice((page - 1) * 100, page * 100);
                sandbox.write(
                    `artifacts-${page}.json`,
                    JSON.stringify({ total_count: artifacts.length, artifacts: some }),
                );
            }
            const pulls = [pull(4, {}), ...branch];
            for (let page = 1; page <= Math.ceil(pulls.length / 100) + 1; page++) {
                sandbox.write(`branch-${page}.json`, JSON.stringify(pulls.slice((page - 1) * 100, page * 100)));
            }
            sandbox.write(
                "pulls.json",
                JSON.stringify([
                    pull(4, { merged_at: "2026-11-01T00:00:00Z", head: { sha: "merged", ref: "feature" } }),
                    pull(5, { merged_at: null, head: { sha: "open", ref: "other" } }),
                ]),
            );
            for (const [id, run] of Object.entries(runs)) {
                sandbox.write(`runs/${id}.json`, JSON.stringify(run));
            }
            sandbox.command(
                "gh",
                `echo "$*" >> calls
                case "$1 $2" in
                    "api repos/owner/name/commits/$(git rev-parse HEAD)/pulls?state=closed&per_page=100&page=1") cat pulls.json ;;
                    "api repos/owner/name/actions/artifacts"*) cat "artifacts-\${2##*page=}.json" ;;
                    "api repos/owner/name/pulls?state=all&head=owner%3Afeature&per_page=100&page="*) cat "branch-\${2##*page=}.json" ;;
                    "api repos/owner/name/actions/runs/"*) cat "runs/\${2##*/}.json" ;;
                    "run download")
                        folder="\${@: -1}"
                        echo "{}" > "$folder/plan.json"
                        echo "abc" > "$folder/state.txt"
                        echo "foreign" > "$folder/file" ;;
                    *) exit 9 ;;
                esac`,
            );
        }

        const artifact = (run: number, change: object = {}, origin: object = {}) => ({
            expired: false,
            workflow_run: { id: run, repository_id: 1, head_repository_id: 1, ...origin },
            ...change,
        });
        const reviewed = {
            path: ".github/workflows/pull-request.yml",
            conclusion: "success",
            event: "pull_request",
            head_sha: "merged",
        };

        beforeEach(() => {
            sandbox.write("file", "one");
            sandbox.commit();
        });

        it("takes the plan of a successful pull request run for exactly these files", () => {
            gh([artifact(7)], { 7: reviewed });
            const result = sandbox.script("find-plan.mjs", ["prod"], environment);
            assert.equal(result.status, 0, result.stderr);
            const tree = sandbox.run("git", ["rev-parse", "HEAD^{tree}"]).stdout.trim();
            assert.match(sandbox.read("calls") ?? "", new RegExp(`artifacts\\?name=plan-prod-${tree}&`));
            assert.match(sandbox.read("calls") ?? "", new RegExp(`run download 7 .*--name plan-prod-${tree} `));
            assert.equal(sandbox.read("plan.json"), "{}\n");
            assert.equal(sandbox.read("state.txt"), "abc\n");
            assert.equal(sandbox.read("file"), "one");
        });

        it("takes the plan that was made by hand on this very commit", () => {
            const head = sandbox.run("git", ["rev-parse", "HEAD"]).stdout.trim();
            const path = `${reviewed.path}@refs/heads/main`;
            gh([artifact(7)], { 7: { ...reviewed, path, event: "workflow_dispatch", head_sha: head } });
            const result = sandbox.script("find-plan.mjs", ["prod"], environment);
            assert.equal(result.status, 0, result.stderr);
        });

        const refused: [string, readonly unknown[], Record<string, unknown>, RegExp][] = [
            ["there is none", [], {}, /^Either main moved/m],
            [
                "it comes from a fork",
                [artifact(7, {}, { head_repository_id: 2 })],
                { 7: reviewed },
                /1 not taken: it comes from a fork/,
            ],
            [
                "no run is known of it",
                [artifact(7, { workflow_run: null })],
                {},
                /1 not taken: it comes from a fork, or from no run/,
            ],
            [
                "its run was deleted",
                [artifact(7)],
                {},
                /1 not taken: its run 7 cannot be read, perhaps because it was deleted/,
            ],
            ["it expired", [artifact(7, { expired: true })], { 7: reviewed }, /1 not taken: it expired/],
            ["its run failed", [artifact(7)], { 7: { ...reviewed, conclusion: "failure" } }, /no successful one/],
            [
                "another branch made it, whose workflow nobody reviewed",
                [artifact(7)],
                { 7: { ...reviewed, head_sha: "elsewhere" } },
                /on another head than the one that was merged/,
            ],
            [
                "a pull request made it that was not merged",
                [artifact(7)],
                { 7: { ...reviewed, head_sha: "open" } },
                /on another head than the one that was merged/,
            ],
            [
                "it was made by hand on another commit",
                [artifact(7)],
                { 7: { ...reviewed, event: "workflow_dispatch" } },
                /on another commit/,
            ],
            [
                "another workflow made it",
                [artifact(7)],
                { 7: { ...reviewed, path: ".github/workflows/other.yml" } },
                /no successful one of pull-request\.yml/,
            ],
        ];
        for (const [reason, artifacts, runs, message] of refused) {
            it(`stops when ${reason}`, () => {
                gh(artifacts, runs);
                const result = sandbox.script("find-plan.mjs", ["prod"], environment);
                assert.equal(result.status, 1);
                assert.match(result.stderr, /No reviewed plan for stack 'prod'/);
                assert.match(result.stderr, message);
                assert.match(result.stderr, /Run the workflow of pull requests \(pull-request\.yml\) on main by hand/);
                assert.equal(sandbox.read("plan.json"), undefined);
            });
        }

        it("stops when another pull request came from the same branch, whose workflow nobody reviewed", () => {
            gh([artifact(7)], { 7: reviewed }, [pull(6, { base: { ref: "attacker" } })]);
            const result = sandbox.script("find-plan.mjs", ["prod"], environment);
            assert.equal(result.status, 1);
            assert.match(
                result.stderr,
                /pull request 6 came from the same branch into attacker, whose workflow nobody/,
            );
            assert.equal(sandbox.read("plan.json"), undefined);
        });

        it("sees the other pull request behind a hundred from the same branch", () => {
            const same = Array.from({ length: 100 }, (_, index) => pull(100 + index, {}));
            gh([artifact(7)], { 7: reviewed }, [...same, pull(6, { base: { ref: "attacker" } })]);
            const result = sandbox.script("find-plan.mjs", ["prod"], environment);
            assert.match(result.stderr, /pull request 6 came from the same branch into attacker/);
        });

        it("takes a plan that a merge queue made for this very commit, and for no other", () => {
            const head = sandbox.run("git", ["rev-parse", "HEAD"]).stdout.trim();
            gh([artifact(7)], { 7: { ...reviewed, event: "merge_group", head_sha: head } });
            assert.equal(sandbox.script("find-plan.mjs", ["prod"], environment).status, 0);
            gh([artifact(7)], { 7: { ...reviewed, event: "merge_group" } });
            assert.match(sandbox.script("find-plan.mjs", ["prod"], environment).stderr, /was on another commit/);
        });

        it("follows another workflow and another branch", () => {
            gh([artifact(7)], { 7: { ...reviewed, path: ".github/workflows/checks.yml" } });
            sandbox.write(
                "pulls.json",
                JSON.stringify([
                    pull(4, {
                        base: { ref: "trunk" },
                        merged_at: "2026-11-01",
                        head: { sha: "merged", ref: "feature" },
                    }),
                ]),
            );
            sandbox.write("branch-1.json", "[]");
            const named = { ...environment, PLAN_WORKFLOW: "checks.yml", DEPLOYED_BRANCH: "trunk" };
            const result = sandbox.script("find-plan.mjs", ["prod"], named);
            assert.equal(result.status, 0, result.stderr);
        });

        const broken: [string, string, RegExp][] = [
            [
                "GitHub does not answer",
                'echo "gh: HTTP 502" >&2; exit 1',
                /^GitHub did not answer commits\/[0-9a-f]+\/pulls.*: gh: HTTP 502$/m,
            ],
            ["GitHub answers no JSON", "echo '<html>'", /^GitHub did not answer commits\/[0-9a-f]+\/pulls/m],
            [
                "the artifact cannot be fetched",
                '[[ $1 != run ]] || { echo "no valid artifacts found" >&2; exit 1; }',
                /^The plan of run 7 cannot be fetched: no valid artifacts found$/m,
            ],
            [
                "the artifact holds links in place of its files",
                '[[ $1 != run ]] || { for last; do :; done; ln -s /etc/hostname "$last/plan.json"; exit; }',
                /^The plan of run 7 holds no plan\.json\./m,
            ],
        ];
        for (const [reason, behaviour, message] of broken) {
            it(`stops with words where ${reason}`, () => {
                gh([artifact(7)], { 7: reviewed });
                const given = (sandbox.read("bin/gh") ?? "").split("\n").slice(2).join("\n");
                sandbox.command("gh", `${behaviour}\n${reason.startsWith("GitHub") ? "exit" : given}`);
                const { status, stderr } = sandbox.script("find-plan.mjs", ["prod"], environment);
                assert.equal(status, 1);
                assert.match(stderr, message);
                assert.doesNotMatch(stderr, /^ +at /m);
                assert.equal(sandbox.read("plan.json"), undefined);
            });
        }

        it("finds the plan behind a hundred that are not taken", () => {
            const foreign = Array.from({ length: 100 }, () => artifact(7, { expired: true }));
            gh([...foreign, artifact(8)], { 8: reviewed });
            const result = sandbox.script("find-plan.mjs", ["prod"], environment);
            assert.equal(result.status, 0, result.stderr);
            assert.match(sandbox.read("calls") ?? "", /run download 8 /);
        });

        it("names a plan of an organization's stack as plan-name.sh does", () => {
            gh([], {});
            sandbox.script("find-plan.mjs", ["acme/prod"], environment);
            const [, name] = /name=(\S+)/.exec(sandbox.script("plan-name.sh", ["acme/prod"]).stdout) ?? [];
            assert.match(name ?? "", /^plan-acme\.prod-[0-9a-f]{40}$/);
            assert.ok((sandbox.read("calls") ?? "").includes(`artifacts?name=${name}&`));
        });
    });
});
