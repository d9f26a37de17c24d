import { object, text } from "../../account";
import { usableCertificate } from "../acm";
import { headerLists, isAmong } from "../../facts";
import type { Values } from "../../../provider";
import { type Operation, type Rule, ruleForms } from "../resource";

const { form } = ruleForms();
const refused = ruleForms("InvalidArgument");

/** Source: CloudFront API reference, CustomOriginConfig and OriginCustomHeader. */
export const originRules: readonly Rule[] = [
    form(
        "origins.customHeaders.name",
        (name) => !isAmong(headerLists.notForOrigins, name),
        "names of your own, not of headers that CloudFront does not let be set",
    ),
    refused.form(
        "origins.domainName",
        /^(?![\d.]+$)[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/i,
        "names of hosts, which are no IP addresses and have no scheme, port or path",
    ),
];

/** Sources: CloudFront API reference, OriginMtlsConfig, and CreateDistribution: InvalidDomainNameForOriginAccessControl. */
export function checkOrigin({ account, refuseIf }: Operation, origin: Values): void {
    const control = account.find("OriginAccessControl", origin.originAccessControlId);
    const type = text(control?.properties.originAccessControlOriginType);
    const hosts = {
        s3: /\.s3[.-]/,
        lambda: /\.lambda-url\./,
        mediastore: /\.mediastore\./,
        mediapackagev2: /\.mediapackagev2\./,
    }[type];
    refuseIf(
        hosts?.test(text(origin.domainName)) === false,
        "InvalidDomainNameForOriginAccessControl",
        `The origin access control is for origins of the type ${type}, which ${text(origin.domainName)} is not.`,
    );
    const client = object(object(origin.customOriginConfig).originMtlsConfig).clientCertificateArn;
    refuseIf(
        client !== undefined && usableCertificate(account, "us-east-1", client) !== "usable",
        "InvalidArgument",
        `The client certificate ${text(client)} for mutual TLS with the origin must be issued, and in us-east-1.`,
    );
}
