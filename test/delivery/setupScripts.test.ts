import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { sandboxForEachTest, scripts } from "./sandbox";

describe("delivery scripts", () => {
    const sandbox = sandboxForEachTest();

    describe("check-setup.mjs", () => {
        const check = (settings: Record<string, string>, stack = "dev") =>
            sandbox.script("check-setup.mjs", [stack], settings);
        const aws = { AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/dev", AWS_REGION: "eu-west-1" };
        const s3 = { PULUMI_BACKEND_URL: "s3://states?region=eu-west-1", ...aws };

        const complete: [string, Record<string, string>][] = [
            ["S3", s3],
            ["Pulumi Cloud by an access token", { PULUMI_ACCESS_TOKEN: "pul-1" }],
            [
                "Pulumi Cloud by an identity token",
                { PULUMI_BACKEND_URL: "https://api.pulumi.com", PULUMI_ORGANIZATION: "a" },
            ],
            [
                "Azure Blob Storage, its account in the URL",
                {
                    PULUMI_BACKEND_URL: "azblob://states?storage_account=them",
                    AZURE_CLIENT_ID: "a",
                    AZURE_TENANT_ID: "b",
                    AZURE_SUBSCRIPTION_ID: "c",
                },
            ],
        ];
        for (const [backend, settings] of complete) {
            it(`has nothing to say of ${backend}`, () => {
                const { status, stdout, stderr } = check(settings);
                assert.deepEqual([status, stdout, stderr], [0, "", ""]);
            });
        }

        const incomplete: [string, Record<string, string>, string | undefined, readonly RegExp[]][] = [
            [
                "nothing at all",
                {},
                undefined,
                [/PULUMI_ORGANIZATION or PULUMI_ACCESS_TOKEN is missing: needed for Pulumi Cloud/],
            ],
            [
                "a bucket without a role",
                { PULUMI_BACKEND_URL: "s3://states" },
                undefined,
                [/AWS_ROLE_ARN is missing: needed for a state in S3/, /AWS_REGION is missing/],
            ],
            [
                "a role without a region",
                { ...s3, AWS_REGION: "" },
                undefined,
                [/AWS_REGION is missing: .*the session of AWS_ROLE_ARN/],
            ],
            [
                "gs:// without anything",
                { PULUMI_BACKEND_URL: "gs://a" },
                undefined,
                [/GOOGLE_WORKLOAD_IDENTITY_PROVIDER/, /GOOGLE_SERVICE_ACCOUNT/],
            ],
            [
                "an application in Azure without its tenant",
                { ...s3, AZURE_CLIENT_ID: "a" },
                undefined,
                [/AZURE_TENANT_ID is missing: needed for signing in with AZURE_CLIENT_ID/, /AZURE_SUBSCRIPTION_ID/],
            ],
            [
                "a passphrase that is not given",
                s3,
                "encryptionsalt: v1:abc",
                [/PULUMI_CONFIG_PASSPHRASE is missing: .*Pulumi\.dev\.yaml/],
            ],
            [
                "a key in another cloud",
                s3,
                'secretsprovider: "gcpkms://projects/a"',
                [/GOOGLE_SERVICE_ACCOUNT is missing: needed for secrets under a key of Google Cloud KMS/],
            ],
            [
                "a folder of the runner",
                { PULUMI_BACKEND_URL: "file://state" },
                undefined,
                [/is gone when the job ends\. Write s3:\/\/BUCKET/],
            ],
            [
                "no backend",
                { PULUMI_BACKEND_URL: "ftp://a" },
                undefined,
                [/PULUMI_BACKEND_URL is "ftp:\/\/a": it is no backend of Pulumi/],
            ],
        ];
        for (const [mistake, settings, stackFile, messages] of incomplete) {
            it(`tells ${mistake}`, () => {
                if (stackFile !== undefined) {
                    sandbox.write("Pulumi.dev.yaml", `${stackFile}\n`);
                }
                const { status, stderr } = check(settings, "acme/dev");
                assert.equal(status, 1);
                assert.match(stderr, /^Stack 'acme\/dev' cannot be reached yet:/);
                for (const message of messages) {
                    assert.match(stderr, message);
                }
            });
        }
    });

    describe("trust-policy.mjs", () => {
        const gh = (answer: unknown) =>
            sandbox.command("gh", `echo "$*" >> calls; cat <<'END'\n${JSON.stringify(answer)}\nEND`);
        const subject = (output: string) =>
            Object.values(
                (JSON.parse(output) as { Statement: { Condition: { StringEquals: Record<string, string> } }[] })
                    .Statement[0]?.Condition.StringEquals ?? {},
            )[1];

        it("trusts the ids of owner and repository where GitHub sends them", () => {
            const prefix = "repo:OWNER@1001/REPOSITORY@2002";
            // GitHub answers false here for a repository that has ids because it is new: the prefix is what is sent.
            gh({ use_default: true, use_immutable_subject: false, sub_claim_prefix: prefix });
            const { stdout } = sandbox.script("trust-policy.mjs", ["OWNER/REPOSITORY", "prod", "111122223333"]);
            assert.equal(subject(stdout), "repo:OWNER@1001/REPOSITORY@2002:environment:prod");
            assert.match(stdout, /"arn:aws:iam::111122223333:oidc-provider\/token\.actions\.githubusercontent\.com"/);
            assert.equal(sandbox.read("calls"), "api repos/OWNER/REPOSITORY/actions/oidc/customization/sub\n");
        });

        it("trusts the names where GitHub sends those alone", () => {
            gh({ use_default: true, sub_claim_prefix: "repo:owner/repository" });
            const { stdout } = sandbox.script("trust-policy.mjs", ["OWNER/REPOSITORY", "a:b", "111122223333"]);
            assert.equal(subject(stdout), "repo:owner/repository:environment:a%3Ab");
        });

        it("trusts several environments, each by its whole subject", () => {
            gh({ use_default: true, sub_claim_prefix: "repo:owner/repository" });
            const { stdout } = sandbox.script("trust-policy.mjs", [
                "owner/repository",
                "a-preview,a-drift",
                "111122223333",
            ]);
            assert.deepEqual(subject(stdout), [
                "repo:owner/repository:environment:a-preview",
                "repo:owner/repository:environment:a-drift",
            ]);
        });

        it("prints what docs/delivery.md shows", () => {
            const page = fs.readFileSync(path.join(scripts, "..", "..", "docs", "delivery.md"), "utf8");
            const shown = /<!-- trust policy -->\s+```json\n(.*?)```/s.exec(page)?.[1] ?? "";
            gh({ use_default: true, sub_claim_prefix: "repo:OWNER@1001/REPOSITORY@2002" });
            const { stdout } = sandbox.script("trust-policy.mjs", ["OWNER/REPOSITORY", "prod", "111122223333"]);
            const printed = stdout.replace("111122223333", "ACCOUNT").replace("@1001", "@OWNER_ID");
            assert.deepEqual(JSON.parse(shown), JSON.parse(printed.replace("@2002", "@REPOSITORY_ID")));
        });

        const refused: [string, unknown, RegExp][] = [
            [
                "has claims of its own",
                { use_default: false, include_claim_keys: ["actor"] },
                /claims of its own \(actor\)/,
            ],
            ["has no prefix", { use_default: true }, /GitHub names no subject .*sub_claim_prefix: undefined/],
            [
                "has another's prefix",
                { use_default: true, sub_claim_prefix: "repo:other/REPOSITORY" },
                /names no subject/,
            ],
        ];
        for (const [reason, answer, message] of refused) {
            it(`prints no policy for a repository that ${reason}`, () => {
                gh(answer);
                const result = sandbox.script("trust-policy.mjs", ["OWNER/REPOSITORY", "prod", "111122223333"]);
                assert.equal(result.status, 1);
                assert.equal(result.stdout, "");
                assert.match(result.stderr, message);
            });
        }

        for (const args of [
            [],
            ["OWNER", "prod", "111122223333"],
            ["OWNER/REPOSITORY", "prod", "ACCOUNT"],
            ["OWNER/REPOSITORY", "prod,", "111122223333"],
        ]) {
            it(`says how it is called: ${args.join(" ") || "nothing"}`, () => {
                const result = sandbox.script("trust-policy.mjs", args);
                assert.equal(result.status, 2);
                assert.match(
                    result.stderr,
                    /^usage: trust-policy\.mjs OWNER\/REPOSITORY ENVIRONMENT\[,ENVIRONMENT\] ACCOUNT/,
                );
            });
        }
    });
});
