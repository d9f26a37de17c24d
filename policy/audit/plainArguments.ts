import { defaultOptions, type RawOptions } from "./options";

/** Options that need nothing after them: a report that goes to standard output, and the longer table. */
const alone = ["json", "sarif", "junit", "gitlab", "html", "verbose"] as const satisfies (keyof RawOptions)[];

/**
 * What the arguments of an audit say where they are targets and then options that stand alone: to load the library that
 * reads command lines takes such a run a tenth of its time. Undefined where they are anything else, which is for that
 * library to read.
 */
export function plainArguments(
    args: readonly string[],
): { readonly targets: readonly string[]; readonly options: RawOptions } | undefined {
    const isTarget = (argument: string) => argument === "-" || !argument.startsWith("-");
    const end = args.findIndex((argument) => !isTarget(argument));
    const targets = end < 0 ? args : args.slice(0, end);
    const given = args.slice(targets.length).map((option) => alone.find((name) => option === `--${name}`));
    const names = given.filter((name) => name !== undefined);
    if (targets.length === 0 || names.length < given.length) {
        return undefined;
    }
    return { targets, options: { ...defaultOptions, ...Object.fromEntries(names.map((name) => [name, true])) } };
}
