import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Typings } from "../../provider";
import { type Found, merge } from "./merge";
import { type Model, ShapeReader } from "./shapes";

/** The shape of AWS's API that a type's inputs go into: service, version and shape, and the input that holds it. */
export const shapes: Readonly<Record<string, readonly [string, string, ...string[]]>> = {
    "aws:acm/certificate:Certificate": ["acm/2015-12-08", "RequestCertificateRequest"],
    "aws:cloudfront/cachePolicy:CachePolicy": ["cloudfront/2020-05-31", "CachePolicyConfig"],
    "aws:cloudfront/distribution:Distribution": ["cloudfront/2020-05-31", "DistributionConfig"],
    "aws:cloudfront/function:Function": ["cloudfront/2020-05-31", "CreateFunctionRequest", "FunctionConfig"],
    "aws:cloudfront/originAccessControl:OriginAccessControl": ["cloudfront/2020-05-31", "OriginAccessControlConfig"],
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": ["cloudfront/2020-05-31", "OriginRequestPolicyConfig"],
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [
        "cloudfront/2020-05-31",
        "ResponseHeadersPolicyConfig",
    ],
    "aws:cloudfront/vpcOrigin:VpcOrigin": ["cloudfront/2020-05-31", "CreateVpcOriginRequest"],
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": [
        "cloudfront/2020-05-31",
        "ContinuousDeploymentPolicyConfig",
    ],
    "aws:cloudwatch/logDelivery:LogDelivery": ["logs/2014-03-28", "CreateDeliveryRequest"],
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": [
        "logs/2014-03-28",
        "PutDeliveryDestinationRequest",
    ],
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": ["logs/2014-03-28", "PutDeliverySourceRequest"],
    "aws:cloudwatch/logGroup:LogGroup": ["logs/2014-03-28", "CreateLogGroupRequest"],
    "aws:cloudwatch/metricAlarm:MetricAlarm": ["cloudwatch/2010-08-01", "PutMetricAlarmInput"],
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": ["firehose/2015-08-04", "CreateDeliveryStreamInput"],
    "aws:lb/listener:Listener": ["elbv2/2015-12-01", "CreateListenerInput"],
    "aws:lb/listenerRule:ListenerRule": ["elbv2/2015-12-01", "CreateRuleInput"],
    "aws:lb/loadBalancer:LoadBalancer": ["elbv2/2015-12-01", "CreateLoadBalancerInput"],
    "aws:lb/trustStore:TrustStore": ["elbv2/2015-12-01", "CreateTrustStoreInput"],
    "aws:lb/targetGroup:TargetGroup": ["elbv2/2015-12-01", "CreateTargetGroupInput"],
    "aws:route53/healthCheck:HealthCheck": ["route53/2013-04-01", "HealthCheckConfig"],
    "aws:route53/record:Record": ["route53/2013-04-01", "ResourceRecordSet"],
    "aws:route53/zone:Zone": ["route53/2013-04-01", "CreateHostedZoneRequest"],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
        "s3/2006-03-01",
        "BucketLifecycleConfiguration",
    ],
    "aws:sns/topicSubscription:TopicSubscription": ["sns/2010-03-31", "SubscribeInput"],
    "aws:wafv2/ipSet:IpSet": ["wafv2/2019-07-29", "CreateIPSetRequest"],
    "aws:wafv2/regexPatternSet:RegexPatternSet": ["wafv2/2019-07-29", "CreateRegexPatternSetRequest"],
    "aws:wafv2/ruleGroup:RuleGroup": ["wafv2/2019-07-29", "CreateRuleGroupRequest"],
    "aws:wafv2/webAcl:WebAcl": ["wafv2/2019-07-29", "CreateWebACLRequest"],
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["wafv2/2019-07-29", "LoggingConfiguration"],
};

function modelOf(botocore: string, service: string): Model {
    const directory = path.join(botocore, "data", service);
    const file = readdirSync(directory).find((name) => name.startsWith("service-2.json")) ?? "";
    const content = readFileSync(path.join(directory, file));
    const text = file.endsWith(".gz") ? gunzipSync(content).toString("utf8") : content.toString("utf8");
    return (JSON.parse(text) as { shapes: Model }).shapes;
}

/** What the models say of a type's inputs; nothing where no shape stands for it. */
export function fromBotocore(botocore: string, type: string, typings: Typings): Found {
    const [service = "", ...names] = shapes[type] ?? [];
    const model = service === "" ? {} : modelOf(botocore, service);
    const found: Found = {};
    for (const name of names) {
        const shape = model[name];
        if (shape === undefined) {
            throw new Error(`${service} of this botocore has no shape ${name}.`);
        }
        const reader = new ShapeReader(model, typings);
        reader.read(typings.resource(type)?.inputs ?? {}, shape, "");
        Object.entries(reader.found).forEach(([at, constraint]) => merge(found, at, constraint));
    }
    return found;
}
