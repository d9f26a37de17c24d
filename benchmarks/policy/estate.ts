/**
 * Estates for the benchmark: stacks as teams have them, mostly of types that no rule looks at, one resource in a hundred
 * in breach of a mandatory rule. The same size gives the same estate, byte for byte.
 */
import { mulberry32 } from "../measure";

export interface EstateResource {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly dependencies: readonly string[];
    /** The rule that this resource breaks, and `pulumi` must say so. */
    readonly breaks?: "alb-no-public-ingress" | "cloudfront-origin-https-only";
}

const region = "eu-central-1";
const account = "123456789012";
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;

/** Exactly `size` resources. */
export function estate(size: number, seed = 1): EstateResource[] {
    const random = mulberry32(seed);
    const resources: EstateResource[] = [];
    const bad = Math.max(1, Math.round(size / 100));
    const services = Math.max(1, Math.ceil(size / perService));
    for (let service = 0; service < services; service++) {
        // Breaches are spread evenly over the services; which of the two kinds is drawn.
        const breaches = Math.floor(((service + 1) * bad) / services) - Math.floor((service * bad) / services);
        resources.push(...oneService(`service${service}`, breaches, random));
    }
    return resources.slice(0, size);
}

const perService = 50;

function oneService(service: string, breaches: number, random: () => number): EstateResource[] {
    const hex = () =>
        Math.floor(random() * 0xffffffff)
            .toString(16)
            .padStart(8, "0") + service.length.toString(16);
    const urn = (type: string, name: string) => urnOf(type, name);
    const vpc = `vpc-${hex()}`;
    const subnets = [`subnet-${hex()}`, `subnet-${hex()}`];
    const group = `sg-${hex()}`;
    const balancer = arn("elasticloadbalancing", `loadbalancer/app/${service}/${hex()}`);
    const targets = arn("elasticloadbalancing", `targetgroup/${service}/${hex()}`);
    const certificate = arn("acm", `certificate/${hex()}`);
    const openIngress = breaches > 0 && random() < 0.5 ? 1 : 0;
    const plainOrigins = breaches - openIngress;
    const make = (
        type: string,
        role: string,
        id: string,
        inputs: Record<string, unknown>,
        computed: Record<string, unknown> = {},
        dependencies: readonly string[] = [],
        breaks?: EstateResource["breaks"],
    ): EstateResource => {
        const name = `${service}-${role}`;
        return { type, name, id, inputs, outputs: { ...inputs, id, ...computed }, dependencies, breaks };
    };
    const loadBalancer = urn("aws:lb/loadBalancer:LoadBalancer", `${service}-alb`);
    const main = [
        make(
            "aws:ec2/securityGroup:SecurityGroup",
            "alb-group",
            group,
            {
                description: "Load balancer",
                vpcId: vpc,
                ...tags(service),
            },
            { arn: arn("ec2", `security-group/${group}`), name: `${service}-alb-group` },
        ),
        make(
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "alb-ingress",
            `sgr-${hex()}`,
            {
                securityGroupId: group,
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
                description: "HTTPS",
                ...(openIngress ? { cidrIpv4: "0.0.0.0/0" } : { prefixListId: "pl-a3a144ca" }),
            },
            {},
            [urn("aws:ec2/securityGroup:SecurityGroup", `${service}-alb-group`)],
            openIngress ? "alb-no-public-ingress" : undefined,
        ),
        make(
            "aws:lb/loadBalancer:LoadBalancer",
            "alb",
            balancer,
            {
                name: service,
                loadBalancerType: "application",
                securityGroups: [group],
                subnets,
                internal: false,
                dropInvalidHeaderFields: true,
                enableDeletionProtection: true,
                ...tags(service),
            },
            { arn: balancer, dnsName: `${service}.${region}.elb.amazonaws.com`, vpcId: vpc },
            [urn("aws:ec2/securityGroup:SecurityGroup", `${service}-alb-group`)],
        ),
        make(
            "aws:lb/targetGroup:TargetGroup",
            "targets",
            targets,
            {
                port: 443,
                protocol: "HTTPS",
                vpcId: vpc,
                healthCheck: { protocol: "HTTPS", path: "/", interval: 30 },
            },
            { arn: targets, name: service },
        ),
        make(
            "aws:acm/certificate:Certificate",
            "certificate",
            certificate,
            {
                domainName: `origin.${service}.example.com`,
                validationMethod: "DNS",
            },
            { arn: certificate, status: "ISSUED" },
        ),
        make(
            "aws:lb/listener:Listener",
            "https",
            arn("elasticloadbalancing", `listener/app/${service}/${hex()}`),
            {
                loadBalancerArn: balancer,
                port: 443,
                protocol: "HTTPS",
                sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
                certificateArn: certificate,
                defaultActions: [{ type: "forward", targetGroupArn: targets }],
            },
            {},
            [loadBalancer],
        ),
    ];
    const distributions = Array.from({ length: Math.max(1, plainOrigins) }, (_, index) => {
        const plain = index < plainOrigins;
        const id = `E${hex().toUpperCase()}`;
        return make(
            "aws:cloudfront/distribution:Distribution",
            `distribution${index}`,
            id,
            {
                enabled: true,
                aliases: [`www${index}.${service}.example.com`],
                webAclId: `arn:aws:wafv2:us-east-1:${account}:global/webacl/edge/${hex()}`,
                origins: [
                    {
                        originId: "alb",
                        domainName: `origin.${service}.example.com`,
                        customOriginConfig: {
                            httpPort: 80,
                            httpsPort: 443,
                            originProtocolPolicy: plain ? "match-viewer" : "https-only",
                            originSslProtocols: ["TLSv1.2"],
                        },
                    },
                ],
                defaultCacheBehavior: {
                    targetOriginId: "alb",
                    viewerProtocolPolicy: "redirect-to-https",
                    allowedMethods: ["GET", "HEAD"],
                    cachedMethods: ["GET", "HEAD"],
                },
                loggingConfig: { bucket: "logs.s3.amazonaws.com", prefix: service },
                restrictions: { geoRestriction: { restrictionType: "none", locations: [] } },
                viewerCertificate: {
                    acmCertificateArn: certificate,
                    sslSupportMethod: "sni-only",
                    minimumProtocolVersion: "TLSv1.2_2021",
                },
            },
            { arn: `arn:aws:cloudfront::${account}:distribution/${id}` },
            [],
            plain ? "cloudfront-origin-https-only" : undefined,
        );
    });
    const rest = Array.from({ length: perService - main.length - distributions.length }, (_, index) => {
        const kind = others[index % others.length] as (typeof others)[number];
        return make(
            kind.type,
            `${kind.role}${index}`,
            `${service}-${kind.role}-${index}`,
            { ...kind.inputs, ...tags(service) },
            {
                arn: arn(kind.service, `${service}-${index}`),
            },
        );
    });
    return [...main, ...distributions, ...rest];
}

