import { type Account, object, text, texts } from "../../account";
import { isDomainName } from "./domainNames";
import { coversName, isKnown, type ResourceModel, ruleForms } from "../resource";
import { validationOption, validity } from "./validation";

const { form, rule } = ruleForms();

/** Names on one certificate by default. Source: ACM user guide, "Quotas". */
const namesQuota = 10;

export const certificate: ResourceModel = {
    // Sources: ACM API reference, RequestCertificate, ImportCertificate and DomainValidationOption; the provider.
    rules: [
        ...["domainName", "subjectAlternativeNames"].map((place) =>
            form(place, isDomainName, 'DNS names such as "www.example.com" or "*.example.com"'),
        ),
        rule("validationOptions.domainName", (name, _, { domainName, subjectAlternativeNames: others = [] }) =>
            isKnown(name) && isKnown([domainName, others]) && ![domainName, ...texts(others)].includes(name)
                ? `is "${text(name)}", which is no name of the certificate.`
                : undefined,
        ),
        rule("validationOptions.validationDomain", (domain, { domainName: name }) =>
            typeof domain === "string" && isKnown(name) && name !== domain && !text(name).endsWith(`.${domain}`)
                ? `is "${domain}"; AWS allows "${text(name)}" and the domains above it.`
                : undefined,
        ),
    ],
    create({ inputs, refuseIf }) {
        const names = [...new Set([text(inputs.domainName), ...texts(inputs.subjectAlternativeNames)])];
        refuseIf(
            names.length > namesQuota,
            "LimitExceededException",
            `The number of domain names must not exceed ${namesQuota}.`,
        );
        if (inputs.privateKey !== undefined) {
            return { type: "IMPORTED", status: "ISSUED", ...validity() };
        }
        return {
            type: "AMAZON_ISSUED",
            status: "PENDING_VALIDATION",
            keyAlgorithm: inputs.keyAlgorithm ?? "RSA_2048",
            renewalEligibility: "INELIGIBLE",
            subjectAlternativeNames: names.sort(),
            domainValidationOptions: inputs.validationMethod === "DNS" ? names.map(validationOption) : [],
            options: {
                certificateTransparencyLoggingPreference: "ENABLED",
                export: "DISABLED",
                ...object(inputs.options),
            },
        };
    },
};

/** Whether one of the certificate's names is this one, or a wildcard one level above. */
export function certificateCovers(account: Account, arn: unknown, name: string): boolean {
    const { domainName, subjectAlternativeNames } = account.find("Certificate", arn)?.properties ?? {};
    return coversName([text(domainName), ...texts(subjectAlternativeNames)], name);
}
