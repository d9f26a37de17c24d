import type { Result } from "../judging";

/** What of a result the engine is told. */
export type Answer = Pick<Result, "level" | "kind" | "urn" | "message" | "exempted">;

/** The engine's own proxy passes answers of up to 4 MiB; one above fails the user's whole update. */
const answerBytes = 3 * 1024 * 1024;

/** What the SDK adds to each reported result: the name, version and description of pack and policy, framing. */
const overheadBytes = 200;

/** How many bytes of one answer each of `policies` may fill. */
export function shareOf(policies: number): number {
    return Math.floor(answerBytes / Math.max(1, policies));
}

/**
 * Keeps the first results, which are the worst, as far as they fit in `bytes`.
 *
 * @returns what fits, and how many do not; `hiddenViolations` of those count at the rule's own level
 */
export function fitting(
    results: readonly Answer[],
    bytes: number,
    descriptionBytes: number,
): { readonly shown: readonly Answer[]; readonly hidden: number; readonly hiddenViolations: number } {
    let left = bytes;
    const end = results.findIndex((result) => {
        const own = Buffer.byteLength(result.message) + Buffer.byteLength(result.urn ?? "");
        left -= own + 2 * descriptionBytes + overheadBytes;
        return left < 0;
    });
    if (end === -1) {
        return { shown: results, hidden: 0, hiddenViolations: 0 };
    }
    const hidden = results.slice(end);
    return {
        shown: results.slice(0, end),
        hidden: hidden.length,
        hiddenViolations: hidden.filter((result) => result.level === "mandatory").length,
    };
}

export function hiddenMessage(shown: number, hidden: number): string {
    return (
        `${shown} of ${shown + hidden} findings of this rule are shown, the worst first; the engine takes no longer answer. ` +
        "To see all of them: pulumi stack export --file state.json && npx --no-install encrypted-edge-policy audit state.json"
    );
}
