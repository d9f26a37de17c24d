import type { Unread } from "./translation";

/** Resources of a cluster from which a controller makes load balancers or distributions, and what it makes. */
export const clusterTypes: readonly (readonly [pattern: RegExp, unread: Unread])[] = [
    [
        /^kubernetes:gateway\.networking\.(x-)?k8s\.io\/\w+:X?ListenerSet(List|Patch)?$/,
        {
            makes: "listeners of a load balancer",
            because: "the controller of the GatewayClass that its Gateway names creates them",
            certain: true,
        },
    ],
    [
        /^kubernetes:gateway\.k8s\.aws\/\w+:(TargetGroup|ListenerRule)Configuration(List|Patch)?$/,
        {
            makes: "settings of the target groups and listener rules of Gateways",
            because: "the controller of the GatewayClass creates those",
            certain: false,
        },
    ],
    [
        /^kubernetes:elbv2\.k8s\.aws\/\w+:TargetGroupBinding(List|Patch)?$/,
        {
            makes: "rules of the security groups of its targets",
            because: "the controller adds them to groups that a load balancer may share",
            certain: false,
        },
    ],
    [
        /^(kubernetes:helm\.sh\/v\d+:Release|[^:]+:tf:helm_release|helm:index\/release:Release)$/,
        { makes: "what the chart holds", because: "Helm installs it in the cluster", certain: false },
    ],
    [
        /^([^:]+:tf:kubernetes_ingress(_v1)?|kubernetes:index\/ingress(V1)?:\w+)$/,
        {
            makes: "a load balancer if the class of the Ingress is that of an AWS controller",
            because: "the rules read only Ingresses of Pulumi's kubernetes provider",
            certain: false,
        },
    ],
    [
        /^([^:]+:tf:kubernetes_service(_v1)?|kubernetes:index\/service(V1)?:\w+)$/,
        {
            makes: "a network or classic load balancer if its type is LoadBalancer",
            because: "the rules read only Services of Pulumi's kubernetes provider",
            certain: false,
        },
    ],
    [
        /^kubernetes:(argoproj\.io\/\w+:Application(Set)?|helm\.toolkit\.fluxcd\.io\/\w+:HelmRelease|kustomize\.toolkit\.fluxcd\.io\/\w+:Kustomization|helm\.cattle\.io\/\w+:HelmChart|fleet\.cattle\.io\/\w+:(GitRepo|HelmOp|Bundle)|kappctrl\.k14s\.io\/\w+:App)$/,
        { makes: "what its source holds", because: "a controller installs it in the cluster", certain: false },
    ],
    [
        madeByController("elbv2", "(LoadBalancer|LB|ALB)"),
        { makes: "a load balancer", because: "a controller in the cluster creates it", certain: true },
    ],
    [
        madeByController("cloudfront", "(Distribution|MultitenantDistribution|VPCOrigin)"),
        { makes: "a CloudFront distribution", because: "a controller in the cluster creates it", certain: true },
    ],
    [
        madeByController("ec2", "(Default)?SecurityGroup(Rule|IngressRule)?"),
        {
            makes: "a security group or a rule of one",
            because: "a controller in the cluster creates it",
            certain: true,
        },
    ],
    [
        madeByController("ec2", "ManagedPrefixList(Entry)?"),
        {
            makes: "a prefix list or an entry of one",
            because: "security groups that name the list let in what it holds",
            certain: false,
        },
    ],
    [
        madeByController(
            "(cloudcontrol|cloudformation|ecs|elasticbeanstalk|lightsail|serverlessrepo|servicecatalog)",
            "(Resource|Stack|StackSet|ExpressGatewayService|Environment|LB|Distribution|CloudFormationStack|ProvisionedProduct)",
        ),
        {
            makes: "what its settings or its template say",
            because: "a controller in the cluster creates it",
            certain: false,
        },
    ],
    [
        /^kubernetes:(opentofu|tf|infra\.contrib\.fluxcd\.io|tf\.upbound\.io|pulumi\.com)\/?\w*:(Terraform|Workspace|Stack)$/,
        { makes: "what its program holds", because: "a controller in the cluster runs it", certain: false },
    ],
];

/**
 * Objects of which ACK or a provider of Crossplane makes what AWS has.
 *
 * @param groups expression for the groups of their APIs, without the common end
 * @param kinds expression for their kinds
 */
function madeByController(groups: string, kinds: string): RegExp {
    const ends = String.raw`services\.k8s\.aws|aws\.(m\.)?upbound\.io|aws\.crossplane\.io`;
    return new RegExp(String.raw`^kubernetes:${groups}\.(${ends})/\w+:${kinds}$`);
}
