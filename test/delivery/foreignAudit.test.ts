import assert from "node:assert/strict";
import * as path from "node:path";
import { foreignRepositoryForEachTest, s3 } from "./foreignRepository";
import { type JobRun, logOf, results, used } from "./gitHubActions";
import { root } from "./packed";

describe("Another repository that calls these workflows", function () {
    this.timeout(60_000);
    const repository = foreignRepositoryForEachTest();

    describe("and has its states judged by audit.yml", () => {
        const distribution = (originProtocolPolicy: string) => ({
            enabled: true,
            origins: [{ originId: "app", domainName: "o.example.com", customOriginConfig: { originProtocolPolicy } }],
            defaultCacheBehavior: { targetOriginId: "app", viewerProtocolPolicy: "redirect-to-https" },
        });

        /** The caller, one state, and the pack as npm installs it from the two tarballs. */
        function audits(originProtocolPolicy: string): JobRun[] {
            const type = "aws:cloudfront/distribution:Distribution";
            const inputs = distribution(originProtocolPolicy);
            const resource = { urn: `urn:pulumi:dev::shop::${type}::cdn`, type, custom: true, id: "E1" };
            const resources = [{ ...resource, inputs, outputs: inputs }];
            repository().write("states/dev.json", JSON.stringify({ version: 3, deployment: { resources } }));
            repository().write(
                ".github/workflows/audit.yml",
                JSON.stringify({
                    on: "workflow_dispatch",
                    permissions: {},
                    jobs: {
                        audit: {
                            permissions: { contents: "read", "id-token": "write", "security-events": "write" },
                            uses: `them/encrypted-edge/.github/workflows/audit.yml@${"a".repeat(40)}`,
                            with: { targets: "states", packages: "./a.tgz ./b.tgz", "aws-role": s3.AWS_ROLE_ARN },
                        },
                    },
                }),
            );
            const command = path.join(root, "policy", "encrypted-edge-policy.js");
            repository().command(
                "npm",
                `echo "npm $*" >> "$CALLS"
                mkdir -p "$RUNNER_TEMP/pack/node_modules/.bin"
                ln -sf "${command}" "$RUNNER_TEMP/pack/node_modules/.bin/encrypted-edge-policy"`,
            );
            return repository().run("audit.yml", { name: "workflow_dispatch" }, {});
        }

        it("fails for a violation, and hands on the reports all the same", () => {
            const jobs = audits("http-only");
            assert.deepEqual(results(jobs), ["audit failure"], logOf(jobs));
            assert.match(logOf(jobs), /cloudfront-origin-https-only/);
            assert.match(repository().calls(), /^npm install --no-save --ignore-scripts .* -- \.\/a\.tgz \.\/b\.tgz$/m);
            assert.equal(used(jobs, "github/codeql-action/upload-sarif")[0]?.with.sarif_file, "audit.sarif");
            assert.equal(used(jobs, "actions/upload-artifact")[0]?.with.path, "audit.html");
            assert.equal(
                used(jobs, "aws-actions/configure-aws-credentials")[0]?.with["role-to-assume"],
                s3.AWS_ROLE_ARN,
            );
        });

        it("passes where nothing is wrong", () => {
            const jobs = audits("https-only");
            assert.deepEqual(results(jobs), ["audit success"], logOf(jobs));
        });
    });
});
