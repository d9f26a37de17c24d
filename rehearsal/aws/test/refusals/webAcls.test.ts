import assert from "node:assert/strict";
import { RehearsedStack, visibility } from "../rehearsedStack";
import { rules } from "./cases/parts";

describe("refusals of the rehearsed AWS: web ACLs", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    const managedRule = (name: string, priority: number) => ({
        name: `${name}-${priority}`,
        priority,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
        visibilityConfig: visibility,
    });

    it("of scope CLOUDFRONT outside us-east-1", async () => {
        await assert.rejects(
            stack.webAcl({ region: "eu-central-1" }),
            /WAFInvalidParameterException.*SCOPE_VALUE, parameter: CLOUDFRONT/,
        );
    });
    it("rate limits and windows out of bounds, all at once", () => {
        const rules = [
            {
                name: "r",
                priority: 0,
                action: { block: {} },
                visibilityConfig: visibility,
                statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 9, evaluationWindowSec: 61 } },
            },
        ];
        const { failures } = stack.check("aws:wafv2/webAcl:WebAcl", {
            scope: "CLOUDFRONT",
            region: "us-east-1",
            defaultAction: { allow: {} },
            visibilityConfig: visibility,
            rules,
        });
        const place = "rules[0].statement.rateBasedStatement";
        assert.deepEqual(
            failures.map(({ property }) => property),
            [`${place}.limit`, `${place}.evaluationWindowSec`],
        );
    });
    it("managed groups that AWS does not have, priorities twice, and too much weight", async () => {
        await assert.rejects(
            stack.webAcl({ rules: [managedRule("AWSManagedRulesCommonRulesSet", 0)] }),
            /WAFNonexistentItemException/,
        );
        await assert.rejects(
            stack.webAcl({
                rules: [managedRule("AWSManagedRulesSQLiRuleSet", 0), managedRule("AWSManagedRulesUnixRuleSet", 0)],
            }),
            /rules: has the priority 0 twice/,
        );
        const heavy = Array.from({ length: 8 }, (_, index) => managedRule("AWSManagedRulesCommonRuleSet", index));
        await assert.rejects(stack.webAcl({ rules: heavy }), /WAFLimitsExceededException.*5600/);
    });
    it("nothing of logs to Firehose, nor of a second logging configuration, which replaces the first", async () => {
        const { properties } = await stack.webAcl();
        const region = "us-east-1";
        const stream = (name: string) =>
            stack.create("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {
                name,
                region,
                destination: "extended_s3",
                extendedS3Configuration: {
                    bucketArn: "arn:aws:s3:::logs",
                    roleArn: "arn:aws:iam::111122223333:role/r",
                },
            });
        const configure = (destination: unknown) =>
            stack.create("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", {
                region,
                resourceArn: properties.arn,
                logDestinationConfigs: [destination],
            });
        const [first, second] = [await stream("aws-waf-logs-a"), await stream("aws-waf-logs-b")];
        assert.equal(first.properties.arn, "arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-a");
        const old = await configure(first.properties.arn);
        const replacement = await configure(second.properties.arn);
        assert.deepEqual((await stack.read(old))?.properties.logDestinationConfigs, [second.properties.arn]);
        // Created first, deleted then: the web ACL is left without logs, as on AWS.
        await stack.delete(old);
        assert.equal(await stack.read(replacement), undefined);
        assert.equal(
            stack.diff(old, { ...old.inputs, logDestinationConfigs: [second.properties.arn] }).differences[0]?.replaces,
            true,
        );
        await assert.rejects(
            configure("arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-c"),
            /WAFLogDestinationPermissionIssueException/,
        );
    });
    it("log destinations by another name, in another region, or missing", async () => {
        const { properties } = await stack.webAcl();
        const log = (name: string, region: string) =>
            stack.create("aws:cloudwatch/logGroup:LogGroup", { name, region });
        const configure = (destination: unknown) =>
            stack.create("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", {
                region: "us-east-1",
                resourceArn: properties.arn,
                logDestinationConfigs: [destination],
            });
        const wrong = [await log("waf-logs", "us-east-1"), await log("aws-waf-logs-x", "eu-central-1")];
        for (const group of wrong) {
            await assert.rejects(configure(group.properties.arn), /WAFInvalidParameterException.*LOG_DESTINATION/);
        }
        await assert.rejects(
            configure("arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-y"),
            /WAFLogDestinationPermissionIssueException/,
        );
        await configure((await log("aws-waf-logs-x", "us-east-1")).properties.arn);
    });
    it("rules of the account's own groups that the group does not have, which AWS's own groups pass over", async () => {
        const group = await stack.create("aws:wafv2/ruleGroup:RuleGroup", {
            ...rules({ statement: { geoMatchStatement: { countryCodes: ["DE"] } } }),
            scope: "REGIONAL",
            capacity: 5,
            visibilityConfig: visibility,
        });
        const create = (kind: string, of: object, name: string) =>
            stack.create("aws:wafv2/webAcl:WebAcl", {
                ...rules({
                    action: undefined,
                    overrideAction: { none: {} },
                    statement: { [kind]: { ...of, ruleActionOverrides: [{ name, actionToUse: { count: {} } }] } },
                }),
                scope: "REGIONAL",
                defaultAction: { allow: {} },
                visibilityConfig: visibility,
            });
        const own = { arn: group.properties.arn };
        await assert.rejects(
            create("ruleGroupReferenceStatement", own, "r1"),
            /WAFInvalidParameterException: .* no rule of the name r1/,
        );
        await stack.delete(await create("ruleGroupReferenceStatement", own, "r0"));
        await create("managedRuleGroupStatement", { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" }, "r1");
    });
});
