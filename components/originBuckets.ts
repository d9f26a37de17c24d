import type * as pulumi from "@pulumi/pulumi";
import { argumentSpecs, type ErrorPagesArgs, errorPagesPath, type StaticFilesArgs } from "./arguments/index";
import { originIds } from "./cacheBehaviors";
import { resolved } from "./checks/index";
import { letDistributionRead, S3Origin, type S3OriginArgs } from "./s3Origin";
import { defaultErrorPage } from "./viewerRequest/index";

/** What a distribution takes from buckets. */
export interface OriginBucketsArgs {
    readonly staticFiles?: StaticFilesArgs;
    readonly errorPages?: ErrorPagesArgs;
    readonly deletionProtection: boolean;
}

/** Where the page lies, in the distribution and, without its slash, in the bucket. */
const errorPagePath = errorPagesPath.replace("*", "error.html");

/** The buckets behind a distribution, by the ids of their origins. */
export function originBuckets(
    name: string,
    { staticFiles, errorPages, deletionProtection }: OriginBucketsArgs,
    options: pulumi.ComponentResourceOptions,
): Readonly<Record<string, S3Origin>> {
    const bucket = (id: string, more: Omit<S3OriginArgs, "deletionProtection">) => ({
        [id]: new S3Origin(`${name}-${id}`, { ...more, deletionProtection }, options),
    });
    const html = errorPages?.html ?? defaultErrorPage;
    return {
        ...(staticFiles ? bucket(originIds.staticFiles, { bucketRegionalDomainName: given(staticFiles) }) : {}),
        ...(errorPages
            ? bucket(originIds.errorPages, {
                  bucketRegionalDomainName: given(errorPages),
                  html,
                  htmlKey: errorPagePath.slice(1),
              })
            : {}),
    };
}

/** Lets a distribution read the new ones. */
export function letDistributionReadBuckets(
    name: string,
    buckets: Readonly<Record<string, S3Origin>>,
    distributionArn: pulumi.Input<string>,
    { staticFiles, errorPages, deletionProtection }: OriginBucketsArgs,
): void {
    for (const [id, bucket] of Object.entries(buckets)) {
        if (given(id === originIds.staticFiles ? staticFiles : errorPages) === undefined) {
            const keep = { parent: bucket, protect: deletionProtection || undefined };
            letDistributionRead(`${name}-${id}`, bucket.bucketName, distributionArn, keep);
        }
    }
}

/** What a distribution shows in the place of errors; undefined where it shows them as they are. */
export function customErrorResponses(errorPages: ErrorPagesArgs | undefined) {
    if (!errorPages) {
        return undefined;
    }
    const { statusCodes, cachingMinTtl } = resolved(errorPages, argumentSpecs.errorPages.fields);
    return statusCodes.map((code) => ({
        errorCode: code,
        responseCode: code,
        responsePagePath: errorPagePath,
        errorCachingMinTtl: cachingMinTtl,
    }));
}

/** As everywhere in Pulumi, null is the same as not given. */
function given(bucket: StaticFilesArgs | ErrorPagesArgs | undefined): pulumi.Input<string> | undefined {
    return bucket?.bucketRegionalDomainName ?? undefined;
}
