/** A time limit that was reached. It says nothing about the other side. */
export class OutOfTime extends Error {}

/**
 * A promise that settles, whatever happens: by `begin`, or by rejecting when the time is over. What `begin` returns is
 * called in every case, and ends whatever is still open.
 */
export function bounded<T>(
    milliseconds: number,
    late: string,
    begin: (resolve: (value: T) => void, reject: (error: Error) => void) => () => void,
): Promise<T> {
    return new Promise((resolve, reject) => {
        let end: () => void = () => undefined;
        let settled = false;
        const settle = (conclude: () => void) => {
            if (!settled) {
                settled = true;
                clearTimeout(timer);
                conclude();
                // Not within `begin`: it may settle before it has returned.
                setImmediate(() => end());
            }
        };
        const timer = setTimeout(() => settle(() => reject(new OutOfTime(late))), milliseconds);
        try {
            end = begin(
                (value) => settle(() => resolve(value)),
                (error) => settle(() => reject(error)),
            );
        } catch (error) {
            settle(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
    });
}

/** How much later than the run its last exchanges end: they must not be taken for servers that do not answer. */
const grace = 500;

/** The time of a whole run, and how many exchanges it has open at once. */
export class Pace {
    readonly #ends: number;
    readonly #waiting: (() => void)[] = [];
    #free: number;

    /** @param timeout milliseconds for one exchange */
    constructor(
        readonly timeout: number,
        total: number,
        atOnce: number,
    ) {
        this.#ends = Date.now() + total;
        this.#free = atOnce;
    }

    /** Milliseconds that one exchange may take now: never so long that it outlives the run by much. */
    get now(): number {
        return Math.max(1, Math.min(this.timeout, this.left + grace));
    }

    /** Milliseconds until the run ends. */
    get left(): number {
        return Math.max(1, this.#ends - Date.now());
    }

    /** Runs an exchange when its turn comes. */
    async turn<T>(exchange: () => Promise<T>): Promise<T> {
        if (this.#free > 0) {
            this.#free--;
        } else {
            await new Promise<void>((resolve) => this.#waiting.push(resolve));
        }
        try {
            return await exchange();
        } finally {
            const next = this.#waiting.shift();
            if (next === undefined) {
                this.#free++;
            } else {
                next();
            }
        }
    }
}

/** Does something once, and gives its outcome to whoever asks. */
export function once<T>(action: () => Promise<T>): () => Promise<T> {
    let outcome: Promise<T> | undefined;
    return () => (outcome ??= action());
}

/** The outcome of an exchange, or why there was none. */
export async function attempt<T>(exchange: () => Promise<T>): Promise<T | Error> {
    try {
        return await exchange();
    } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
    }
}
