import * as cloudfront from "@pulumi/aws/cloudfront";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { bucketDomainNameProblem, refusePart } from "./checks/index";
import { argumentSpecs } from "./arguments/index";
import type { OutputsOf } from "./outputsOf";
import { bucketPolicy, privateBucket } from "./privateBucket";

/** The arguments of S3Origin. */
export interface S3OriginArgs {
    /** Regional domain name of a bucket that there is. Defaults to none: a private one is made. */
    bucketRegionalDomainName?: pulumi.Input<string>;

    /** A page in HTML for the new bucket. Defaults to none. */
    html?: string;

    /** Key of that page. Defaults to `index.html`. */
    htmlKey?: string;

    /** Whether the bucket is protected from deletion. When it is not, it is deleted with everything in it. */
    deletionProtection: boolean;
}

/** A bucket from which only a distribution reads, by requests that CloudFront signs (origin access control). */
export class S3Origin extends pulumi.ComponentResource {
    /** Domain name of the bucket, by which the distribution names it. */
    public readonly domainName!: pulumi.Output<string>;

    /** Id of the origin access control. */
    public readonly originAccessControlId!: pulumi.Output<string>;

    /** Name of the bucket; empty where it was given. */
    public readonly bucketName!: pulumi.Output<string>;

    constructor(name: string, args: S3OriginArgs, opts?: pulumi.ComponentResourceOptions) {
        refusePart("S3Origin", name, args, {
            bucketRegionalDomainName: { form: "text", check: bucketDomainNameProblem },
            html: argumentSpecs.errorPages.fields.html,
            deletionProtection: argumentSpecs.deletionProtection,
        });
        super("encrypted-edge:index:S3Origin", name, {}, opts);
        const made =
            args.bucketRegionalDomainName === undefined
                ? privateBucket(name, { forceDestroy: !args.deletionProtection }, this.#keep(args))
                : undefined;
        if (made !== undefined && args.html !== undefined) {
            new s3.BucketObjectv2(
                `${name}-page`,
                {
                    bucket: made.bucket.bucket,
                    key: args.htmlKey ?? "index.html",
                    content: args.html,
                    contentType: "text/html; charset=utf-8",
                    // Long enough to spare the bucket in an outage, short enough for a new text.
                    cacheControl: "max-age=60",
                },
                { parent: this },
            );
        }
        const control = new cloudfront.OriginAccessControl(
            `${name}-access-control`,
            { originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
            { parent: this },
        );

        const outputs: OutputsOf<S3Origin> = {
            domainName: pulumi.output(args.bucketRegionalDomainName ?? made?.bucket.bucketRegionalDomainName ?? ""),
            originAccessControlId: control.id,
            // Of the setting that is made last: a policy waits for it.
            bucketName: made?.settled.bucket ?? pulumi.output(""),
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }

    #keep({ deletionProtection }: S3OriginArgs): pulumi.CustomResourceOptions {
        return { parent: this, protect: deletionProtection || undefined };
    }
}

/**
 * Lets one distribution read the new bucket; the policy of a bucket that was given is its owner's.
 * Source: CloudFront developer guide, "Restrict access to an Amazon S3 origin".
 */
export function letDistributionRead(
    name: string,
    bucketName: pulumi.Output<string>,
    distributionArn: pulumi.Input<string>,
    options: pulumi.CustomResourceOptions,
): void {
    const bucketArn = pulumi.interpolate`arn:aws:s3:::${bucketName}`;
    const statement = (sid: string, action: string, resource: pulumi.Input<string>) => ({
        Sid: sid,
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: action,
        Resource: resource,
        Condition: { StringEquals: { "AWS:SourceArn": distributionArn } },
    });
    const policy = bucketPolicy(bucketArn, [
        statement("ThisDistributionReads", "s3:GetObject", pulumi.interpolate`${bucketArn}/*`),
        // Without it S3 answers 403 where a file is missing. No path leads to the list itself.
        statement("ThisDistributionLearnsWhatIsMissing", "s3:ListBucket", bucketArn),
    ]);
    new s3.BucketPolicy(`${name}-policy`, { bucket: bucketName, policy }, options);
}
