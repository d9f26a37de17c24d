import { nearestName } from "@encrypted-edge/common";
import { readCommandLine } from "./commandLine";
import { MistakeError } from "./mistake";
import { rehearse } from "./rehearse";
import { fileSystemProblem } from "./systemErrors";
import { tell } from "./tell";

type Command = (given: readonly string[], directory: string) => Promise<number>;

/**
 * Commands of the rehearsal's own; every other one is pulumi's. Loaded when they are asked for: starting is to be
 * quick.
 */
const own: Readonly<Record<string, () => Promise<Command>>> = {
    seed: async () => (await import("./seed.js")).seedCommand,
    serve: async () => (await import("./serve.js")).serveCommand,
    show: async () => (await import("./show.js")).showCommand,
};

/** The CLI's own commands, by its help, and the rehearsal's. */
const known = (
    "about api cancel config console convert deployment destroy do env gen-completion help import insights install login logout logs " +
    "neo new org package plugin policy preview project refresh schema stack state template up version watch whoami"
)
    .split(" ")
    .concat(Object.keys(own));

/** Runs the command and gives its exit code; what went wrong is told in words, not as a stack trace. */
export async function main(given: readonly string[]): Promise<number> {
    const { command } = readCommandLine(given);
    const load = own[command];
    try {
        if (load !== undefined) {
            return await (
                await load()
            )(given.toSpliced(given.indexOf(command), 1), process.cwd());
        }
        const code = await rehearse(given);
        if (code !== 0 && command !== "" && !known.includes(command.split(" ")[0] ?? "")) {
            const near = nearestName(command, known);
            const meant = near === undefined ? "For the commands: rehearse --help" : `Did you mean "rehearse ${near}"?`;
            tell(process.stderr, `The rehearsal knows no command "${command}". ${meant}`);
        }
        return code;
    } catch (error) {
        tell(process.stderr, `rehearse: ${fileSystemProblem(error) ?? (error as Error).message}`);
        if (!(error instanceof MistakeError) && process.env.REHEARSAL_DEBUG !== undefined) {
            process.stderr.write(`${(error as Error).stack}\n`);
        }
        return 1;
    }
}
