import { type Account, object, objects, text } from "../../account";
import { isObject, unknownValue, type Values } from "../../../provider";
import { usableCertificate } from "../acm";
import { refusals, type Report } from "../resource";

const refuse = refusals("CloudFront");

/** Headers that CloudFront sends itself or not at all. Source: CloudFront developer guide, "Add custom headers to origin requests". */
const forbiddenHeaders =
    /^(x-amz-.*|x-edge-.*|cache-control|connection|content-length|cookie|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|max-forwards|pragma|proxy-authenticate|proxy-authorization|proxy-connection|range|request-range|te|trailer|transfer-encoding|upgrade|via|x-real-ip)$/i;

/** Source: CloudFront API reference, CustomOriginConfig and OriginCustomHeader. */
export function checkOrigin(origin: Values, path: string, report: Report): void {
    const kinds = ["customOriginConfig", "s3OriginConfig", "vpcOriginConfig"].filter(
        (kind) => origin[kind] !== undefined,
    );
    if (kinds.length > 1) {
        report(path, `has ${kinds.map((kind) => `"${kind}"`).join(" and ")}. Give one of them.`);
    }
    const custom = object(origin.customOriginConfig);
    for (const name of ["httpPort", "httpsPort"]) {
        const port = custom[name];
        if (typeof port === "number" && port !== 80 && port !== 443 && !(port >= 1024 && port <= 65535)) {
            report(`${path}.customOriginConfig.${name}`, `is ${port}; AWS allows 80, 443 and 1024 to 65535.`);
        }
    }
    for (const [block, values] of [
        ["customOriginConfig", custom],
        ["vpcOriginConfig", object(origin.vpcOriginConfig)],
    ] as const) {
        for (const name of ["originKeepaliveTimeout", "originReadTimeout"]) {
            const seconds = values[name];
            if (typeof seconds === "number" && (seconds < 1 || seconds > 120)) {
                report(`${path}.${block}.${name}`, `is ${seconds}; AWS allows 1 to 120 seconds.`);
            }
        }
    }
    objects(origin.customHeaders).forEach((header, index) => {
        const name = text(header.name);
        if (name !== unknownValue && forbiddenHeaders.test(name)) {
            report(
                `${path}.customHeaders[${index}].name`,
                `is "${name}", a header that CloudFront does not let be set. Use a name of your own.`,
            );
        }
        if (text(header.value).length > 1783) {
            report(
                `${path}.customHeaders[${index}].value`,
                `has ${text(header.value).length} characters; AWS allows 1783.`,
            );
        }
    });
}

/** Source: CloudFront developer guide, "Quotas on headers", and API reference, OriginCustomHeader. */
function checkCustomHeaders(names: readonly string[], action: string): void {
    if (names.length > 30) {
        refuse(
            action,
            "TooManyOriginCustomHeaders",
            `Your request contains too many origin custom headers. (${names.length} of 30.)`,
        );
    }
    const doubled = names.find((name, index) => names.indexOf(name) < index);
    if (doubled !== undefined) {
        refuse(action, "InvalidArgument", `The parameter HeaderName is duplicated: ${doubled}`);
    }
}

export function checkOriginReferences(account: Account, origin: Values, action: string): void {
    const domainName = text(origin.domainName);
    if (/^[\d.]+$|:/.test(domainName) || !/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/i.test(domainName)) {
        refuse(
            action,
            "InvalidArgument",
            `The parameter origin name cannot be an IP address or contain a scheme, port or path: ${domainName}`,
        );
    }
    checkCustomHeaders(
        objects(origin.customHeaders).map((header) => text(header.name).toLowerCase()),
        action,
    );
    const vpcOriginId = object(origin.vpcOriginConfig).vpcOriginId;
    if (isObject(origin.vpcOriginConfig) && account.find("VpcOrigin", vpcOriginId) === undefined) {
        refuse(action, "EntityNotFound", `The VPC origin ${text(vpcOriginId)} does not exist.`, 404);
    }
    const client = object(object(origin.customOriginConfig).originMtlsConfig).clientCertificateArn;
    if (client !== undefined && usableCertificate(account, "us-east-1", client) !== "usable") {
        refuse(
            action,
            "InvalidArgument",
            `The client certificate ${text(client)} for mutual TLS with the origin must be issued, and in us-east-1.`,
        );
    }
}
