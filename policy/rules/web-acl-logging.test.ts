import assert from "node:assert/strict";

import { changed, verdicts } from "../test/compliantStack";
import { testRule, verdictsOf, says } from "../test/testRule";
import { programOf } from "../test/yamlProgram";
import { webAclLogging } from "./web-acl-logging";

const refused = {
    "a log group of another name": "arn:aws:logs:us-east-1:123456789012:log-group:edge",
    "a log group with the prefix elsewhere in its name":
        "arn:aws:logs:us-east-1:123456789012:log-group:edge-aws-waf-logs-a",
    "a bucket of another name": "arn:aws:s3:::edge-logs/aws-waf-logs-a",
    "a stream of another name": "arn:aws:firehose:us-east-1:123456789012:deliverystream/edge",
    "a log group in another Region than CloudFront's": "arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-a",
    "a topic": "arn:aws:sns:us-east-1:123456789012:aws-waf-logs-a",
    "a name that is no ARN": "aws-waf-logs-a",
    "an empty text": "",
};

const taken = [
    "arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-a:*",
    "arn:aws:s3:::aws-waf-logs-a/edge",
    "arn:aws:firehose:us-east-1:123456789012:deliverystream/aws-waf-logs-a",
];

describe("web-acl-logging", () => {
    testRule(webAclLogging, {
        breaks: {
            "no destination": ["firewallLogging.logDestinationConfigs", [], "violation: firewall"],
            "a missing destination": ["firewallLogging.logDestinationConfigs", undefined, "violation: firewall"],
            ...Object.fromEntries(
                Object.entries(refused).map(([what, arn]) => [
                    what,
                    ["firewallLogging.logDestinationConfigs", [arn], "violation: firewall"] as const,
                ]),
            ),
            "logging of another web ACL": [
                "firewallLogging.resourceArn",
                "arn:aws:wafv2:us-east-1:1:global/webacl/a/b",
                "violation: firewall",
            ],
        },
        accepts: {
            "one destination that AWS WAF takes": ["firewallLogging.logDestinationConfigs", ["edge", taken[0]]],
            ...Object.fromEntries(taken.map((arn) => [arn, ["firewallLogging.logDestinationConfigs", [arn]] as const])),
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

    it("lets a regional web ACL log to a log group in its Region", () => {
        const program = changed({
            "firewall.scope": "REGIONAL",
            "firewallLogging.logDestinationConfigs": ["arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-a"],
        });
        assert.deepEqual(verdictsOf(webAclLogging, program), []);
    });

    it("cannot tell while a logging configuration's web ACL is unknown", () => {
        const program = programOf(`
resources:
  firewall: { type: aws:wafv2:WebAcl }
  other: { type: aws:s3:Bucket }
  logging: { type: aws:wafv2:WebAclLoggingConfiguration, properties: { resourceArn: "\${other.arn}", logDestinationConfigs: ["arn:aws:s3:::aws-waf-logs-a"] } }
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

    it("a destination that AWS WAF refuses", () => {
        const arn = "arn:aws:s3:::edge-logs";
        const refused = `AWS WAF refuses "${arn}", the logDestinationConfigs of the web ACL's logging configuration.`;
        says(webAclLogging, { "firewallLogging.logDestinationConfigs": [arn] }, [
            `${refused} Write the ARN of a bucket, or of a log group or stream in us-east-1, whose name starts with "aws-waf-logs-".`,
        ]);
        says(webAclLogging, { "firewall.scope": "REGIONAL", "firewallLogging.logDestinationConfigs": [arn] }, [
            `${refused} Write the ARN of a bucket, or of a log group or stream, whose name starts with "aws-waf-logs-".`,
        ]);
    });

    it("logging without a destination", () => {
        says(webAclLogging, { "firewallLogging.logDestinationConfigs": [] }, [
            `The web ACL's logging configuration has no logDestinationConfigs. Write there the ARN of a log group, bucket or stream whose name starts with "aws-waf-logs-".`,
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
