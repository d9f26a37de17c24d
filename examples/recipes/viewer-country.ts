import * as aws from "@pulumi/aws";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

const viewerAndCountry = new aws.cloudfront.OriginRequestPolicy("viewer-and-country", {
    cookiesConfig: { cookieBehavior: "all" },
    queryStringsConfig: { queryStringBehavior: "all" },
    headersConfig: {
        headerBehavior: "allViewerAndWhitelistCloudFront",
        headers: { items: ["CloudFront-Viewer-Country"] },
    },
});

/** Sends the viewer's country to the targets. The policy forwards Host as well, so forwardHostHeader is needed. */
export const edge = new EncryptedEdge(
    "country-edge",
    { ...site("country-edge"), forwardHostHeader: true },
    {
        transform: {
            distribution: (args) => {
                args.defaultCacheBehavior.originRequestPolicyId = viewerAndCountry.id;
            },
        },
    },
);
