import { type Account, accountId } from "../account";
import { isObject, unknownValue, type Values } from "../server";
import { coversName, usableCertificate } from "./certificates";
import { managedPolicies, policyLookups, policyResources } from "./cloudFrontPolicies";
import { cloudFrontZoneId } from "./dns";
import {
    capitals,
    object,
    objects,
    type Operation,
    refusals,
    type Report,
    type ResourceModel,
    type ServiceModel,
    text,
    texts,
} from "./model";

const refuse = refusals("CloudFront");

const methods = [
    ["GET", "HEAD"],
    ["GET", "HEAD", "OPTIONS"],
    ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
];

/** Headers that CloudFront sends itself or not at all. Source: CloudFront developer guide, "Add custom headers to origin requests". */
const forbiddenHeaders =
    /^(x-amz-.*|x-edge-.*|cache-control|connection|content-length|cookie|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|max-forwards|pragma|proxy-authenticate|proxy-authorization|proxy-connection|range|request-range|te|trailer|transfer-encoding|upgrade|via|x-real-ip)$/i;

const distribution: ResourceModel = {
    autoName: false,
    sets: [
        "aliases",
        "origins",
        "defaultCacheBehavior.allowedMethods",
        "defaultCacheBehavior.cachedMethods",
        "orderedCacheBehaviors.allowedMethods",
        "orderedCacheBehaviors.cachedMethods",
    ],
    replaceOn: ["staging"],
    values: {
        httpVersion: ["http1.1", "http2", "http3", "http2and3"],
        priceClass: ["PriceClass_All", "PriceClass_200", "PriceClass_100"],
        "viewerCertificate.minimumProtocolVersion": [
            "SSLv3",
            "TLSv1",
            "TLSv1_2016",
            "TLSv1.1_2016",
            "TLSv1.2_2018",
            "TLSv1.2_2019",
            "TLSv1.2_2021",
            "TLSv1.2_2025",
            "TLSv1.3_2025",
        ],
        "viewerCertificate.sslSupportMethod": ["sni-only", "vip", "static-ip"],
        "origins.customOriginConfig.originProtocolPolicy": ["http-only", "https-only", "match-viewer"],
        "origins.customOriginConfig.originSslProtocols": ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"],
        "defaultCacheBehavior.viewerProtocolPolicy": ["allow-all", "https-only", "redirect-to-https"],
        "orderedCacheBehaviors.viewerProtocolPolicy": ["allow-all", "https-only", "redirect-to-https"],
        "restrictions.geoRestriction.restrictionType": ["none", "whitelist", "blacklist"],
    },
    defaults: {
        httpVersion: "http2",
        priceClass: "PriceClass_All",
        isIpv6Enabled: false,
        retainOnDelete: false,
        waitForDeployment: true,
        staging: false,
    },
    check(inputs, report) {
        objects(inputs["origins"]).forEach((origin, index) => checkOrigin(origin, `origins[${index}]`, report));
        checkBehavior(object(inputs["defaultCacheBehavior"]), "defaultCacheBehavior", report);
        objects(inputs["orderedCacheBehaviors"]).forEach((behavior, index) =>
            checkBehavior(behavior, `orderedCacheBehaviors[${index}]`, report),
        );
        if (text(inputs["comment"]).length > 128) {
            report("comment", `has ${text(inputs["comment"]).length} characters; AWS allows 128.`);
        }
        const certificate = object(inputs["viewerCertificate"]);
        if (
            (certificate["acmCertificateArn"] !== undefined || certificate["iamCertificateId"] !== undefined) &&
            certificate["sslSupportMethod"] === undefined
        ) {
            report(
                "viewerCertificate.sslSupportMethod",
                'Missing required property "sslSupportMethod" beside a certificate. Write "sni-only".',
            );
        }
    },
    create(operation) {
        checkDistribution(operation, undefined);
        const id = `E${capitals(13)}`;
        return {
            id,
            arn: `arn:aws:cloudfront::${accountId}:distribution/${id}`,
            domainName: `d${capitals(13).toLowerCase()}.cloudfront.net`,
            hostedZoneId: cloudFrontZoneId,
            callerReference: `terraform-${new Date().toISOString().replace(/\D/g, "")}`,
            etag: `E${capitals(13)}`,
            // The rehearsal has no edge locations to wait for.
            status: "Deployed",
            inProgressValidationBatches: 0,
            lastModifiedTime: modified(),
            trustedKeyGroups: [{ enabled: false, items: [] }],
            trustedSigners: [{ enabled: false, items: [] }],
            loggingV1Enabled: operation.inputs["loggingConfig"] !== undefined,
        };
    },
    update(operation) {
        checkDistribution(operation, operation.old.id);
        return { etag: `E${capitals(13)}`, lastModifiedTime: modified() };
    },
    delete({ account, old }) {
        // The provider disables a distribution before it deletes it, and leaves it there disabled where told so.
        if (old.properties.retainOnDelete === true) {
            account.put({ ...old, urn: undefined, properties: { ...old.properties, enabled: false } });
            return "kept";
        }
        return undefined;
    },
};

