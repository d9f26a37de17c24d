/** A requirement that a run gives evidence for. */
export interface Requirement {
    readonly framework: string;
    readonly requirement: string;
    /** The edition that was read, and when it was published. */
    readonly edition: string;
    readonly url: string;
    /** What it asks for: word for word where the text is in the public domain, else in our words. */
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
        edition: "June 2024",
        url: "https://www.pcisecuritystandards.org/document_library/",
        asks: "Where account numbers cross open, public networks, strong cryptography protects them: only keys and certificates that are trusted, certificates that are valid and neither expired nor revoked, only secure versions and configurations with no way back to insecure versions, algorithms or key sizes, and an encryption that is strong enough for its method.",
        probes: [...encryption, ...certificates, ...versionsAndSuites],
        beyond: "Whether certificates were revoked, the inventory of keys and certificates (4.2.1.1), and every other way on which card data travels.",
    },
    {
        framework: "HIPAA Security Rule",
        requirement: "45 CFR 164.312(e)(1)",
        edition: "68 FR 8376, 20 February 2003, as amended at 78 FR 5694, 25 January 2013",
        url: "https://www.ecfr.gov/current/title-45/section-164.312",
        asks: "“Implement technical security measures to guard against unauthorized access to electronic protected health information that is being transmitted over an electronic communications network.” Its specifications, integrity controls and encryption, (e)(2), are addressable.",
        probes: [
            ...encryption,
            ...certificates,
            ...versionsAndSuites,
            "origin-network-closed",
            "origin-refuses-strangers",
        ],
        beyond: "The risk analysis that the rule builds on, and access by those who are authorized.",
    },
    {
        framework: "NIST SP 800-53 Rev. 5",
        requirement: "SC-8",
        edition: "September 2020, with the updates of 10 December 2020",
        url: "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
        asks: "“Protect the [confidentiality; integrity] of transmitted information.” What is in brackets the organization selects.",
        probes: [...encryption, ...certificates],
        beyond: "Transmissions that do not pass this edge.",
    },
    {
        framework: "NIST SP 800-53 Rev. 5",
        requirement: "SC-13",
        edition: "September 2020, with the updates of 10 December 2020",
        url: "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
        asks: "“Determine the [cryptographic uses]” and “Implement the following types of cryptography required for each specified cryptographic use: [types of cryptography]”. What is in brackets the organization defines.",
        probes: versionsAndSuites,
        beyond: "Whether the modules are validated (FIPS 140): that shows in AWS's policies, not on a connection.",
    },
    {
        framework: "ISO/IEC 27001:2022",
        requirement: "Annex A 8.24",
        edition: "third edition, October 2022",
        url: "https://www.iso.org/standard/27001",
        asks: "Rules for the effective use of cryptography, the management of keys included, are defined and implemented.",
        probes: [...encryption, ...certificates, ...versionsAndSuites],
        beyond: "The rules themselves, and how keys are managed.",
    },
];
