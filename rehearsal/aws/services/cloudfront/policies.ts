import { randomUUID } from "node:crypto";
import { accountId, object, objects, text } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { capitals, hex, type Lookup, refusals, type ResourceModel } from "../resource";

const refuse = refusals("CloudFront");

/** AWS's own policies, the same in every account. Source: CloudFront developer guide, "Use managed ... policies". */
export const managedPolicies = {
    CachePolicy: {
        "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": "Managed-CachingDisabled",
        "658327ea-f89d-4fab-a63d-7e88639e58f6": "Managed-CachingOptimized",
        "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": "Managed-CachingOptimizedForUncompressedObjects",
        "08627262-05a9-4f76-9ded-b50ca2e3a84f": "Managed-Elemental-MediaPackage",
        "2e54312d-136d-493c-8eb9-b001f22f67d2": "Managed-Amplify",
        "83da9c7e-98b4-4e11-a168-04f0df8e2c65": "UseOriginCacheControlHeaders",
        "4cc15a8a-d715-48a4-82b8-cc0b614638fe": "UseOriginCacheControlHeaders-QueryStrings",
    },
    OriginRequestPolicy: {
        "216adef6-5c7f-47e4-b989-5492eafa07d3": "Managed-AllViewer",
        "b689b0a8-53d0-40ab-baf2-68738e2966ac": "Managed-AllViewerExceptHostHeader",
        "33f36d7e-f396-46d9-90e0-52428a34d9dc": "Managed-AllViewerAndCloudFrontHeaders-2022-06",
        "bf0718e1-ba1e-49d1-88b1-f726733018ae": "Managed-HostHeaderOnly",
        "59781a5b-3903-41f3-afcb-af62929ccde1": "Managed-CORS-CustomOrigin",
        "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": "Managed-CORS-S3Origin",
        "acba4595-bd28-49b8-b9fe-13317c0390fa": "Managed-UserAgentRefererHeaders",
        "775133bc-15f2-49f9-abea-afb2e0bf67d2": "Managed-Elemental-MediaTailor-PersonalizedManifests",
    },
    ResponseHeadersPolicy: {
        "67f7725c-6f97-4210-82d7-5512b31e9d03": "Managed-SecurityHeadersPolicy",
        "60669652-455b-4ae9-85a4-c4c02393f86c": "Managed-SimpleCORS",
        "5cc3b908-e619-4b99-88e5-2cf7f45965bd": "Managed-CORS-With-Preflight",
        "e61eb60c-9c35-4d20-a928-2b84e02af89c": "Managed-CORS-and-SecurityHeadersPolicy",
        "eaab4381-ed33-4a86-88ca-d9558dc6cd63": "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
    },
} as const;

type Kind = keyof typeof managedPolicies;

/** A policy that distributions refer to by id. */
const policy = (kind: Kind, path: string, words: string): ResourceModel => ({
    autoName: { maximum: 128 },
    check(inputs, report) {
        const { name, comment } = inputs;
        if (typeof name === "string" && name !== unknownValue && !/^[\w-]{1,128}$/.test(name)) {
            report("name", `is "${name}"; AWS allows 1 to 128 letters, digits, hyphens and underscores.`);
        }
        if (text(comment).length > 128) {
            report("comment", `has ${text(comment).length} characters; AWS allows 128.`);
        }
    },
    create({ account, inputs }) {
        const name = text(inputs.name);
        if (account.all(kind).some((other) => other.properties.name === name)) {
            refuse(`Create${kind}`, `${kind}AlreadyExists`, `The ${words} already exists.`, 409);
        }
        const id = randomUUID();
        return { id, etag: `E${capitals(13)}`, arn: `arn:aws:cloudfront::${accountId}:${path}/${id}` };
    },
    update: () => ({ etag: `E${capitals(13)}` }),
    delete({ account, old }) {
        if (
            account
                .all("Distribution")
                .some(({ properties }) =>
                    JSON.stringify([properties.defaultCacheBehavior, properties.orderedCacheBehaviors]).includes(
                        `"${old.id}"`,
                    ),
                )
        ) {
            refuse(
                `Delete${kind}`,
                `${kind}InUse`,
                `Cannot delete the ${words} because it is attached to one or more cache behaviors.`,
                409,
            );
        }
    },
});

/** Resources of CloudFront that have an id of capitals. */
const capital = (path: string): ResourceModel => ({
    create() {
        const id = `E${capitals(13)}`;
        return { id, etag: `E${capitals(13)}`, arn: `arn:aws:cloudfront::${accountId}:${path}/${id}` };
    },
    update: () => ({ etag: `E${capitals(13)}` }),
});

