import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "../encryptedEdge";
import type { EncryptedEdgeArgs } from "../arguments/index";
import { everyNodeOf, type EncryptedEdgeOptions } from "../transform/index";

/** A resource as the engine was asked for it. */
export interface Registered {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
    custom: boolean;
    protect: boolean | undefined;
    options: pulumi.CustomResourceOptions;
    urn: string;
    /** Logical name of the provider that was chosen; empty for the default one. */
    provider: string;
}

/** Something that was looked up in AWS. */
export interface LookedUp {
    token: string;
    /** Logical name of the provider that was chosen; empty for the default one. */
    provider: string;
}

/** What one run of a program registered, in the order of registration. */
export interface Deployment {
    edge: EncryptedEdge;
    resources: Registered[];
    outputs: Record<string, unknown>;
    /** The names of the outputs that are secrets. */
    secretOutputs: string[];
    /** What happened in which order: `asked <type>` and `answered <type>` for each resource. */
    events: string[];
    lookups: LookedUp[];
    /** The one resource of a type whose name ends like this. */
    find(type: string, nameSuffix?: string): Registered;
    all(type: string): Registered[];
}

/** The fewest arguments that are allowed. */
export const fewestArguments: EncryptedEdgeArgs = {
    hostedZoneName: "example.com",
    domainNames: ["www.example.com"],
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
};

type Request = Omit<pulumi.runtime.MockResourceArgs, "inputs"> & { inputs: Record<string, unknown> };
type Call = Omit<pulumi.runtime.MockCallArgs, "inputs"> & { inputs: Record<string, string> };

/** A stand-in for AWS that answers every computed property which the components read. */
const cloud = {
    newResource: ({ type, name, inputs }: Request) => ({
        id: `${name}-id`,
        state: { ...inputs, ...computed(type, name, inputs) },
    }),
    call: ({ token, inputs }: Call) => {
        switch (token) {
            case "aws:lb/getLoadBalancer:getLoadBalancer":
                return existingLoadBalancer(inputs.arn ?? "");
            case "aws:lb/getTargetGroup:getTargetGroup":
                return { arn: inputs.arn, arnSuffix: "targetgroup/site/1", protocol: "HTTP", port: 8080 };
            case "aws:vpc/getSecurityGroupRules:getSecurityGroupRules":
                return { ids: Array.from({ length: 6 }, (_, rule) => `sgr-${rule}`) };
            case "aws:vpc/getSecurityGroupRule:getSecurityGroupRule":
                return { isEgress: false, prefixListId: "", fromPort: 443 };
            case "aws:route53/getZone:getZone":
                return { zoneId: `Z-of-${inputs.name}` };
            case "aws:route53/getRecords:getRecords":
                return { resourceRecordSets: [] };
            case "aws:ec2/getManagedPrefixList:getManagedPrefixList":
                return { id: `pl-of-${inputs.name}` };
            case "aws:index/getCallerIdentity:getCallerIdentity":
                return { accountId: "111122223333" };
            default:
                throw new Error(`The stand-in knows no ${token}`);
        }
    },
};

/** The load balancers that exist, by the name in their ARN. */
function existingLoadBalancer(arn: string) {
    const name = arn.split("/")[2] ?? "";
    return {
        arn,
        arnSuffix: `app/${name}/1`,
        dnsName: `${name}.elb.amazonaws.com`,
        zoneId: "ZALB",
        internal: name === "internal",
        loadBalancerType: "application",
        ipAddressType: name === "six" ? "dualstack-without-public-ipv4" : "ipv4",
        vpcId: name === "elsewhere" ? "vpc-0fedcba9876543210" : "vpc-0123456789abcdef0",
        securityGroups: ["sg-0123456789abcdef0", "sg-0123456789abcdef1"],
    };
}

function computed(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
    const arn = `arn:aws:mock:${type}:${name}`;
    switch (type) {
        case "aws:acm/certificate:Certificate": {
            const names = [inputs.domainName, ...(inputs.subjectAlternativeNames as string[])] as string[];
            // ACM asks for the same record for a name and its wildcard, in every region.
            const option = (domainName: string) => {
                const bare = domainName.replace("*.", "");
                return {
                    domainName,
                    resourceRecordName: `_token.${bare}.`,
                    resourceRecordType: "CNAME",
                    resourceRecordValue: `_answer.${bare}.acm-validations.aws.`,
                };
            };
            return { arn, domainValidationOptions: names.map(option) };
        }
        case "aws:cloudwatch/logGroup:LogGroup":
        case "aws:cloudwatch/logDeliverySource:LogDeliverySource":
            return { arn, name: inputs.name ?? `${name}-0123456` };
        case "aws:s3/bucket:Bucket":
            return {
                arn: `arn:aws:s3:::${name}-0123456`,
                bucket: `${name}-0123456`,
                bucketRegionalDomainName: `${name}-0123456.s3.eu-central-1.amazonaws.com`,
            };
        case "aws:route53/record:Record":
            return { fqdn: String(inputs.name).replace(/\.$/, "") };
        case "random:index/randomPassword:RandomPassword":
            return { result: secretValue(name) };
        case "aws:lb/loadBalancer:LoadBalancer":
            return {
                arn,
                name: `${name}-0123456`,
                dnsName: `${inputs.internal === true ? "internal-" : ""}alb.example.elb.amazonaws.com`,
                zoneId: "ZALB",
                arnSuffix: `app/${name}/1`,
            };
        case "aws:lb/targetGroup:TargetGroup":
            return { arn, arnSuffix: `targetgroup/${name}/1` };
        case "aws:cloudfront/distribution:Distribution":
            return { arn, domainName: "d111111abcdef8.cloudfront.net", hostedZoneId: "Z2FDTNDATAQYW2" };
        default:
            return { arn };
    }
}

