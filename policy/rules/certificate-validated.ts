import { securityHub } from "./controls";
import { certificateReads, configOf, DISTRIBUTION_TYPES, LISTENER_CERTIFICATE_TYPES, LISTENER_TYPES } from "../aws";
import { Read, type Resource } from "../graph";
import { violation } from "../finding";
import type { StackRule } from "../rule";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";

/** What the rule says. */
export const messages = {
    notValidated: (path: string, certificate: Resource) =>
        `${path} refers to certificate "${certificate.name}" itself, which AWS refuses until its domain is validated. ` +
        "Write the certificateArn of a CertificateValidation for it instead.",
};

/** Who uses a certificate waits until it is issued. */
export const certificateValidated: StackRule = {
    scope: "stack",
    name: "certificate-validated",
    displayName: "Certificates are used once they are validated",
    description:
        "A listener or distribution that uses an ACM certificate of its stack refers to the certificate's validation.",
    level: "advisory",
    severity: "medium",
    controls: securityHub("ACM.1", "Checks that certificates are renewed in time, not that their users wait for them."),
    remediationSteps:
        "Add a CertificateValidation for the certificate and use its certificateArn instead of the certificate's arn.",
    types: [...LISTENER_TYPES, ...LISTENER_CERTIFICATE_TYPES, ...DISTRIBUTION_TYPES, CERTIFICATE, VALIDATION],
    evaluate(graph, report) {
        for (const user of graph.ofType(...LISTENER_TYPES, ...LISTENER_CERTIFICATE_TYPES, ...DISTRIBUTION_TYPES)) {
            for (const { property, read } of certificatesOf(user)) {
                const needing = graph.resolve(user, property, read.value, [CERTIFICATE]).find(needsValidation);
                if (needing === undefined || waits(user, property)) {
                    continue;
                }
                violation(report, user, read, messages.notValidated(read.path, needing));
            }
        }
    },
};

function certificatesOf(user: Resource): readonly { property: string; read: Read }[] {
    if ((DISTRIBUTION_TYPES as readonly string[]).includes(user.type)) {
        const read = configOf(user).at("viewerCertificate", "acmCertificateArn");
        return [{ property: read.topLevel, read }];
    }
    return certificateReads(user);
}

/** Imported certificates and those of a private authority are issued at once. */
function needsValidation(certificate: Resource): boolean {
    const properties = Read.of(certificate);
    return [properties.at("certificateBody"), properties.at("certificateAuthorityArn")].every((read) => read.isAbsent);
}

function waits(user: Resource, property: string): boolean {
    return [...user.dependencies, ...(user.propertyDependencies[property] ?? [])].some((urn) =>
        isOfType(urn, VALIDATION),
    );
}

/** A URN holds its resource's type, after the types of the parents: `urn:pulumi:stack::project::parent$type::name`. */
function isOfType(urn: string, type: string): boolean {
    return urn.split("::")[2]?.split("$").at(-1) === type;
}
