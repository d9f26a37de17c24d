import { distributionInputs, type RehearsedStack } from "../rehearsedStack";
import type { Example } from "./example";

const publicKey = { encodedKey: "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n" };

const encryptionProfile = async (stack: RehearsedStack) => {
    const { id: publicKeyId } = await stack.create("aws:cloudfront/publicKey:PublicKey", publicKey, "key");
    return { encryptionEntities: { items: [{ publicKeyId, providerId: "a", fieldPatterns: { items: ["card"] } }] } };
};

const cachePolicyParts = {
    cookiesConfig: { cookieBehavior: "none" },
    headersConfig: { headerBehavior: "none" },
    queryStringsConfig: { queryStringBehavior: "none" },
};

export const cloudfront: Readonly<Record<string, Example>> = {
    "aws:cloudfront/distribution:Distribution": () => distributionInputs(),
    "aws:cloudfront/function:Function": () => ({
        runtime: "cloudfront-js-2.0",
        code: "function handler(event) { return event.request; }",
    }),
    "aws:cloudfront/cachePolicy:CachePolicy": () => ({ parametersInCacheKeyAndForwardedToOrigin: cachePolicyParts }),
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": () => cachePolicyParts,
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": () => ({
        securityHeadersConfig: { contentTypeOptions: { override: true } },
    }),
    "aws:cloudfront/originAccessControl:OriginAccessControl": () => ({
        originAccessControlOriginType: "s3",
        signingBehavior: "always",
        signingProtocol: "sigv4",
    }),
    "aws:cloudfront/connectionGroup:ConnectionGroup": () => ({}),
    "aws:cloudfront/distributionTenant:DistributionTenant": async (stack) => {
        const type = "aws:cloudfront/multitenantDistribution:MultitenantDistribution";
        const { id: distributionId } = await stack.create(type, (await cloudfront[type]?.(stack)) ?? {}, "many");
        return { distributionId, domains: [{ domain: "a.example.com" }] };
    },
    "aws:cloudfront/originAccessIdentity:OriginAccessIdentity": () => ({ comment: "a" }),
    "aws:cloudfront/vpcOrigin:VpcOrigin": async (stack) => ({
        vpcOriginEndpointConfig: {
            name: "o",
            arn: (await stack.loadBalancer({ internal: true })).id,
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        },
    }),
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": async (stack) => ({
        distributionId: (await stack.distribution()).id,
        monitoringSubscription: {
            realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Enabled" },
        },
    }),
    "aws:cloudfront/publicKey:PublicKey": () => publicKey,
    "aws:cloudfront/keyGroup:KeyGroup": async (stack) => ({
        items: [(await stack.create("aws:cloudfront/publicKey:PublicKey", publicKey, "key")).id],
    }),
    "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": () => ({
        name: "a",
        samplingRate: 50,
        fields: ["timestamp"],
        endpoint: {
            streamType: "Kinesis",
            kinesisStreamConfig: {
                roleArn: "arn:aws:iam::111122223333:role/log",
                streamArn: "arn:aws:kinesis:us-east-1:111122223333:stream/log",
            },
        },
    }),
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": async (stack) => ({
        enabled: true,
        stagingDistributionDnsNames: {
            quantity: 1,
            items: [(await stack.distribution({ staging: true })).properties.domainName],
        },
    }),
    "aws:cloudfront/fieldLevelEncryptionProfile:FieldLevelEncryptionProfile": encryptionProfile,
    "aws:cloudfront/fieldLevelEncryptionConfig:FieldLevelEncryptionConfig": async (stack) => {
        const type = "aws:cloudfront/fieldLevelEncryptionProfile:FieldLevelEncryptionProfile";
        const { id: profileId } = await stack.create(type, await encryptionProfile(stack), "profile");
        const contentType = "application/x-www-form-urlencoded";
        return {
            contentTypeProfileConfig: {
                forwardWhenContentTypeIsUnknown: true,
                contentTypeProfiles: { items: [{ contentType, format: "URLEncoded", profileId }] },
            },
            queryArgProfileConfig: { forwardWhenQueryArgProfileIsUnknown: true },
        };
    },
    "aws:cloudfront/keyValueStore:KeyValueStore": () => ({}),
    "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey": async (stack) => {
        const store = await stack.create("aws:cloudfront/keyValueStore:KeyValueStore", {}, "store");
        return { keyValueStoreArn: store.properties.arn, key: "a", value: "b" };
    },
    "aws:cloudfront/multitenantDistribution:MultitenantDistribution": () => ({
        enabled: true,
        comment: "a",
        origins: [{ id: "origin", domainName: "origin.example.com" }],
        defaultCacheBehavior: {
            targetOriginId: "origin",
            viewerProtocolPolicy: "https-only",
            cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
            allowedMethods: { items: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"] },
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
        tenantConfig: {},
    }),
};
