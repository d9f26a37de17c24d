import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearestName } from "@encrypted-edge/common";
import { MistakeError } from "./mistake";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What every command of the rehearsal's own takes. */
const common = {
    cwd: { type: "string", short: "C" },
    help: { type: "boolean", short: "h" },
} as const;

/** Options of some commands: a name that was meant may be one that this command does not take. */
const elsewhere = ["hosted-zone", "json", "region", "stack"];

type Values<Given extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: Given }>>["values"];

/**
 * Reads the options of one of the rehearsal's own commands.
 * @throws MistakeError that names every option that is not one, or has no value.
 */
export function readOptions<const Given extends Options>(
    command: string,
    given: readonly string[],
    own: Given,
): Values<Given & typeof common> {
    const options: Options = { ...own, ...common };
    const names = Object.keys(options);
    const { tokens } = parseArgs({ args: [...given], options, strict: false, tokens: true, allowPositionals: true });
    const problems = tokens.flatMap((token, index): string[] => {
        if (token.kind === "positional") {
            const before = tokens[index - 1];
            // What follows an unknown option is most likely its value.
            const isValue = before?.kind === "option" && options[before.name] === undefined;
            return isValue ? [] : [`"${token.value}" is not expected.`];
        }
        if (token.kind !== "option") {
            return [];
        }
        const option = options[token.name];
        if (option === undefined) {
            if (elsewhere.includes(token.name)) {
                return [`rehearse ${command} does not take ${token.rawName}: leave it out.`];
            }
            const meant = nearestName(token.name, [...names, ...elsewhere]);
            const hint =
                meant === undefined
                    ? ""
                    : names.includes(meant)
                      ? ` Did you mean --${meant}?`
                      : ` Did you mean --${meant}? rehearse ${command} does not take it: leave it out.`;
            return [`Unknown option ${token.rawName}.${hint}`];
        }
        if (option.type === "string" && (token.value === undefined || token.value.startsWith("-"))) {
            return [`${token.rawName} needs a value.`];
        }
        return option.type === "boolean" && token.value !== undefined ? [`${token.rawName} takes no value.`] : [];
    });
    if (problems.length > 0) {
        throw new MistakeError(...problems, `Help: rehearse ${command} --help`);
    }
    return parseArgs({ args: [...given], options: { ...own, ...common } }).values;
}
