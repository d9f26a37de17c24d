import type { Timeline } from "../../rehearsal";

/** What runs would take on AWS, by what they are, such as "first up of dev". */
export type Figures = Readonly<Record<string, Timeline>>;

/**
 * Says each run that takes longer than the committed figures tell, or of which one of the two knows nothing.
 * @returns the exit code: 1 where anything was said.
 */
export function judge(committed: Figures, measured: Figures, say: (sentence: string) => void): 0 | 1 {
    const sentences = growth(committed, measured);
    sentences.forEach(say);
    return sentences.length === 0 ? 0 : 1;
}

function growth(committed: Figures, measured: Figures): string[] {
    const runs = [...new Set([...Object.keys(committed), ...Object.keys(measured)])];
    return runs.flatMap((run) => {
        const before = committed[run];
        const now = measured[run];
        if (before === undefined || now === undefined) {
            return [
                now === undefined
                    ? `The ${run} was not measured.`
                    : `There are no committed figures of the ${run}: npm run benchmark:deployment -- --write`,
            ];
        }
        const path = now.path.map(({ type, name, seconds }) => `${type} ${name} (${seconds} s)`).join(", then ");
        return now.seconds > before.seconds
            ? [`The ${run} takes ${now.seconds} s on AWS; it took ${before.seconds} s before. It waits for ${path}.`]
            : [];
    });
}
