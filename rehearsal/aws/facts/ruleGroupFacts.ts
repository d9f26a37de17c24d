import table from "./ruleGroupTable.json";

/** What AWS says of one of its managed rule groups. */
export interface ManagedRuleGroup {
    /** Web ACL capacity units. */
    readonly capacity: number;
    /** What stands behind `awswaf:managed:aws:` in its labels. */
    readonly label?: string;
}

/** AWS's managed rule groups by name. */
export const ruleGroupFacts: Readonly<Record<string, ManagedRuleGroup>> = table.groups;
