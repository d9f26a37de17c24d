import { object, objects, text } from "../../account";
import { usableCertificate } from "../acm";
import { headerLists, isAmong } from "../../facts";
import type { Values } from "../../../provider";
import { doubled, type Operation, type Rule, ruleForms } from "../resource";

const { form, numbers } = ruleForms();

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
];

/** Sources: CloudFront developer guide, "Quotas on headers"; API reference, Origin and OriginCustomHeader. */
export function checkOrigin({ account, refuseIf }: Operation, origin: Values): void {
    const domainName = text(origin.domainName);
    refuseIf(
        /^[\d.]+$|:/.test(domainName) || !/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/i.test(domainName),
        "InvalidArgument",
        `The parameter origin name cannot be an IP address or contain a scheme, port or path: ${domainName}`,
    );
    const headers = objects(origin.customHeaders).map((header) => text(header.name).toLowerCase());
    refuseIf(
        headers.length > 30,
        "TooManyOriginCustomHeaders",
        `Your request contains too many origin custom headers. (${headers.length} of 30.)`,
    );
    const twice = doubled(headers);
    refuseIf(twice !== undefined, "InvalidArgument", `The parameter HeaderName is duplicated: ${text(twice)}`);
    const client = object(object(origin.customOriginConfig).originMtlsConfig).clientCertificateArn;
    refuseIf(
        client !== undefined && usableCertificate(account, "us-east-1", client) !== "usable",
        "InvalidArgument",
        `The client certificate ${text(client)} for mutual TLS with the origin must be issued, and in us-east-1.`,
    );
}