/** The value that the stand-in generates for a random resource: the same for the same logical name, as in a state. */
export function secretValue(name: string): string {
    return createHash("sha256").update(name).digest("hex");
}

/** Runs the component against the stand-in and waits until everything is registered. */
export async function deploy(
    args: Partial<EncryptedEdgeArgs> = {},
    {
        preview = false,
        name = "edge",
        slowType = "",
        transform,
        dnsProvider = () => undefined,
    }: Pick<EncryptedEdgeOptions, "transform"> & {
        preview?: boolean;
        name?: string;
        slowType?: string;
        dnsProvider?: () => pulumi.ProviderResource | undefined;
    } = {},
): Promise<Deployment> {
    const events: string[] = [];
    const lookups: LookedUp[] = [];
    const requests = new Map<string, Request>();
    await pulumi.runtime.setMocks(
        {
            call: (call: Call) => {
                lookups.push({ token: call.token, provider: providerName(call.provider) });
                return cloud.call(call);
            },
            newResource: async (request: Request) => {
                requests.set(`${request.type} ${request.name}`, request);
                events.push(`asked ${request.type}`);
                if (request.type === slowType) {
                    await new Promise((resolve) => setTimeout(resolve, 300));
                }
                events.push(`answered ${request.type}`);
                return preview ? { id: undefined, state: request.inputs } : cloud.newResource(request);
            },
        },
        "encrypted-edge",
        "test",
        preview,
    );
    const seen: { resource: pulumi.Resource; type: string; name: string; options: pulumi.ResourceOptions }[] = [];
    const edge = new EncryptedEdge(
        name,
        { ...fewestArguments, ...args },
        {
            transform,
            dnsProvider: dnsProvider(),
            transformations: [
                ({ resource, type, name: logicalName, opts }) => {
                    seen.push({ resource, type, name: logicalName, options: opts });
                    return undefined;
                },
            ],
        },
    );
    await settled(() => events.length, slowType === "" ? 50 : 500);
    everyResourceHasANode(edge, seen);
    const resources = await Promise.all(
        seen.map(async ({ resource, type, name: logicalName, options }) => {
            const request = requests.get(`${type} ${logicalName}`);
            if (request === undefined) {
                throw new Error(`${type} ${logicalName} was constructed but never registered`);
            }
            return {
                type,
                name: logicalName,
                inputs: request.inputs,
                custom: request.custom ?? false,
                protect: options.protect,
                options,
                urn: await promiseOf(resource.urn),
                provider: providerName(request.provider),
            };
        }),
    );
    const all = (type: string) => resources.filter((resource) => resource.type === type);
    return {
        edge,
        resources,
        events,
        lookups,
        outputs: preview ? {} : await outputsOf(edge),
        secretOutputs: preview ? [] : await secretOutputsOf(edge),
        all,
        find: (type, suffix = "") => {
            const [found, ...more] = all(type).filter((resource) => resource.name.endsWith(suffix));
            if (found === undefined || more.length > 0) {
                throw new Error(`expected one ${type} ending in "${suffix}", found ${more.length + (found ? 1 : 0)}`);
            }
            return found;
        },
    };
}

/** The name in a reference to a provider: its URN and its id. */
function providerName(reference = ""): string {
    return reference.split("::").at(-2) ?? "";
}

/** What a team cannot name it cannot change: a resource without a key in components/transform is a mistake in any test. */
function everyResourceHasANode(
    edge: EncryptedEdge,
    seen: readonly { readonly resource: pulumi.Resource; readonly type: string; readonly name: string }[],
): void {
    const nodes = new Set(everyNodeOf(edge));
    const without = seen.filter(({ resource, type }) => !type.startsWith("encrypted-edge:") && !nodes.has(resource));
    if (without.length > 0) {
        const names = without.map(({ type, name }) => `${type} ${name}`).join(", ");
        throw new Error(`no key in components/transform/edgeNodes.ts for ${names}`);
    }
}

/** Registrations follow one another over many turns of the event loop: wait until none has come for a while. */
async function settled(count: () => number, enoughQuietTurns: number): Promise<void> {
    for (let quietTurns = 0, last = -1; quietTurns < enoughQuietTurns; quietTurns++) {
        if (count() !== last) {
            quietTurns = 0;
            last = count();
        }
        await new Promise((resolve) => setTimeout(resolve, 1));
    }
}

function promiseOf<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => output.apply(resolve));
}

async function outputsOf(edge: object): Promise<Record<string, unknown>> {
    const entries = outputEntries(edge).map(async ([key, value]) => [key, await promiseOf(value)] as const);
    return Object.fromEntries(await Promise.all(entries));
}

async function secretOutputsOf(edge: object): Promise<string[]> {
    const entries = outputEntries(edge).map(async ([key, value]) => ((await pulumi.isSecret(value)) ? [key] : []));
    return (await Promise.all(entries)).flat();
}

function outputEntries(edge: object): [string, pulumi.Output<unknown>][] {
    return Object.entries(edge as Record<string, unknown>).flatMap(([key, value]) =>
        key !== "urn" && pulumi.Output.isInstance(value) ? [[key, value]] : [],
    );
}
