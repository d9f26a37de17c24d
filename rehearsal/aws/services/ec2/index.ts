import type { ServiceModel } from "../resource";
import { findImage } from "./images";
import { network } from "./network";
import { securityGroupRules } from "./securityGroupRules";
import { securityGroups } from "./securityGroup";

export { hasInternetGateway } from "./network";

export const ec2: ServiceModel = {
    resources: { ...network.resources, ...securityGroups.resources, ...securityGroupRules.resources },
    lookups: { ...network.lookups, "aws:ec2/getAmi:getAmi": findImage },
};
