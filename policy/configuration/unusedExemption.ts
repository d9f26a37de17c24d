import type { Exemption } from "./exemptions";
import type { Configurable } from "./configuration";

/** The one check that looks at the configuration instead of the stack. It is configured as the rules are. */
export const unusedExemption = {
    name: "unused-exemption",
    displayName: "Exemptions are still needed",
    description: "Every exemption that can apply to this stack covers something that its rule reports.",
    level: "advisory",
    severity: "low",
    remediationSteps: "Remove the exemption from the policy configuration, or correct its URN pattern.",
} as const satisfies Configurable & { readonly remediationSteps: string };

export function unusedExemptionMessage(rule: string, exemption: Exemption): string {
    return (
        `The exemption of ${rule} for ${JSON.stringify(exemption.urn)} (${exemption.reason}, until ${exemption.expires}) ` +
        "matches nothing that the rule reports. Remove it, or correct its pattern."
    );
}
