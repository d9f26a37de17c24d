import { additions } from "./additions";
import { policyLookups, policyResources } from "./policies";
import { distribution } from "./distribution";
import { cloudFrontFunction } from "./functions";
import { type ServiceModel, theOnly } from "../resource";
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
        "aws:cloudfront/getDistribution:getDistribution": ({ account, args }) =>
            theOnly(
                account.all("Distribution").filter(({ id }) => id === args.id),
                `reading CloudFront Distribution (${text(args.id)}): couldn't find resource`,
            ),
    },
};
