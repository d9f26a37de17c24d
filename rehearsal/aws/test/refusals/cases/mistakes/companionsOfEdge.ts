import { generateKeyPairSync } from "node:crypto";
import type { CasesByType, Patch } from "..";
import { distributionInputs, visibility } from "../../../rehearsedStack";
import { letters } from "../parts";

/** A listener of a network load balancer, and the target group that it forwards to. */
const forwarded =
    (protocol: string, group: object): Patch =>
    async (stack) => {
        const inputs = { port: 53, vpcId: await stack.vpcId(), ...group };
        const target = await stack.create("aws:lb/targetGroup:TargetGroup", inputs, "group");
        return {
            loadBalancerArn: (await stack.loadBalancer({ loadBalancerType: "network", name: "network" })).id,
            protocol,
            port: 53,
            certificateArn: undefined,
            sslPolicy: undefined,
            defaultActions: [{ type: "forward", targetGroupArn: target.id }],
        };
    };

/** An origin of a host with an access control of a type. */
const controlled =
    (type: string, domainName: string): Patch =>
    async (stack) => {
        const inputs = { originAccessControlOriginType: type, signingBehavior: "always", signingProtocol: "sigv4" };
        const { id } = await stack.create("aws:cloudfront/originAccessControl:OriginAccessControl", inputs, "control");
        const [origin] = distributionInputs().origins as [object];
        return { origins: [{ ...origin, domainName, originAccessControlId: id }] };
    };

const behavior = (more: object) => ({
    defaultCacheBehavior: { ...(distributionInputs().defaultCacheBehavior as object), ...more },
});
const key = (name: string) => ({ publicKeyId: name, providerId: "a", fieldPatterns: { items: ["card"] } });
const encodedKey = (type: "rsa" | "ec", modulusLength = 2048, namedCurve = "prime256v1") => {
    const { publicKey } =
        type === "rsa" ? generateKeyPairSync("rsa", { modulusLength }) : generateKeyPairSync("ec", { namedCurve });
    return { encodedKey: publicKey.export({ type: "spki", format: "pem" }).toString() };
};
const blocked = (headers: number) => ({
    rules: [
        {
            name: "a",
            priority: 1,
            action: {
                block: {
                    customResponse: {
                        responseCode: 403,
                        responseHeaders: [...Array(headers).keys()].map((i) => ({ name: `h${i}`, value: "a" })),
                    },
                },
            },
            statement: { geoMatchStatement: { countryCodes: ["DE"] } },
            visibilityConfig: visibility,
        },
    ],
});

