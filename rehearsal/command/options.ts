import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearestName } from "@encrypted-edge/common";
import { MistakeError } from "./mistake";

type Options = NonNullable<ParseArgsConfig["options"]>;

type Values<Given extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: Given }>>["values"];

/**
 * Reads the options of one of the rehearsal's own commands.
 * @throws MistakeError that names every option that is not one, or has no value.
 */
export function readOptions<const Given extends Options>(
    command: string,
    given: readonly string[],
    options: Given,
): Values<Given> {
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
            const meant = nearestName(token.name, names);
            return [
                `Unknown option ${token.rawName}.${meant === undefined ? "" : ` Write --${meant} if that was meant.`}`,
            ];
        }
        if (option.type === "string" && (token.value === undefined || token.value.startsWith("-"))) {
            return [`${token.rawName} needs a value.`];
        }
        return option.type === "boolean" && token.value !== undefined ? [`${token.rawName} takes no value.`] : [];
    });
    if (problems.length > 0) {
        throw new MistakeError([...problems, `Help: rehearse ${command} --help`].join("\n"));
    }
    return parseArgs({ args: [...given], options }).values;
}
