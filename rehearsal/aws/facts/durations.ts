/** How long one call of the official provider takes, and how that is known. */
export interface Duration {
    /** Seconds to create one, as is typical. */
    readonly create: number;
    /** Seconds to update one. Default: as long as any other call. */
    readonly update?: number;
    readonly source: string;
}

const logs = "logs of the official provider in public repositories, read in November 2026";

/** Seconds of any call that waits for nothing: one request, or a few. */
export const shortest = 3;

/** Types whose calls wait until AWS is done, by class. Every other call takes {@link shortest}. */
export const durations: Readonly<Record<string, Duration>> = {
    Distribution: { create: 270, update: 270, source: `${logs}: 151 to 473 s, with waitForDeployment` },
    LoadBalancer: { create: 150, source: `${logs}: 135 to 187 s` },
    CertificateValidation: { create: 90, source: `${logs}: 1 to 265 s, once the record is there` },
    Record: {
        create: 35,
        update: 35,
        source: `Route 53 Developer Guide, "Working with records": within 60 seconds; ${logs}: 29 to 45 s`,
    },
    BucketLifecycleConfiguration: {
        create: 55,
        update: 55,
        source: "terraform-provider-aws waits until S3 answers the same ten times, five seconds apart",
    },
    VpcOrigin: {
        create: 900,
        update: 900,
        source: 'CloudFront Developer Guide, "Restrict access with VPC origins": up to 15 minutes',
    },
};
