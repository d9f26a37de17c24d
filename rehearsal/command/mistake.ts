/** Something that the user can put right: shown as it is, line by line, without a stack trace. */
export class MistakeError extends Error {
    override readonly name = "MistakeError";

    constructor(...lines: readonly string[]) {
        super(lines.join("\n"));
    }
}

/** Reads each of some texts. @throws MistakeError with what is wrong with every one that cannot be read. */
export function readEach<Read>(
    given: readonly string[],
    read: (text: string) => Read | undefined,
    problem: (text: string) => string,
): Read[] {
    const wrong = given.filter((each) => read(each) === undefined);
    if (wrong.length > 0) {
        throw new MistakeError(...wrong.map(problem));
    }
    return given.flatMap((each) => read(each) ?? []);
}
