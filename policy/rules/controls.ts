import type { Control } from "../rule";

const documentation = "https://docs.aws.amazon.com";

/** NIST SP 800-53 revision 5, as Security Hub relates them to its controls on encryption in transit. */
const encryptionInTransit = [
    "AC-17(2)",
    "AC-4",
    "IA-5(1)",
    "SC-12(3)",
    "SC-13",
    "SC-23",
    "SC-23(3)",
    "SC-7(4)",
    "SC-8",
    "SC-8(1)",
    "SC-8(2)",
    "SI-7(6)",
];

interface Listed {
    /** The AWS Config rule that the control runs. */
    readonly config: string;
    /** Requirements that the control's own page relates it to. */
    readonly pci?: { readonly version: string; readonly requirements: readonly string[] };
    readonly nist?: readonly string[];
}

const pci4 = (...requirements: string[]) => ({ version: "4.0.1", requirements });

/** AWS Security Hub controls with the requirements that their own pages list. */
const securityHubControls = {
    "CloudFront.3": { config: "cloudfront-viewer-policy-https", pci: pci4("4.2.1"), nist: encryptionInTransit },
    "CloudFront.5": {
        config: "cloudfront-accesslogs-enabled",
        pci: pci4("10.4.2"),
        nist: [
            "AC-2(4)",
            "AC-4(26)",
            "AC-6(9)",
            "AU-10",
            "AU-12",
            "AU-2",
            "AU-3",
            "AU-6(3)",
            "AU-6(4)",
            "CA-7",
            "SC-7(9)",
            "SI-3(8)",
            "SI-4(20)",
            "SI-7(8)",
        ],
    },
    "CloudFront.6": { config: "cloudfront-associated-with-waf", pci: pci4("6.4.2"), nist: ["AC-4(21)"] },
    "CloudFront.7": { config: "cloudfront-custom-ssl-certificate", nist: encryptionInTransit },
    "CloudFront.9": { config: "cloudfront-traffic-to-origin-encrypted", pci: pci4("4.2.1"), nist: encryptionInTransit },
    "CloudFront.10": {
        config: "cloudfront-no-deprecated-ssl-protocols",
        pci: pci4("4.2.1"),
        nist: encryptionInTransit.filter((requirement) => requirement !== "SC-23(3)"),
    },
    "CloudFront.15": { config: "cloudfront-ssl-policy-check" },
    "EC2.18": {
        config: "vpc-sg-open-only-to-authorized-ports",
        nist: ["AC-4", "AC-4(21)", "SC-7", "SC-7(11)", "SC-7(16)", "SC-7(21)", "SC-7(4)", "SC-7(5)"],
    },
    "ELB.1": {
        config: "alb-http-to-https-redirection-check",
        pci: { version: "3.2.1", requirements: ["2.3", "4.1"] },
        nist: encryptionInTransit,
    },
    "ELB.4": { config: "alb-http-drop-invalid-header-enabled", pci: pci4("6.2.4"), nist: ["SC-7(4)", "SC-8(2)"] },
    "ELB.5": {
        config: "elb-logging-enabled",
        nist: ["AC-4(26)", "AU-10", "AU-12", "AU-2", "AU-3", "AU-6(3)", "AU-6(4)", "CA-7", "SC-7(9)", "SI-7(8)"],
    },
    "ELB.17": { config: "elbv2-predefined-security-policy-ssl-check", nist: encryptionInTransit },
    "ELB.18": { config: "elbv2-listener-encryption-in-transit" },
    "ELB.21": { config: "elbv2-targetgroup-healthcheck-protocol-encrypted" },
    "ELB.22": { config: "elbv2-targetgroup-protocol-encrypted" },
    "ACM.1": { config: "acm-certificate-expiration-check", pci: pci4("4.2.1"), nist: ["SC-28(3)", "SC-7(16)"] },
    "WAF.10": { config: "wafv2-webacl-not-empty", nist: ["CA-9(1)", "CM-2"] },
    "WAF.11": {
        config: "wafv2-logging-enabled",
        pci: pci4("10.4.2"),
        nist: [
            "AC-4(26)",
            "AU-10",
            "AU-12",
            "AU-2",
            "AU-3",
            "AU-6(3)",
            "AU-6(4)",
            "CA-7",
            "SC-7(10)",
            "SC-7(9)",
            "SI-7(8)",
        ],
    },
} satisfies Record<string, Listed>;

/** Access logging on all web front ends that AWS manages. */
export const webFrontEndLogging: Control = {
    framework: "CIS AWS Foundations",
    version: "7.0",
    control: "4.10",
    url: "https://github.com/prowler-cloud/prowler/blob/0e868f02602ccb175b11b029dd5db012d1944b98/prowler/compliance/aws/cis_7.0_aws.json",
};

/**
 * A Security Hub control, the AWS Config rule that it runs, and the PCI DSS and NIST requirements that its page relates
 * it to.
 *
 * @param difference what the control accepts or refuses that our rule does not
 */
export function securityHub(control: keyof typeof securityHubControls, difference?: string): readonly Control[] {
    const listed: Listed = securityHubControls[control];
    const service = control.split(".")[0]?.toLowerCase() ?? "";
    const url = `${documentation}/securityhub/latest/userguide/${service}-controls.html#${control.toLowerCase().replace(".", "-")}`;
    const differing = difference === undefined ? {} : { difference };
    return [
        { framework: "AWS Security Hub", control, url, ...differing },
        {
            framework: "AWS Config",
            control: listed.config,
            url: `${documentation}/config/latest/developerguide/${listed.config}.html`,
        },
        ...(listed.pci?.requirements ?? []).map((requirement) => ({
            framework: "PCI DSS",
            version: listed.pci?.version ?? "",
            control: requirement,
            url,
        })),
        ...(listed.nist ?? []).map((requirement) => ({
            framework: "NIST SP 800-53",
            version: "Rev. 5",
            control: requirement,
            url,
        })),
    ];
}
