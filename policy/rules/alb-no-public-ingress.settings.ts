import type { SettingSchema } from "../rule";

/** Percent of a family's public addresses: more than two times what the largest holder of a single block has. */
export const widestByDefault = 1;

/** What a configuration may set for the rule. */
export const settings: Readonly<Record<string, SettingSchema>> = {
    trustedPrefixListIds: {
        type: "array",
        items: { type: "string", pattern: "^pl-[0-9a-f]+$" },
        default: [],
        description:
            "Ids of prefix lists outside the stack that you know not to hold every address. You need not name CloudFront's own lists.",
    },
    trustedSecurityGroupIds: {
        type: "array",
        items: { type: "string", pattern: "^sg-[0-9a-f]+$" },
        default: [],
        description: "Ids of security groups outside the stack that you know not to allow every address.",
    },
    maximumPublicPercent: {
        type: "number",
        minimum: 0,
        maximum: 100,
        default: widestByDefault,
        description:
            "The share of a family's public addresses, in percent, that a load balancer may allow before the rule advises against it; 100 turns the advice off. One percent of IPv4 is 37 million addresses.",
    },
};
