import assert from "node:assert/strict";

import { testRule, verdictsOf, says } from "../test/testRule";
import { verdicts, changed } from "../test/compliantStack";
import { programOf } from "../test/yamlProgram";
import { cloudfrontWebAcl } from "./cloudfront-web-acl";

describe("cloudfront-web-acl", () => {
    testRule(cloudfrontWebAcl, {
        breaks: {
            "a missing web ACL": ["distribution.webAclId", undefined, "violation: distribution webAclId"],
            "an empty web ACL id": ["distribution.webAclId", "", "violation: distribution webAclId"],
            "a web ACL id that is no text": ["distribution.webAclId", [], "violation: distribution webAclId"],
        },
        accepts: {
            "a web ACL of another stack": ["distribution.webAclId", "arn:aws:wafv2:us-east-1:1:global/webacl/a/b"],
        },
        unknowns: { "distribution.webAclId": [] },
        shapes: ["distribution.webAclId"],
    });

    it("cannot tell where the id comes from a resource that is no web ACL", () => {
        const program = programOf(`
resources:
  other: { type: aws:s3:Bucket }
  distribution: { type: aws:cloudfront:Distribution, properties: { webAclId: "\${other.arn}" } }
`);
        assert.deepEqual(verdicts(cloudfrontWebAcl, program, { form: "preview" }), [
            "cannot tell: distribution webAclId",
        ]);
    });

    it("refuses a tenant that turns the web ACL off", () => {
        const program = `
resources:
  off: { type: aws:cloudfront:DistributionTenant, properties: { customizations: { webAcl: { action: disable } } } }
  other: { type: aws:cloudfront:DistributionTenant, properties: { customizations: { webAcl: { action: override, arn: a } } } }
  native: { type: aws-native:cloudfront:DistributionTenant, properties: { customizations: { webAcl: { action: disable } } } }
  distribution: { type: aws-native:cloudfront:Distribution, properties: { distributionConfig: { webAclId: "" } } }
`;
        assert.deepEqual(verdictsOf(cloudfrontWebAcl, program), [
            "violation: distribution distributionConfig.webAclId",
            "violation: off customizations.webAcl.action",
            "violation: native customizations.webAcl.action",
        ]);
    });
});

describe("cloudfront-web-acl, value by value", () => {
    it("finds a web ACL of the stack behind an unknown aws-native id", () => {
        const properties = { distributionConfig: { webAclId: "${firewall.arn}" } };
        const distribution = { type: "aws-native:cloudfront:Distribution", properties };
        assert.deepEqual(verdicts(cloudfrontWebAcl, changed({ distribution }), { form: "preview" }), []);
    });
});

describe("cloudfront-web-acl says of", () => {
    it("no web ACL", () => {
        says(cloudfrontWebAcl, { "distribution.webAclId": undefined }, [
            "webAclId is empty: no firewall inspects the requests. Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1).",
        ]);
    });

    it("a web ACL that is no text", () => {
        says(cloudfrontWebAcl, { "distribution.webAclId": ["a"] }, [
            'webAclId is ["a"]: no firewall inspects the requests. Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1).',
        ]);
    });

    it("a web ACL that is not known yet", () => {
        says(
            cloudfrontWebAcl,
            { other: { type: "aws:s3:Bucket" }, "distribution.webAclId": "${other.arn}" },
            ["Cannot tell whether the distribution has a web ACL: webAclId is not known yet."],
            "preview",
        );
    });

    it("a tenant that turns it off", () => {
        says(
            cloudfrontWebAcl,
            {
                tenant: {
                    type: "aws:cloudfront:DistributionTenant",
                    properties: { customizations: { webAcl: { action: "disable" } } },
                },
            },
            [
                `customizations.webAcl.action is "disable": no firewall inspects this tenant's requests. Remove customizations.webAcl, or write "override" with the ARN of another web ACL.`,
            ],
        );
    });
});
