import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { codesIn, rowsOf } from "./documentTables";
import { ExpressionEvaluator } from "./expressions";
import { ours, type Workflow } from "./gitHubSteps";
import { root } from "./packed";
import { scripts } from "./sandbox";

const document = "docs/delivery.md";
const page = fs.readFileSync(path.join(root, document), "utf8");
const folder = path.join(ours, ".github", "workflows");
const workflow = (file: string) => parse(fs.readFileSync(path.join(folder, file), "utf8")) as Workflow;

interface GitLabJob {
    readonly environment: { readonly name: string };
    readonly rules: readonly { readonly if: string; readonly when?: "never" | "manual" }[];
    readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
}

/** The jobs of the GitLab component by their names; those that begin with a dot are what others extend. */
function gitLabJobs(): Readonly<Record<string, GitLabJob>> {
    const text = fs
        .readFileSync(path.join(root, "templates", "delivery.yml"), "utf8")
        .replaceAll("$[[ inputs.job-prefix ]]", "PREFIX")
        .replaceAll("$[[ inputs.stack ]]", "STACK");
    const [, jobs] = parseAllDocuments(text);
    return (jobs && "toJS" in jobs ? jobs.toJS() : {}) as Readonly<Record<string, GitLabJob>>;
}

/** When a job runs, in the words of the page: the first rule that holds decides, and one that never holds comes first. */
function whenOf({ rules }: GitLabJob): string {
    const runs = rules.filter(({ when }) => when !== "never");
    const reasons: readonly (readonly [string, string])[] = [
        ["merge_request_event", "merge requests"],
        ["$CI_DEFAULT_BRANCH", "default branch"],
        ['"schedule"', "schedules"],
    ];
    const words = reasons.flatMap(([part, word]) => (runs.some((rule) => rule.if.includes(part)) ? [word] : []));
    return [...words, ...(runs.some(({ when }) => when === "manual") ? ["by hand"] : [])].join(", ");
}

describe("docs/delivery.md", () => {
    it("says of the pipeline of this repository what its workflows do", () => {
        const rows = rowsOf(document, "| when | what runs | AWS role |");
        const [pullRequest = [], , main = [], weekdays = []] = rows;
        const { on, jobs } = workflow("pull-request.yml");
        assert.equal(pullRequest[0], "pull request, merge queue");
        assert.ok("pull_request" in on && "merge_group" in on);
        const versions = jobs.test?.strategy?.matrix?.node as readonly string[];
        assert.ok(pullRequest[1]?.includes(`tests on Node ${versions.join(", ").replace(/, (\d+)$/, " and $1")};`));
        const rehearsed = jobs.rehearse?.strategy?.matrix?.stack as readonly string[];
        assert.ok(pullRequest[1]?.includes(`the rehearsal of ${rehearsed.join(" and ")};`));
        const deployed = Object.entries(workflow("deploy.yml").jobs);
        assert.equal(deployed[1]?.[1].needs, deployed[0]?.[0]);
        assert.ok(main[1]?.startsWith(`\`up\` of ${deployed.map(([stack]) => stack).join(", then of ")} `), main[1]);
        const uploads = fs.readFileSync(path.join(folder, "deploy-stack.yml"), "utf8");
        const [, kind] = /artifact-name\.sh" (\w+) "\$STACK"/.exec(uploads) ?? [];
        assert.ok(codesIn(main[1] ?? "").includes(`${kind}-<stack>`), kind);
        assert.equal(weekdays[0], "weekdays");
        assert.match(JSON.stringify(workflow("drift.yml").on), /"cron":"\d+ \d+ \* \* 1-5"/);
    });

    it("lists the workflows that other repositories can call, each with its GitHub environment", async () => {
        const evaluator = await ExpressionEvaluator.load();
        const callable = fs
            .readdirSync(folder)
            .filter((file) => "workflow_call" in workflow(file).on)
            .map((file) => {
                const { on, jobs } = workflow(file);
                const defaults = Object.entries(on.workflow_call?.inputs ?? {}).map(
                    ([name, input]): [string, unknown] => [name, input.default ?? ""],
                );
                const contexts = {
                    inputs: { ...Object.fromEntries(defaults), stack: "STACK" },
                    matrix: { stack: "STACK" },
                };
                const surroundings = { failed: false, exists: () => false };
                const environments = Object.values(jobs)
                    .filter(({ environment }) => environment !== undefined)
                    .map(({ environment }) => evaluator.text(environment, contexts, surroundings));
                return [file, ...environments.map((name) => (name === "" ? "none" : `\`${String(name)}\``))];
            });
        const header = "| workflow | what it does | GitHub environment, unless you name another |";
        const listed = rowsOf(document, header).map(([link = "", , environment = ""]) => {
            const [, file = "", target = ""] = /^\[([\w.-]+)\]\((\S+)\)$/.exec(link) ?? [];
            assert.equal(target, `../.github/workflows/${file}`);
            return [file, environment];
        });
        assert.deepEqual(listed.sort(), callable.sort());
        const plans = workflow("deploy-stack.yml").on.workflow_call?.inputs?.["plan-workflow"]?.default;
        assert.ok(page.includes(`Name your pull request workflow \`${String(plans)}\``));
    });

    it("names the variables that each backend needs, all of them", () => {
        const empty = fs.mkdtempSync(path.join(os.tmpdir(), "delivery-"));
        try {
            const rows = rowsOf(document, "| state | variables |");
            assert.equal(rows.length, 4);
            for (const [state = "", variables = ""] of rows) {
                const [backend = "https://"] = /\w+:\/\//.exec(variables) ?? [];
                const { status, stderr } = spawnSync(
                    process.execPath,
                    [path.join(scripts, "check-setup.mjs"), "STACK"],
                    { cwd: empty, encoding: "utf8", env: { PULUMI_BACKEND_URL: `${backend}place` } },
                );
                assert.equal(status, 1, state);
                const missing = stderr.split("\n").flatMap((line) => /^ {2}(.*) is missing:/.exec(line)?.[1] ?? []);
                const named = codesIn(variables).filter(
                    (code) => /^[A-Z_]+$/.test(code) && code !== "PULUMI_BACKEND_URL",
                );
                assert.deepEqual(named.sort(), missing.flatMap((names) => names.split(" or ")).sort(), state);
            }
        } finally {
            fs.rmSync(empty, { recursive: true });
        }
    });

    it("lists the jobs of the GitLab component, when each runs and in which environment, and the audiences of its tokens", () => {
        const { ".PREFIX-stack": common, ...jobs } = gitLabJobs();
        const listed = rowsOf(document, "| job | when | what it does | GitLab environment |");
        assert.deepEqual(
            listed.map(([job = "", when, , environment = ""]) => [codesIn(job)[0], when, codesIn(environment)[0]]),
            Object.entries(jobs).map(([name, job]) => [name, whenOf(job), job.environment.name]),
        );
        const audiences = Object.values(common?.id_tokens ?? {}).map(({ aud }) => aud.replace(/\$\{.*\}/, ""));
        assert.equal(audiences.length, 4);
        const [step = ""] = /^2\. In each cloud, trust the identity tokens.*$/m.exec(page) ?? [];
        assert.deepEqual(
            audiences.filter((audience) => !codesIn(step).some((code) => code.startsWith(audience))),
            [],
        );
    });
});
