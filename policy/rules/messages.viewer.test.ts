import { UNKNOWN } from "../graph";
import { says } from "../test/testRule";
import { cloudfrontLogging } from "./cloudfront-logging";
import { cloudfrontViewerHttps } from "./cloudfront-viewer-https";
import { cloudfrontViewerTlsVersion } from "./cloudfront-viewer-tls-version";
import { cloudfrontWebAcl } from "./cloudfront-web-acl";
import { webAclLogging } from "./web-acl-logging";
import { webAclNotEmpty } from "./web-acl-not-empty";

describe("cloudfront-logging says of", () => {
    it("a distribution that logs nowhere", () => {
        says(cloudfrontLogging, { logSource: undefined, logDelivery: undefined }, [
            "loggingConfig.bucket is empty and no LogDeliverySource of this stack has the distribution's ARN: requests are not logged. Add a LogDeliverySource (ACCESS_LOGS), LogDeliveryDestination and LogDelivery in us-east-1, or set loggingConfig.bucket. Security Hub's CloudFront.5 accepts only the latter.",
        ]);
    });

    it("a source that nothing delivers", () => {
        says(cloudfrontLogging, { logDelivery: undefined }, [
            "The distribution has a LogDeliverySource, but no LogDelivery takes its logs anywhere. Add a LogDeliverySource (ACCESS_LOGS), LogDeliveryDestination and LogDelivery in us-east-1, or set loggingConfig.bucket. Security Hub's CloudFront.5 accepts only the latter.",
        ]);
    });

    it("a bucket that is not known yet", () => {
        says(
            cloudfrontLogging,
            { logSource: undefined, logDelivery: undefined, "distribution.loggingConfig": { bucket: UNKNOWN } },
            ["It cannot be told whether the distribution logs requests: loggingConfig.bucket is not known yet."],
        );
    });

    it("a source that is not known yet", () => {
        says(
            cloudfrontLogging,
            { other: { type: "aws:s3:Bucket" }, "logSource.resourceArn": "${other.arn}" },
            [
                "It cannot be told whether the distribution logs requests: a log delivery of this stack belongs to a source that is not known yet.",
            ],
            "preview",
        );
    });

    it("a delivery that is not known yet", () => {
        says(
            cloudfrontLogging,
            { other: { type: "aws:s3:Bucket" }, "logDelivery.deliverySourceName": "${other.arn}" },
            [
                "It cannot be told whether the distribution logs requests: a log delivery of this stack belongs to a source that is not known yet.",
            ],
            "preview",
        );
    });
});

describe("cloudfront-viewer-https says of", () => {
    it("allow-all", () => {
        says(cloudfrontViewerHttps, { "distribution.defaultCacheBehavior.viewerProtocolPolicy": "allow-all" }, [
            'defaultCacheBehavior.viewerProtocolPolicy is "allow-all": viewers of every path without a behavior of its own may be served over plain HTTP. Write "redirect-to-https" or "https-only".',
        ]);
    });

    it("a policy that is not known yet", () => {
        says(cloudfrontViewerHttps, { "distribution.defaultCacheBehavior.viewerProtocolPolicy": UNKNOWN }, [
            "It cannot be told whether viewers must use HTTPS: defaultCacheBehavior.viewerProtocolPolicy is not known yet.",
        ]);
    });
});

describe("cloudfront-viewer-tls-version says of", () => {
    it("no certificate", () => {
        says(cloudfrontViewerTlsVersion, { "distribution.viewerCertificate": undefined }, [
            'viewerCertificate is missing, which means the default certificate of *.cloudfront.net, with which CloudFront accepts TLSv1 whatever minimumProtocolVersion says. Write acmCertificateArn with a certificate of your own, and minimumProtocolVersion "TLSv1.2_2021", "TLSv1.2_2025" or "TLSv1.3_2025".',
        ]);
    });

    it("the default certificate", () => {
        says(cloudfrontViewerTlsVersion, { "distribution.viewerCertificate": { cloudfrontDefaultCertificate: true } }, [
            'viewerCertificate is the default certificate of *.cloudfront.net, with which CloudFront accepts TLSv1 whatever minimumProtocolVersion says. Write acmCertificateArn with a certificate of your own, and minimumProtocolVersion "TLSv1.2_2021", "TLSv1.2_2025" or "TLSv1.3_2025".',
        ]);
    });

    it("a missing version", () => {
        says(cloudfrontViewerTlsVersion, { "distribution.viewerCertificate.minimumProtocolVersion": undefined }, [
            'viewerCertificate.minimumProtocolVersion is missing, for which CloudFront takes TLSv1. Write "TLSv1.2_2021", "TLSv1.2_2025" or "TLSv1.3_2025".',
        ]);
    });

    it("a version that is not known yet", () => {
        says(cloudfrontViewerTlsVersion, { "distribution.viewerCertificate.minimumProtocolVersion": UNKNOWN }, [
            "It cannot be told whether the TLS security policy towards viewers is a recommended one: viewerCertificate.minimumProtocolVersion is not known yet.",
        ]);
    });
});

describe("cloudfront-web-acl says of", () => {
    it("no web ACL", () => {
        says(cloudfrontWebAcl, { "distribution.webAclId": undefined }, [
            "webAclId is empty: no firewall looks at the requests. Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1).",
        ]);
    });

    it("a web ACL that is no text", () => {
        says(cloudfrontWebAcl, { "distribution.webAclId": ["a"] }, [
            'webAclId is ["a"]: no firewall looks at the requests. Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1).',
        ]);
    });

    it("a web ACL that is not known yet", () => {
        says(
            cloudfrontWebAcl,
            { other: { type: "aws:s3:Bucket" }, "distribution.webAclId": "${other.arn}" },
            ["It cannot be told whether the distribution has a web ACL: webAclId is not known yet."],
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
                `customizations.webAcl.action is "disable": this tenant's requests pass no firewall. Remove customizations.webAcl, or write "override" with the ARN of another web ACL.`,
            ],
        );
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
                "It cannot be told whether the web ACL is logged: a logging configuration of this stack belongs to a web ACL that is not known yet.",
            ],
            "preview",
        );
    });
});

describe("web-acl-not-empty says of", () => {
    it("missing rules", () => {
        says(webAclNotEmpty, { "firewall.rules": undefined }, [
            "rules is missing: a web ACL without rules inspects nothing. Add rule groups to rules, ruleJson, or as WebAclRule resources.",
        ]);
    });

    it("an empty list", () => {
        says(webAclNotEmpty, { "firewall.rules": [] }, [
            "rules is []: a web ACL without rules inspects nothing. Add rule groups to rules, ruleJson, or as WebAclRule resources.",
        ]);
    });

    it("rules that are not known yet", () => {
        says(webAclNotEmpty, { "firewall.rules": UNKNOWN }, [
            "It cannot be told whether the web ACL has rules: rules is not known yet.",
        ]);
    });

    it("a rule of a web ACL that is not known yet", () => {
        says(
            webAclNotEmpty,
            {
                other: { type: "aws:s3:Bucket" },
                "firewall.rules": [],
                rule0: { type: "aws:wafv2:WebAclRule", properties: { webAclArn: "${other.arn}" } },
            },
            [
                "It cannot be told whether the web ACL has rules: a rule of this stack belongs to a web ACL that is not known yet.",
            ],
            "preview",
        );
    });
});
