import type { EstateResource } from "./estate";

/** The estate as a Terraform plan (`terraform show -json`), for scanners of Terraform. */
export function terraformPlan(resources: readonly EstateResource[]): unknown {
    const planned = resources.map((resource) => {
        const type = terraformTypes[resource.type] ?? "aws_unknown";
        const name = resource.name.replace(/[^A-Za-z0-9_]/g, "_");
        const values = { ...(snake(resource.inputs) as object), ...terraformShape(resource) };
        return {
            address: `${type}.${name}`,
            mode: "managed",
            type,
            name,
            provider_name: "registry.terraform.io/hashicorp/aws",
            schema_version: 0,
            values,
        };
    });
    return {
        format_version: "1.2",
        terraform_version: "1.9.0",
        planned_values: { root_module: { resources: planned } },
        resource_changes: planned.map(({ values, ...facts }) => ({
            ...facts,
            change: { actions: ["create"], before: null, after: values, after_unknown: {} },
        })),
        configuration: {
            root_module: {
                resources: planned.map(({ address, type, name }) => ({
                    address,
                    mode: "managed",
                    type,
                    name,
                    expressions: {},
                })),
            },
        },
    };
}

/** The estate as a CloudFormation template, for scanners of CloudFormation. */
export function cloudFormation(resources: readonly EstateResource[]): unknown {
    return {
        AWSTemplateFormatVersion: "2010-09-09",
        Resources: Object.fromEntries(
            resources.map((resource) => [
                resource.name.replace(/[^A-Za-z0-9]/g, ""),
                {
                    Type: cloudFormationTypes[resource.type] ?? "Custom::Other",
                    Properties: cloudFormationShape(resource),
                },
            ]),
        ),
    };
}

const terraformTypes: Readonly<Record<string, string>> = {
    "aws:ec2/securityGroup:SecurityGroup": "aws_security_group",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "aws_vpc_security_group_ingress_rule",
    "aws:lb/loadBalancer:LoadBalancer": "aws_lb",
    "aws:lb/targetGroup:TargetGroup": "aws_lb_target_group",
    "aws:lb/listener:Listener": "aws_lb_listener",
    "aws:acm/certificate:Certificate": "aws_acm_certificate",
    "aws:cloudfront/distribution:Distribution": "aws_cloudfront_distribution",
    "aws:s3/bucket:Bucket": "aws_s3_bucket",
    "aws:iam/role:Role": "aws_iam_role",
    "aws:cloudwatch/logGroup:LogGroup": "aws_cloudwatch_log_group",
    "aws:sqs/queue:Queue": "aws_sqs_queue",
    "aws:sns/topic:Topic": "aws_sns_topic",
    "aws:dynamodb/table:Table": "aws_dynamodb_table",
};

const cloudFormationTypes: Readonly<Record<string, string>> = {
    "aws:ec2/securityGroup:SecurityGroup": "AWS::EC2::SecurityGroup",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
    "aws:lb/loadBalancer:LoadBalancer": "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "aws:lb/targetGroup:TargetGroup": "AWS::ElasticLoadBalancingV2::TargetGroup",
    "aws:lb/listener:Listener": "AWS::ElasticLoadBalancingV2::Listener",
    "aws:acm/certificate:Certificate": "AWS::CertificateManager::Certificate",
    "aws:cloudfront/distribution:Distribution": "AWS::CloudFront::Distribution",
    "aws:s3/bucket:Bucket": "AWS::S3::Bucket",
    "aws:iam/role:Role": "AWS::IAM::Role",
    "aws:cloudwatch/logGroup:LogGroup": "AWS::Logs::LogGroup",
    "aws:sqs/queue:Queue": "AWS::SQS::Queue",
    "aws:sns/topic:Topic": "AWS::SNS::Topic",
    "aws:dynamodb/table:Table": "AWS::DynamoDB::Table",
};

/** Terraform writes single blocks as lists, and a distribution's origins in the singular. */
function terraformShape(resource: EstateResource): Record<string, unknown> {
    if (resource.type !== "aws:cloudfront/distribution:Distribution") {
        return {};
    }
    const { origins, defaultCacheBehavior, viewerCertificate, loggingConfig } = resource.inputs as {
        origins: { customOriginConfig: object }[];
        defaultCacheBehavior: object;
        viewerCertificate: object;
        loggingConfig: object;
    };
    return {
        origins: undefined,
        origin: origins.map((origin) => ({
            ...(snake(origin) as object),
            custom_origin_config: [snake(origin.customOriginConfig)],
        })),
        default_cache_behavior: [snake(defaultCacheBehavior)],
        viewer_certificate: [snake(viewerCertificate)],
        logging_config: [snake(loggingConfig)],
    };
}

function cloudFormationShape({ type, inputs }: EstateResource): unknown {
    if (type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") {
        const { securityGroupId, ipProtocol, fromPort, toPort, cidrIpv4, prefixListId } = inputs;
        return {
            GroupId: securityGroupId,
            IpProtocol: ipProtocol,
            FromPort: fromPort,
            ToPort: toPort,
            CidrIp: cidrIpv4,
            SourcePrefixListId: prefixListId,
        };
    }
    if (type !== "aws:cloudfront/distribution:Distribution") {
        return pascal(inputs);
    }
    const { origins, ...rest } = inputs as {
        origins: { originId: string; domainName: string; customOriginConfig: Record<string, unknown> }[];
    };
    const Origins = origins.map(({ originId, domainName, customOriginConfig }) => {
        const { originSslProtocols, httpPort, httpsPort, originProtocolPolicy } = customOriginConfig;
        return {
            Id: originId,
            DomainName: domainName,
            CustomOriginConfig: {
                HTTPPort: httpPort,
                HTTPSPort: httpsPort,
                OriginProtocolPolicy: originProtocolPolicy,
                OriginSSLProtocols: originSslProtocols,
            },
        };
    });
    return { DistributionConfig: { ...(pascal(rest) as object), Origins } };
}

function snake(value: unknown): unknown {
    return renamed(value, (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function pascal(value: unknown): unknown {
    return renamed(value, (key) => key.charAt(0).toUpperCase() + key.slice(1));
}

function renamed(value: unknown, rename: (key: string) => string): unknown {
    if (Array.isArray(value)) {
        return value.map((item) => renamed(item, rename));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), renamed(item, rename)]));
}