/** Programs with one mistake each in what stands beside a distribution, a load balancer, a certificate and a web ACL. */
export const companionsOfEdge: CasesByType = {
    "aws:acm/certificateValidation:CertificateValidation": {
        refused: [
            [
                "records of validation by mail",
                async (stack) => {
                    const inputs = { domainName: "mail.example.com", validationMethod: "EMAIL" };
                    return {
                        certificateArn: (await stack.create("aws:acm/certificate:Certificate", inputs, "mail")).id,
                        validationRecordFqdns: ["_a.mail.example.com"],
                    };
                },
                /validation_record_fqdns is not valid for EMAIL validation/,
            ],
        ],
    },
    "aws:cloudfront/distribution:Distribution": {
        refused: [
            [
                "no encryption configuration",
                behavior({
                    allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
                    fieldLevelEncryptionId: "C1ABCDEFGHIJKL",
                }),
                /NoSuchFieldLevelEncryptionConfig/,
            ],
            [
                "access control of buckets for another host",
                controlled("s3", "origin.example.com"),
                /InvalidDomainNameForOriginAccessControl: .* of the type s3, which origin\.example\.com is not/,
            ],
            [
                "access control of functions for another host",
                controlled("lambda", "origin.example.com"),
                /InvalidDomainNameForOriginAccessControl/,
            ],
            ["no list of addresses", { anycastIpListId: "aip-none" }, /EntityNotFound: The Anycast static IP list aip/],
            [
                "HTTP/3 beside continuous deployment",
                { continuousDeploymentPolicyId: "a", httpVersion: "http2and3" },
                /continuousDeploymentPolicyId: does not go with "httpVersion" "http2and3"/,
            ],
        ],
        accepted: [
            ["access control of functions for one", controlled("lambda", "abc123.lambda-url.eu-central-1.on.aws")],
        ],
    },
    "aws:cloudfront/multitenantDistribution:MultitenantDistribution": {
        refused: [
            ["no origin", { origins: [] }, /origins: is empty/],
            ["no such origin", { origins: [{ id: "other", domainName: "origin.example.com" }] }, /NoSuchOrigin/],
            ["no such web ACL", { webAclId: "none" }, /InvalidWebACLId/],
        ],
    },
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": {
        refused: [
            [
                "no staging distribution",
                async (stack) => ({
                    stagingDistributionDnsNames: {
                        quantity: 1,
                        items: [(await stack.distribution()).properties.domainName],
                    },
                }),
                /InvalidArgument: The parameter StagingDistributionDnsNames names no staging distribution: d\w+\.cloud/,
            ],
            [
                "another quantity",
                { stagingDistributionDnsNames: { quantity: 2, items: ["a.cloudfront.net"] } },
                /quantity: is 2, and "items" has 1\. \(AWS: InconsistentQuantities\)/,
            ],
        ],
    },
    "aws:cloudfront/function:Function": {
        refused: [
            [
                "no store",
                { keyValueStoreAssociations: ["arn:aws:cloudfront::111122223333:key-value-store/none"] },
                /InvalidArgument: The parameter KeyValueStoreAssociations is not valid/,
            ],
        ],
        accepted: [
            [
                "a store",
                async (stack) => {
                    const store = await stack.create("aws:cloudfront/keyValueStore:KeyValueStore", {}, "store");
                    return { keyValueStoreAssociations: [store.properties.arn] };
                },
            ],
        ],
    },
    "aws:cloudfront/publicKey:PublicKey": {
        refused: [
            ["short key", encodedKey("rsa", 1024), /AWS allows keys of RSA with 2048 bits, and of ECDSA with P-256/],
            ["another curve", encodedKey("ec", 0, "secp384r1"), /AWS allows keys of RSA with 2048 bits/],
            [
                "name twice",
                async (stack) => {
                    const inputs = { name: "signer", ...encodedKey("rsa") };
                    await stack.create("aws:cloudfront/publicKey:PublicKey", inputs, "first");
                    return inputs;
                },
                /PublicKeyAlreadyExists/,
            ],
        ],
        accepted: [
            ["RSA", encodedKey("rsa")],
            ["ECDSA", encodedKey("ec")],
        ],
    },
    "aws:cloudfront/keyGroup:KeyGroup": {
        refused: [
            ["six keys", { items: ["1", "2", "3", "4", "5", "6"] }, /has 6 items; AWS allows 5.*TooManyPublicKeysIn/],
            [
                "name twice",
                async (stack) => {
                    const { id } = await stack.create("aws:cloudfront/publicKey:PublicKey", encodedKey("ec"), "signer");
                    const inputs = { name: "signers", items: [id] };
                    await stack.create("aws:cloudfront/keyGroup:KeyGroup", inputs, "first");
                    return inputs;
                },
                /KeyGroupAlreadyExists/,
            ],
        ],
    },
    "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey": {
        refused: [
            ["key", { key: letters(513) }, /AWS allows up to 512 bytes\. \(AWS: ValidationException\)/],
            ["value", { value: letters(1025) }, /AWS allows up to 1,024 bytes/],
        ],
    },
    "aws:cloudfront/fieldLevelEncryptionProfile:FieldLevelEncryptionProfile": {
        refused: [
            ["no key", { encryptionEntities: { items: [key("K1ABCDEFGHIJKL")] } }, /NoSuchPublicKey/],
            [
                "two entities",
                { encryptionEntities: { items: [key("a"), key("b")] } },
                /TooManyFieldLevelEncryptionEncryptionEntities/,
            ],
            [
                "eleven fields",
                {
                    encryptionEntities: {
                        items: [{ ...key("a"), fieldPatterns: { items: [..."abcdefghijk"] } }],
                    },
                },
                /TooManyFieldLevelEncryptionFieldPatterns/,
            ],
        ],
    },
    "aws:cloudfront/fieldLevelEncryptionConfig:FieldLevelEncryptionConfig": {
        refused: [
            [
                "no profile",
                {
                    queryArgProfileConfig: {
                        forwardWhenQueryArgProfileIsUnknown: true,
                        queryArgProfiles: { items: [{ profileId: "P1ABCDEFGHIJKL", queryArg: "a" }] },
                    },
                },
                /NoSuchFieldLevelEncryptionProfile/,
            ],
        ],
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        refused: [
            [
                "addresses of the internet for an internal one",
                async (stack) => ({
                    loadBalancerType: "network",
                    internal: true,
                    subnets: undefined,
                    subnetMappings: [
                        { subnetId: (await stack.subnets())[0], allocationId: "eipalloc-0123456789abcdef0" },
                    ],
                }),
                /allocationId: goes with load balancers of the internet only/,
            ],
        ],
    },
    "aws:lb/listener:Listener": {
        refused: [
            ["UDP to TCP", forwarded("UDP", { protocol: "TCP" }), /of TCP is not supported by a listener of UDP/],
            ["TCP to UDP", forwarded("TCP", { protocol: "UDP" }), /of UDP is not supported by a listener of TCP/],
            [
                "TCP to functions",
                forwarded("TCP", { targetType: "lambda", port: undefined, vpcId: undefined }),
                /of Lambda functions is not supported/,
            ],
        ],
        accepted: [
            ["UDP to TCP and UDP", forwarded("UDP", { protocol: "TCP_UDP" })],
            ["TCP to TCP and UDP", forwarded("TCP", { protocol: "TCP_UDP" })],
        ],
    },
    "aws:lb/targetGroup:TargetGroup": {
        refused: [
            [
                "sticky TLS",
                { protocol: "TLS", stickiness: { type: "source_ip", enabled: true } },
                /stickiness\.type: is "source_ip", which target groups of TLS do not have/,
            ],
        ],
    },
    "aws:lb/trustStoreRevocation:TrustStoreRevocation": {
        refused: [
            [
                "no trust store",
                { trustStoreArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:truststore/none/a" },
                /TrustStoreNotFound/,
            ],
        ],
    },
    "aws:wafv2/webAcl:WebAcl": {
        refused: [["eleven headers", blocked(11), /has 11 responseHeaders; AWS allows 10.*WAFLimitsExceededException/]],
        accepted: [["ten headers", blocked(10)]],
    },
};
