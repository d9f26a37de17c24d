import assert from "node:assert/strict";
import * as path from "node:path";
import { logicalName, RehearsedProject, root } from "./rehearsedProject";

const pack = ["--policy-pack", path.join(root, "policy")];

describe("dev and prod through the real engine, under the policy pack", function () {
    // The first of these may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    let project: RehearsedProject;
    /** The bucket of the load balancer's logs, by stack. */
    const buckets = new Map<string, string>();
    const bucketOf = (stack: string) => buckets.get(stack) ?? assert.fail(`${stack} has not come up`);

    before(() => {
        project = new RehearsedProject();
    });

    after(() => {
        project.remove();
    });

    for (const stack of ["dev", "prod"]) {
        describe(stack, () => {
            it("previews everything it will create, and creates nothing", async () => {
                const changes = await project.changes(stack);
                assert.ok(changes.length > 30, `${changes.length} changes`);
                assert.ok(changes.every(({ op }) => op === "create"));
                const types = new Set(changes.map(({ urn }) => urn.split("::")[2]?.split("$").at(-1)));
                for (const type of [
                    "aws:acm/certificate:Certificate",
                    "aws:acm/certificateValidation:CertificateValidation",
                    "aws:cloudfront/distribution:Distribution",
                    "aws:lb/listener:Listener",
                    "aws:route53/record:Record",
                    "aws:s3/bucket:Bucket",
                    "aws:s3/bucketPolicy:BucketPolicy",
                    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    "aws:wafv2/webAcl:WebAcl",
                ]) {
                    assert.ok(types.has(type), type);
                }
                const state = await project.succeed("stack", "export", "--stack", stack);
                assert.doesNotMatch(state.output, /aws:lb/);
            });

            it("comes up, and passes the pack", async () => {
                const { output } = await project.succeed("up", "--stack", stack, "--yes", ...pack);
                assert.match(output, /encrypted-edge@v/);
                const outputs = await project.outputs(stack);
                assert.match(String(outputs.url), /^https:\/\/www\./);
                assert.match(String(outputs.targetGroupArn), /^arn:aws:elasticloadbalancing:/);
                assert.match(String(outputs.distributionId), /^E[A-Z0-9]+$/);
            });

            it("tries both logs of the load balancer, which lie in a bucket of the stack's own", async () => {
                const bucket = String((await project.outputs(stack)).loadBalancerLogBucketName);
                assert.match(bucket, /^edge-load-balancer-log-[0-9a-f]{7}$/);
                const account = project.accountText();
                for (const file of [
                    "access-log/AWSLogs/111122223333/ELBAccessLogTestFile",
                    "ELBConnectionLogTestFile",
                ]) {
                    assert.ok(account.includes(file), file);
                }
                buckets.set(stack, bucket);
            });

            it("finds nothing to change in a second update and in a refresh", async () => {
                await project.succeed("up", "--stack", stack, "--yes", "--expect-no-changes", ...pack);
                await project.succeed("refresh", "--stack", stack, "--yes", "--expect-no-changes");
            });

            it("keeps the secret out of what people read", async () => {
                const shown = await project.succeed("stack", "export", "--stack", stack, "--show-secrets");
                const values = [...shown.output.matchAll(/"plaintext": ?"\\"([0-9a-z]{32,})\\""/g)].map(([, value]) =>
                    String(value),
                );
                assert.ok(values.length > 0, "the state holds the secret, encrypted");
                // Providers write values in other forms too, as ids for example.
                const secrets = values.flatMap((value) => [
                    value,
                    Buffer.from(value).toString("base64"),
                    ...(/^([0-9a-f]{2})+$/.test(value) ? [Buffer.from(value, "hex").toString("base64")] : []),
                ]);
                const outputs = JSON.stringify(await project.outputs(stack));
                const preview = await project.succeed("preview", "--stack", stack, "--diff", "--show-sames");
                const state = await project.succeed("stack", "export", "--stack", stack);
                for (const secret of secrets) {
                    assert.ok(!outputs.includes(secret));
                    assert.ok(!preview.output.includes(secret));
                    assert.ok(!state.output.includes(secret));
                }
            });

            it("changes only the web ACL when the rate limit changes", async () => {
                project.configure(stack, "rateLimit", 4321);
                const configured = project.stackFile(stack);
                const changes = await project.changes(stack);
                assert.deepEqual(
                    changes
                        .map(({ op, urn }) => `${op} ${urn.split("::")[2]?.split("$").at(-1)}`)
                        // The components that were given the number have changed inputs of their own.
                        .filter((change) => !change.includes(" encrypted-edge:")),
                    ["update aws:wafv2/webAcl:WebAcl"],
                );
                await project.succeed("up", "--stack", stack, "--yes", ...pack);
                assert.equal(project.stackFile(stack), configured);
            });

            it("adds a viewer name, and replaces nothing that is protected", async () => {
                const names = (await project.outputs(stack)).domainNames as string[];
                const [first] = names;
                project.configure(stack, "domainNames", [...names, `shop.${String(first)}`]);
                const changes = await project.changes(stack);
                assert.ok(changes.some(({ op, urn }) => op === "replace" && urn.endsWith("-viewer-certificate")));
                assert.deepEqual(
                    changes.filter(({ urn }) => urn.endsWith(`-validation-${String(first)}`)).map(({ op }) => op),
                    ["update"],
                );
                await project.succeed("up", "--stack", stack, "--yes", ...pack);
            });

            it("rotates the secret: the load balancer learns the new value before CloudFront sends it", async () => {
                project.configure(stack, "originSecretGeneration", 2);
                const { output } = await project.succeed("up", "--stack", stack, "--yes", "--skip-preview", ...pack);
                const moment = (text: string) => {
                    const found = output.indexOf(text);
                    assert.ok(found >= 0, `${text} is not in\n${output}`);
                    return found;
                };
                const learned = moment("aws:lb:ListenerRule edge-from-this-distribution updated");
                assert.ok(learned < moment("aws:cloudfront:Distribution edge-distribution updating"));
                assert.doesNotMatch(output, /(Listener|Distribution|TargetGroup|LoadBalancer) \S+ (creating|replac)/);
            });
        });
    }

    describe("the end", () => {
        it("destroys dev and leaves nothing of it in the account", async () => {
            assert.ok(project.accountText().includes(bucketOf("dev")));
            const destroyed = await project.succeed("destroy", "--stack", "dev", "--yes");
            assert.match(
                destroyed.output,
                /^On AWS this takes about \d+ min.*, then deletion of Distribution edge-distribution \(211 s\), then /m,
            );
            assert.ok(!project.accountText().includes(bucketOf("dev")), "the log bucket goes with what is in it");
            const state = await project.succeed("stack", "export", "--stack", "dev");
            const resources = (JSON.parse(state.output) as { deployment: { resources?: { type: string }[] } })
                .deployment.resources;
            assert.deepEqual(
                (resources ?? []).filter(({ type }) => type.startsWith("aws:")),
                [],
            );
        });

        it("refuses to destroy prod until it is told twice", async () => {
            const refused = await project.rehearse("destroy", "--stack", "prod", "--yes");
            assert.notEqual(refused.code, 0);
            assert.match(refused.output + refused.errors, /protect/);
            assert.ok(project.accountText().includes(bucketOf("prod")));
            project.configure("prod", "deletionProtection", false);
            await project.succeed("up", "--stack", "prod", "--yes", ...pack);
            await project.succeed("destroy", "--stack", "prod", "--yes");
            assert.ok(!project.accountText().includes(bucketOf("prod")));
        });

        it("comes up again from nothing", async () => {
            await project.succeed("up", "--stack", "dev", "--yes", ...pack);
            const names = (await project.changes("dev")).map(({ urn }) => logicalName(urn));
            assert.deepEqual(names, []);
        });
    });
});
