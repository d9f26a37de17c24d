import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { broken, changed, compliantStack, verdicts } from "../test/compliantStack";
import { messagesOf, testRule, verdictsOf, says } from "../test/testRule";
import { programOf } from "../test/yamlProgram";
import { cloudfrontViewerTlsVersion } from "./cloudfront-viewer-tls-version";

const version = "distribution.viewerCertificate.minimumProtocolVersion";
const violation = "violation: distribution viewerCertificate.minimumProtocolVersion";
const refused = ["SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016", "TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.3_2021"];

describe("cloudfront-viewer-tls-version", () => {
    testRule(cloudfrontViewerTlsVersion, {
        breaks: {
            ...Object.fromEntries(refused.map((name) => [name, [version, name, violation]] as const)),
            "a missing version": [version, undefined, violation],
            "the default certificate": [
                "distribution.viewerCertificate",
                { cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1.2_2025" },
                "violation: distribution viewerCertificate.cloudfrontDefaultCertificate",
            ],
            "a version without a certificate, which AWS serves with its own": [
                "distribution.viewerCertificate",
                { minimumProtocolVersion: "TLSv1.2_2021" },
                "violation: distribution viewerCertificate",
            ],
            "a version with an empty certificate": [
                "distribution.viewerCertificate",
                { acmCertificateArn: "", iamCertificateId: null, minimumProtocolVersion: "TLSv1.2_2021" },
                "violation: distribution viewerCertificate",
            ],
            "a certificate of another Region": [
                "distribution.viewerCertificate.acmCertificateArn",
                "arn:aws:acm:eu-west-1:123456789012:certificate/1",
                "violation: distribution viewerCertificate.acmCertificateArn",
            ],
            "a certificate of IAM in the place of one of ACM": [
                "distribution.viewerCertificate.acmCertificateArn",
                "arn:aws:iam::123456789012:server-certificate/edge",
                "violation: distribution viewerCertificate.acmCertificateArn",
            ],
            "no certificate": [
                "distribution.viewerCertificate",
                undefined,
                "violation: distribution viewerCertificate",
            ],
        },
        accepts: {
            "TLSv1.2_2021": [version, "TLSv1.2_2021"],
            "TLSv1.3_2025": [version, "TLSv1.3_2025"],
            "a certificate in us-east-1": [
                "distribution.viewerCertificate.acmCertificateArn",
                "arn:aws:acm:us-east-1:123456789012:certificate/1",
            ],
            "a certificate of another partition": [
                "distribution.viewerCertificate.acmCertificateArn",
                "arn:aws-cn:acm:cn-north-1:123456789012:certificate/1",
            ],
            "a certificate of IAM": [
                "distribution.viewerCertificate",
                { iamCertificateId: "ASCA1", minimumProtocolVersion: "TLSv1.2_2021", sslSupportMethod: "sni-only" },
            ],
        },
        unknowns: {
            [version]: ["cannot tell: distribution viewerCertificate.minimumProtocolVersion"],
            "distribution.viewerCertificate": ["cannot tell: distribution viewerCertificate"],
            "distribution.viewerCertificate.acmCertificateArn": [],
        },
        shapes: [
            "distribution.viewerCertificate",
            version,
            "distribution.viewerCertificate.cloudfrontDefaultCertificate",
        ],
    });

    it("sees in a preview that a certificate of the stack is in another Region", () => {
        const refused = ["violation: distribution viewerCertificate.acmCertificateArn"];
        const saidOf = (changes: Readonly<Record<string, unknown>>) =>
            verdicts(cloudfrontViewerTlsVersion, changed(changes), { form: "preview" });
        assert.deepEqual(saidOf({ "viewerCertificate.region": "eu-west-1" }), refused);
        assert.deepEqual(
            saidOf({
                "viewerCertificate.region": "eu-west-1",
                "distribution.viewerCertificate.acmCertificateArn": "${viewerCertificate.arn}",
            }),
            refused,
        );
        assert.deepEqual(saidOf({ "viewerCertificate.region": undefined }), []);
        const native = {
            type: "aws-native:cloudfront:Distribution",
            properties: {
                distributionConfig: {
                    viewerCertificate: {
                        acmCertificateArn: "${viewerValidation.certificateArn}",
                        minimumProtocolVersion: "TLSv1.2_2025",
                    },
                },
            },
        };
        assert.deepEqual(saidOf({ "viewerCertificate.region": "eu-west-1", distribution: native }), [
            "violation: distribution distributionConfig.viewerCertificate.acmCertificateArn",
        ]);
    });

    it("takes another list from its setting, and shows it", () => {
        const settings = { securityPolicies: ["TLSv1.3_2025"] };
        const program = broken(version, "TLSv1.2_2021");
        assert.deepEqual(messagesOf(cloudfrontViewerTlsVersion, program, "state", settings), [
            'viewerCertificate.minimumProtocolVersion is "TLSv1.2_2021". Write "TLSv1.3_2025".',
        ]);
    });

    it("leaves the certificate of a multi-tenant distribution to its tenants", () => {
        const program = `
resources:
  distribution:
    type: aws:cloudfront:MultitenantDistribution
    properties: { viewerCertificate: { minimumProtocolVersion: TLSv1.2_2021 } }
  old:
    type: aws:cloudfront:MultitenantDistribution
    properties: { viewerCertificate: { minimumProtocolVersion: TLSv1 } }
`;
        assert.deepEqual(verdictsOf(cloudfrontViewerTlsVersion, program), [
            "violation: old viewerCertificate.minimumProtocolVersion",
        ]);
    });

    it("refuses everything where no policy is allowed, and says so", () => {
        const settings = { securityPolicies: [] };
        assert.deepEqual(messagesOf(cloudfrontViewerTlsVersion, compliantStack(), "state", settings), [
            "The setting securityPolicies of cloudfront-viewer-tls-version is empty, so no security policy is accepted. List the ones to accept, or remove the setting.",
        ]);
    });

    it("reads the aws-native spelling", () => {
        const program = `
resources:
  distribution:
    type: aws-native:cloudfront:Distribution
    properties: { distributionConfig: { viewerCertificate: { cloudFrontDefaultCertificate: true } } }
`;
        assert.deepEqual(verdictsOf(cloudfrontViewerTlsVersion, program), [
            "violation: distribution distributionConfig.viewerCertificate.cloudFrontDefaultCertificate",
        ]);
    });
});

describe("cloudfront-viewer-tls-version says of", () => {
    it("no certificate", () => {
        says(cloudfrontViewerTlsVersion, { "distribution.viewerCertificate": undefined }, [
            'viewerCertificate is missing, which means the default certificate of *.cloudfront.net, with which CloudFront accepts TLSv1 whatever minimumProtocolVersion says. Write acmCertificateArn with your own certificate, and minimumProtocolVersion "TLSv1.2_2021", "TLSv1.2_2025" or "TLSv1.3_2025".',
        ]);
    });

    it("no certificate, in the names that the program writes", () => {
        const template = (config: string) => `
resources:
  one:
    type: aws:cloudformation:Stack
    properties:
      templateBody: '{"Resources":{"Web":{"Type":"AWS::CloudFront::Distribution","Properties":{"DistributionConfig":${config}}}}}'
`;
        const terraform = (properties: string) => `
resources:
  one: { type: "cdn:tf:aws_cloudfront_distribution", properties: ${properties} }
`;
        const accepted = '"TLSv1.2_2021", "TLSv1.2_2025" or "TLSv1.3_2025"';
        const says = (arn: string, version: string) =>
            `whatever ${version} says. Write ${arn} with your own certificate, and ${version} ${accepted}.`;
        for (const [program, words] of [
            [template("{}"), says("AcmCertificateArn", "MinimumProtocolVersion")],
            [
                template('{"ViewerCertificate":{"CloudFrontDefaultCertificate":true}}'),
                says("AcmCertificateArn", "MinimumProtocolVersion"),
            ],
            [terraform("{ enabled: true }"), says("acm_certificate_arn", "minimum_protocol_version")],
            [
                terraform("{ viewer_certificate: [{ cloudfront_default_certificate: true }] }"),
                says("acm_certificate_arn", "minimum_protocol_version"),
            ],
        ] as const) {
            const said = messagesOf(cloudfrontViewerTlsVersion, programOf(program));
            assert.deepEqual([said.length, said[0]?.replace(/^.*accepts TLSv1 /, "")], [1, words], program);
        }
    });

    it("the default certificate", () => {
        says(cloudfrontViewerTlsVersion, { "distribution.viewerCertificate": { cloudfrontDefaultCertificate: true } }, [
            'viewerCertificate is the default certificate of *.cloudfront.net, with which CloudFront accepts TLSv1 whatever minimumProtocolVersion says. Write acmCertificateArn with your own certificate, and minimumProtocolVersion "TLSv1.2_2021", "TLSv1.2_2025" or "TLSv1.3_2025".',
        ]);
    });

    it("a version without a certificate", () => {
        says(
            cloudfrontViewerTlsVersion,
            { "distribution.viewerCertificate": { minimumProtocolVersion: "TLSv1.2_2021" } },
            [
                'viewerCertificate names no certificate, which means the default certificate of *.cloudfront.net, with which CloudFront accepts TLSv1 whatever minimumProtocolVersion says. Write acmCertificateArn with your own certificate, and minimumProtocolVersion "TLSv1.2_2021", "TLSv1.2_2025" or "TLSv1.3_2025".',
            ],
        );
    });

    it("the default certificate that is not known yet", () => {
        says(
            cloudfrontViewerTlsVersion,
            { "distribution.viewerCertificate": { cloudfrontDefaultCertificate: UNKNOWN } },
            [
                "Cannot tell whether the distribution has its own certificate: viewerCertificate.cloudfrontDefaultCertificate is not known yet.",
            ],
        );
    });

    it("a certificate that CloudFront does not find", () => {
        const toWrite = 'Write the ARN of an ACM certificate in us-east-1: create it with region: "us-east-1".';
        const arn = "distribution.viewerCertificate.acmCertificateArn";
        says(cloudfrontViewerTlsVersion, { [arn]: "arn:aws:acm:eu-west-1:1:certificate/1" }, [
            `viewerCertificate.acmCertificateArn is "arn:aws:acm:eu-west-1:1:certificate/1", which CloudFront refuses. ${toWrite}`,
        ]);
        says(
            cloudfrontViewerTlsVersion,
            { "viewerCertificate.region": "eu-west-1" },
            [
                `viewerCertificate.acmCertificateArn is certificate "viewerCertificate", whose region is "eu-west-1", which CloudFront refuses. ${toWrite}`,
            ],
            "preview",
        );
    });

    it("a missing version", () => {
        says(cloudfrontViewerTlsVersion, { "distribution.viewerCertificate.minimumProtocolVersion": undefined }, [
            'viewerCertificate.minimumProtocolVersion is missing, so CloudFront uses TLSv1. Write "TLSv1.2_2021", "TLSv1.2_2025" or "TLSv1.3_2025".',
        ]);
    });

    it("a version that is not known yet", () => {
        says(cloudfrontViewerTlsVersion, { "distribution.viewerCertificate.minimumProtocolVersion": UNKNOWN }, [
            "Cannot tell whether the distribution uses a recommended TLS security policy for viewers: viewerCertificate.minimumProtocolVersion is not known yet.",
        ]);
    });
});
