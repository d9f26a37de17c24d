import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";

import { configurationProblems, problemList, unusedExemption } from "../configuration";
import type { Rule } from "../rule";
import { looksAt } from "../translation";
import { Policies } from "./policies";
import { askByType } from "./policiesByType";
import { Wire } from "./wire";

export interface PoliciesOptions {
    /**
     * True where the pack has no policies besides these. The SDK is then spared the properties of every resource, which
     * other policies would need, and names in the configuration that are none of these rules are refused as mistakes.
     * Default false.
     */
    readonly areAlone?: boolean;
    /** Called after each time that these policies have judged a stack. Default: nothing. */
    readonly afterStack?: () => void;
}

/**
 * CrossGuard policies of these rules, for the `policies` of a PolicyPack. To be called once in a process, before the
 * PolicyPack is made: from then on the rules read the engine's requests as they arrive, secrets and inputs of a preview
 * included, which the SDK shows no policy.
 *
 * A last policy, `unused-exemption`, reports exemptions of these rules that cover nothing.
 */
export function policies(
    rules: readonly Rule[],
    { areAlone = false, afterStack }: PoliciesOptions = {},
): (ResourceValidationPolicy | StackValidationPolicy)[] {
    const configurable = [...rules, unusedExemption];
    const names = new Set(configurable.map(({ name }) => name));
    const twice = rules.map(({ name }) => name).find((name, index, all) => all.indexOf(name) !== index);
    if (twice !== undefined) {
        throw new Error(`Two rules are named "${twice}". Give each a name of its own.`);
    }
    const wire = new Wire(
        rules,
        (properties) => {
            const own = [...properties].filter(([name]) => areAlone || names.has(name));
            const problems = configurationProblems(Object.fromEntries(own), configurable);
            return problems.length === 0 ? undefined : problemList("The policy configuration", problems);
        },
        areAlone,
    );
    wire.listen();
    const all = new Policies(rules, wire, afterStack).list();
    if (areAlone) {
        const byName = new Map(rules.map((rule) => [rule.name, rule]));
        askByType(all, ({ name }, type) => {
            const rule = byName.get(name);
            return rule !== undefined && looksAt(rule, type);
        });
    }
    return all;
}
