import type { Verdict } from "../judging";

/** The engine's own proxy passes answers of up to 4 MiB; one above fails the user's whole update. */
const answerBytes = 3 * 1024 * 1024;

/** What the SDK adds to each reported verdict: the name, version and description of pack and policy, framing. */
const overheadBytes = 200;

/** How many bytes of one answer each of `policies` may fill. */
export function shareOf(policies: number): number {
    return Math.floor(answerBytes / Math.max(1, policies));
}

/**
 * Keeps the first verdicts, which are the worst, as far as they fit in `bytes`.
 *
 * @returns what fits, and how many do not; `hiddenViolations` of those count at the rule's own level
 */
export function fitting(
    verdicts: readonly Verdict[],
    bytes: number,
    descriptionBytes: number,
): { readonly shown: readonly Verdict[]; readonly hidden: number; readonly hiddenViolations: number } {
    let left = bytes;
    const end = verdicts.findIndex((verdict) => {
        const own = Buffer.byteLength(verdict.message) + Buffer.byteLength(verdict.urn ?? "");
        left -= own + 2 * descriptionBytes + overheadBytes;
        return left < 0;
    });
    if (end === -1) {
        return { shown: verdicts, hidden: 0, hiddenViolations: 0 };
    }
    const hidden = verdicts.slice(end);
    return {
        shown: verdicts.slice(0, end),
        hidden: hidden.length,
        hiddenViolations: hidden.filter((verdict) => !verdict.mild).length,
    };
}

export function hiddenMessage(shown: number, hidden: number): string {
    return (
        `${shown} of ${shown + hidden} findings of this rule are shown, the worst first; the engine takes no longer answer. ` +
        "To see all of them: pulumi stack export --file state.json && npx encrypted-edge-policy audit state.json"
    );
}
