import { policyLookups, policyResources } from "./cloudFrontPolicies";
import { distribution } from "./distributions";
import { type ServiceModel, text } from "./model";

export const cloudFront: ServiceModel = {
    resources: { "aws:cloudfront/distribution:Distribution": distribution, ...policyResources },
    lookups: {
        ...policyLookups,
        "aws:cloudfront/getDistribution:getDistribution": ({ account, args }) => {
            const found = account.find("Distribution", args.id);
            if (found === undefined) {
                throw new Error(`reading CloudFront Distribution (${text(args.id)}): couldn't find resource`);
            }
            return { ...found.properties, id: found.id };
        },
    },
};
