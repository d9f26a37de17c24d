import assert from "node:assert/strict";

import { UNKNOWN, type Resource } from "../graph";
import { resource } from "../test/stack";
import { testRule, verdictsOf, says } from "../test/testRule";
import { changed, verdicts, verdictsWithUnknown } from "../test/compliantStack";
import { findingsOf, programOf } from "../test/yamlProgram";
import { cloudfrontWebAcl } from "./cloudfront-web-acl";

/** What AWS refuses with InvalidWebACLId, wherever a distribution or a tenant names it. */
const refusedIds = {
    "a regional web ACL of another stack": "arn:aws:wafv2:eu-west-1:1:regional/webacl/a/b",
    "a regional web ACL in us-east-1": "arn:aws:wafv2:us-east-1:1:regional/webacl/a/b",
    "a web ACL that cannot be in its Region": "arn:aws:wafv2:eu-west-1:1:global/webacl/a/b",
    "a rule group": "arn:aws:wafv2:us-east-1:1:global/rulegroup/a/b",
    "the ARN of a web ACL of AWS WAF Classic": "arn:aws:waf::1:webacl/a1b2c3d4-5678-90ab-cdef-111111111111",
    "the ARN of a regional one": "arn:aws:waf-regional:us-east-1:1:webacl/a1b2c3d4-5678-90ab-cdef-111111111111",
    "a bucket": "arn:aws:s3:::web-acl",
    "what another service calls like a web ACL": "arn:aws:s3:us-east-1:1:global/webacl/a/b",
    "what has a web ACL's name inside its own": "arn:aws:wafv2:us-east-1:1:my-global/webacl/a/b",
    "more than the id of a web ACL of AWS WAF Classic": "a1b2c3d4-5678-90ab-cdef-1111111111110",
    "the name of a web ACL": "edge",
    "what aws-native calls the id of a web ACL": "edge|a1b2c3d4-5678-90ab-cdef-111111111111|CLOUDFRONT",
};

const classicId = "a1b2c3d4-5678-90ab-cdef-111111111111";

