/**
 * `kept`: most resources are of types that no rule looks at, and the others keep the advisory rules. `neglected`: mostly
 * distributions without firewall and log, and load balancers without log, so that there are about two findings to a
 * resource.
 */
export const cares = ["kept", "neglected"] as const;
export type Care = (typeof cares)[number];

export interface EstateResource {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly dependencies: readonly string[];
    /** The rule that this resource breaks, so that every subject must find it. */
    readonly breaks?: "alb-no-public-ingress" | "cloudfront-origin-https-only";
}

interface ServiceOptions {
    readonly service: string;
    /** How many resources of it break a mandatory rule. */
    readonly breaches: number;
    readonly random: () => number;
    readonly care: Care;
    /** How many resources it has. */
    readonly count: number;
}

interface Made {
    readonly type: string;
    readonly role: string;
    readonly id: string;
    readonly inputs: Record<string, unknown>;
    readonly computed?: Record<string, unknown>;
    readonly dependencies?: readonly string[];
    readonly breaks?: EstateResource["breaks"];
}

const region = "eu-central-1";
const account = "123456789012";
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;

/** One application: its load balancer, its distributions, and what else a stack is made of. */
export function serviceResources({ service, breaches, random, care, count }: ServiceOptions): EstateResource[] {
    const identifiers = new Identifiers(service, random);
    const openIngress = breaches > 0 && random() < 0.5 ? 1 : 0;
    const made = [
        ...loadBalancerSide(identifiers, openIngress > 0, care),
        ...distributions(identifiers, breaches - openIngress, care),
    ];
    return [...made, ...unjudged(identifiers, count - made.length)].map(
        ({ type, role, id, inputs, computed, dependencies = [], breaks }) => ({
            type,
            name: `${service}-${role}`,
            id,
            inputs,
            outputs: { ...inputs, id, ...computed },
            dependencies,
            breaks,
        }),
    );
}

/** The ids of a service, each drawn once. */
class Identifiers {
    readonly service: string;
    readonly vpc: string;
    readonly group: string;
    readonly certificate: string;
    readonly #random: () => number;

    constructor(service: string, random: () => number) {
        this.service = service;
        this.#random = random;
        this.vpc = `vpc-${this.hex()}`;
        this.group = `sg-${this.hex()}`;
        this.certificate = arn("acm", `certificate/${this.hex()}`);
    }

    hex(): string {
        const drawn = Math.floor(this.#random() * 0xffffffff).toString(16);
        return drawn.padStart(8, "0") + this.service.length.toString(16);
    }
}

function loadBalancerSide(identifiers: Identifiers, open: boolean, care: Care): Made[] {
    const { service, vpc, group, certificate } = identifiers;
    const subnets = [`subnet-${identifiers.hex()}`, `subnet-${identifiers.hex()}`];
    const balancer = arn("elasticloadbalancing", `loadbalancer/app/${service}/${identifiers.hex()}`);
    const targets = arn("elasticloadbalancing", `targetgroup/${service}/${identifiers.hex()}`);
    const groupUrn = urnOf("aws:ec2/securityGroup:SecurityGroup", `${service}-alb-group`);
    return [
        {
            type: "aws:ec2/securityGroup:SecurityGroup",
            role: "alb-group",
            id: group,
            inputs: { description: "Load balancer", vpcId: vpc, ...tags(service) },
            computed: { arn: arn("ec2", `security-group/${group}`), name: `${service}-alb-group` },
        },
        {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            role: "alb-ingress",
            id: `sgr-${identifiers.hex()}`,
            inputs: {
                securityGroupId: group,
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
                description: "HTTPS",
                ...(open ? { cidrIpv4: "0.0.0.0/0" } : { prefixListId: "pl-a3a144ca" }),
            },
            dependencies: [groupUrn],
            breaks: open ? "alb-no-public-ingress" : undefined,
        },
        {
            type: "aws:lb/loadBalancer:LoadBalancer",
            role: "alb",
            id: balancer,
            inputs: {
                name: service,
                loadBalancerType: "application",
                securityGroups: [group],
                subnets,
                internal: false,
                ...(care === "kept" ? { dropInvalidHeaderFields: true, enableDeletionProtection: true } : {}),
                ...tags(service),
            },
            computed: { arn: balancer, dnsName: `${service}.${region}.elb.amazonaws.com`, vpcId: vpc },
            dependencies: [groupUrn],
        },
        {
            type: "aws:lb/targetGroup:TargetGroup",
            role: "targets",
            id: targets,
            inputs: {
                port: 443,
                protocol: "HTTPS",
                vpcId: vpc,
                healthCheck: { protocol: "HTTPS", path: "/", interval: 30 },
            },
            computed: { arn: targets, name: service },
        },
        {
            type: "aws:acm/certificate:Certificate",
            role: "certificate",
            id: certificate,
            inputs: { domainName: `origin.${service}.example.com`, validationMethod: "DNS" },
            computed: { arn: certificate, status: "ISSUED" },
        },
        {
            type: "aws:lb/listener:Listener",
            role: "https",
            id: arn("elasticloadbalancing", `listener/app/${service}/${identifiers.hex()}`),
            inputs: {
                loadBalancerArn: balancer,
                port: 443,
                protocol: "HTTPS",
                sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
                certificateArn: certificate,
                defaultActions: [{ type: "forward", targetGroupArn: targets }],
            },
            dependencies: [urnOf("aws:lb/loadBalancer:LoadBalancer", `${service}-alb`)],
        },
    ];
}

function distributions(identifiers: Identifiers, plainOrigins: number, care: Care): Made[] {
    const count = Math.max(care === "kept" ? 1 : 4, plainOrigins);
    return Array.from({ length: count }, (_, index) => distribution(identifiers, index, index < plainOrigins, care));
}

function distribution(identifiers: Identifiers, index: number, plain: boolean, care: Care): Made {
    const { service, certificate } = identifiers;
    const id = `E${identifiers.hex().toUpperCase()}`;
    const webAclId = `arn:aws:wafv2:us-east-1:${account}:global/webacl/edge/${identifiers.hex()}`;
    return {
        type: "aws:cloudfront/distribution:Distribution",
        role: `distribution${index}`,
        id,
        inputs: {
            enabled: true,
            aliases: [`www${index}.${service}.example.com`],
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
            ...(care === "kept"
                ? { webAclId, loggingConfig: { bucket: "logs.s3.amazonaws.com", prefix: service } }
                : {}),
            restrictions: { geoRestriction: { restrictionType: "none", locations: [] } },
            viewerCertificate: {
                acmCertificateArn: certificate,
                sslSupportMethod: "sni-only",
                minimumProtocolVersion: "TLSv1.2_2021",
            },
        },
        computed: { arn: `arn:aws:cloudfront::${account}:distribution/${id}` },
        breaks: plain ? "cloudfront-origin-https-only" : undefined,
    };
}

function unjudged({ service }: Identifiers, count: number): Made[] {
    return Array.from({ length: Math.max(0, count) }, (_, index) => {
        const kind = others[index % others.length] as (typeof others)[number];
        return {
            type: kind.type,
            role: `${kind.role}${index}`,
            id: `${service}-${kind.role}-${index}`,
            inputs: { ...kind.inputs, ...tags(service) },
            computed: { arn: arn(kind.service, `${service}-${index}`) },
        };
    });
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
