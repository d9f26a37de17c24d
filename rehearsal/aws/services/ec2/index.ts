import type { ServiceModel } from "../resource";
import { findImage } from "./images";
import { networkLookUps } from "./lookUps";
import { network } from "./network";
import { prefixList } from "./prefixList";
import { securityGroupRules } from "./securityGroupRules";
import { securityGroups } from "./securityGroup";

export { blocksOf, within } from "./addressBlocks";
export { findImage } from "./images";
export { hasInternetGateway } from "./network";

export const ec2: ServiceModel = {
    resources: {
        ...network,
        "aws:ec2/managedPrefixList:ManagedPrefixList": prefixList,
        ...securityGroups.resources,
        ...securityGroupRules.resources,
    },
    lookups: { ...networkLookUps, "aws:ec2/getAmi:getAmi": findImage },
};
