import { randomUUID } from "node:crypto";
import { accountId, object, objects, text, texts } from "../../account";
import { managedPolicies, type PolicyKind } from "../../facts";
import { unknownValue, type Values } from "../../../provider";
import {
    capitals,
    hex,
    isKnown,
    type Lookup,
    type Operation,
    refusals,
    type ResourceModel,
    type Rule,
    ruleForms,
} from "../resource";

import { cachePolicyRules, originRequestPolicyRules, responseHeadersPolicyRules } from "./policyRules";

const refuse = refusals("CloudFront");
const { filled, form, numbers, rule } = ruleForms("InvalidArgument");

/** A policy that distributions refer to by id. */
const policy = (kind: PolicyKind, path: string, words: string, rules: readonly Rule[]): ResourceModel => ({
    rules,
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
const capital = (path: string, judge: (operation: Operation) => void = () => undefined): ResourceModel => ({
    create(operation) {
        judge(operation);
        const id = `E${capitals(13)}`;
        return { id, etag: `E${capitals(13)}`, arn: `arn:aws:cloudfront::${accountId}:${path}/${id}` };
    },
    update: () => ({ etag: `E${capitals(13)}` }),
});

const vpcOrigin: ResourceModel = {
    // Source: CloudFront API reference, VpcOriginEndpointConfig.
    rules: [
        ...["httpPort", "httpsPort"].map((port) =>
            numbers(`vpcOriginEndpointConfig.${port}`, [80, 443, [1024, 65535]]),
        ),
        filled("vpcOriginEndpointConfig.originSslProtocols.items"),
        rule("vpcOriginEndpointConfig.originSslProtocols.quantity", (quantity, { items }) =>
            isKnown(items) && isKnown(quantity) && texts(items).length !== quantity
                ? `is ${Number(quantity)}, and "items" has ${texts(items).length}.`
                : undefined,
        ),
    ],
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

/** Source: CloudFront API reference, CreateOriginAccessControl. */
function refuseTwin({ account, inputs }: Operation): void {
    if (account.all("OriginAccessControl").some(({ properties }) => properties.name === inputs.name)) {
        const words = "An origin access control with the specified parameters already exists.";
        refuse("CreateOriginAccessControl", "OriginAccessControlAlreadyExists", words, 409);
    }
}

export const policyResources: Readonly<Record<string, ResourceModel>> = {
    "aws:cloudfront/cachePolicy:CachePolicy": policy("CachePolicy", "cache-policy", "cache policy", cachePolicyRules),
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": policy(
        "OriginRequestPolicy",
        "origin-request-policy",
        "origin request policy",
        originRequestPolicyRules,
    ),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": policy(
        "ResponseHeadersPolicy",
        "response-headers-policy",
        "response headers policy",
        responseHeadersPolicyRules,
    ),
    "aws:cloudfront/originAccessControl:OriginAccessControl": {
        ...capital("origin-access-control", refuseTwin),
        rules: [form("name", /^[^]{1,64}$/, "1 to 64 characters")],
    },
    "aws:cloudfront/originAccessIdentity:OriginAccessIdentity": {
        ...capital("origin-access-identity"),
        // Source: CloudFront developer guide, "Use an origin access identity": how a bucket policy names it.
        create() {
            const id = `E${capitals(13)}`;
            return {
                id,
                etag: `E${capitals(13)}`,
                callerReference: randomUUID(),
                cloudfrontAccessIdentityPath: `origin-access-identity/cloudfront/${id}`,
                iamArn: `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`,
            };
        },
    },
    "aws:cloudfront/vpcOrigin:VpcOrigin": vpcOrigin,
};

const lookup =
    (kind: PolicyKind) =>
    ({ account, args }: Lookup): Values => {
        const { id, name } = args;
        const managed = [...managedPolicies[kind]].find(([managedId, one]) => managedId === id || one.name === name);
        const own = account.all(kind).find((record) => record.id === id || record.properties.name === name);
        if (managed !== undefined) {
            return {
                id: managed[0],
                name: managed[1].name,
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
