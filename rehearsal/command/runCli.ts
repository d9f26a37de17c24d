import { spawn } from "node:child_process";
import { constants } from "node:os";

export interface RunOptions {
    cli: string;
    arguments: string[];
    environment: NodeJS.ProcessEnv;
    directory: string;
    /** Where the CLI's standard output goes. Default: "stdout". */
    output?: "stdout" | "stderr";
    /** Is told the process id as soon as the CLI runs. */
    onStart?: (pid: number) => void;
}

/**
 * Runs the CLI with this process's own terminal, passes signals on, and gives its exit code (128 and the signal's
 * number where a signal ended it, as shells have it).
 */
export async function runCli(options: RunOptions): Promise<number> {
    const hasTerminal = process.stdin.isTTY;
    const child = spawn(options.cli, options.arguments, {
        cwd: options.directory,
        env: options.environment,
        stdio: ["inherit", options.output === "stderr" ? 2 : "inherit", "inherit"],
        detached: !hasTerminal,
    });
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    const pass = (signal: NodeJS.Signals): void => {
        // A terminal sends Ctrl-C to every process in front of it, so the CLI gets it without us; passing it on too
        // would count as the second Ctrl-C, which ends the engine at once. Without a terminal the CLI stands apart, and
        // we pass.
        if (signal !== "SIGINT" || !hasTerminal) {
            // The engine knows no SIGHUP and would end without saving: the terminal is gone, so it cancels.
            child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
        }
    };
    signals.forEach((signal) => process.on(signal, pass));
    const abandoned = whenAbandoned(() => child.kill("SIGTERM"));
    if (child.pid !== undefined) {
        options.onStart?.(child.pid);
    }
    try {
        return await new Promise<number>((resolve, reject) => {
            child.on("error", reject);
            child.on("close", (code, signal) => {
                if (signal !== null) {
                    // Killed within a line, which ours would go on with.
                    (options.output === "stderr" ? process.stderr : process.stdout).write("\n");
                }
                resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
            });
        });
    } finally {
        clearInterval(abandoned);
        signals.forEach((signal) => process.removeListener(signal, pass));
    }
}

/**
 * npm and npx do not always live to pass a signal on. Once the one that started us is gone nobody waits for the result,
 * so the engine is told to cancel. (A shell that has ended is another matter: its background work goes on.)
 */
function whenAbandoned(then: () => void): NodeJS.Timeout {
    const parent = process.ppid;
    const startedByNpm = process.env.npm_command !== undefined;
    const timer = setInterval(() => {
        if (startedByNpm && process.ppid !== parent) {
            clearInterval(timer);
            then();
        }
    }, 500);
    return timer.unref();
}
