import { printable } from "./outputs";

export interface Progress {
    update(done: number, total: number, name: string): void;
    /** A line beside the progress, for what the user has to know at once. */
    say(line: string): void;
    end(): void;
}

const barWidth = 30;
const interval = 100;
const plainInterval = 5_000;

/** On a terminal a bar that is drawn over itself; else, in a log, a line now and then. Always on standard error. */
export function startProgress(stream: NodeJS.WriteStream): Progress {
    let last = Date.now();
    let drawn = false;
    const clear = () => {
        if (drawn) {
            stream.write("\r\u001b[K");
        }
        drawn = false;
    };
    return {
        update(done, total, name) {
            const now = Date.now();
            if (now - last < (stream.isTTY ? interval : plainInterval)) {
                return;
            }
            last = now;
            if (!stream.isTTY) {
                stream.write(`Audited ${done} of ${total} stacks.\n`);
                return;
            }
            const filled = Math.round((done / total) * barWidth);
            const bar = "#".repeat(filled) + "-".repeat(barWidth - filled);
            const room = Math.max(0, (stream.columns ?? 80) - barWidth - 24);
            stream.write(`\r\u001b[K[${bar}] ${done}/${total} ${printable(name).replace(/\n/g, " ").slice(0, room)}`);
            drawn = true;
        },
        say(line) {
            clear();
            stream.write(`${line}\n`);
        },
        end: clear,
    };
}
