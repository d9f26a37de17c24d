import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Typings } from "../../provider";
import { type Found, merge } from "./merge";
import { type Model, type Shape, ShapeReader } from "./shapes";

/** The type of CloudFormation that a type's inputs go into, and the properties that hold them; "" is the type itself. */
const types: Readonly<Record<string, readonly [string, ...string[]]>> = {
    "aws:acm/certificate:Certificate": ["CertificateManager::Certificate", ""],
    "aws:cloudfront/cachePolicy:CachePolicy": ["CloudFront::CachePolicy", "CachePolicyConfig"],
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": [
        "CloudFront::ContinuousDeploymentPolicy",
        "ContinuousDeploymentPolicyConfig",
    ],
    "aws:cloudfront/distribution:Distribution": ["CloudFront::Distribution", "DistributionConfig"],
    "aws:cloudfront/function:Function": ["CloudFront::Function", "", "FunctionConfig"],
    "aws:cloudfront/keyGroup:KeyGroup": ["CloudFront::KeyGroup", "KeyGroupConfig"],
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": ["CloudFront::MonitoringSubscription", ""],
    "aws:cloudfront/originAccessControl:OriginAccessControl": [
        "CloudFront::OriginAccessControl",
        "OriginAccessControlConfig",
    ],
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": [
        "CloudFront::OriginRequestPolicy",
        "OriginRequestPolicyConfig",
    ],
    "aws:cloudfront/publicKey:PublicKey": ["CloudFront::PublicKey", "PublicKeyConfig"],
    "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": ["CloudFront::RealtimeLogConfig", ""],
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [
        "CloudFront::ResponseHeadersPolicy",
        "ResponseHeadersPolicyConfig",
    ],
    "aws:cloudfront/vpcOrigin:VpcOrigin": ["CloudFront::VpcOrigin", ""],
    "aws:cloudwatch/logDelivery:LogDelivery": ["Logs::Delivery", ""],
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": ["Logs::DeliveryDestination", ""],
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": ["Logs::DeliverySource", ""],
    "aws:cloudwatch/logGroup:LogGroup": ["Logs::LogGroup", ""],
    "aws:cloudwatch/metricAlarm:MetricAlarm": ["CloudWatch::Alarm", ""],
    "aws:ec2/eip:Eip": ["EC2::EIP", ""],
    "aws:ec2/instance:Instance": ["EC2::Instance", ""],
    "aws:ec2/launchTemplate:LaunchTemplate": ["EC2::LaunchTemplate", "", "LaunchTemplateData"],
    "aws:ec2/managedPrefixList:ManagedPrefixList": ["EC2::PrefixList", ""],
    "aws:ec2/natGateway:NatGateway": ["EC2::NatGateway", ""],
    "aws:ec2/securityGroup:SecurityGroup": ["EC2::SecurityGroup", ""],
    "aws:ec2/subnet:Subnet": ["EC2::Subnet", ""],
    "aws:ec2/vpc:Vpc": ["EC2::VPC", ""],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["EC2::VPCEndpoint", ""],
    "aws:iam/policy:Policy": ["IAM::ManagedPolicy", ""],
    "aws:iam/role:Role": ["IAM::Role", ""],
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": ["KinesisFirehose::DeliveryStream", ""],
    "aws:kms/key:Key": ["KMS::Key", ""],
    "aws:lambda/function:Function": ["Lambda::Function", ""],
    "aws:lb/listener:Listener": ["ElasticLoadBalancingV2::Listener", ""],
    "aws:lb/listenerRule:ListenerRule": ["ElasticLoadBalancingV2::ListenerRule", ""],
    "aws:lb/loadBalancer:LoadBalancer": ["ElasticLoadBalancingV2::LoadBalancer", ""],
    "aws:lb/targetGroup:TargetGroup": ["ElasticLoadBalancingV2::TargetGroup", ""],
    "aws:lb/trustStore:TrustStore": ["ElasticLoadBalancingV2::TrustStore", ""],
    "aws:route53/healthCheck:HealthCheck": ["Route53::HealthCheck", "HealthCheckConfig"],
    "aws:route53/record:Record": ["Route53::RecordSet", ""],
    "aws:route53/zone:Zone": ["Route53::HostedZone", ""],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["S3::Bucket", "LifecycleConfiguration"],
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["S3::Bucket", "OwnershipControls"],
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
        "S3::Bucket",
        "BucketEncryption",
    ],
    "aws:s3/bucketVersioning:BucketVersioning": ["S3::Bucket", "VersioningConfiguration"],
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": ["S3::Bucket", "WebsiteConfiguration"],
    "aws:sns/topic:Topic": ["SNS::Topic", ""],
    "aws:sns/topicSubscription:TopicSubscription": ["SNS::Subscription", ""],
    "aws:wafv2/ipSet:IpSet": ["WAFv2::IPSet", ""],
    "aws:wafv2/regexPatternSet:RegexPatternSet": ["WAFv2::RegexPatternSet", ""],
    "aws:wafv2/ruleGroup:RuleGroup": ["WAFv2::RuleGroup", ""],
    "aws:wafv2/webAcl:WebAcl": ["WAFv2::WebACL", ""],
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["WAFv2::LoggingConfiguration", ""],
};

