import { MistakeError } from "./mistake";
import { rehearse } from "./rehearse";
import { fileSystemProblem } from "./systemErrors";

/** Runs the command and sets the exit code; what went wrong is said in words, not as a stack trace. */
export async function main(given: readonly string[]): Promise<void> {
    try {
        process.exitCode = await rehearse(given);
    } catch (error) {
        process.stderr.write(`rehearse: ${fileSystemProblem(error) ?? (error as Error).message}\n`);
        if (!(error instanceof MistakeError) && process.env.REHEARSAL_DEBUG !== undefined) {
            process.stderr.write(`${(error as Error).stack}\n`);
        }
        process.exitCode = 1;
    }
}
