import type { Timeline } from "../../rehearsal";

/** What a first `up` of each stack would take on AWS, by the stack's name. */
export type Figures = Readonly<Record<string, Timeline>>;

/**
 * Says each stack that takes longer than the committed figures tell, or of which one of the two knows nothing.
 * @returns the exit code: 1 where anything was said.
 */
export function judge(committed: Figures, measured: Figures, say: (sentence: string) => void): 0 | 1 {
    const sentences = growth(committed, measured);
    sentences.forEach(say);
    return sentences.length === 0 ? 0 : 1;
}

function growth(committed: Figures, measured: Figures): string[] {
    const stacks = [...new Set([...Object.keys(committed), ...Object.keys(measured)])];
    return stacks.flatMap((stack) => {
        const before = committed[stack];
        const now = measured[stack];
        if (before === undefined || now === undefined) {
            return [
                now === undefined
                    ? `A first up of ${stack} was not measured.`
                    : `There are no committed figures of ${stack}: npm run benchmark:deployment -- --write`,
            ];
        }
        const path = now.path.map(({ type, name, seconds }) => `${type} ${name} (${seconds} s)`).join(", then ");
        return now.seconds > before.seconds
            ? [
                  `A first up of ${stack} takes ${now.seconds} s on AWS; it took ${before.seconds} s before. It waits for ${path}.`,
              ]
            : [];
    });
}
