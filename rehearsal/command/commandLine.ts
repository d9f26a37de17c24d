import { parseArgs, type ParseArgsConfig } from "node:util";

/** What the rehearsal needs to know of a pulumi command line; the CLI itself gets the arguments as they were given. */
export interface CommandLine {
    /** The command, by its main name: `up`, `preview`, `stack init`...; empty for options alone. */
    command: string;
    /** What follows the command and is not an option. */
    operands: string[];
    /** The value of `--stack`, as it was given. */
    stack?: string;
    /** The value of `--cwd`. */
    directory?: string;
    /** The value of `--config-file`. */
    configFile?: string;
    /** The value of `--language`, as `package gen-sdk` has it. */
    language?: string;
    /** The value of `--secrets-provider`. */
    secretsProvider?: string;
    /** Standard output is for a machine. */
    json: boolean;
    /** Only help was asked for. */
    help: boolean;
    /** The options with a name of several letters, as they were written. */
    options: string[];
    /** What the CLI gets: all that was given, but for `--config-file` and `--cwd`, which the rehearsal answers itself. */
    arguments: string[];
}

/** Second names of commands, by the CLI's own help. */
const aliases: Record<string, string> = {
    update: "up",
    pre: "preview",
    down: "destroy",
    dn: "destroy",
    "stack new": "stack init",
    "stack create": "stack init",
    "stack setup": "stack init",
    "stack remove": "stack rm",
    "stack delete": "stack rm",
};

/** Commands whose next word is a command too. */
const families = new Set(["stack", "config", "policy", "plugin", "package", "state", "env", "org", "schema"]);

/** What has to be told apart to find the command: options that are read here, and those that take the next word. */
const options = {
    stack: { type: "string", short: "s" },
    cwd: { type: "string", short: "C" },
    "config-file": { type: "string" },
    language: { type: "string" },
    "secrets-provider": { type: "string" },
    json: { type: "boolean", short: "j" },
    help: { type: "boolean", short: "h" },
    color: { type: "string" },
    verbose: { type: "string", short: "v" },
    tracing: { type: "string" },
    "otel-traces": { type: "string" },
    profiling: { type: "string" },
    memprofilerate: { type: "string" },
    "tracing-header": { type: "string" },
} as const satisfies ParseArgsConfig["options"];

/** Reads a pulumi command line without judging it: what is wrong with it, the CLI says. */
export function readCommandLine(given: readonly string[]): CommandLine {
    const { tokens } = parseArgs({ args: [...given], options, strict: false, allowPositionals: true, tokens: true });
    const end = tokens.findIndex(({ kind }) => kind === "option-terminator");
    const read = tokens.slice(0, end === -1 ? undefined : end);
    const found = read.flatMap((token) => (token.kind === "option" ? [token] : []));
    // An option of one letter may have its value behind "=", too.
    const last = (name: keyof typeof options) =>
        found.findLast((token) => token.name === name && token.value !== undefined)?.value?.replace(/^=/, "");
    const isGiven = (name: keyof typeof options) =>
        found.some((token) => token.name === name && token.value !== "false");
    const taken = found
        .filter(({ name, value }) => /^(config-file|cwd)$/.test(name) && value !== undefined)
        .flatMap(({ index, inlineValue }) => (inlineValue === true ? [index] : [index, index + 1]));
    const words = read.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
    const [first = "", second] = words;
    const isFamily = families.has(first) && second !== undefined;
    const command = isFamily ? `${first} ${second}` : first;
    return {
        command: aliases[command] ?? command,
        operands: words.slice(isFamily ? 2 : 1),
        stack: last("stack"),
        directory: last("cwd"),
        configFile: last("config-file"),
        language: last("language"),
        secretsProvider: last("secrets-provider"),
        json: isGiven("json"),
        help: isGiven("help") || first === "help",
        options: [...new Set(found.flatMap(({ index }) => /^--?[a-z][a-z-]+/.exec(given[index] ?? "") ?? []))],
        arguments: given.filter((_, index) => !taken.includes(index)),
    };
}
