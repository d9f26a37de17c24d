import { isObject, own, UNKNOWN, type Resource, type Value } from "../graph";
import { itemsOf } from "./intrinsics";
import type { Translator, Unread } from "./translation";

const elasticBeanstalk = "a load balancer with a security group that lets everybody in";
const ecsExpress = "an application load balancer that is open to everybody";
const anything = "whatever its template holds";

/** What a service makes by itself, without a resource of its own for it in the program. */
interface Maker {
    readonly makes: string;
    readonly because: string;
    /** False where it may also make none. */
    readonly certain: boolean;
}

const makers = {
    beanstalk: { makes: elasticBeanstalk, because: "Elastic Beanstalk creates it from its settings", certain: true },
    beanstalkNamed: {
        makes: "a load balancer",
        because: "its settings name the security groups that it gets, or a shared load balancer",
        certain: false,
    },
    beanstalkTemplate: {
        makes: "a load balancer, or one instance without any",
        because: "its settings are in a configuration template of Elastic Beanstalk",
        certain: false,
    },
    express: { makes: ecsExpress, because: "Amazon ECS creates it for the service", certain: true },
    lightsailLoadBalancer: {
        makes: "a load balancer that is open to everybody",
        because: "Lightsail's load balancers have neither a security group nor a type that the rules know",
        certain: true,
    },
    lightsailDistribution: {
        makes: "a CloudFront distribution",
        because: "Lightsail's distributions have different properties",
        certain: true,
    },
    repository: {
        makes: anything,
        because: "its template is in the AWS Serverless Application Repository",
        certain: false,
    },
    catalog: { makes: anything, because: "its template is in AWS Service Catalog", certain: false },
    nested: { makes: anything, because: "its template is in a bucket, not in the program", certain: false },
    module: { makes: "whatever the module holds", because: "it is in CloudFormation's registry", certain: false },
    extension: {
        makes: "whatever the code behind its type creates",
        because: "the type is not AWS's own, and no rule reads that code",
        certain: false,
    },
    custom: { makes: "whatever its function creates", because: "no rule reads that function", certain: false },
} satisfies Record<string, Maker>;

/** CloudFormation's types that hide others. Source: CloudFormation Template Reference, and the pages of the services. */
const cloudFormationTypes: Readonly<Record<string, Maker>> = {
    "AWS::CloudFormation::Stack": makers.nested,
    "AWS::CloudFormation::StackSet": makers.nested,
    "AWS::CloudFormation::CustomResource": makers.custom,
    "AWS::Serverless::Application": makers.repository,
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct": makers.catalog,
    "AWS::ElasticBeanstalk::Environment": makers.beanstalk,
    "AWS::ECS::ExpressGatewayService": makers.express,
    "AWS::Lightsail::LoadBalancer": makers.lightsailLoadBalancer,
    "AWS::Lightsail::Distribution": makers.lightsailDistribution,
};

/** Types of CloudFormation's registry that others than AWS publish: each runs its publisher's code, as a custom resource does. */
const notOfAws = /^(?!AWS::|Alexa::)\w+::\w+::\w+$/;

/** @param path where the type is written */
export function unreadCloudFormation(type: string, path: string): Unread | undefined {
    const maker = type.endsWith("::MODULE")
        ? makers.module
        : type.startsWith("Custom::")
          ? makers.custom
          : Object.hasOwn(cloudFormationTypes, type)
            ? cloudFormationTypes[type]
            : notOfAws.test(type)
              ? makers.extension
              : undefined;
    return maker && { ...maker, path, because: `${maker.because} (${type})` };
}

const pulumiTypes: Readonly<Record<string, Maker>> = {
    "aws:ecs/expressGatewayService:ExpressGatewayService": makers.express,
    "aws-native:ecs:ExpressGatewayService": makers.express,
    "aws:lightsail/lb:Lb": makers.lightsailLoadBalancer,
    "aws-native:lightsail:LoadBalancer": makers.lightsailLoadBalancer,
    "aws:lightsail/distribution:Distribution": makers.lightsailDistribution,
    "aws-native:lightsail:Distribution": makers.lightsailDistribution,
    "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": makers.repository,
    "aws:servicecatalog/provisionedProduct:ProvisionedProduct": makers.catalog,
    "aws-native:servicecatalog:CloudFormationProvisionedProduct": makers.catalog,
    "aws-native:cloudformation:CustomResourceEmulator": makers.custom,
};

/** Types whose resources always hide others, each with the translator that says so. */
export const unreadTypes: ReadonlyMap<string, Translator> = new Map<string, Translator>([
    ...Object.entries(pulumiTypes).map(([type, maker]): [string, Translator] => [
        type,
        () => ({ resources: [], unread: [maker] }),
    ]),
    ["aws:elasticbeanstalk/environment:Environment", elasticBeanstalkEnvironment],
    ["aws-native:elasticbeanstalk:Environment", elasticBeanstalkEnvironment],
]);

/** Whether a map or a list holds nothing, as one that is not there does. */
export function isEmpty(value: Value): boolean {
    return value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

const environmentNamespace = "aws:elasticbeanstalk:environment";
const loadBalancerNamespaces: readonly Value[] = ["aws:elb:loadbalancer", "aws:elbv2:loadbalancer"];
const groupOptions: readonly Value[] = ["SecurityGroups", "ManagedSecurityGroup"];

/** An environment has a load balancer unless it is a worker or one instance. Source: "Configuration options". */
function elasticBeanstalkEnvironment(resource: Resource): ReturnType<Translator> {
    const { tier, settings, setting, optionSettings, templateName } = resource.properties;
    const lists = { settings, setting, optionSettings };
    const options = Object.values(lists).flatMap(itemsOf);
    const nameOf = (option: Value): Value => own(option, "name") ?? own(option, "optionName");
    const valuesOf = (name: string): Value[] =>
        options
            .filter((option) => own(option, "namespace") === environmentNamespace && nameOf(option) === name)
            .map((option) => own(option, "value"));
    const types = valuesOf("EnvironmentType");
    const tierName = isObject(tier) ? tier.name : tier;
    const isSingle = types.length > 0 && types.every((type) => type === "SingleInstance");
    if (isSingle || tierName === "Worker") {
        return { resources: [], unread: [] };
    }
    const values = [...Object.values(lists), tier, tierName, ...types, ...options];
    const isNamed =
        valuesOf("LoadBalancerIsShared").includes("true") ||
        options.some(
            (option) =>
                loadBalancerNamespaces.includes(own(option, "namespace")) && groupOptions.includes(nameOf(option)),
        );
    const path = Object.entries(lists).find(([, list]) => list !== undefined)?.[0] ?? "settings";
    const maker = isNamed
        ? makers.beanstalkNamed
        : isEmpty(templateName) || types.length > 0
          ? makers.beanstalk
          : makers.beanstalkTemplate;
    return { resources: [], unread: [{ ...maker, path, certain: maker.certain && !values.includes(UNKNOWN) }] };
}
