import { accountId, filledText } from "../../account";
import type { Values } from "../../../provider";
import { type Lookup, type ServiceModel, stable } from "../resource";

/**
 * A login for the account's registry, which nothing listens behind. Source: Amazon ECR API reference,
 * GetAuthorizationToken: base64 of `AWS:<password>`, for 12 hours.
 */
function getAuthorizationToken({ args, region }: Lookup): Values {
    const registry = filledText(args.registryId) ?? accountId;
    const password = stable(`${registry} ${region}`, 64);
    return {
        id: region,
        userName: "AWS",
        password,
        authorizationToken: Buffer.from(`AWS:${password}`).toString("base64"),
        expiresAt: new Date(Date.now() + 12 * 3_600_000).toISOString(),
        proxyEndpoint: `https://${registry}.dkr.ecr.${region}.amazonaws.com`,
    };
}

export const ecr: ServiceModel = {
    title: "ECR",
    lookups: {
        "aws:ecr/getAuthorizationToken:getAuthorizationToken": getAuthorizationToken,
        "aws:ecr/getCredentials:getCredentials": getAuthorizationToken,
    },
};