export const cloudFront: ServiceModel = {
    resources: { "aws:cloudfront/distribution:Distribution": distribution, ...policyResources },
    lookups: {
        ...policyLookups,
        "aws:cloudfront/getDistribution:getDistribution": ({ account, args }) => {
            const found = account.find("Distribution", args["id"]);
            if (found === undefined) {
                throw new Error(`reading CloudFront Distribution (${text(args["id"])}): couldn't find resource`);
            }
            return { ...found.properties, id: found.id };
        },
    },
};

function modified(): string {
    return new Date().toISOString().replace("T", " ").replace("Z", " +0000 UTC");
}

/** Source: CloudFront API reference, CustomOriginConfig and OriginCustomHeader. */
function checkOrigin(origin: Values, path: string, report: Report): void {
    const kinds = ["customOriginConfig", "s3OriginConfig", "vpcOriginConfig"].filter(
        (kind) => origin[kind] !== undefined,
    );
    if (kinds.length > 1) {
        report(path, `has ${kinds.map((kind) => `"${kind}"`).join(" and ")}. Give one of them.`);
    }
    const custom = object(origin["customOriginConfig"]);
    for (const name of ["httpPort", "httpsPort"]) {
        const port = custom[name];
        if (typeof port === "number" && port !== 80 && port !== 443 && !(port >= 1024 && port <= 65535)) {
            report(`${path}.customOriginConfig.${name}`, `is ${port}; AWS allows 80, 443 and 1024 to 65535.`);
        }
    }
    for (const [block, values] of [
        ["customOriginConfig", custom],
        ["vpcOriginConfig", object(origin["vpcOriginConfig"])],
    ] as const) {
        for (const name of ["originKeepaliveTimeout", "originReadTimeout"]) {
            const seconds = values[name];
            if (typeof seconds === "number" && (seconds < 1 || seconds > 120)) {
                report(`${path}.${block}.${name}`, `is ${seconds}; AWS allows 1 to 120 seconds.`);
            }
        }
    }
    objects(origin["customHeaders"]).forEach((header, index) => {
        const name = text(header["name"]);
        if (name !== unknownValue && forbiddenHeaders.test(name)) {
            report(
                `${path}.customHeaders[${index}].name`,
                `is "${name}", a header that CloudFront does not let be set. Use a name of your own.`,
            );
        }
        if (text(header["value"]).length > 1783) {
            report(
                `${path}.customHeaders[${index}].value`,
                `has ${text(header["value"]).length} characters; AWS allows 1783.`,
            );
        }
    });
}

function checkBehavior(behavior: Values, path: string, report: Report): void {
    for (const name of ["allowedMethods", "cachedMethods"]) {
        const given = texts(behavior[name]);
        const allowed = name === "allowedMethods" ? methods : methods.slice(0, 2);
        if (
            given.length > 0 &&
            !given.includes(unknownValue) &&
            !allowed.some((set) => set.join() === [...given].sort().join())
        ) {
            report(
                `${path}.${name}`,
                `is ${given.join(", ")}; AWS allows ${allowed.map((set) => set.join(", ")).join("; or ")}.`,
            );
        }
    }
    if (behavior["cachePolicyId"] !== undefined && behavior["forwardedValues"] !== undefined) {
        report(`${path}.forwardedValues`, 'conflicts with "cachePolicyId". Give one of the two.');
    }
    if (
        Object.keys(behavior).length > 0 &&
        behavior["cachePolicyId"] === undefined &&
        behavior["forwardedValues"] === undefined
    ) {
        report(`${path}.cachePolicyId`, 'One of "cachePolicyId" and "forwardedValues" must be given; there is none.');
    }
}

