import type { CasesByType } from "..";

/** Programs with one mistake each. */
export const acm: CasesByType = {
    "aws:acm/certificate:Certificate": {
        refused: [
            [
                "validation parent",
                {
                    validationMethod: "EMAIL",
                    validationOptions: [{ domainName: "www.example.com", validationDomain: "other.com" }],
                },
                /validationOptions\[0\]\.validationDomain: is "other\.com"; AWS allows "www\.example\.com" and th/,
            ],
            [
                "key w/o body",
                {
                    domainName: undefined,
                    validationMethod: undefined,
                    subjectAlternativeNames: undefined,
                    privateKey: "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----",
                },
                /certificateBody: is missing, which "privateKey" needs\./,
            ],
            [
                "early renewal",
                { earlyRenewalDuration: "P30D" },
                /earlyRenewalDuration: goes with "certificateAuthorityArn" only\./,
            ],
            [
                "name and key",
                { privateKey: "x", certificateBody: "y" },
                /privateKey: conflicts with "domainName"\. Give one of "domainName", "privateKey"\./,
            ],
            [
                "body not pem",
                {
                    domainName: undefined,
                    validationMethod: undefined,
                    subjectAlternativeNames: undefined,
                    privateKey: "x",
                    certificateBody: "y",
                },
                /certificateBody: is "y"; AWS allows certificates in PEM\./,
            ],
        ],
    },
};
