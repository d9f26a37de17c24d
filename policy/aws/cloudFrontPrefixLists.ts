import type { PrefixList } from "./ingress";
import { Read } from "../graph";
import { cloudFrontPrefixListIds, cloudFrontPrefixLists } from "./facts";

const names: readonly string[] = [cloudFrontPrefixLists.ipv4, cloudFrontPrefixLists.ipv6];
const ids: ReadonlySet<string> = new Set(Object.values(cloudFrontPrefixListIds));

/** How a setting for further ids reads in every rule that has it. */
export const prefixListIdsSetting = {
    type: "array",
    items: { type: "string", pattern: "^pl-[0-9a-f]+$" },
    description:
        "Additional ids of CloudFront's managed prefix lists (com.amazonaws.global.cloudfront.origin-facing and its IPv6 counterpart), for Regions and partitions that the rule does not know.",
    default: [],
};

export function isCloudFrontPrefixList(list: PrefixList, further: readonly string[]): boolean {
    if (list.id !== undefined && (ids.has(list.id) || further.includes(list.id))) {
        return true;
    }
    return list.resource !== undefined && names.includes(Read.of(list.resource).at("name").text ?? "");
}
