/** CloudFront's addresses towards origins, as prefix lists that AWS manages. Source: VPC user guide, "AWS-managed prefix lists". */
export const cloudFrontPrefixLists = {
    ipv4: "com.amazonaws.global.cloudfront.origin-facing",
    ipv6: "com.amazonaws.global.ipv6.cloudfront.origin-facing",
    /** What each of them counts in a security group, in rules. */
    weight: 55,
};

/**
 * Ids of com.amazonaws.global.cloudfront.origin-facing. AWS publishes the name and not the ids; these are ids that
 * `aws ec2 describe-managed-prefix-lists` gave its users, each found in several public repositories. A Region that is
 * missing here is for the setting `prefixListIds`.
 */
export const cloudFrontPrefixListIds: Readonly<Record<string, string>> = {
    "ap-northeast-1": "pl-58a04531",
    "ap-northeast-2": "pl-22a6434b",
    "ap-northeast-3": "pl-31a14458",
    "ap-south-1": "pl-9aa247f3",
    "ap-southeast-1": "pl-31a34658",
    "ap-southeast-2": "pl-b8a742d1",
    "ca-central-1": "pl-38a64351",
    "eu-central-1": "pl-a3a144ca",
    "eu-north-1": "pl-fab65393",
    "eu-west-1": "pl-4fa04526",
    "eu-west-2": "pl-93a247fa",
    "eu-west-3": "pl-75b1541c",
    "sa-east-1": "pl-5da64334",
    "us-east-1": "pl-3b927c52",
    "us-east-2": "pl-b6a144df",
    "us-west-1": "pl-4ea04527",
    "us-west-2": "pl-82a045eb",
};

/**
 * AWS's managed policies. Source: the CloudFront Developer Guide, "Use managed cache policies" and "Use managed origin
 * request policies"; a header in the cache key is forwarded to the origin as well.
 */
export const managedForwardingPolicies: ReadonlyMap<string, { readonly name: string; readonly forwardsHost: boolean }> =
    new Map(
        Object.entries({
            "216adef6-5c7f-47e4-b989-5492eafa07d3": { name: "AllViewer", forwardsHost: true },
            "33f36d7e-f396-46d9-90e0-52428a34d9dc": {
                name: "AllViewerAndCloudFrontHeaders-2022-06",
                forwardsHost: true,
            },
            "bf0718e1-ba1e-49d1-88b1-f726733018ae": { name: "HostHeaderOnly", forwardsHost: true },
            "b689b0a8-53d0-40ab-baf2-68738e2966ac": { name: "AllViewerExceptHostHeader", forwardsHost: false },
            "59781a5b-3903-41f3-afcb-af62929ccde1": { name: "CORS-CustomOrigin", forwardsHost: false },
            "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": { name: "CORS-S3Origin", forwardsHost: false },
            "acba4595-bd28-49b8-b9fe-13317c0390fa": { name: "UserAgentRefererHeaders", forwardsHost: false },
            "775133bc-15f2-49f9-abea-afb2e0bf67d2": {
                name: "Elemental-MediaTailor-PersonalizedManifests",
                forwardsHost: false,
            },
            "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": { name: "CachingDisabled", forwardsHost: false },
            "658327ea-f89d-4fab-a63d-7e88639e58f6": { name: "CachingOptimized", forwardsHost: false },
            "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": {
                name: "CachingOptimizedForUncompressedObjects",
                forwardsHost: false,
            },
            "08627262-05a9-4f76-9ded-b50ca2e3a84f": { name: "Elemental-MediaPackage", forwardsHost: false },
            "2e54312d-136d-493c-8eb9-b001f22f67d2": { name: "Amplify", forwardsHost: true },
            "83da9c7e-98b4-4e11-a168-04f0df8e2c65": { name: "UseOriginCacheControlHeaders", forwardsHost: true },
            "4cc15a8a-d715-48a4-82b8-cc0b614638fe": {
                name: "UseOriginCacheControlHeaders-QueryStrings",
                forwardsHost: true,
            },
        }),
    );
