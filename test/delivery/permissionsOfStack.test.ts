import assert from "node:assert/strict";
import {
    actions,
    type ComponentResources,
    loadPolicies,
    type Policies,
    type Policy,
    run,
    type Statement,
    state,
} from "./permissionsScript";

describe("permissions of what a stack holds", () => {
    let policies: Policies;
    let component: ComponentResources;

    before(async () => {
        ({ policies, component } = await loadPolicies());
    });

    describe("of a stack", () => {
        const bucket = { type: "aws:s3/bucket:Bucket", name: "shop-load-balancer-log" };
        const record = { type: "aws:route53/record:Record", name: "www", inputs: { zoneId: "Z-OF-A-REHEARSAL" } };

        it("name its bucket and its zone", () => {
            const { stdout, status } = run(
                ["deploy", "-", "--bucket", "our-state", "--zone", "Z0123456789ABCDEFGHIJ"],
                state(bucket, record),
            );
            assert.equal(status, 0);
            const { Statement } = JSON.parse(stdout) as Policy;
            assert.deepEqual(
                Statement.map(({ Resource }) => Resource),
                [
                    "arn:aws:s3:::shop-load-balancer-log-*",
                    "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
                    "arn:aws:s3:::our-state/.pulumi/*",
                ],
            );
        });

        it("name a bucket as it will be called, whatever random ending a preview gave it", () => {
            const named = (inputs: object) => run(["deploy", "-"], state({ ...bucket, inputs: { ...inputs } })).stdout;
            assert.match(
                named({ bucket: "shop-load-balancer-log-8f4cd60" }),
                /"arn:aws:s3:::shop-load-balancer-log-\*"/,
            );
            assert.match(named({ bucket: "our-logs" }), /"arn:aws:s3:::our-logs"/);
        });

        it("are the same from a preview", () => {
            const { deployment } = JSON.parse(state(bucket, record)) as { deployment: { resources: unknown[] } };
            const steps = deployment.resources.map((newState) => ({ op: "create", newState }));
            const fromPreview = run(["deploy", "-"], JSON.stringify({ steps: [...steps, { op: "delete" }] }));
            assert.equal(fromPreview.stderr, "");
            assert.equal(fromPreview.stdout, run(["deploy", "-"], state(bucket, record)).stdout);
        });

        it("cover only what it uses", () => {
            const { stdout } = run(["deploy", "-"], state(record));
            assert.doesNotMatch(stdout, /elasticloadbalancing|CreateServiceLinkedRole/);
        });

        it("are refused where the table lacks a type", () => {
            const other = { type: "aws:rds/instance:Instance", name: "db" };
            const { stdout, stderr, status } = run(["deploy", "-"], state(bucket, other));
            assert.equal(status, 2);
            assert.equal(stdout, "");
            assert.match(stderr, /^The table of permissions lacks aws:rds\/instance:Instance\. Add .*table\.json/);
        });
    });

    describe("of some arguments only", () => {
        const rule = "aws:lb/listenerRule:ListenerRule";
        const delivery = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination";
        const webAclLog = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
        const destination = (destinationResourceArn: string) => ({
            deliveryDestinationConfiguration: { destinationResourceArn },
        });
        const of = (type: string, inputs: object, args: readonly string[] = []) =>
            (
                JSON.parse(
                    run(["deploy", "-", ...args], state({ type, name: "edge", inputs: { ...inputs } })).stdout,
                ) as Policy
            ).Statement;
        const where = (statements: readonly Statement[], action: string) =>
            statements.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource);

        it("ask Amazon Cognito only where viewers log in through it", () => {
            const action = "cognito-idp:DescribeUserPoolClient";
            assert.deepEqual(where(of(rule, { actions: [{ type: "authenticate-cognito" }] }), action), ["*"]);
            assert.deepEqual(where(of(rule, { actions: [{ type: "authenticate-oidc" }] }), action), []);
            assert.ok(actions(policies.policyOf("deploy", component.componentResources())).flat().includes(action));
        });

        it("tag a Firehose stream only where logs go to one", () => {
            const stream = "arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-acme";
            assert.deepEqual(where(of(delivery, destination(stream)), "firehose:TagDeliveryStream"), ["*"]);
            assert.deepEqual(
                where(of(webAclLog, { logDestinationConfigs: [stream] }), "firehose:ListDeliveryStreams"),
                ["*"],
            );
            const group = "arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-acme";
            assert.deepEqual(where(of(delivery, destination(group)), "firehose:TagDeliveryStream"), []);
        });

        it("change the policy of the one bucket that takes logs, by its ARN or by --log-bucket, and of no other", () => {
            const bucket = "arn:aws:s3:::acme-logs";
            assert.deepEqual(where(of(delivery, destination(bucket)), "s3:PutBucketPolicy"), [bucket]);
            assert.deepEqual(where(of(webAclLog, { logDestinationConfigs: [bucket] }), "s3:GetBucketPolicy"), [bucket]);
            const group = "arn:aws:logs:us-east-1:111122223333:log-group:acme";
            assert.deepEqual(where(of(delivery, destination(group)), "s3:PutBucketPolicy"), []);
            const whole = JSON.parse(run(["deploy", "--log-bucket", "a", "--log-bucket", "b"]).stdout) as Policy;
            assert.deepEqual(where(whole.Statement, "s3:GetBucketPolicy"), [["arn:aws:s3:::a", "arn:aws:s3:::b"]]);
        });
    });

    const mistakes: [string, readonly string[], string, RegExp][] = [
        ["a role that there is none of", ["deply"], "", /^usage: .*\nROLE is one of preview, deploy, audit\.$/m],
        ["no role", [], "", /^usage: /],
        ["a file that is not there", ["deploy", "missing.json"], "", /^missing\.json cannot be read \(ENOENT\)\./],
        ["text that is not JSON", ["deploy", "-"], "nope", /^Standard input holds no JSON .*pulumi preview --json/s],
        ["JSON that is no state", ["deploy", "-"], "[]", /^Standard input is neither a preview nor a state\./],
    ];
    for (const [mistake, args, input, message] of mistakes) {
        it(`answer ${mistake} with words`, () => {
            const { stdout, stderr, status } = run(args, input);
            assert.equal(status, 2);
            assert.equal(stdout, "");
            assert.match(stderr, message);
        });
    }
});
