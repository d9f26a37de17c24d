/** How long one call of the official provider takes, and how that is known. */
export interface Duration {
    /** Seconds to create one, as is typical. Default: as long as any other call. */
    readonly create?: number;
    /** Seconds to update one. Default: as long as any other call. */
    readonly update?: number;
    /** Seconds to delete one; "not known" where the provider waits and no source says how long. Default: as long as any other call. */
    readonly delete?: number | "not known";
    readonly source: string;
}

const logs = "logs of the official provider in public repositories, read in November 2026";

/** Seconds of any call that waits for nothing: one request, or a few. */
export const shortest = 3;

/** Types whose calls wait until AWS is done. Of several outputs, the median. */
const durations: Readonly<Record<string, Duration>> = {
    "cloudfront/distribution:Distribution": {
        create: 270,
        update: 270,
        // It is disabled, and deployed once more, before it can be deleted: CloudFront Developer Guide, "Delete a distribution".
        delete: 211,
        source: `${logs}: 151 to 473 s, with waitForDeployment; to delete 189, 203, 211, 223 and 443 s, with or without`,
    },
    "lb/loadBalancer:LoadBalancer": {
        create: 150,
        // Until its network interfaces are gone. In older logs it takes 1 to 5 s, and its security group waits instead.
        delete: 17,
        source: `${logs}: 135 to 187 s; to delete 10, 16, 16, 16, 17, 26, 28, 28 and 153 s`,
    },
    "acm/certificateValidation:CertificateValidation": {
        create: 90,
        source: `${logs}: 1 to 265 s, once the record is there`,
    },
    "route53/record:Record": {
        create: 35,
        update: 35,
        delete: 35,
        source: `Route 53 Developer Guide, "Working with records": within 60 seconds; ${logs}: 29 to 45 s; to delete 31, 31, 32, 32, 37, 42, 42 and 46 s`,
    },
    "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        create: 55,
        update: 55,
        source: "terraform-provider-aws waits until S3 answers the same ten times, five seconds apart",
    },
    "cloudfront/vpcOrigin:VpcOrigin": {
        create: 900,
        update: 900,
        delete: "not known",
        source: 'CloudFront Developer Guide, "Restrict access with VPC origins": up to 15 minutes',
    },
    "ec2/natGateway:NatGateway": {
        create: 116,
        delete: 61,
        source: `${logs}: 87, 92, 96, 115, 116, 118, 118 and 121 s; to delete 42, 61 and 61 s`,
    },
    "ec2/instance:Instance": {
        create: 16,
        delete: 36,
        source: `${logs}: 12, 16 and 16 s; to delete 21, 22, 30, 30, 36, 40, 41, 53 and 54 s`,
    },
    "kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
        delete: 14,
        source: `${logs}: to delete 14 s, in one output`,
    },
    "ec2/vpcEndpoint:VpcEndpoint": {
        delete: "not known",
        source: "terraform-provider-aws waits until the endpoint is gone",
    },
};

/** How long calls of a type take. */
export function durationOf(type: string): Partial<Duration> {
    // Two module names of one service.
    return durations[type.replace(/^aws:/, "").replace(/^alb\//, "lb/")] ?? {};
}
