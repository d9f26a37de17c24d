import type { CasesByType } from "..";

/** Unusual programs without any mistake. */
export const acm: CasesByType = {
    "aws:acm/certificate:Certificate": {
        accepted: [
            [
                "cert wildcard and apex",
                {
                    domainName: "*.example.com",
                    subjectAlternativeNames: ["example.com", "*.a.example.com"],
                    keyAlgorithm: "EC_secp384r1",
                },
            ],
            ["cert long san", { subjectAlternativeNames: ["x".repeat(63) + "." + "y".repeat(60) + ".example.com"] }],
            [
                "cert email",
                {
                    validationMethod: "EMAIL",
                    validationOptions: [{ domainName: "www.example.com", validationDomain: "example.com" }],
                },
            ],
            ["cert punycode", { domainName: "xn--exmple-cua.com", subjectAlternativeNames: [] }],
            ["cert upper", { domainName: "WWW.example.com", subjectAlternativeNames: ["www.example.com"] }],
            ["cert export", { options: { certificateTransparencyLoggingPreference: "ENABLED", export: "ENABLED" } }],
            [
                "cert private",
                {
                    validationMethod: undefined,
                    certificateAuthorityArn:
                        "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555",
                    keyAlgorithm: "RSA_4096",
                    earlyRenewalDuration: "P60D",
                },
            ],
            ["cert ten names", { subjectAlternativeNames: [...Array(9).keys()].map((i) => `n${i}.example.com`) }],
        ],
    },
};
