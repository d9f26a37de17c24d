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
            "Ids of prefix lists outside the stack that are known not to hold every address. CloudFront's own lists need not be named.",
    },
    trustedSecurityGroupIds: {
        type: "array",
        items: { type: "string", pattern: "^sg-[0-9a-f]+$" },
        default: [],
        description: "Ids of security groups outside the stack that are known not to let in every address.",
    },
    maximumPublicPercent: {
        type: "number",
        minimum: 0,
        maximum: 100,
        default: widestByDefault,
        description:
            "How much of all public addresses of a family, in percent, a load balancer may let in before the rule advises against it; 100 turns the advice off. One percent of IPv4 is 37 million addresses.",
    },
};
