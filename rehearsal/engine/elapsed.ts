/** Is told, in a few words for people, what is being done; called again and again while it lasts. */
export type OnProgress = (doing: string) => void;

/** Tells every second what is being done, and for how long, while some work lasts. */
export async function tellWhile<Result>(
    progress: OnProgress,
    doing: () => string,
    work: Promise<Result>,
): Promise<Result> {
    const start = Date.now();
    const ticking = setInterval(() => progress(`${doing()}, ${elapsed(start)}`), 1000);
    return work.finally(() => clearInterval(ticking));
}

/** Time since `start` (milliseconds since the epoch), for people: `41 s`, `3 min 05 s`. */
export function elapsed(start: number, now = Date.now()): string {
    const seconds = Math.round((now - start) / 1000);
    const rest = String(seconds % 60).padStart(2, "0");
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${rest} s`;
}
