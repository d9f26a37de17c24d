/** Tells a user on standard error how far a long piece of work is. */
export interface Progress {
    /** Says what is under way. */
    update(doing: string): void;
    /** Writes a line that stays, for what the user has to know at once. */
    note(line: string): void;
    /** Takes away what {@link update} shows. May be called again, and before an update. */
    end(): void;
}

export interface ProgressOptions {
    /** Milliseconds between two lines where lines cannot be replaced, such as in a log. Default: 5,000. */
    readonly logInterval?: number;
    /** Whether such a log begins with the first update, for work that is always long. Default: after one interval. */
    readonly atOnce?: boolean;
}

/** On a terminal, how long a text is shown at least, in milliseconds. */
const shortest = 100;

/** On a terminal one line that is replaced; anywhere else a line now and then. */
export function showProgress(
    given?: NodeJS.WriteStream,
    { logInterval = 5_000, atOnce = false }: ProgressOptions = {},
): Progress {
    // Standard error is asked for where it is needed: to make the stream costs a short run more than all that it says.
    const stream = () => given ?? process.stderr;
    const begun = Date.now();
    let last: number | undefined;
    let shown = false;
    const end = () => {
        if (shown) {
            stream().write("\r\u001b[K");
        }
        shown = false;
    };
    return {
        update(doing) {
            const to = stream();
            const now = Date.now();
            const interval = to.isTTY ? shortest : logInterval;
            last ??= atOnce || to.isTTY ? -Infinity : begun;
            if (now - last < interval) {
                return;
            }
            last = now;
            const line = doing.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
            if (to.isTTY) {
                to.write(`\r\u001b[K${line.slice(0, (to.columns || 80) - 1)}`);
                shown = true;
            } else {
                to.write(`${line}\n`);
            }
        },
        note(line) {
            end();
            stream().write(`${line}\n`);
        },
        end,
    };
}

const barWidth = 30;

/** `[##########--------------------] 1/3 web`, as the text of an update. */
export function progressBar(done: number, total: number, doing: string): string {
    const filled = total === 0 ? 0 : Math.min(barWidth, Math.round((done / total) * barWidth));
    return `[${"#".repeat(filled)}${"-".repeat(barWidth - filled)}] ${done}/${total} ${doing}`.trimEnd();
}
