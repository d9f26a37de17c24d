import { isObject, own } from "../../graph";
import { withoutPassword } from "./source";

/** How the `pulumi` CLI is called. */
export interface PulumiCli {
    /** Name or path of the command. */
    readonly command: string;
    /** Whether it decrypts secrets in what it exports; that needs each stack's passphrase or key. Default: false. */
    readonly showSecrets?: boolean;
}

export interface ListedStack {
    readonly name: string;
    readonly lastUpdate?: string;
}

/** States of this size are written by nobody; a text cannot be longer in Node.js either. */
const longestOutput = 512 * 1024 * 1024;

/** Every stack of a backend that the account may see. */
export async function listStacks(
    cli: PulumiCli,
    backend?: string,
): Promise<{ readonly stacks: readonly ListedStack[] } | { readonly problem: string }> {
    const answer = await run(cli, ["stack", "ls", "--all", "--json"], backend);
    if ("problem" in answer) {
        return answer;
    }
    let listed: unknown;
    try {
        listed = JSON.parse(answer.output.toString("utf8"));
    } catch {
        return { problem: "`pulumi stack ls --all --json` gave no JSON. Use Pulumi 3.249.0 or later." };
    }
    if (!Array.isArray(listed)) {
        return { problem: "`pulumi stack ls --all --json` gave no list of stacks." };
    }
    const stacks = listed.flatMap((entry): ListedStack[] => {
        const name = own(entry, "name");
        const lastUpdate = own(entry, "lastUpdate");
        // While an update runs, the time is that of the update before it.
        const settled = typeof lastUpdate === "string" && own(entry, "updateInProgress") !== true;
        return typeof name === "string" ? [{ name, ...(settled ? { lastUpdate } : {}) }] : [];
    });
    return { stacks };
}

/** A stack's state, its secrets encrypted as the backend keeps them unless the CLI is to show them. */
export async function exportStack(
    cli: PulumiCli,
    stack: string,
    backend?: string,
): Promise<{ readonly output: Buffer } | { readonly problem: string }> {
    const secrets = cli.showSecrets === true ? ["--show-secrets"] : [];
    return run(cli, ["stack", "export", "--stack", stack, ...secrets], backend);
}

async function run(
    cli: PulumiCli,
    args: readonly string[],
    backend: string | undefined,
): Promise<{ readonly output: Buffer } | { readonly problem: string }> {
    const env: NodeJS.ProcessEnv = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    if (backend !== undefined) {
        env.PULUMI_BACKEND_URL = backend;
    }
    // Loaded where it is needed: files are read without it.
    const { execFile } = process.getBuiltinModule("node:child_process");
    const { tmpdir } = process.getBuiltinModule("node:os");
    return new Promise((resolve) => {
        const options = {
            // In a project's folder the CLI shortens names and would need the project's own language.
            cwd: tmpdir(),
            env,
            encoding: "buffer",
            maxBuffer: longestOutput,
        } as const;
        execFile(cli.command, [...args, "--non-interactive", "--color", "never"], options, (error, stdout, stderr) => {
            if (error === null) {
                resolve({ output: stdout });
            } else {
                resolve({ problem: failure(cli, args, error, stderr.toString("utf8")) });
            }
        });
    });
}

function failure(cli: PulumiCli, args: readonly string[], error: unknown, stderr: string): string {
    if (isObject(error) && error.code === "ENOENT") {
        return `The command "${cli.command}" was not found. Install the Pulumi CLI, or name it with --pulumi.`;
    }
    if (isObject(error) && error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") {
        return "The state is larger than 512 MiB. Export it to a file, and split the stack.";
    }
    const said = stderr
        .replace(/^error: /gm, "")
        .trim()
        .split("\n")
        .slice(0, 3)
        .join(" ")
        .slice(0, 500);
    return withoutPassword(
        `\`pulumi ${args.slice(0, 2).join(" ")}\` failed: ${said === "" ? "it said nothing" : said}`,
    );
}
