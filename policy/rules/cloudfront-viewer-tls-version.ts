import { securityHub } from "./controls";
import {
    arnOf,
    CERTIFICATE_TYPES,
    certificatesNamed,
    configOf,
    DISTRIBUTION_TYPES,
    isFarFromEdge,
    isMultitenant,
    ofNewPolicies,
    VALIDATION_TYPES,
    viewerSecurityPolicies,
} from "../aws";
import { cannotTell, oneOf, texts, violation } from "../finding";
import { Read } from "../graph";
import type { ResourceRule } from "../rule";

const recommended = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

/** What the rule says. */
export const messages = {
    noPolicyAccepted:
        "The setting securityPolicies of cloudfront-viewer-tls-version is empty, so no security policy is accepted. List the ones to accept, or remove the setting.",
    certificateMissing: (certificate: Read, accepted: readonly string[]) =>
        defaultCertificate(certificate, "is missing, which means", accepted),
    certificateOfCloudFront: (certificate: Read, accepted: readonly string[]) =>
        defaultCertificate(certificate, "is", accepted),
    certificateNotNamed: (certificate: Read, accepted: readonly string[]) =>
        defaultCertificate(certificate, "names no certificate, which means", accepted),
    policyNotAccepted: (version: Read, accepted: readonly string[]) =>
        `${version.path} is ${version.shown()}${version.isAbsent ? ", so CloudFront uses TLSv1" : ""}. Write ${oneOf(accepted)}.`,
    certificateRefused: (path: string, what: string) =>
        `${path} is ${what}, which CloudFront refuses. Write the ARN of an ACM certificate in us-east-1: create it with region: "us-east-1".`,
    certificateElsewhere: (name: string, region: Read) =>
        `certificate "${name}", whose ${region.path} is ${region.shown()}`,
    /** Cannot tell whether. */
    ownCertificate: "the distribution has its own certificate",
    policyRecommended: "the distribution uses a recommended TLS security policy for viewers",
};

function defaultCertificate(certificate: Read, what: string, accepted: readonly string[]): string {
    const version = certificate.at("minimumProtocolVersion").name;
    return (
        `${certificate.path} ${what} the default certificate of *.cloudfront.net, with which CloudFront accepts TLSv1 whatever ${version} says. ` +
        `Write ${certificate.at("acmCertificateArn").name} with your own certificate, and ${version} ${oneOf(accepted)}.`
    );
}

/** The distribution negotiates only TLS versions and cipher suites that AWS recommends. */
export const cloudfrontViewerTlsVersion: ResourceRule = {
    scope: "resource",
    name: "cloudfront-viewer-tls-version",
    displayName: "CloudFront uses a recommended TLS security policy for viewers",
    description:
        "A CloudFront distribution uses its own certificate and one of the security policies that AWS recommends.",
    level: "advisory",
    severity: "medium",
    controls: [
        ...securityHub("CloudFront.15"),
        ...securityHub("CloudFront.7", "Asks only for your own certificate, whatever the security policy."),
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
    reads: [...CERTIFICATE_TYPES, ...VALIDATION_TYPES],
    settings: {
        securityPolicies: {
            type: "array",
            items: { type: "string", examples: viewerSecurityPolicies.known },
            minItems: 1,
            description: `Accepted CloudFront security policies; the default is the list of CloudFront.15. ${ofNewPolicies}`,
            default: recommended,
        },
    },
    namesInSettings: { securityPolicies: viewerSecurityPolicies },
    evaluate(distribution, report, settings) {
        const allowed = texts(settings.securityPolicies, recommended);
        const certificate = configOf(distribution).at("viewerCertificate");
        const usesDefault = certificate.either("cloudfrontDefaultCertificate", "cloudFrontDefaultCertificate");
        const version = certificate.at("minimumProtocolVersion");
        const acm = certificate.at("acmCertificateArn");
        const hasNone = [acm, certificate.at("iamCertificateId")].every((read) => read.isAbsent);
        if (isRefused(acm)) {
            violation(report, distribution, acm, messages.certificateRefused(acm.path, acm.shown()));
        }
        if (allowed.length === 0) {
            violation(report, distribution, version, messages.noPolicyAccepted);
        } else if (certificate.isAbsent || usesDefault.flag === true || (hasNone && !isMultitenant(distribution))) {
            if (usesDefault.isUnknown) {
                cannotTell(report, distribution, usesDefault, messages.ownCertificate);
                return;
            }
            const message = certificate.isAbsent
                ? messages.certificateMissing
                : usesDefault.flag === true
                  ? messages.certificateOfCloudFront
                  : messages.certificateNotNamed;
            const decides = usesDefault.flag === true ? usesDefault : certificate;
            violation(report, distribution, decides, message(certificate, allowed));
        } else if (version.isUnknown) {
            cannotTell(report, distribution, version, messages.policyRecommended);
        } else if (!allowed.includes(version.text ?? "")) {
            violation(report, distribution, version, messages.policyNotAccepted(version, allowed));
        }
    },
    evaluateStack(graph, report) {
        for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
            const acm = configOf(distribution).at("viewerCertificate", "acmCertificateArn");
            const certificates = acm.isUnknown ? certificatesNamed(graph, distribution, acm) : [];
            const regions = certificates.map((certificate) => Read.of(certificate).at("region"));
            const [region] = regions;
            if (region !== undefined && regions.every(({ text }) => isFarFromEdge(text))) {
                const what = messages.certificateElsewhere(certificates[0]?.name ?? "", region);
                violation(report, distribution, acm, messages.certificateRefused(acm.path, what));
            }
        }
    },
};

/** Source: CloudFront API reference, "ViewerCertificate", ACMCertificateArn. */
function isRefused(certificate: Read): boolean {
    const arn = arnOf(certificate.text ?? "");
    return arn !== undefined && (arn.service !== "acm" || isFarFromEdge(arn.region));
}
