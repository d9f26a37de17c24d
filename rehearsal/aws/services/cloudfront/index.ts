import { additions } from "./additions";
import { policyLookups, policyResources } from "./policies";
import { distribution } from "./distribution";
import { cloudFrontFunction } from "./functions";
import type { ServiceModel } from "../resource";

export const cloudfront: ServiceModel = {
    title: "CloudFront",
    resources: {
        "aws:cloudfront/distribution:Distribution": distribution,
        "aws:cloudfront/function:Function": cloudFrontFunction,
        ...policyResources,
        ...additions,
    },
    lookups: policyLookups,
};
