import { object, text } from "../../account";
import { usableCertificate } from "../acm";
import { headerLists, isAmong } from "../../facts";
import type { Values } from "../../../provider";
import { type Operation, type Rule, ruleForms } from "../resource";

const { form, numbers } = ruleForms();
const refused = ruleForms("InvalidArgument");

/** Source: CloudFront API reference, CustomOriginConfig and OriginCustomHeader. */
export const originRules: readonly Rule[] = [
    { at: "origins", atMostOne: ["customOriginConfig", "s3OriginConfig", "vpcOriginConfig"] },
    ...["httpPort", "httpsPort"].map((port) => numbers(`origins.customOriginConfig.${port}`, [80, 443, [1024, 65535]])),
    ...["customOriginConfig", "vpcOriginConfig"].flatMap((block) =>
        ["originKeepaliveTimeout", "originReadTimeout"].map((name) =>
            numbers(`origins.${block}.${name}`, [[1, 120]], "seconds"),
        ),
    ),
    form(
        "origins.customHeaders.name",
        (name) => !isAmong(headerLists.notForOrigins, name),
        "names of your own, not of headers that CloudFront does not let be set",
    ),
    form("origins.customHeaders.value", /^[^]{0,1783}$/, "1783 characters"),
    refused.form(
        "origins.domainName",
        /^(?![\d.]+$)[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/i,
        "names of hosts, which are no IP addresses and have no scheme, port or path",
    ),
    // Source: CloudFront developer guide, "Quotas on headers".
    ruleForms("TooManyOriginCustomHeaders").most("origins.customHeaders", 30),
    refused.unique("origins.customHeaders", "name", true),
];

/** Source: CloudFront API reference, OriginMtlsConfig. */
export function checkOrigin({ account, refuseIf }: Operation, origin: Values): void {
    const client = object(object(origin.customOriginConfig).originMtlsConfig).clientCertificateArn;
    refuseIf(
        client !== undefined && usableCertificate(account, "us-east-1", client) !== "usable",
        "InvalidArgument",
        `The client certificate ${text(client)} for mutual TLS with the origin must be issued, and in us-east-1.`,
    );
}