/** Types of which CloudFormation has a schema. */
export const cloudFormationTypes: readonly string[] = Object.keys(types);

/** As much of a JSON schema as a constraint can be made of. */
interface Schema {
    readonly type?: string | readonly string[];
    readonly $ref?: string;
    readonly enum?: readonly (string | number)[];
    readonly minimum?: number;
    readonly maximum?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly minItems?: number;
    readonly maxItems?: number;
    readonly pattern?: string;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly definitions?: Readonly<Record<string, Schema>>;
}

/** What the resource schemas say of a type's inputs; nothing where no type of CloudFormation stands for it. */
export function fromCloudFormation(schemas: string, type: string, typings: Typings): Found {
    const [name, ...holders] = types[type] ?? [];
    if (name === undefined) {
        return {};
    }
    const directory = path.join(schemas, "data", "schemas");
    const index = read(path.join(directory, "providers", "us-east-1.json")) as Readonly<Record<string, string>>;
    const schema = read(path.join(directory, "resources", `${index[`AWS::${name}`]}.json`)) as Schema;
    const model = modelOf(schema);
    const found: Found = {};
    for (const holder of holders) {
        const id = holder === "" ? "" : (model[""]?.members?.[holder]?.shape ?? "");
        const shape = model[id];
        if (shape === undefined || (holder !== "" && id === "")) {
            throw new Error(`AWS::${name} of this cfn-lint has no ${holder}.`);
        }
        const reader = new ShapeReader(model, typings);
        reader.read(typings.resource(type)?.inputs ?? {}, shape, "");
        Object.entries(reader.found).forEach(([at, constraint]) => merge(found, at, constraint));
    }
    return found;
}

function read(file: string): unknown {
    return JSON.parse(readFileSync(file, "utf8"));
}

/** The schema in the form of AWS's own models: each part a shape, by its place. */
function modelOf(schema: Schema): Model {
    const model: Record<string, Shape> = {};
    const add = (part: Schema, place: string): string => {
        if (part.$ref !== undefined) {
            const definition = part.$ref.replace("#/definitions/", "");
            const target = schema.definitions?.[definition];
            return target === undefined || model[definition] !== undefined ? definition : add(target, definition);
        }
        const { enum: values, minimum, maximum, minLength, maxLength, minItems, maxItems, pattern } = part;
        const texts = values?.filter((value) => typeof value === "string");
        const type = [part.type ?? "object"].flat()[0];
        // Before its members, for a part may hold itself.
        model[place] = { type: "structure" };
        const member = part.items === undefined ? undefined : { shape: add(part.items, `${place}[]`) };
        const members = Object.entries(part.properties ?? {}).map(
            ([name, each]) => [name, { shape: add(each, `${place}.${name}`) }] as const,
        );
        model[place] =
            type === "array"
                ? { type: "list", min: minItems, max: maxItems, member }
                : type === "object"
                  ? { type: "structure", members: Object.fromEntries(members) }
                  : type === "string"
                    ? { type: "string", min: minLength, max: maxLength, pattern, enum: texts }
                    : { type: type === "number" ? "double" : (type ?? ""), min: minimum, max: maximum };
        return place;
    };
    add(schema, "");
    return model;
}
