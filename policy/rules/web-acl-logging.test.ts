import assert from "node:assert/strict";

import { verdicts } from "../test/compliantStack";
import { testRule, verdictsOf, says } from "../test/testRule";
import { programOf } from "../test/yamlProgram";
import { webAclLogging } from "./web-acl-logging";

describe("web-acl-logging", () => {
    testRule(webAclLogging, {
        breaks: {
            "no destination": ["firewallLogging.logDestinationConfigs", [], "violation: firewall"],
            "a missing destination": ["firewallLogging.logDestinationConfigs", undefined, "violation: firewall"],
            "logging of another web ACL": [
                "firewallLogging.resourceArn",
                "arn:aws:wafv2:us-east-1:1:global/webacl/a/b",
                "violation: firewall",
            ],
        },
        unknowns: {
            "firewallLogging.logDestinationConfigs": [],
            "firewallLogging.resourceArn": [],
        },
        shapes: ["firewallLogging.logDestinationConfigs", "firewallLogging.resourceArn"],
    });

    it("judges each web ACL by its own logging configuration", () => {
        const program = `
resources:
  logged: { type: aws-native:wafv2:WebAcl }
  silent: { type: aws-native:wafv2:WebAcl }
  logging: { type: aws-native:wafv2:LoggingConfiguration, properties: { resourceArn: "\${logged.arn}", logDestinationConfigs: ["arn:aws:s3:::aws-waf-logs-a"] } }
`;
        assert.deepEqual(verdictsOf(webAclLogging, program), ["violation: silent"]);
    });

    it("cannot tell while a logging configuration's web ACL is unknown", () => {
        const program = programOf(`
resources:
  firewall: { type: aws:wafv2:WebAcl }
  other: { type: aws:s3:Bucket }
  logging: { type: aws:wafv2:WebAclLoggingConfiguration, properties: { resourceArn: "\${other.arn}", logDestinationConfigs: [a] } }
`);
        assert.deepEqual(verdicts(webAclLogging, program, { form: "preview" }), ["cannot tell: firewall"]);
        assert.deepEqual(verdicts(webAclLogging, program, { form: "state" }), ["violation: firewall"]);
    });
});

describe("web-acl-logging says of", () => {
    it("a web ACL without logging", () => {
        says(webAclLogging, { firewallLogging: undefined }, [
            'No logging configuration of this stack belongs to the web ACL. Add a WebAclLoggingConfiguration with its ARN as resourceArn and a log group, bucket or stream whose name starts with "aws-waf-logs-".',
        ]);
    });

    it("logging without a destination", () => {
        says(webAclLogging, { "firewallLogging.logDestinationConfigs": [] }, [
            `The web ACL's logging configuration has no logDestinationConfigs. Add a WebAclLoggingConfiguration with its ARN as resourceArn and a log group, bucket or stream whose name starts with "aws-waf-logs-".`,
        ]);
    });

    it("logging of a web ACL that is not known yet", () => {
        says(
            webAclLogging,
            { other: { type: "aws:s3:Bucket" }, "firewallLogging.resourceArn": "${other.arn}" },
            [
                "Cannot tell whether the web ACL is logged: a logging configuration of this stack belongs to a web ACL that is not known yet.",
            ],
            "preview",
        );
    });
});
