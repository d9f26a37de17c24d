import { acm } from "./acm";
import { cloudfront } from "./cloudfront";
import { cloudwatch } from "./cloudwatch";
import { ec2 } from "./ec2";
import { ecr } from "./ecr";
import { elbv2 } from "./elbv2";
import { replacementOf } from "../facts";
import { firehose } from "./firehose";
import { iam } from "./iam";
import { kms } from "./kms";
import { lambda } from "./lambda";
import { organizations } from "./organizations";
import type { ResourceModel, ServiceModel } from "./resource";
import { route53 } from "./route53";
import { s3 } from "./s3";
import { sns } from "./sns";
import { ssm } from "./ssm";
import { wafv2 } from "./wafv2";

export {
    type AutoName,
    capitals,
    type Change,
    checkRelations,
    checkRules,
    checkUses,
    coversName,
    findAll,
    findOne,
    hex,
    listedType,
    type Lookup,
    matchesWildcard,
    type Operation,
    refusals,
    type Report,
    type ResourceModel,
    typeOfLookUp,
} from "./resource";
export { acmValidityDays } from "./acm";
export { rulesOf, within } from "./ec2";
export { type BucketRequest, objectBytes, policyAllows, readPolicy } from "./s3";

const all: Readonly<Record<string, ServiceModel>> = {
    acm,
    cloudfront,
    cloudwatch,
    ec2,
    ecr,
    elbv2,
    firehose,
    iam,
    kms,
    lambda,
    organizations,
    route53,
    s3,
    sns,
    ssm,
    wafv2,
};

/** Every service by the name of its folder, and their resource types and look-ups by token. */
export const services = {
    all,
    /** The name of the service that has a resource type; the type's own module where none has it. */
    titleOf: (type: string): string =>
        services.resources[type]?.title ??
        Object.values(all).find(({ resources }) => resources !== undefined && type in resources)?.title ??
        type.split(/[:/]/)[1] ??
        "",
    resources: Object.fromEntries(
        Object.values(all).flatMap(({ resources = {} }) =>
            Object.entries(resources).map(([type, model]): [string, ResourceModel] => [
                type,
                { ...replacementOf(type), ...model },
            ]),
        ),
    ),
    lookups: Object.assign({}, ...Object.values(all).map((service) => service.lookups)) as NonNullable<
        ServiceModel["lookups"]
    >,
};
