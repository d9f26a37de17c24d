import { defaultOptions, type RawOptions } from "./options";

/** Options that need nothing after them: a report that goes to standard output, and the longer table. */
const alone = ["json", "sarif", "junit", "gitlab", "html", "verbose"] as const satisfies (keyof RawOptions)[];

/** Options that take the argument after them, whatever it is. */
const followed = {
    "--policy-config": "policyConfig",
    "--baseline": "baseline",
    "--fail-on": "failOn",
} as const satisfies Readonly<Record<string, keyof RawOptions>>;

/**
 * What the arguments of an audit say where they are targets and then options of the usual kinds: to load the library
 * that reads command lines takes such a run a tenth of its time. Undefined where they are anything else, which is for
 * that library to read.
 */
export function plainArguments(
    args: readonly string[],
): { readonly targets: readonly string[]; readonly options: RawOptions } | undefined {
    const isTarget = (argument: string) => argument === "-" || !argument.startsWith("-");
    const end = args.findIndex((argument) => !isTarget(argument));
    const targets = end < 0 ? args : args.slice(0, end);
    const options: Record<string, string | true> = {};
    for (let index = targets.length; index < args.length; index++) {
        const option = args[index] as string;
        const name = alone.find((name) => option === `--${name}`);
        const value = args[index + 1];
        if (name !== undefined) {
            options[name] = true;
        } else if (isFollowed(option) && value !== undefined) {
            options[followed[option]] = value;
            index++;
        } else {
            return undefined;
        }
    }
    return targets.length === 0 ? undefined : { targets, options: { ...defaultOptions, ...options } };
}

function isFollowed(option: string): option is keyof typeof followed {
    return Object.hasOwn(followed, option);
}
