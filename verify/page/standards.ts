/** A requirement that a run gives evidence for. */
export interface Requirement {
    readonly framework: string;
    readonly requirement: string;
    readonly url: string;
    /** What it asks for, in our words. */
    readonly asks: string;
    /** The probes whose findings are evidence. */
    readonly probes: readonly string[];
    /** What of the requirement no probe can see. */
    readonly beyond: string;
}

const versionsAndSuites = ["viewer-tls-old", "viewer-tls-ciphers", "origin-tls-old", "origin-tls-ciphers"];
const certificates = ["viewer-certificate", "origin-certificate"];
const encryption = ["viewer-https", "viewer-http", "origin-encrypted", "target-encrypted"];

/** What a report is asked for most; it supports an audit and is no certificate. */
export const requirements: readonly Requirement[] = [
    {
        framework: "PCI DSS v4.0.1",
        requirement: "4.2.1",
        url: "https://www.pcisecuritystandards.org/document_library/",
        asks: "Card data that crosses open, public networks is protected by strong cryptography: trusted, valid certificates, only secure versions and configurations, no fallback to insecure ones.",
        probes: [...encryption, ...certificates, ...versionsAndSuites],
        beyond: "Whether certificates were revoked, the inventory of keys and certificates (4.2.1.1), and every other way on which card data travels.",
    },
    {
        framework: "HIPAA Security Rule",
        requirement: "45 CFR 164.312(e)(1)",
        url: "https://www.ecfr.gov/current/title-45/section-164.312",
        asks: "Technical measures guard health information against unauthorized access while it is transmitted over a network.",
        probes: [...encryption, "origin-network-closed", "origin-refuses-strangers"],
        beyond: "The risk analysis that the rule builds on, and access by those who are authorized.",
    },
    {
        framework: "NIST SP 800-53 Rev. 5",
        requirement: "SC-8",
        url: "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
        asks: "Transmitted information keeps its confidentiality and its integrity.",
        probes: [...encryption, ...certificates],
        beyond: "Transmissions that do not pass this edge.",
    },
    {
        framework: "NIST SP 800-53 Rev. 5",
        requirement: "SC-13",
        url: "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
        asks: "The uses of cryptography are determined, and the types that each use needs are implemented.",
        probes: versionsAndSuites,
        beyond: "Whether the modules are validated (FIPS 140): that shows in AWS's policies, not on a connection.",
    },
    {
        framework: "ISO/IEC 27001:2022",
        requirement: "Annex A 8.24",
        url: "https://www.iso.org/standard/27001",
        asks: "Rules for the effective use of cryptography, the management of keys included, are defined and implemented.",
        probes: [...encryption, ...certificates, ...versionsAndSuites],
        beyond: "The rules themselves, and how keys are managed.",
    },
];
