/** A policy document of IAM. */
export interface PolicyDocument {
    readonly Version: string;
    readonly Statement: readonly object[];
}

/**
 * What the role that deploys one environment may not touch in an account that holds others, too. Most calls of these
 * services cannot be narrowed to names that are not known beforehand, so the tag `Environment` decides, which the stacks
 * give to all that they make through `aws:defaultTags`:
 *
 * - nothing that carries another environment's tag may be changed, and nothing may be given such a tag;
 * - what exists already and carries no such tag may not be changed either, where IAM knows the tags of a resource.
 *
 * Buckets are told apart by name instead, `ownResources`: S3 asks for a bucket's tags only where that is switched on for
 * the bucket. CloudFront's response headers policies, cache policies and origin access controls have neither tags nor names
 * in their ARNs: any environment's role can change them. An account of its own for each environment has no such gap.
 * Source: IAM user guide, "Controlling access to AWS resources using tags"; Service Authorization Reference.
 *
 * @param environment The environment whose role it is.
 * @param account The account's id.
 */
export function sharedAccountPolicy(environment: string, account: string): PolicyDocument {
    const otherTag = (key: string) => ({
        StringNotEquals: { [`aws:${key}/Environment`]: environment },
        Null: { [`aws:${key}/Environment`]: "false" },
    });
    return {
        Version: "2012-10-17",
        Statement: [
            { Sid: "ResourcesOfOthers", Effect: "Deny", ...everything, Condition: otherTag("ResourceTag") },
            { Sid: "TagsOfOthers", Effect: "Deny", ...everything, Condition: otherTag("RequestTag") },
            {
                Sid: "ResourcesOfNobody",
                Effect: "Deny",
                Action: changes,
                Resource: tagged.map((resource) => `arn:aws:${resource.replace("ACCOUNT", account)}`),
                Condition: { StringNotEquals: { "aws:ResourceTag/Environment": environment } },
            },
        ],
    };
}

/** What a stack of the component deploys: type and logical name. */
export interface Deployed {
    readonly type: string;
    readonly name: string;
}

/** What the stack of one environment deploys, by the names that `bucketNaming` gives: a role reaches no other's buckets. */
export function ownResources(environment: string, resources: readonly Deployed[]): Deployed[] {
    return resources.map((resource) => ({ ...resource, name: `${environment}-${resource.name}` }));
}

/**
 * The command by which the buckets of a stack are named after it, before it is brought up for the first time: a bucket
 * that is named otherwise later is another bucket.
 * Source: Pulumi documentation, "Names", "Autonaming configuration".
 */
export function bucketNaming(environment: string): string {
    const path = `pulumi:autonaming.providers.aws.resources["aws:s3/bucket:Bucket"].pattern`;
    return `pulumi config set --path '${path}' '\${stack}-\${name}-\${hex(7)}' --stack ${environment}`;
}

/** The longest ending that the component gives a bucket, with the seven random digits. */
const longestEnding = "-load-balancer-log-0000000";

/** Whether the buckets of an edge get names that S3 takes: up to 63 characters (S3 user guide, "Bucket naming rules"). */
export function fitsBuckets(environment: string, edgeName: string): boolean {
    return `${environment}-${edgeName}${longestEnding}`.length <= 63;
}

const services = [
    "acm",
    "cloudfront",
    "cloudwatch",
    "cognito-idp",
    "ec2",
    "elasticloadbalancing",
    "firehose",
    "logs",
    "s3",
    "sns",
    "wafv2",
];
const everything = { Action: services.map((service) => `${service}:*`), Resource: "*" };

/** Changes of what exists; what creates a resource gives it its tags in the same call. */
const changes = [
    "acm:DeleteCertificate",
    "acm:UpdateCertificateOptions",
    "cloudfront:DeleteDistribution",
    "cloudfront:DeleteVpcOrigin",
    "cloudfront:UpdateDistribution",
    "cloudfront:UpdateVpcOrigin",
    "cloudwatch:DeleteAlarms",
    "ec2:AuthorizeSecurityGroup*",
    "ec2:DeleteSecurityGroup",
    "ec2:ModifySecurityGroupRules",
    "ec2:RevokeSecurityGroup*",
    "ec2:UpdateSecurityGroupRuleDescriptions*",
    "elasticloadbalancing:*ListenerCertificates",
    "elasticloadbalancing:Delete*",
    "elasticloadbalancing:Modify*",
    "elasticloadbalancing:Set*",
    "logs:DeleteDelivery*",
    "logs:UpdateDeliveryConfiguration",
    "logs:*RetentionPolicy",
    "logs:*KmsKey",
    "logs:DeleteLogGroup",
    "logs:PutLogGroupDeletionProtection",
    "sns:DeleteTopic",
    "sns:SetTopicAttributes",
    "wafv2:*LoggingConfiguration",
    "wafv2:Delete*",
    "wafv2:Update*",
];

/** Resources that these calls name and that carry tags; others in the same call, such as a new rule, are not meant. */
const tagged = [
    "acm:*:ACCOUNT:certificate/*",
    "cloudfront::ACCOUNT:distribution/*",
    "cloudfront::ACCOUNT:vpcorigin/*",
    "cloudwatch:*:ACCOUNT:alarm:*",
    "ec2:*:ACCOUNT:security-group/*",
    "elasticloadbalancing:*:ACCOUNT:*",
    "logs:*:ACCOUNT:delivery*",
    "logs:*:ACCOUNT:log-group:*",
    "sns:*:ACCOUNT:*",
    "wafv2:*:ACCOUNT:global/webacl/*",
    "wafv2:*:ACCOUNT:global/ipset/*",
];
