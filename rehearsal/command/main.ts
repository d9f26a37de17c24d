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
        const near = code === 0 ? undefined : nearestName(command, Object.keys(own));
        if (near !== undefined) {
            tell(process.stderr, `Did you mean "rehearse ${near}"? That is a command of the rehearsal itself.`);
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
