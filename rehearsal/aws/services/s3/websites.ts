/** Regions whose website names have a hyphen before the region. Source: AWS General Reference, "Amazon S3 website endpoints". */
const hyphenated = /^(ap-northeast-1|ap-southeast-[12]|eu-west-1|sa-east-1|us-east-1|us-west-[12])$/;

/** The name in which all websites of a region lie. */
export function websiteDomain(region: string): string {
    return `s3-website${hyphenated.test(region) ? "-" : "."}${region}.amazonaws.com`;
}
