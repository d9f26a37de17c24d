import { additions } from "./additions";
import { cloudFrontLookups, policyResources } from "./policies";
import { distribution, distributionTenant, multitenantDistribution } from "./distribution";
import { cloudFrontFunction } from "./functions";
import { modelsOf, type ServiceModel } from "../resource";
import table from "./resourceTable.json";

export const cloudfront: ServiceModel = {
    title: "CloudFront",
    resources: modelsOf(table, {
        "aws:cloudfront/distribution:Distribution": distribution,
        "aws:cloudfront/multitenantDistribution:MultitenantDistribution": multitenantDistribution,
        "aws:cloudfront/distributionTenant:DistributionTenant": distributionTenant,
        "aws:cloudfront/function:Function": cloudFrontFunction,
        ...policyResources,
        ...additions,
    }),
    lookups: cloudFrontLookups,
};
