import { modelsOf, type ServiceModel } from "../resource";
import { findImage } from "./images";
import { networkLookUps } from "./lookUps";
import { network } from "./network";
import { prefixList, prefixListEntry } from "./prefixList";
import { securityGroupRules } from "./securityGroupRules";
import table from "./resourceTable.json";
import { securityGroup } from "./securityGroup";

export { blocksOf, within } from "./addressBlocks";
export { findImage } from "./images";
export { rulesOf } from "./ipPermissions";
export { hasInternetGateway } from "./routing";
export { addSecurityGroup } from "./securityGroup";

export const ec2: ServiceModel = {
    title: "EC2",
    resources: modelsOf(table, {
        ...network,
        "aws:ec2/managedPrefixList:ManagedPrefixList": prefixList,
        "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": prefixListEntry,
        "aws:ec2/securityGroup:SecurityGroup": securityGroup,
        ...securityGroupRules,
    }),
    lookups: { ...networkLookUps, "aws:ec2/getAmi:getAmi": findImage },
};
