import { spawnSync } from "node:child_process";
import { nearestName } from "@encrypted-edge/common";
import type { CommandLine } from "./commandLine";
import { MistakeError } from "./mistake";

/** Options that are given most, and are right: asking the CLI which ones a command has takes it a quarter of a second. */
const usual =
    /^--(color|config-file|cwd|diff|json|non-interactive|policy-pack|policy-pack-config|show-secrets|skip-preview|stack|yes)$/;

/**
 * The engine says only that it does not know an option, after its stack has been made.
 * @throws MistakeError that names every option that is near one of the command's; of all others the CLI judges, which
 * has options that its help does not name.
 */
export function refuseMisspelt({ command, options }: CommandLine, help: (words: string[]) => string): void {
    const unusual = options.filter((option) => !usual.test(option));
    if (unusual.length === 0 || command === "") {
        return;
    }
    const text = help([...command.split(" "), "--help"]);
    const known = [...text.matchAll(/^ +(?:-\w, )? *--([\w-]+)/gm)].map(([, name = ""]) => name);
    const problems = unusual.flatMap((option) => {
        const name = option.replace(/^-+/, "");
        // With one dash most are a short name and its value: -sdev.
        const near = option.startsWith("--") ? nearestName(name, known) : known.find((each) => each === name);
        const isRight = near === undefined || option === `--${near}`;
        return isRight ? [] : [`"${command}" has no option ${option}. Did you mean --${near}?`];
    });
    if (problems.length > 0) {
        throw new MistakeError(...problems, `Help: rehearse ${command} --help`);
    }
}

/** @throws MistakeError for the name of a stack in the place of an operand: the engine takes it for a template. */
export function refuseStackAsOperand(
    { command, operands, arguments: words }: CommandLine,
    stacks: readonly string[],
): void {
    const [word = ""] = operands;
    // Behind an option it may be the option's value.
    const isValue = words[words.indexOf(word) - 1]?.startsWith("-") === true;
    if (/^(up|preview|refresh|destroy|watch)$/.test(command) && stacks.includes(word) && !isValue) {
        throw new MistakeError(`"${command}" takes the stack as an option: rehearse ${command} --stack ${word}`);
    }
}

/** What the CLI answers to a question that changes nothing. */
export function answerOf(cli: string, words: string[], env: NodeJS.ProcessEnv): string {
    return spawnSync(cli, words, { encoding: "utf8", env }).stdout;
}
