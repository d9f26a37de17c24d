import { additions } from "./additions";
import { policyLookups, policyResources } from "./policies";
import { distribution } from "./distribution";
import { cloudFrontFunction } from "./functions";
import type { ServiceModel } from "../resource";
import { text } from "../../account";

export const cloudfront: ServiceModel = {
    title: "CloudFront",
    resources: {
        "aws:cloudfront/distribution:Distribution": distribution,
        "aws:cloudfront/function:Function": cloudFrontFunction,
        ...policyResources,
        ...additions,
    },
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
