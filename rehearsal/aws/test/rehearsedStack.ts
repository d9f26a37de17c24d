import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { type Account, openAccount, seedAccount } from "../account";
import { AwsProvider } from "../resources";
import { type Differences, type Failure, type State, Typings, unknownValue, type Values } from "../../provider";

const typings = new Typings({ packageName: "@pulumi/aws", projectDirectory: __dirname });

/** A deployed resource, as the engine would remember it. */
export interface Deployed extends State {
    readonly type: string;
    readonly name: string;
}

/** Plays the engine: checks and creates resources in an account of its own. */
export class RehearsedStack {
    readonly directory = mkdtempSync(path.join(tmpdir(), "rehearsed-account-"));
    readonly account: Account = openAccount(this.directory);
    readonly provider: AwsProvider;

    /** @param sdk what the program's SDK says of types. Default: the installed one. */
    constructor(sdk: Typings = typings) {
        this.provider = new AwsProvider(this.account, sdk);
    }

    async seed(region = "eu-central-1", configuration: Values = {}): Promise<this> {
        await seedAccount(this.directory, { hostedZoneNames: ["example.com"], region });
        this.provider.configure({ region, ...configuration });
        return this;
    }

    check(
        type: string,
        news: Values,
        olds: Values = {},
        name = "it",
    ): { inputs: Values; failures: readonly Failure[] } {
        return this.provider.check(resource(type, name), olds, news, { randomSeed: Buffer.from("seed") });
    }

    /** @throws Error where a check or AWS refuses. */
    async create(type: string, news: Values, name = "it"): Promise<Deployed> {
        const inputs = this.#accepted(type, news, {}, name);
        const { id, properties } = await this.provider.create(resource(type, name), inputs, false);
        return { type, name, id, inputs, properties };
    }

    #accepted(type: string, news: Values, olds: Values, name: string): Values {
        const { inputs, failures } = this.check(type, news, olds, name);
        refuse(failures);
        return inputs;
    }

    diff(old: Deployed, news: Values): Differences {
        return this.provider.diff(
            resource(old.type, old.name),
            old,
            this.check(old.type, news, old.inputs, old.name).inputs,
        );
    }

    /** @throws Error where a check or AWS refuses. */
    async update(old: Deployed, news: Values): Promise<Deployed> {
        const inputs = this.#accepted(old.type, news, old.inputs, old.name);
        const properties = await this.provider.update(resource(old.type, old.name), old, inputs, false);
        return { ...old, inputs, properties };
    }

    read(old: Deployed): Promise<State | undefined> {
        return this.provider.read(resource(old.type, old.name), old);
    }

    delete(old: Deployed): Promise<void> {
        return this.provider.delete(resource(old.type, old.name), old);
    }

    async lookUp(token: string, args: Values = {}): Promise<Values> {
        const { values, failures } = await this.provider.invoke(token, args);
        refuse(failures);
        return values;
    }

    /** An issued certificate with its records. */
    async certificate(region: string, ...names: string[]): Promise<Deployed> {
        const found = await this.create("aws:acm/certificate:Certificate", {
            domainName: names[0],
            subjectAlternativeNames: names.slice(1),
            validationMethod: "DNS",
            region,
        });
        const zone = await this.lookUp("aws:route53/getZone:getZone", { name: "example.com" });
        for (const option of found.properties.domainValidationOptions as Record<string, string>[]) {
            await this.create("aws:route53/record:Record", {
                zoneId: zone.zoneId,
                name: option.resourceRecordName,
                type: "CNAME",
                ttl: 300,
                records: [option.resourceRecordValue],
                allowOverwrite: true,
            });
        }
        await this.create("aws:acm/certificateValidation:CertificateValidation", { certificateArn: found.id, region });
        return found;
    }

    async subnets(): Promise<string[]> {
        return (await this.lookUp("aws:ec2/getSubnets:getSubnets")).ids as string[];
    }

    async vpcId(): Promise<string> {
        return (await this.lookUp("aws:ec2/getVpc:getVpc", { default: true })).id as string;
    }

    async loadBalancer(more: Values = {}): Promise<Deployed> {
        return this.create("aws:lb/loadBalancer:LoadBalancer", { subnets: await this.subnets(), ...more }, "balancer");
    }

    /** A bucket to which load balancers of this account may write everything, or with the policy that is given. */
    async logBucket(bucket: string, statement: Values = {}): Promise<Deployed> {
        const made = await this.create("aws:s3/bucket:Bucket", { bucket }, bucket);
        await this.create("aws:s3/bucketPolicy:BucketPolicy", {
            bucket,
            policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: {
                    Effect: "Allow",
                    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
                    Action: "s3:PutObject",
                    Resource: `arn:aws:s3:::${bucket}/*`,
                    ...statement,
                },
            }),
        });
        return made;
    }

    /** An HTTPS listener that answers 403, with a new load balancer where none is given. */
    async listener(more: Values = {}): Promise<Deployed> {
        return this.create("aws:lb/listener:Listener", {
            loadBalancerArn: more.loadBalancerArn ?? (await this.loadBalancer()).id,
            port: 443,
            protocol: "HTTPS",
            defaultActions: [
                { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403" } },
            ],
            ...more,
        });
    }

    /** A distribution with one custom origin. */
    distribution(more: Values = {}): Promise<Deployed> {
        return this.create("aws:cloudfront/distribution:Distribution", distributionInputs(more));
    }

    /** A web ACL for distributions. */
    webAcl(more: Values = {}): Promise<Deployed> {
        return this.create("aws:wafv2/webAcl:WebAcl", {
            scope: "CLOUDFRONT",
            region: "us-east-1",
            defaultAction: { allow: {} },
            visibilityConfig: visibility,
            ...more,
        });
    }

    async record(more: Values): Promise<Deployed> {
        const zone = await this.lookUp("aws:route53/getZone:getZone", { name: "example.com." });
        return this.create("aws:route53/record:Record", {
            zoneId: zone.zoneId,
            name: "a.example.com",
            type: "A",
            ttl: 60,
            records: ["192.0.2.1"],
            ...more,
        });
    }

    remove(): void {
        rmSync(this.directory, { recursive: true });
    }
}

/** What every web ACL and each of its rules must say of its metrics. */
export const visibility = { metricName: "m", cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };

export function distributionInputs(more: Values = {}): Values {
    return {
        enabled: true,
        origins: [
            {
                originId: "origin",
                domainName: "origin.example.com",
                customOriginConfig: {
                    httpPort: 80,
                    httpsPort: 443,
                    originProtocolPolicy: "https-only",
                    originSslProtocols: ["TLSv1.2"],
                },
            },
        ],
        defaultCacheBehavior: {
            targetOriginId: "origin",
            viewerProtocolPolicy: "redirect-to-https",
            allowedMethods: ["GET", "HEAD"],
            cachedMethods: ["GET", "HEAD"],
            cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
        ...more,
    };
}

export { unknownValue };

function refuse(failures: readonly Failure[]): void {
    if (failures.length > 0) {
        throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    }
}

function resource(type: string, name: string) {
    return { type, name, urn: `urn:pulumi:test::test::${type}::${name}` };
}
