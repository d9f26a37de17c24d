import { viewerPolicies } from "../../facts";
import { object, objects, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { behaviorRules, checkPolicies } from "./cacheBehaviors";
import { certificateCovers, usableCertificate } from "../acm";
import { distributionRules } from "./distributionRules";
import { checkAssociations, checkFunctions } from "./functions";
import { etag, identity } from "./identity";
import { checkOrigin, originRules } from "./origins";
import { cloudFrontZoneId } from "../route53";
import { capitals, doubled, type Operation, pluck, type ResourceModel } from "../resource";

export const distribution: ResourceModel = {
    values: {
        "viewerCertificate.minimumProtocolVersion": [...viewerPolicies.keys()],
    },
    rules: [...distributionRules, ...originRules, ...behaviorRules],
    check(inputs, report) {
        checkAssociations(object(inputs.defaultCacheBehavior), "defaultCacheBehavior", report);
        objects(inputs.orderedCacheBehaviors).forEach((behavior, index) =>
            checkAssociations(behavior, `orderedCacheBehaviors[${index}]`, report),
        );
    },
    judge: checkDistribution,
    create: ({ inputs }) => ({
        ...identity("distribution"),
        domainName: `d${capitals(13).toLowerCase()}.cloudfront.net`,
        hostedZoneId: cloudFrontZoneId,
        callerReference: `terraform-${new Date().toISOString().replace(/\D/g, "")}`,
        // The rehearsal has no edge locations to wait for.
        status: "Deployed",
        inProgressValidationBatches: 0,
        lastModifiedTime: modified(),
        trustedKeyGroups: [{ enabled: false, items: [] }],
        trustedSigners: [{ enabled: false, items: [] }],
        loggingV1Enabled: inputs.loggingConfig !== undefined,
    }),
    update: () => ({ ...etag(), lastModifiedTime: modified() }),
    delete({ account, old }) {
        // The provider disables a distribution before it deletes it, and leaves it there disabled where told so.
        if (old.properties.retainOnDelete === true) {
            account.put({ ...old, urn: undefined, properties: { ...old.properties, enabled: false } });
            return "kept";
        }
        return undefined;
    },
};

/** Source: CloudFront API reference, CreateDistribution. What its inputs alone have is not modelled. */
export const multitenantDistribution: ResourceModel = {
    judge(operation) {
        const { inputs } = operation;
        const names = [...objects(inputs.origins), ...objects(inputs.originGroups)].map(({ id }) => text(id));
        checkBehaviors(operation, names, objects(inputs.cacheBehaviors));
        checkWebAcl(operation);
    },
};

/** Source: CloudFront API reference, CreateDistributionTenant and DistributionTenant, Parameters. */
export const distributionTenant: ResourceModel = {
    judge({ account, inputs, old, refuseIf }) {
        const domains = pluck(inputs.domains, "domain").map(text);
        const others = account.all("DistributionTenant").filter(({ id }) => id !== old?.id);
        const taken = others.flatMap(({ properties }) => pluck(properties.domains, "domain"));
        const twice = domains.find((domain) => taken.includes(domain));
        refuseIf(twice !== undefined, "CNAMEAlreadyExists", `The domain ${twice} belongs to another tenant.`);
        const { tenantConfig, viewerCertificate } =
            account.find("MultitenantDistribution", inputs.distributionId)?.properties ?? {};
        const defined = pluck(object(tenantConfig).parameterDefinitions, "name");
        const unknown = pluck(inputs.parameters, "name").find((name) => !defined.includes(name));
        refuseIf(unknown !== undefined, "InvalidArgument", `The distribution defines no parameter ${text(unknown)}.`);
        const arn =
            object(object(inputs.customizations).certificate).arn ?? object(viewerCertificate).acmCertificateArn;
        const bare = domains.find((domain) => arn !== undefined && !certificateCovers(account, arn, domain));
        refuseIf(
            bare !== undefined && inputs.managedCertificateRequest === undefined,
            "InvalidArgument",
            `The certificate does not cover the domain ${bare}.`,
        );
    },
};

function modified(): string {
    return new Date().toISOString().replace("T", " ").replace("Z", " +0000 UTC");
}

function checkDistribution(operation: Operation): void {
    const { inputs: values, refuseIf } = operation;
    const origins = objects(values.origins);
    const names = [...origins, ...objects(values.originGroups)].map((origin) => text(origin.originId));
    const twice = doubled(names);
    refuseIf(twice !== undefined, "InvalidArgument", `The parameter Origin Id is duplicated: ${text(twice)}`);
    checkBehaviors(operation, names, objects(values.orderedCacheBehaviors));
    origins.forEach((origin) => checkOrigin(operation, origin));
    checkCertificate(operation);
    checkWebAcl(operation);
    checkLogBucket(operation);
}

function checkBehaviors(operation: Operation, origins: readonly string[], others: readonly Values[]): void {
    for (const behavior of [object(operation.inputs.defaultCacheBehavior), ...others]) {
        operation.refuseIf(
            !origins.includes(text(behavior.targetOriginId)),
            "NoSuchOrigin",
            "One or more of your origins or origin groups do not exist.",
        );
        checkPolicies(operation, behavior);
        checkFunctions(operation, behavior);
    }
}

/** Source: CloudFront developer guide, "Configure standard logging (legacy)": the bucket's ACLs must be enabled. */
function checkLogBucket({ account, inputs, refuseIf }: Operation): void {
    const domainName = text(object(inputs.loggingConfig).bucket);
    const bucket = account.all("Bucket").find(({ id }) => domainName.startsWith(`${id}.s3.`));
    const controls = account.find("BucketOwnershipControls", bucket?.id);
    const { objectOwnership = "BucketOwnerEnforced" } = object(controls?.properties.rule);
    refuseIf(
        bucket !== undefined && objectOwnership === "BucketOwnerEnforced",
        "InvalidArgument",
        `The S3 bucket that you specified for CloudFront logs does not enable ACL access: ${domainName}`,
    );
}

/** Source: CloudFront developer guide, "Requirements for using alternate domain names", and the API's error codes. */
function checkCertificate({ account, inputs, old, refuseIf }: Operation): void {
    const aliases = texts(inputs.aliases);
    const arn = object(inputs.viewerCertificate).acmCertificateArn;
    refuseIf(
        arn !== undefined && usableCertificate(account, "us-east-1", arn) !== "usable",
        "InvalidViewerCertificate",
        "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
    );
    const others = account.all("Distribution").filter(({ id }) => id !== old?.id);
    for (const alias of aliases) {
        refuseIf(
            arn !== undefined && !certificateCovers(account, arn, alias),
            "InvalidViewerCertificate",
            `The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add. (${alias})`,
        );
        refuseIf(
            others.some(({ properties }) => texts(properties.aliases).includes(alias)),
            "CNAMEAlreadyExists",
            `One or more of the CNAMEs you provided are already associated with a different resource. (${alias})`,
        );
    }
}

/** Web ACLs are named by ARN, and only those of scope CLOUDFRONT are. Source: CloudFront API reference, DistributionConfig. */
function checkWebAcl({ account, inputs, refuseIf }: Operation): void {
    const arn = text(inputs.webAclId);
    refuseIf(
        arn !== "" &&
            !account
                .all("WebAcl")
                .some(({ properties }) => properties.arn === arn && properties.scope === "CLOUDFRONT"),
        "InvalidWebACLId",
        `Web ACL is not accessible by the requester. (${arn}: it must be the ARN of a web ACL of scope CLOUDFRONT.)`,
    );
}
