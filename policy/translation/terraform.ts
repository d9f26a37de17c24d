import type { Value } from "../graph";
import { knownNativeTypes } from "./nativeTypes";
import { camelCase, idOf, madeBy, renamed, wordsOf, type Naming, type Translator } from "./translation";

/** Terraform's types that the rules know under the aws provider's tokens. */
const awsTypes: Readonly<Record<string, string>> = {
    aws_lb: "aws:lb/loadBalancer:LoadBalancer",
    aws_lb_listener: "aws:lb/listener:Listener",
    aws_lb_listener_certificate: "aws:lb/listenerCertificate:ListenerCertificate",
    aws_lb_listener_rule: "aws:lb/listenerRule:ListenerRule",
    aws_lb_target_group: "aws:lb/targetGroup:TargetGroup",
    aws_elb: "aws:elb/loadBalancer:LoadBalancer",
    aws_lb_target_group_attachment: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    aws_globalaccelerator_accelerator: "aws:globalaccelerator/accelerator:Accelerator",
    aws_globalaccelerator_endpoint_group: "aws:globalaccelerator/endpointGroup:EndpointGroup",
    aws_globalaccelerator_listener: "aws:globalaccelerator/listener:Listener",
    aws_security_group: "aws:ec2/securityGroup:SecurityGroup",
    aws_default_security_group: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    aws_security_group_rule: "aws:ec2/securityGroupRule:SecurityGroupRule",
    aws_vpc_security_group_ingress_rule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    aws_ec2_managed_prefix_list: "aws:ec2/managedPrefixList:ManagedPrefixList",
    aws_ec2_managed_prefix_list_entry: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
    aws_vpc: "aws:ec2/vpc:Vpc",
    aws_default_vpc: "aws:ec2/defaultVpc:DefaultVpc",
    aws_subnet: "aws:ec2/subnet:Subnet",
    aws_default_subnet: "aws:ec2/defaultSubnet:DefaultSubnet",
    aws_cloudfront_distribution: "aws:cloudfront/distribution:Distribution",
    aws_cloudfront_multitenant_distribution: "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
    aws_cloudfront_distribution_tenant: "aws:cloudfront/distributionTenant:DistributionTenant",
    aws_cloudfront_vpc_origin: "aws:cloudfront/vpcOrigin:VpcOrigin",
    aws_cloudfront_cache_policy: "aws:cloudfront/cachePolicy:CachePolicy",
    aws_cloudfront_origin_request_policy: "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
    aws_cloudfront_function: "aws:cloudfront/function:Function",
    aws_acm_certificate: "aws:acm/certificate:Certificate",
    aws_acm_certificate_validation: "aws:acm/certificateValidation:CertificateValidation",
    aws_route53_record: "aws:route53/record:Record",
    aws_route53_records_exclusive: "aws:route53/recordsExclusive:RecordsExclusive",
    aws_route53_zone: "aws:route53/zone:Zone",
    aws_waf_web_acl: "aws:waf/webAcl:WebAcl",
    aws_wafregional_web_acl: "aws:wafregional/webAcl:WebAcl",
    aws_wafv2_web_acl: "aws:wafv2/webAcl:WebAcl",
    aws_wafv2_web_acl_association: "aws:wafv2/webAclAssociation:WebAclAssociation",
    aws_wafv2_web_acl_logging_configuration: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    aws_wafv2_web_acl_rule: "aws:wafv2/webAclRule:WebAclRule",
    aws_wafv2_web_acl_rule_group_association: "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
    aws_cloudwatch_log_delivery: "aws:cloudwatch/logDelivery:LogDelivery",
    aws_cloudwatch_log_delivery_destination: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
    aws_cloudwatch_log_delivery_source: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
    aws_lambda_function: "aws:lambda/function:Function",
    // These hold further resources, which are read in turn.
    aws_cloudformation_stack: "aws:cloudformation/stack:Stack",
    aws_cloudformation_stack_instances: "aws:cloudformation/stackInstances:StackInstances",
    aws_cloudformation_stack_set: "aws:cloudformation/stackSet:StackSet",
    aws_cloudformation_stack_set_instance: "aws:cloudformation/stackSetInstance:StackSetInstance",
    aws_cloudcontrolapi_resource: "aws:cloudcontrol/resource:Resource",
    aws_elastic_beanstalk_environment: "aws:elasticbeanstalk/environment:Environment",
    aws_lightsail_lb: "aws:lightsail/lb:Lb",
    aws_lightsail_distribution: "aws:lightsail/distribution:Distribution",
    aws_serverlessapplicationrepository_cloudformation_stack:
        "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
    aws_servicecatalog_provisioned_product: "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
    aws_ecs_express_gateway_service: "aws:ecs/expressGatewayService:ExpressGatewayService",
};

