import type { CasesByType } from "..";
import { ingress, letters } from "../parts";

/** Programs with one mistake each. */
export const ec2: CasesByType = {
    "aws:ec2/securityGroup:SecurityGroup": {
        refused: [
            [
                "name 256",
                { name: letters(256) },
                /name: is a text of 256 characters; AWS allows up to 255 characters of a-z, A-Z, 0-9, space/,
            ],
            [
                "rule description umlaut",
                ingress({ description: "für alle" }),
                /ingress\[0\]\.description: is "für alle"; AWS allows up to 255 characters of a-z, A-Z, 0-9, s/,
            ],
            [
                "icmp 256",
                ingress({ protocol: "icmp", fromPort: 256, toPort: 0 }),
                /InvalidParameterValue: ICMP type and code \(256:0\) m/,
            ],
        ],
    },
    "aws:ec2/managedPrefixList:ManagedPrefixList": {
        refused: [
            [
                "list name aws",
                { name: "com.amazonaws.mine" },
                /name: is "com\.amazonaws\.mine"; AWS allows up to 255 characters that do not begin with "com/,
            ],
            [
                "list name 256",
                { name: letters(256) },
                /name: is a text of 256 characters; AWS allows up to 255 characters that do not begin with/,
            ],
            [
                "list entry desc 256",
                { entries: [{ cidr: "192.0.2.0/24", description: letters(256) }] },
                /entries\[0\]\.description: has 256 characters; AWS allows 0 to 255/,
            ],
        ],
    },
};
