import { randomUUID } from "node:crypto";
import { object, text } from "../../account";
import { addSecurityGroup, hasInternetGateway } from "../ec2";
import { managedPolicies, type PolicyKind } from "../../facts";
import type { Values } from "../../../provider";
import { etag, identity } from "./identity";
import { capitals, type Lookup, type ResourceModel, type Rule, ruleForms, theOnly, valuesAt } from "../resource";
import { cachePolicyRules, originRequestPolicyRules, responseHeadersPolicyRules } from "./policyRules";

/** Where a distribution names its VPC origins. */
const attachment = "origins.vpcOriginConfig.vpcOriginId";
const attached = "The VPC origin is attached to one or more distributions. Detach it first.";

/** Made by AWS beside the first VPC origin of a VPC, and never by anybody else. */
const serviceGroup = "CloudFront-VPCOrigins-Service-SG";

const { form } = ruleForms("InvalidArgument");

/** A policy that behaviors of distributions refer to by id. */
const policy = (path: string, rules: readonly Rule[]): ResourceModel => ({
    rules: [...rules, form("name", /^[\w-]{1,128}$/, "1 to 128 letters, digits, hyphens and underscores")],
    create: () => identity(path, randomUUID()),
    update: etag,
});

const vpcOrigin: ResourceModel = {
    create({ account, inputs, refuseIf }) {
        const arn = text(object(inputs.vpcOriginEndpointConfig).arn);
        const balancer = account.find("LoadBalancer", arn);
        refuseIf(
            balancer === undefined && arn.includes(":loadbalancer/"),
            "InvalidArgument",
            `The parameter VpcOriginEndpointConfig Arn is not valid: ${arn}`,
        );
        if (balancer !== undefined) {
            const { region = "", properties } = balancer;
            const vpcId = text(properties.vpcId);
            // A marker only: no route has to lead there. Source: CloudFront developer guide, "Restrict access with VPC origins".
            refuseIf(
                !hasInternetGateway(account, vpcId),
                "InvalidArgument",
                `The VPC ${vpcId} must have an internet gateway attached.`,
            );
            if (
                !account
                    .all("SecurityGroup")
                    .some((group) => group.properties.vpcId === vpcId && group.properties.name === serviceGroup)
            ) {
                addSecurityGroup(account, region, { name: serviceGroup, vpcId, description: "CloudFront VPC origins" });
            }
        }
        return identity("vpcorigin", `vo_${capitals(22)}`);
    },
    update({ account, old, refuseIf }) {
        refuseIf(
            account.all("Distribution").some(({ properties }) => valuesAt(properties, attachment).includes(old.id)),
            "CannotUpdateEntityWhileInUse",
            attached,
        );
        return etag();
    },
};

export const policyResources: Readonly<Record<string, ResourceModel>> = {
    "aws:cloudfront/cachePolicy:CachePolicy": policy("cache-policy", cachePolicyRules),
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": policy("origin-request-policy", originRequestPolicyRules),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": policy(
        "response-headers-policy",
        responseHeadersPolicyRules,
    ),
    "aws:cloudfront/originAccessControl:OriginAccessControl": {
        create: () => identity("origin-access-control"),
        update: etag,
    },
    // Source: CloudFront developer guide, "Use an origin access identity": how a bucket policy names it.
    "aws:cloudfront/originAccessIdentity:OriginAccessIdentity": {
        create: etag,
        update: etag,
    },
    "aws:cloudfront/vpcOrigin:VpcOrigin": vpcOrigin,
};

const lookup =
    (kind: PolicyKind) =>
    ({ account, args }: Lookup): Values => {
        const { id, name } = args;
        const managed = [...managedPolicies[kind]].find(([managedId, one]) => managedId === id || one.name === name);
        if (managed !== undefined) {
            return {
                id: managed[0],
                name: managed[1].name,
                comment: "",
                ...etag(),
                arn: `arn:aws:cloudfront:::policy/${managed[0]}`,
            };
        }
        return theOnly(
            account.all(kind).filter((record) => record.id === id || record.properties.name === name),
            `no matching CloudFront ${kind} found (${text(name) || text(id)})`,
        );
    };

export const cloudFrontLookups = {
    // Source: CloudFront developer guide, "Configure standard logging (legacy)": the account that writes the logs.
    "aws:cloudfront/getLogDeliveryCanonicalUserId:getLogDeliveryCanonicalUserId": () => ({
        id: "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
    }),
    "aws:cloudfront/getCachePolicy:getCachePolicy": lookup("CachePolicy"),
    "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy": lookup("OriginRequestPolicy"),
    "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy": lookup("ResponseHeadersPolicy"),
};