function checkDistribution({ account, inputs: values }: Operation, own: string | undefined): void {
    const action = own === undefined ? "CreateDistribution" : "UpdateDistribution";
    const origins = objects(values["origins"]);
    const names = [...origins, ...objects(values["originGroups"])].map((origin) => text(origin["originId"]));
    const doubled = names.find((name, index) => names.indexOf(name) !== index);
    if (doubled !== undefined) {
        refuse(action, "InvalidArgument", `The parameter Origin Id is duplicated: ${doubled}`);
    }
    const behaviors = [object(values["defaultCacheBehavior"]), ...objects(values["orderedCacheBehaviors"])];
    if (behaviors.some((behavior) => !names.includes(text(behavior["targetOriginId"])))) {
        refuse(action, "NoSuchOrigin", "One or more of your origins or origin groups do not exist.", 404);
    }
    for (const behavior of behaviors) {
        checkPolicies(account, behavior, action);
    }
    for (const origin of origins) {
        checkOriginReferences(account, origin, action);
    }
    checkCertificate(account, values, own, action);
    checkWebAcl(account, text(values["webAclId"]), action);
}

function checkPolicies(account: Account, behavior: Values, action: string): void {
    const words = {
        CachePolicy: ["cachePolicyId", "cache policy"],
        OriginRequestPolicy: ["originRequestPolicyId", "origin request policy"],
        ResponseHeadersPolicy: ["responseHeadersPolicyId", "response headers policy"],
    } as const;
    for (const [kind, [property, title]] of Object.entries(words)) {
        const id = text(behavior[property]);
        const managed = managedPolicies[kind as keyof typeof words];
        if (id !== "" && !(id in managed) && account.all(kind).every((record) => record.id !== id)) {
            refuse(action, `NoSuch${kind}`, `The specified ${title} does not exist.`, 404);
        }
    }
}

function checkOriginReferences(account: Account, origin: Values, action: string): void {
    const domainName = text(origin["domainName"]);
    if (/^[\d.]+$|:/.test(domainName) || !/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/i.test(domainName)) {
        refuse(
            action,
            "InvalidArgument",
            `The parameter origin name cannot be an IP address or contain a scheme, port or path: ${domainName}`,
        );
    }
    const vpcOriginId = object(origin["vpcOriginConfig"])["vpcOriginId"];
    if (isObject(origin["vpcOriginConfig"]) && account.find("VpcOrigin", vpcOriginId) === undefined) {
        refuse(action, "EntityNotFound", `The VPC origin ${text(vpcOriginId)} does not exist.`, 404);
    }
    const client = object(object(origin["customOriginConfig"])["originMtlsConfig"])["clientCertificateArn"];
    if (client !== undefined && usableCertificate(account, "us-east-1", client) !== "usable") {
        refuse(
            action,
            "InvalidArgument",
            `The client certificate ${text(client)} for mutual TLS with the origin must be issued, and in us-east-1.`,
        );
    }
}

/** Source: CloudFront developer guide, "Requirements for using alternate domain names", and the API's error codes. */
function checkCertificate(account: Account, values: Values, own: string | undefined, action: string): void {
    const aliases = texts(values["aliases"]);
    const certificate = object(values["viewerCertificate"]);
    const arn = certificate["acmCertificateArn"];
    const others = account.all("Distribution").filter(({ id }) => id !== own);
    if (arn === undefined && certificate["iamCertificateId"] === undefined && aliases.length > 0) {
        refuse(
            action,
            "InvalidViewerCertificate",
            "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.",
        );
    }
    if (arn !== undefined && usableCertificate(account, "us-east-1", arn) !== "usable") {
        refuse(
            action,
            "InvalidViewerCertificate",
            "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
        );
    }
    for (const alias of aliases) {
        if (arn !== undefined && !coversName(account, arn, alias)) {
            refuse(
                action,
                "InvalidViewerCertificate",
                `The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add. (${alias})`,
            );
        }
        if (others.some(({ properties }) => texts(properties.aliases).includes(alias))) {
            refuse(
                action,
                "CNAMEAlreadyExists",
                `One or more of the CNAMEs you provided are already associated with a different resource. (${alias})`,
                409,
            );
        }
    }
}

/** Web ACLs are named by ARN, and only those of scope CLOUDFRONT are. Source: CloudFront API reference, DistributionConfig. */
function checkWebAcl(account: Account, arn: string, action: string): void {
    const found = arn === "" ? undefined : account.all("WebAcl").find(({ properties }) => properties.arn === arn);
    if (arn !== "" && found?.properties.scope !== "CLOUDFRONT") {
        refuse(
            action,
            "InvalidWebACLId",
            `Web ACL is not accessible by the requester. (${arn}: it must be the ARN of a web ACL of scope CLOUDFRONT.)`,
        );
    }
}
