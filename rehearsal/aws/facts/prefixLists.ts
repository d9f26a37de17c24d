/** CloudFront's addresses towards origins, as prefix lists that AWS manages. Source: VPC user guide, "AWS-managed prefix lists". */
export const cloudFrontPrefixLists = {
    ipv4: "com.amazonaws.global.cloudfront.origin-facing",
    ipv6: "com.amazonaws.global.ipv6.cloudfront.origin-facing",
    /** What one of them counts against the quota of rules of a security group. */
    weight: 55,
};
