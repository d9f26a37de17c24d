import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { azure, foreignRepositoryForEachTest, google, s3 } from "./foreignRepository";
import { logOf, results, used } from "./gitHubActions";
import type { Caller } from "./gitHubSteps";

const pullRequest = {
    name: "pull_request",
    payload: {
        pull_request: { number: 4, user: { login: "somebody" }, head: { repo: { full_name: "them/shop" } } },
    },
};

describe("Another repository that calls these workflows", function () {
    this.timeout(60_000);
    const repository = foreignRepositoryForEachTest();

    const everywhere = (variables: Readonly<Record<string, string>>) =>
        Object.fromEntries(
            ["dev", "prod"].flatMap((stack) =>
                ["", "-preview", "-drift"].map((suffix) => [`${stack}${suffix}`, variables] as const),
            ),
        );
    describe("where nothing is set up yet", () => {
        for (const [file, event] of [
            ["pull-request.yml", pullRequest],
            ["deploy.yml", { name: "push" }],
            ["drift.yml", { name: "schedule" }],
        ] as const) {
            it(`${file} is not red, touches no cloud and opens no issue`, () => {
                repository().command("npx", "exit 0");
                const jobs = repository().run(file, event, { variables: {} });
                assert.ok(!results(jobs).some((each) => each.endsWith("failure")), logOf(jobs));
                assert.deepEqual(
                    jobs.filter(({ environment }) => environment !== ""),
                    [],
                );
                assert.doesNotMatch(repository().calls(), /^(gh|pulumi) /m);
            });
        }
    });

    const backends: [string, Partial<Caller>, string, object][] = [
        [
            "a state in S3",
            { environments: everywhere(s3) },
            "aws-actions/configure-aws-credentials",
            { "role-to-assume": s3.AWS_ROLE_ARN, "aws-region": s3.AWS_REGION },
        ],
        [
            "a state in Azure Blob Storage",
            { environments: everywhere(azure) },
            "azure/login",
            { "client-id": "client", "tenant-id": "tenant", "subscription-id": "subscription" },
        ],
        [
            "a state in Google Cloud Storage",
            { environments: everywhere(google) },
            "google-github-actions/auth",
            {
                workload_identity_provider: google.GOOGLE_WORKLOAD_IDENTITY_PROVIDER,
                service_account: google.GOOGLE_SERVICE_ACCOUNT,
            },
        ],
        [
            "Pulumi Cloud",
            { environments: everywhere({ PULUMI_ORGANIZATION: "them" }) },
            "pulumi/auth-actions",
            {
                organization: "them",
                "requested-token-type": "urn:pulumi:token-type:access_token:organization",
            },
        ],
    ];
    for (const [backend, settings, action, given] of backends) {
        it(`previews with ${backend}`, () => {
            repository().command("npx", "exit 0");
            const previewed = repository().run("pull-request.yml", pullRequest, settings);
            assert.deepEqual(
                results(previewed).filter((each) => !each.endsWith("success")),
                [],
                logOf(previewed),
            );
            assert.deepEqual(
                previewed.filter(({ name }) => name === "preview").map(({ environment }) => environment),
                ["dev-preview", "prod-preview"],
            );
            assert.deepEqual(
                used(previewed, action).map((each) => each.with),
                [given, given],
            );
            assert.deepEqual(used(previewed, "actions/upload-artifact").length, 2);
            assert.match(repository().calls(), /^gh api --method POST repos\/them\/shop\/issues\/4\/comments /m);
        });
    }

    it("deploys within the plan that the preview made, proves the result, and looks for drift", () => {
        repository().command("npx", "exit 0");
        const settings = { environments: everywhere(s3) };
        repository().run("pull-request.yml", pullRequest, settings);
        const deployed = repository().run("deploy.yml", { name: "push" }, settings);
        assert.deepEqual(results(deployed), ["up success", "up success"], logOf(deployed));
        assert.deepEqual(
            deployed.map(({ environment }) => environment),
            ["dev", "prod"],
        );
        assert.match(repository().calls(), /^pulumi up --stack prod .*--plan plan\.json --policy-pack policy /m);
        assert.equal(used(deployed, "actions/upload-artifact")[1]?.with.name, "evidence-prod");

        const looked = repository().run("drift.yml", { name: "schedule" }, settings);
        assert.deepEqual(results(looked), ["look success", "look success", "report success"], logOf(looked));
        assert.doesNotMatch(repository().calls(), /issue (create|edit|comment)/);
        // The rehearsals hold no role and install what they need to rehearse; nothing else does.
        const installs =
            repository()
                .calls()
                .match(/^npm .*$/gm) ?? [];
        assert.deepEqual(installs.slice(0, 2), ["npm ci --ignore-scripts", "npm ci --ignore-scripts"]);
        assert.ok(installs.slice(2).every((each) => each.startsWith("npm ci --omit=dev --ignore-scripts ")));
        assert.equal(installs.length, 8);
    });

    it("takes a passphrase and an access token as secrets", () => {
        repository().command("npx", "exit 0");
        repository().change("Pulumi.dev.yaml", (text) => `encryptionsalt: v1:abc\n${text}`);
        repository().pulumi('echo "$PULUMI_CONFIG_PASSPHRASE $PULUMI_ACCESS_TOKEN" >> "$CALLS"');
        const secrets = { PULUMI_CONFIG_PASSPHRASE: "open", PULUMI_ACCESS_TOKEN: "pul-1" };
        const jobs = repository().run("pull-request.yml", pullRequest, { secrets });
        assert.deepEqual(
            results(jobs).filter((each) => !each.endsWith("success")),
            [],
            logOf(jobs),
        );
        assert.match(repository().calls(), /^open pul-1$/m);
    });

    it("is told at once what is missing, before anything is installed or signed in to", () => {
        repository().command("npx", "exit 0");
        repository().change("Pulumi.dev.yaml", (text) => `encryptionsalt: v1:abc\n${text}`);
        const jobs = repository().run("pull-request.yml", pullRequest, {
            environments: everywhere({ PULUMI_BACKEND_URL: "s3://states" }),
        });
        assert.deepEqual(
            results(jobs).filter((each) => /^(preview|passed)/.test(each)),
            ["preview failure", "preview failure", "passed failure"],
        );
        const log = jobs.find(({ environment }) => environment === "dev-preview")?.log ?? "";
        for (const name of ["AWS_ROLE_ARN", "AWS_REGION", "PULUMI_CONFIG_PASSPHRASE"]) {
            assert.match(log, new RegExp(`^ {2}${name} is missing: `, "m"));
        }
        assert.doesNotMatch(repository().calls(), /npm ci --omit=dev/);
        assert.deepEqual(used(jobs, "aws-actions/configure-aws-credentials"), []);
    });

    const strangers: [string, object][] = [
        ["of a fork", { head: { repo: { full_name: "stranger/shop" } } }],
        ["of Dependabot", { user: { login: "dependabot[bot]" } }],
        ["whose fork is gone", { head: { repo: null } }],
    ];
    for (const [whose, change] of strangers) {
        it(`gives a pull request ${whose} no role, and does not block it`, () => {
            repository().command("npx", "exit 0");
            const { pull_request: pull } = pullRequest.payload;
            const event = { name: "pull_request", payload: { pull_request: { ...pull, ...change } } };
            const jobs = repository().run("pull-request.yml", event, { environments: everywhere(s3) });
            assert.deepEqual(results(jobs).slice(-3), ["preview skipped", "preview skipped", "passed success"]);
            assert.deepEqual(used(jobs, "aws-actions/configure-aws-credentials"), []);
        });
    }

    it("plans in a merge queue, where there is no pull request to comment on", () => {
        repository().command("npx", "exit 0");
        const jobs = repository().run("pull-request.yml", { name: "merge_group" }, { environments: everywhere(s3) });
        assert.deepEqual(
            results(jobs).filter((each) => !each.endsWith("success")),
            [],
            logOf(jobs),
        );
        assert.doesNotMatch(repository().calls(), /issues/);
        assert.equal(used(jobs, "actions/upload-artifact").length, 2);
    });

    it("deploys nothing without a reviewed plan, and holds no role by then", () => {
        repository().gh('[[ $* != *artifacts* ]] || { echo \'{"total_count": 0, "artifacts": []}\'; exit; }');
        const jobs = repository().run("deploy.yml", { name: "push" }, { environments: everywhere(s3) });
        assert.deepEqual(results(jobs), ["up failure", "prod skipped"]);
        assert.match(logOf(jobs), /No reviewed plan for stack 'dev'/);
        assert.deepEqual(used(jobs, "aws-actions/configure-aws-credentials"), []);
        assert.doesNotMatch(repository().calls(), /^pulumi up/m);
    });

    it("reports drift in one issue, and a stack whose look broke as well", () => {
        repository().pulumi(
            '[[ "$*" != "refresh --stack dev "* ]] || { echo "~ edge-https"; exit 7; }; [[ "$*" != *"export --stack prod"* ]] || { echo "no access" >&2; exit 1; }',
        );
        repository().gh('for last; do :; done; [[ "$*" != "issue create"* ]] || cat "$last" >> "$CALLS"');
        const jobs = repository().run("drift.yml", { name: "schedule" }, { environments: everywhere(s3) });
        assert.deepEqual(results(jobs), ["look success", "look failure", "report success"], logOf(jobs));
        assert.match(
            repository().calls(),
            /## Stack dev\n[^]*~ edge-https[^]*## Stack prod\n\nThe run broke before it had a verdict/,
        );
    });

    it("looks after a program in a folder below the top, and after stacks of an organization", () => {
        repository().command("npx", "exit 0");
        const workflows = repository().files;
        for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml", "policy", "package-lock.json"]) {
            repository().write("infra/.keep", "");
            fs.renameSync(path.join(workflows, file), path.join(workflows, "infra", file));
        }
        for (const file of ["pull-request.yml", "deploy.yml"]) {
            repository().change(`.github/workflows/${file}`, (text) =>
                text
                    .replace("stack: [dev, prod]\n    uses", "stack: [acme/dev]\n    uses")
                    .replaceAll(
                        /^( +)stack: (dev|\$\{\{ matrix\.stack \}\})$/gm,
                        "$1stack: $2\n$1working-directory: infra",
                    )
                    .replaceAll("stack: dev\n", "stack: acme/dev\n"),
            );
        }
        repository().git("add", "--all");
        repository().git("commit", "--quiet", "--message", "b");
        const environments = { "acme/dev-preview": s3, "acme/dev": s3 };
        const previewed = repository().run("pull-request.yml", pullRequest, { environments });
        const [plan] = used(previewed, "actions/upload-artifact");
        assert.match(String(plan?.with.name), /^plan-acme\.dev@infra-[0-9a-f]{40}$/, logOf(previewed));
        const [deployed] = repository().run("deploy.yml", { name: "push" }, { environments });
        assert.equal(deployed?.result, "success", deployed?.log);
        assert.ok(
            repository()
                .calls()
                .includes(`artifacts?name=${String(plan?.with.name).replace("@", "%40")}&`),
        );
    });

    it("is refused by GitHub where a call grants less than the called job needs", () => {
        repository().change(".github/workflows/deploy.yml", (text) => text.replaceAll(/^ +id-token: write.*\n/gm, ""));
        assert.throws(
            () => repository().run("deploy.yml", { name: "push" }, {}),
            /requesting 'id-token: write', but is only allowed/,
        );
    });
});
