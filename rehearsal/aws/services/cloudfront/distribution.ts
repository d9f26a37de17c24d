import { viewerPolicies } from "../../facts";
import { type Account, accountId, object, objects, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { checkBehavior, checkPathPatterns, checkPolicies } from "./cacheBehaviors";
import { coversName, usableCertificate } from "../acm";
import { distributionRules, missingReferences } from "./distributionRules";
import { checkFunctions } from "./functions";
import { checkOrigin, checkOriginReferences } from "./origins";
import { cloudFrontZoneId } from "../route53";
import { capitals, type Operation, refusals, type ResourceModel } from "../resource";

const refuse = refusals("CloudFront");

export const distribution: ResourceModel = {
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
        // The API's fourth word, None, is for distributions of many tenants.
        priceClass: ["PriceClass_All", "PriceClass_200", "PriceClass_100"],
        "viewerCertificate.minimumProtocolVersion": [...viewerPolicies.keys()],
        // Source: CloudFront developer guide, "Associate functions with distributions": no origin-facing events.
        "defaultCacheBehavior.functionAssociations.eventType": ["viewer-request", "viewer-response"],
        "orderedCacheBehaviors.functionAssociations.eventType": ["viewer-request", "viewer-response"],
    },
    defaults: {
        httpVersion: "http2",
        priceClass: "PriceClass_All",
        isIpv6Enabled: false,
        retainOnDelete: false,
        waitForDeployment: true,
        staging: false,
    },
    rules: distributionRules,
    check(inputs, report) {
        objects(inputs.origins).forEach((origin, index) => checkOrigin(origin, `origins[${index}]`, report));
        checkBehavior(object(inputs.defaultCacheBehavior), "defaultCacheBehavior", report);
        objects(inputs.orderedCacheBehaviors).forEach((behavior, index) =>
            checkBehavior(behavior, `orderedCacheBehaviors[${index}]`, report),
        );
        if (text(inputs.comment).length > 128) {
            report("comment", `has ${text(inputs.comment).length} characters; AWS allows 128.`);
        }
        const certificate = object(inputs.viewerCertificate);
        if (
            (certificate.acmCertificateArn !== undefined || certificate.iamCertificateId !== undefined) &&
            certificate.sslSupportMethod === undefined
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
            loggingV1Enabled: operation.inputs.loggingConfig !== undefined,
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

function modified(): string {
    return new Date().toISOString().replace("T", " ").replace("Z", " +0000 UTC");
}

function checkDistribution({ account, inputs: values }: Operation, own: string | undefined): void {
    const action = own === undefined ? "CreateDistribution" : "UpdateDistribution";
    const origins = objects(values.origins);
    const names = [...origins, ...objects(values.originGroups)].map((origin) => text(origin.originId));
    const doubled = names.find((name, index) => names.indexOf(name) !== index);
    if (doubled !== undefined) {
        refuse(action, "InvalidArgument", `The parameter Origin Id is duplicated: ${doubled}`);
    }
    // Source: CloudFront developer guide, "Quotas".
    if (origins.length > 25) {
        refuse(action, "TooManyOrigins", `The number of origins exceeds the limit. (${origins.length} of 25.)`);
    }
    const aliases = texts(values.aliases).length;
    if (aliases > 100) {
        refuse(
            action,
            "TooManyDistributionCNAMEs",
            `The number of alternate domain names exceeds the limit. (${aliases} of 100.)`,
        );
    }
    checkPathPatterns(objects(values.orderedCacheBehaviors), action);
    // Source: CloudFront API reference, DistributionConfig, DefaultRootObject.
    if (text(values.defaultRootObject).startsWith("/")) {
        refuse(
            action,
            "InvalidDefaultRootObject",
            "The parameter DefaultRootObject is not valid: it must not begin with a slash.",
        );
    }
    const behaviors = [object(values.defaultCacheBehavior), ...objects(values.orderedCacheBehaviors)];
    if (behaviors.some((behavior) => !names.includes(text(behavior.targetOriginId)))) {
        refuse(action, "NoSuchOrigin", "One or more of your origins or origin groups do not exist.", 404);
    }
    for (const behavior of behaviors) {
        checkPolicies(account, behavior, action);
        checkFunctions(account, behavior, action);
    }
    for (const origin of origins) {
        checkOriginReferences(account, origin, action);
    }
    const missing = missingReferences(values, (kind, id) => account.find(kind, id) !== undefined);
    if (missing !== undefined) {
        refuse(action, missing[0], missing[1], 404);
    }
    checkCertificate(account, values, own, action);
    checkWebAcl(account, text(values.webAclId), action);
    checkLogBucket(account, text(object(values.loggingConfig).bucket), action);
}

/** Source: CloudFront developer guide, "Configure standard logging (legacy)": the bucket's ACLs must be enabled. */
function checkLogBucket(account: Account, domainName: string, action: string): void {
    const bucket = account.all("Bucket").find(({ id }) => domainName.startsWith(`${id}.s3.`));
    const controls = account.all("BucketOwnershipControls").find(({ id }) => id === bucket?.id);
    const { objectOwnership = "BucketOwnerEnforced" } = object(controls?.properties.rule);
    if (bucket !== undefined && objectOwnership === "BucketOwnerEnforced") {
        refuse(
            action,
            "InvalidArgument",
            `The S3 bucket that you specified for CloudFront logs does not enable ACL access: ${domainName}`,
        );
    }
}

/** Source: CloudFront developer guide, "Requirements for using alternate domain names", and the API's error codes. */
function checkCertificate(account: Account, values: Values, own: string | undefined, action: string): void {
    const aliases = texts(values.aliases);
    const certificate = object(values.viewerCertificate);
    const arn = certificate.acmCertificateArn;
    const others = account.all("Distribution").filter(({ id }) => id !== own);
    if (arn === undefined && certificate.iamCertificateId === undefined && aliases.length > 0) {
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
