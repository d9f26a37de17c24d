import type { PrefixList } from "./ingress";
import { Read } from "../graph";

const names = ["com.amazonaws.global.cloudfront.origin-facing", "com.amazonaws.global.ipv6.cloudfront.origin-facing"];

/**
 * Ids of com.amazonaws.global.cloudfront.origin-facing. AWS publishes the name and not the ids; these are ids that
 * `aws ec2 describe-managed-prefix-lists` gave its users, each found in several public repositories. A Region that is
 * missing here is for the setting `prefixListIds`.
 */
const ids: ReadonlySet<string> = new Set([
    "pl-58a04531", // ap-northeast-1
    "pl-22a6434b", // ap-northeast-2
    "pl-31a14458", // ap-northeast-3
    "pl-9aa247f3", // ap-south-1
    "pl-31a34658", // ap-southeast-1
    "pl-b8a742d1", // ap-southeast-2
    "pl-38a64351", // ca-central-1
    "pl-a3a144ca", // eu-central-1
    "pl-fab65393", // eu-north-1
    "pl-4fa04526", // eu-west-1
    "pl-93a247fa", // eu-west-2
    "pl-75b1541c", // eu-west-3
    "pl-5da64334", // sa-east-1
    "pl-3b927c52", // us-east-1
    "pl-b6a144df", // us-east-2
    "pl-4ea04527", // us-west-1
    "pl-82a045eb", // us-west-2
]);

/** The weight of each of CloudFront's prefix lists in a security group, in rules: VPC user guide, "AWS-managed prefix lists". */
export const CLOUDFRONT_PREFIX_LIST_WEIGHT = 55;

/** How a setting for further ids reads in every rule that has it. */
export const prefixListIdsSetting = {
    type: "array",
    items: { type: "string", pattern: "^pl-[0-9a-f]+$" },
    description:
        "Further ids of CloudFront's managed prefix lists (com.amazonaws.global.cloudfront.origin-facing and its IPv6 twin), for Regions and partitions that the rule does not know.",
    default: [],
};

export function isCloudFrontPrefixList(list: PrefixList, further: readonly string[]): boolean {
    if (list.id !== undefined && (ids.has(list.id) || further.includes(list.id))) {
        return true;
    }
    return list.resource !== undefined && names.includes(Read.of(list.resource).at("name").text ?? "");
}