/** Types of Cloud Control that the rules know, by their names in Terraform's awscc provider. */
const nativeTypes: ReadonlyMap<string, string> = new Map(
    [...knownNativeTypes].map((type) => {
        const [, module = "", kind = ""] = type.split(":");
        return [`awscc_${module}_${wordsOf(kind).join("_")}`, type];
    }),
);

/** Every token that a type of Terraform stands for. */
export const terraformTargets: ReadonlySet<string> = new Set([...Object.values(awsTypes), ...knownNativeTypes]);

/** The token under which the rules know a type of Terraform. */
export function typeOfTerraform(type: string): string | undefined {
    const name = type.replace(/^aws_alb(?=_|$)/, "aws_lb");
    return Object.hasOwn(awsTypes, name) ? awsTypes[name] : nativeTypes.get(name);
}

/** Blocks that Terraform names in the singular and the aws provider in the plural. */
const plurals: Readonly<Record<string, string>> = {
    action: "actions",
    alias: "aliases",
    condition: "conditions",
    custom_header: "customHeaders",
    default_action: "defaultActions",
    endpoint_configuration: "endpointConfigurations",
    entry: "entries",
    function_association: "functionAssociations",
    lambda_function_association: "lambdaFunctionAssociations",
    member: "members",
    ordered_cache_behavior: "orderedCacheBehaviors",
    origin: "origins",
    origin_group: "originGroups",
    rule: "rules",
    setting: "settings",
    subnet_mapping: "subnetMappings",
    target_group: "targetGroups",
};

const snakeCase: Naming = {
    known: (key) => (Object.hasOwn(plurals, key) ? (plurals[key] as string) : camelCase(key.split("_"))),
    written: (name) => Object.entries(plurals).find(([, plural]) => plural === name)?.[0] ?? wordsOf(name).join("_"),
};

/** Pulumi's bridge makes every list plural; the rules know these as AWS calls them. */
const bridgedLists: Readonly<Record<string, string>> = {
    ingresses: "ingress",
    securityGroupIngresses: "securityGroupIngress",
};

const bridged: Naming = {
    known: (key) => (Object.hasOwn(bridgedLists, key) ? (bridgedLists[key] as string) : key),
    written: (name) => Object.entries(bridgedLists).find(([, known]) => known === name)?.[0] ?? name,
};

/** A resource of a Terraform module, `<package>:tf:aws_lb`, with the names that Terraform gives its properties. */
export const terraformModuleResource = /^[^:]+:tf:((?:aws|awscc)_\w+)$/;

/** A resource of a Terraform provider that Pulumi runs, `aws:index/lb:Lb`, with its properties in camel case. */
const terraformProviderResource = /^(aws|awscc):index\/(\w+):\w+$/;

/** The Terraform type that a Pulumi type token stands for. */
export function terraformTypeOf(type: string): string | undefined {
    const module = terraformModuleResource.exec(type)?.[1];
    if (module !== undefined) {
        return module;
    }
    const [, provider, name] = terraformProviderResource.exec(type) ?? [];
    return name === undefined ? undefined : `${provider}_${wordsOf(name).join("_")}`;
}

/** @param type the token under which the rules know it */
export function terraformResource(type: string, isModule: boolean): Translator {
    return (resource) => {
        const naming = isModule ? snakeCase : bridged;
        const properties = renamed(resource.properties, "", naming) as Record<string, Value>;
        // A module's resource has its address there as id; what AWS calls it is a property.
        const id = isModule ? undefined : idOf(resource);
        return { resources: [madeBy(resource, { type, properties, id })], unread: [], replaces: true };
    };
}
