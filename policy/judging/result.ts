import { Exemptions, today, type Exemption } from "../configuration";
import type { ChainStep, Rule, Severity } from "../rule";

/** One thing that the pack says about a stack: what a rule found, ready to be shown, with the weight it has. */
export interface Result {
    /** Name of the rule. */
    readonly rule: string;
    readonly severity: Severity;
    readonly level: "advisory" | "mandatory";
    /** The level of the rule: what it cannot tell, advice, and what is exempted, is advisory whatever it is. */
    readonly ruleLevel: "advisory" | "mandatory";
    readonly kind: "violation" | "cannot tell" | "unused exemption";
    /** The resource; absent where the whole stack is meant. */
    readonly urn?: string;
    readonly path?: string;
    readonly message: string;
    /** The resources that the rule walked, each with the property that led on. */
    readonly chain?: readonly ChainStep[];
    /** The exemption that makes a violation advisory. */
    readonly exempted?: Exemption;
    /** The exemption that covers nothing, and the rule that it belongs to. */
    readonly unused?: Exemption & { readonly of: string };
}

/** A finding as it may be shown: of the resource that a person wrote, without secrets. */
export type Shown = Pick<Result, "urn" | "path" | "message" | "chain"> & {
    readonly kind: "violation" | "cannot tell";
    /** It is advisory whatever the rule's level. */
    readonly advice?: boolean;
};

/** What the configuration makes of a rule's findings. */
export interface Weight {
    /** What is left after a remediation counts as mandatory, as in the engine. */
    readonly level: "advisory" | "mandatory";
    readonly exemptions: Exemptions;
    /** The day that decides whether an exemption has expired, in UTC, as YYYY-MM-DD. */
    readonly day: string;
}

/** A mandatory rule without exemptions. */
export const unweighed: Weight = { level: "mandatory", exemptions: new Exemptions(undefined), day: today() };

/** Applies a rule's level and exemptions, and sorts what counts before what does not. */
export function weighed(
    rule: Pick<Rule, "name" | "severity">,
    shown: readonly Shown[],
    { level, exemptions, day }: Weight,
): Result[] {
    if (shown.length === 0) {
        return [];
    }
    const results = shown.map((finding): Result => {
        const { kind, urn, path, message, chain } = finding;
        const isAdvice = kind === "cannot tell" || finding.advice === true;
        const result: Result = {
            rule: rule.name,
            severity: rule.severity,
            level: isAdvice ? "advisory" : level,
            ruleLevel: level,
            kind,
            urn,
            path,
            message,
            ...(chain && { chain }),
        };
        const covering = exemptions.covering(urn, day);
        if (kind === "cannot tell" || covering === undefined) {
            return result;
        }
        const { exemption, expired } = covering;
        if (expired) {
            const note = `The exemption for it expired on ${exemption.expires} (${exemption.reason}).`;
            return { ...result, message: `${message}\n${note}` };
        }
        const note = `Exempted until ${exemption.expires}: ${exemption.reason}`;
        return { ...result, level: "advisory", exempted: exemption, message: `${message}\n${note}` };
    });
    return mandatoryFirst(results);
}

export function mandatoryFirst(results: Result[]): Result[] {
    const [first] = results;
    if (results.every(({ level }) => level === first?.level)) {
        return results;
    }
    return [
        ...results.filter((result) => result.level === "mandatory"),
        ...results.filter((result) => result.level === "advisory"),
    ];
}
