/** What is wrong with the options of one call, told all at once. */
export class Mistakes {
    readonly #found: string[] = [];

    add(mistake: string): void {
        this.#found.push(mistake);
    }

    /** The value of an option, which is a mistake unless it fulfils what is expected. */
    unless<T>(isRight: boolean, flags: string, given: string, expected: string, value: T): T {
        if (!isRight) {
            this.add(`${flags.split(" ")[0]} is "${given}": expected ${expected}.`);
        }
        return value;
    }

    /** What a reader gives; undefined where it throws, which is a mistake more. */
    readonly attempt = <T>(reader: () => T): T | undefined => {
        try {
            return reader();
        } catch (error) {
            this.add((error as Error).message);
            return undefined;
        }
    };

    async attemptAsync<T>(reader: (() => Promise<T>) | undefined): Promise<T | undefined> {
        try {
            return await reader?.();
        } catch (error) {
            this.add((error as Error).message);
            return undefined;
        }
    }

    /** All of them; undefined where there are none. */
    get message(): string | undefined {
        const [only, ...more] = this.#found;
        return more.length === 0
            ? only
            : [`The call has ${this.#found.length} mistakes:`, ...this.#found.map((one) => `  - ${one}`)].join("\n");
    }

    /** What was made of options without a mistake. @throws Error with every mistake otherwise */
    unlessAny<T>(made: T | undefined): T {
        if (this.message !== undefined || made === undefined) {
            throw new Error(this.message);
        }
        return made;
    }
}