describe("cloudfront-web-acl", () => {
    testRule(cloudfrontWebAcl, {
        breaks: {
            "a missing web ACL": ["distribution.webAclId", undefined, "violation: distribution webAclId"],
            "an empty web ACL id": ["distribution.webAclId", "", "violation: distribution webAclId"],
            "a web ACL id that is no text": ["distribution.webAclId", [], "violation: distribution webAclId"],
            "a regional web ACL of the stack": ["firewall.scope", "REGIONAL", "violation: distribution webAclId"],
            "a web ACL without a scope": ["firewall.scope", undefined, "violation: distribution webAclId"],
            "a web ACL of the stack in another Region": [
                "firewall.region",
                "eu-west-1",
                "violation: distribution webAclId",
            ],
            ...Object.fromEntries(
                Object.entries(refusedIds).map(([what, id]) => [
                    what,
                    ["distribution.webAclId", id, "violation: distribution webAclId"] as const,
                ]),
            ),
        },
        accepts: {
            "a web ACL of another stack": ["distribution.webAclId", "arn:aws:wafv2:us-east-1:1:global/webacl/a/b"],
            "a web ACL of another partition": [
                "distribution.webAclId",
                "arn:aws-cn:wafv2:cn-northwest-1:1:global/webacl/a/b",
            ],
            "a web ACL in a Region of another partition": ["firewall.region", "cn-northwest-1"],
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
  other: { type: aws:cloudfront:DistributionTenant, properties: { customizations: { webAcl: { action: override, arn: "arn:aws:wafv2:us-east-1:1:global/webacl/a/b" } } } }
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

describe("cloudfront-web-acl, whose web ACL is of the wrong kind,", () => {
    it("refuses it where a tenant names it", () => {
        for (const [what, arn] of Object.entries(refusedIds)) {
            const tenant = {
                type: "aws:cloudfront:DistributionTenant",
                properties: { customizations: { webAcl: { action: "override", arn } } },
            };
            assert.deepEqual(
                verdictsOf(cloudfrontWebAcl, { tenant }),
                ["violation: tenant customizations.webAcl.arn"],
                what,
            );
        }
    });

    it("refuses a tenant's own web ACL that is missing, empty or regional", () => {
        const program = `
resources:
  regional: { type: aws:wafv2:WebAcl, properties: { scope: REGIONAL } }
  edge: { type: aws:wafv2:WebAcl, properties: { scope: CLOUDFRONT } }
  missing: { type: aws:cloudfront:DistributionTenant, properties: { customizations: { webAcl: { action: override } } } }
  empty: { type: aws-native:cloudfront:DistributionTenant, properties: { customizations: { webAcl: { action: override, arn: "" } } } }
  wrong: { type: aws:cloudfront:DistributionTenant, properties: { customizations: { webAcl: { action: override, arn: "\${regional.arn}" } } } }
  right: { type: aws:cloudfront:DistributionTenant, properties: { customizations: { webAcl: { action: override, arn: "\${edge.arn}" } } } }
  none: { type: aws:cloudfront:DistributionTenant, properties: { customizations: { webAcl: {} } } }
`;
        assert.deepEqual(verdictsOf(cloudfrontWebAcl, program), [
            "violation: missing customizations.webAcl.arn",
            "violation: wrong customizations.webAcl.arn",
            "violation: empty customizations.webAcl.arn",
        ]);
    });

    it("cannot tell what an unknown value does to a tenant", () => {
        const tenant = (webAcl: unknown) => ({
            tenant: { type: "aws:cloudfront:DistributionTenant", properties: { customizations: { webAcl } } },
            other: { type: "aws:s3:Bucket" },
        });
        const inPreview = { form: "preview" } as const;
        assert.deepEqual(verdicts(cloudfrontWebAcl, tenant({ action: "${other.arn}" }), inPreview), [
            "cannot tell: tenant customizations.webAcl.action",
        ]);
        assert.deepEqual(verdicts(cloudfrontWebAcl, tenant({ action: "override", arn: "${other.arn}" }), inPreview), [
            "cannot tell: tenant customizations.webAcl.arn",
        ]);
        assert.deepEqual(verdicts(cloudfrontWebAcl, tenant("${other.arn}"), inPreview), [
            "cannot tell: tenant customizations.webAcl",
        ]);
    });

    it("refuses the web ACLs of AWS WAF Classic that protect load balancers", () => {
        const program = `
resources:
  firewall: { type: aws:wafregional:WebAcl, properties: { name: edge } }
  distribution: { type: aws:cloudfront:Distribution, properties: { webAclId: "\${firewall.id}" } }
`;
        assert.deepEqual(verdictsOf(cloudfrontWebAcl, program), ["violation: distribution webAclId"]);
    });

    describe("of AWS WAF Classic,", () => {
        const named = (distribution: string) => `
resources:
  firewall: { type: aws:waf:WebAcl, properties: { name: edge } }
  ofStack: { type: ${distribution}, properties: { webAclId: "\${firewall.id}" } }
  other: { type: ${distribution}, properties: { webAclId: ${classicId} } }
`;

        it("cannot tell whether it still inspects anything", () => {
            assert.deepEqual(verdictsOf(cloudfrontWebAcl, named("aws:cloudfront:Distribution")), [
                "cannot tell: ofStack webAclId",
                "cannot tell: other webAclId",
            ]);
        });

        it("refuses it for a multi-tenant distribution", () => {
            assert.deepEqual(verdictsOf(cloudfrontWebAcl, named("aws:cloudfront:MultitenantDistribution")), [
                "violation: ofStack webAclId",
                "violation: other webAclId",
            ]);
        });
    });

    it("refuses the id of a web ACL of the stack, which is not its ARN", () => {
        const firewall = {
            type: "aws:wafv2:WebAcl",
            properties: { scope: "CLOUDFRONT", region: "us-east-1", id: classicId },
        };
        says(cloudfrontWebAcl, { firewall, "distribution.webAclId": classicId }, [
            `webAclId is the id of web ACL "firewall", which CloudFront refuses. Write its arn.`,
        ]);
    });

    it("cannot tell while the scope is not known", () => {
        assert.deepEqual(verdictsWithUnknown(cloudfrontWebAcl, "firewall.scope"), [
            "cannot tell: distribution webAclId",
        ]);
        assert.deepEqual(verdictsWithUnknown(cloudfrontWebAcl, "firewall.region"), []);
    });

    it("cannot tell while the scope of one that it may be is not known, whichever comes first", () => {
        const regional = resource("aws:wafv2/webAcl:WebAcl", "regional", { scope: "REGIONAL" });
        const unknown = resource("aws:wafv2/webAcl:WebAcl", "unknown", { scope: UNKNOWN });
        for (const acls of [
            [regional, unknown],
            [unknown, regional],
        ]) {
            assert.deepEqual(kindsFor(acls), ["cannot tell"]);
        }
    });

    it("says nothing while one that it may be is right, whichever comes first", () => {
        const regional = resource("aws:wafv2/webAcl:WebAcl", "regional", { scope: "REGIONAL" });
        const right = resource("aws:wafv2/webAcl:WebAcl", "right", { scope: "CLOUDFRONT" });
        assert.deepEqual(kindsFor([regional, right]), []);
        assert.deepEqual(kindsFor([right, regional]), []);
        assert.deepEqual(kindsFor([regional]), ["violation"]);
    });

    function kindsFor(acls: readonly Resource[]): string[] {
        const type = "aws:cloudfront/distribution:Distribution";
        const web = resource(type, "web", { webAclId: UNKNOWN }, { webAclId: acls });
        return findingsOf(cloudfrontWebAcl, [...acls, web]).map(({ kind }) => kind);
    }
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

    it("an empty web ACL id", () => {
        says(cloudfrontWebAcl, { "distribution.webAclId": "" }, [
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

    it("a regional web ACL", () => {
        const toWrite = "Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1).";
        says(cloudfrontWebAcl, { "firewall.scope": "REGIONAL" }, [
            `webAclId is web ACL "firewall", whose scope is "REGIONAL", which CloudFront refuses. ${toWrite}`,
        ]);
        says(cloudfrontWebAcl, { "firewall.region": "eu-west-1" }, [
            `webAclId is web ACL "firewall", whose region is "eu-west-1", which CloudFront refuses. ${toWrite}`,
        ]);
        says(cloudfrontWebAcl, { "distribution.webAclId": "arn:aws:wafv2:us-east-1:1:regional/webacl/a/b" }, [
            `webAclId is "arn:aws:wafv2:us-east-1:1:regional/webacl/a/b", a web ACL of scope REGIONAL, which CloudFront refuses. ${toWrite}`,
        ]);
        says(cloudfrontWebAcl, { "distribution.webAclId": "arn:aws:wafv2:eu-west-1:1:global/webacl/a/b" }, [
            `webAclId is "arn:aws:wafv2:eu-west-1:1:global/webacl/a/b", a web ACL in eu-west-1, which CloudFront refuses. ${toWrite}`,
        ]);
        says(cloudfrontWebAcl, { "distribution.webAclId": "edge" }, [
            `webAclId is "edge", not the ARN of a WAFv2 web ACL, which CloudFront refuses. ${toWrite}`,
        ]);
    });

    it("a web ACL of AWS WAF Classic", () => {
        says(cloudfrontWebAcl, { "distribution.webAclId": classicId }, [
            `Cannot tell whether the distribution has a web ACL: webAclId is "${classicId}", an id of AWS WAF Classic, whose support has ended. Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1).`,
        ]);
        says(cloudfrontWebAcl, { "distribution.webAclId": classicId, "distribution.connectionMode": "tenant-only" }, [
            `webAclId is "${classicId}", an id of AWS WAF Classic, in a multi-tenant distribution, which CloudFront refuses. Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1).`,
        ]);
        says(cloudfrontWebAcl, { firewall: { type: "aws:waf:WebAcl" } }, [
            `Cannot tell whether the distribution has a web ACL: webAclId is "firewall", a web ACL of AWS WAF Classic, whose support has ended. Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1).`,
        ]);
        const firewall = { type: "aws:wafregional:WebAcl" };
        says(cloudfrontWebAcl, { firewall }, [
            `webAclId is "firewall", a regional web ACL of AWS WAF Classic, which CloudFront refuses. Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1).`,
        ]);
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
