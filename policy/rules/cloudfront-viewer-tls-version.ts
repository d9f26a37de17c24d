import { securityHub } from "../controls";
import { configOf, DISTRIBUTION_TYPES } from "../edge";
import { cannotTell, oneOf, texts, violation } from "../read";
import type { ResourceRule } from "../rule";

const recommended = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

/** The distribution negotiates only TLS versions and cipher suites that AWS recommends. */
export const cloudfrontViewerTlsVersion: ResourceRule = {
    scope: "resource",
    name: "cloudfront-viewer-tls-version",
    displayName: "CloudFront uses a recommended TLS security policy towards viewers",
    description:
        "A CloudFront distribution has a certificate of its own and one of the security policies that AWS recommends.",
    level: "advisory",
    severity: "medium",
    controls: [
        ...securityHub("CloudFront.15"),
        ...securityHub("CloudFront.7", "Only asks for a certificate of your own, whatever the security policy."),
        {
            framework: "AWS Config",
            control: "cloudfront-security-policy-check",
            url: "https://docs.aws.amazon.com/config/latest/developerguide/cloudfront-security-policy-check.html",
            difference: "Accepts TLSv1.2_2018 and TLSv1.2_2019 as well.",
        },
    ],
    remediationSteps:
        'Set viewerCertificate to an ACM certificate in us-east-1 with sslSupportMethod "sni-only" and minimumProtocolVersion "TLSv1.2_2025".',
    types: DISTRIBUTION_TYPES,
    settings: {
        securityPolicies: {
            type: "array",
            items: { type: "string" },
            description: "CloudFront security policies that are accepted; the default is the list of CloudFront.15.",
            default: recommended,
        },
    },
    evaluate(distribution, report, settings) {
        const allowed = texts(settings.securityPolicies, recommended);
        const certificate = configOf(distribution).at("viewerCertificate");
        const usesDefault = certificate.either("cloudfrontDefaultCertificate", "cloudFrontDefaultCertificate");
        const version = certificate.at("minimumProtocolVersion");
        if (certificate.isAbsent || usesDefault.flag === true) {
            violation(
                report,
                distribution,
                certificate.isAbsent ? certificate : usesDefault,
                `${certificate.path} ${certificate.isAbsent ? "is missing, which means" : "is"} the default certificate of *.cloudfront.net, with which CloudFront accepts TLSv1 whatever ` +
                    `minimumProtocolVersion says. Write acmCertificateArn with a certificate of your own, and minimumProtocolVersion ${oneOf(allowed)}.`,
            );
        } else if (version.isUnknown) {
            cannotTell(report, distribution, version, "the TLS security policy towards viewers is a recommended one");
        } else if (!allowed.includes(version.text ?? "")) {
            violation(
                report,
                distribution,
                version,
                `${version.path} is ${version.shown()}${version.isAbsent ? ", for which CloudFront takes TLSv1" : ""}. Write ${oneOf(allowed)}.`,
            );
        }
    },
};
