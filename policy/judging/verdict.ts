import type { Exemption, Exemptions } from "../configuration";
import type { Judgement } from "./judge";
import type { Level } from "../rule";

/** A judgement with the weight that the configuration gives it. */
export interface Verdict extends Judgement {
    /** True where it is reported as advisory whatever the rule's level: exempted, advice, or it cannot be told. */
    readonly mild: boolean;
    /** The exemption that covers it and still holds. */
    readonly exempted?: Exemption;
}

/** Applies a rule's exemptions, and sorts what counts before what does not. */
export function verdictsOf(judgements: readonly Judgement[], exemptions: Exemptions, today: string): Verdict[] {
    const verdicts = judgements.map((judgement): Verdict => {
        const covering = exemptions.covering(judgement.urn, today);
        if (judgement.kind === "cannot tell") {
            return { ...judgement, mild: true };
        }
        const mild = judgement.level === "advisory";
        if (covering === undefined) {
            return { ...judgement, mild };
        }
        const { exemption, expired } = covering;
        if (expired) {
            const note = `The exemption for it expired on ${exemption.expires} (${exemption.reason}).`;
            return { ...judgement, mild, message: `${judgement.message}\n${note}` };
        }
        const note = `Exempted until ${exemption.expires}: ${exemption.reason}`;
        return { ...judgement, mild: true, exempted: exemption, message: `${judgement.message}\n${note}` };
    });
    return [...verdicts.filter((verdict) => !verdict.mild), ...verdicts.filter((verdict) => verdict.mild)];
}

/** The level at which a verdict is reported; what is left after a remediation counts as mandatory, as in the engine. */
export function reportedLevel(verdict: Verdict, level: Level): "advisory" | "mandatory" {
    return verdict.mild || level === "advisory" ? "advisory" : "mandatory";
}

/**
 * The first line of what the engine shows for a verdict that counts as advice: the rule's description, and what the
 * engine has no field for. {@link standingIn} reads it back.
 */
export function heading(description: string, { kind, exempted }: Pick<Verdict, "kind" | "exempted">): string {
    if (exempted !== undefined) {
        return `${description} (${exemptedMark})`;
    }
    return kind === "cannot tell" ? `${description} (${kind})` : description;
}

const exemptedMark = "exempted";

/** What a first line says of the verdict under it. */
export function standingIn(line: string, description: string): "violation" | "cannot tell" | "exempted" {
    const mark = line.startsWith(`${description} (`) ? line.slice(description.length + 2, -1) : "";
    return mark === exemptedMark || mark === "cannot tell" ? mark : "violation";
}