const vpcOrigin: ResourceModel = {
    values: { "vpcOriginEndpointConfig.originProtocolPolicy": ["http-only", "match-viewer", "https-only"] },
    create({ account, inputs }) {
        const arn = object(inputs.vpcOriginEndpointConfig).arn;
        const balancer = account.find("LoadBalancer", arn);
        if (balancer === undefined && text(arn).includes(":loadbalancer/")) {
            return refuse(
                "CreateVpcOrigin",
                "InvalidArgument",
                `The parameter VpcOriginEndpointConfig Arn is not valid: ${text(arn)}`,
            );
        }
        const vpcId = text(balancer?.properties.vpcId);
        // A marker only: no route has to lead there. Source: CloudFront developer guide, "Restrict access with VPC origins".
        const gateways = [...account.all("InternetGateway"), ...account.all("InternetGatewayAttachment")];
        if (balancer !== undefined && !gateways.some(({ properties }) => properties.vpcId === vpcId)) {
            refuse("CreateVpcOrigin", "InvalidArgument", `The VPC ${vpcId} must have an internet gateway attached.`);
        }
        if (
            balancer !== undefined &&
            account
                .all("SecurityGroup")
                .every(({ properties }) => properties.vpcId !== vpcId || properties.name !== serviceGroup)
        ) {
            const id = `sg-${hex(17)}`;
            const { region = "" } = balancer;
            account.put({
                type: "aws:ec2/securityGroup:SecurityGroup",
                id,
                region,
                inputs: {},
                properties: {
                    id,
                    region,
                    name: serviceGroup,
                    vpcId,
                    description: "CloudFront VPC origins",
                    ownerId: accountId,
                    arn: `arn:aws:ec2:${region}:${accountId}:security-group/${id}`,
                    ingress: [],
                    egress: [],
                    tags: {},
                    tagsAll: {},
                },
                createdAt: new Date().toISOString(),
            });
        }
        const id = `vo_${capitals(22)}`;
        return { id, etag: `E${capitals(13)}`, arn: `arn:aws:cloudfront::${accountId}:vpcorigin/${id}` };
    },
    update({ account, old }) {
        refuseWhileAttached(account, old.id, "UpdateVpcOrigin", "CannotUpdateEntityWhileInUse");
        return { etag: `E${capitals(13)}` };
    },
    delete({ account, old }) {
        refuseWhileAttached(account, old.id, "DeleteVpcOrigin", "CannotDeleteEntityWhileInUse");
    },
};

/** Made by AWS beside the first VPC origin of a VPC, and never by anybody else. */
const serviceGroup = "CloudFront-VPCOrigins-Service-SG";

function refuseWhileAttached(account: Lookup["account"], id: string, action: string, code: string): void {
    const attached = account
        .all("Distribution")
        .some(({ properties }) =>
            objects(properties.origins).some((origin) => object(origin.vpcOriginConfig).vpcOriginId === id),
        );
    if (attached) {
        refuse(action, code, "The VPC origin is attached to one or more distributions. Detach it first.", 409);
    }
}

export const policyResources: Readonly<Record<string, ResourceModel>> = {
    "aws:cloudfront/cachePolicy:CachePolicy": policy("CachePolicy", "cache-policy", "cache policy"),
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": policy(
        "OriginRequestPolicy",
        "origin-request-policy",
        "origin request policy",
    ),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": policy(
        "ResponseHeadersPolicy",
        "response-headers-policy",
        "response headers policy",
    ),
    "aws:cloudfront/originAccessControl:OriginAccessControl": capital("origin-access-control"),
    "aws:cloudfront/originAccessIdentity:OriginAccessIdentity": capital("origin-access-identity"),
    "aws:cloudfront/vpcOrigin:VpcOrigin": vpcOrigin,
};

const lookup =
    (kind: Kind) =>
    ({ account, args }: Lookup): Values => {
        const { id, name } = args;
        const managed = Object.entries(managedPolicies[kind]).find(
            ([managedId, managedName]) => managedId === id || managedName === name,
        );
        const own = account.all(kind).find((record) => record.id === id || record.properties.name === name);
        if (managed !== undefined) {
            return {
                id: managed[0],
                name: managed[1],
                comment: "",
                etag: `E${capitals(13)}`,
                arn: `arn:aws:cloudfront:::policy/${managed[0]}`,
            };
        }
        if (own === undefined) {
            throw new Error(`no matching CloudFront ${kind} found (${text(name) || text(id)})`);
        }
        return { ...own.properties, id: own.id };
    };

export const policyLookups = {
    "aws:cloudfront/getCachePolicy:getCachePolicy": lookup("CachePolicy"),
    "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy": lookup("OriginRequestPolicy"),
    "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy": lookup("ResponseHeadersPolicy"),
};