function tags(service: string): Record<string, unknown> {
    return { tags: { service, team: "payments", environment: "production" } };
}

/** What most of a stack is made of. */
const others = [
    { type: "aws:s3/bucket:Bucket", role: "bucket", service: "s3", inputs: { forceDestroy: false, region } },
    {
        type: "aws:iam/role:Role",
        role: "role",
        service: "iam",
        inputs: {
            assumeRolePolicy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
                ],
            }),
        },
    },
    { type: "aws:cloudwatch/logGroup:LogGroup", role: "log", service: "logs", inputs: { retentionInDays: 30 } },
    { type: "aws:sqs/queue:Queue", role: "queue", service: "sqs", inputs: { messageRetentionSeconds: 345600 } },
    { type: "aws:sns/topic:Topic", role: "topic", service: "sns", inputs: { displayName: "Events" } },
    {
        type: "aws:dynamodb/table:Table",
        role: "table",
        service: "dynamodb",
        inputs: { billingMode: "PAY_PER_REQUEST", hashKey: "id", attributes: [{ name: "id", type: "S" }] },
    },
] as const;

/** As the engine writes them; the whole estate is one stack of one project. */
export function urnOf(type: string, name: string): string {
    return `urn:pulumi:production::estate::${type}::${name}`;
}

/** The estate as `pulumi stack export` writes it. */
export function stateOf(resources: readonly EstateResource[]): unknown {
    const stack = urnOf("pulumi:pulumi:Stack", "estate-production");
    const provider = urnOf("pulumi:providers:aws", "default_7_48_0");
    const providerId = "0c1a2b3c-0000-4000-8000-000000000000";
    return {
        version: 3,
        deployment: {
            manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.259.0" },
            resources: [
                { urn: stack, custom: false, type: "pulumi:pulumi:Stack" },
                {
                    urn: provider,
                    custom: true,
                    id: providerId,
                    type: "pulumi:providers:aws",
                    inputs: { region, version: "7.48.0" },
                    outputs: { region, version: "7.48.0" },
                },
                ...resources.map(({ type, name, id, inputs, outputs, dependencies }) => ({
                    urn: urnOf(type, name),
                    custom: true,
                    id,
                    type,
                    inputs,
                    outputs,
                    parent: stack,
                    dependencies,
                    provider: `${provider}::${providerId}`,
                    propertyDependencies: {},
                })),
            ],
        },
    };
}
