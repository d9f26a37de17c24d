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
    /** Standard output is for a machine. */
    json: boolean;
    /** Only help was asked for. */
    help: boolean;
    /** What the CLI gets: all that was given, but for `--config-file`, which the rehearsal answers itself. */
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

/** Options of the CLI that take the next word as their value, where that is needed to find the command behind them. */
const globalOptionsWithValue = new Set([
    "--color",
    "--verbose",
    "-v",
    "--tracing",
    "--otel-traces",
    "--profiling",
    "--memprofilerate",
    "--tracing-header",
]);

/** Reads a pulumi command line without judging it: what is wrong with it, the CLI says. */
export function readCommandLine(given: readonly string[]): CommandLine {
    const found: CommandLine = { command: "", operands: [], json: false, help: false, arguments: [] };
    const words: string[] = [];
    const values: Record<string, (value: string) => void> = {
        "--stack": (value) => (found.stack = value),
        "-s": (value) => (found.stack = value),
        "--cwd": (value) => (found.directory = value),
        "-C": (value) => (found.directory = value),
        "--config-file": (value) => (found.configFile = value),
    };
    for (let index = 0; index < given.length; index += 1) {
        const word = given[index] as string;
        if (word === "--") {
            found.arguments.push(...given.slice(index));
            break;
        }
        const [option, attached] = splitOption(word);
        const keep = values[option];
        const next = given[index + 1];
        if (keep !== undefined && (attached !== undefined || next !== undefined)) {
            keep(attached ?? (next as string));
            const taken = attached === undefined ? 2 : 1;
            if (option !== "--config-file") {
                found.arguments.push(...given.slice(index, index + taken));
            }
            index += taken - 1;
            continue;
        }
        found.arguments.push(word);
        if (globalOptionsWithValue.has(word) && words.length === 0 && next !== undefined) {
            found.arguments.push(next);
            index += 1;
        } else if (!word.startsWith("-")) {
            words.push(word);
        } else if (/^(--json|--json=true|-j)$/.test(word)) {
            found.json = true;
        } else if (word === "--help" || word === "-h") {
            found.help = true;
        }
    }
    const [first = "", second] = words;
    const isFamily = families.has(first) && second !== undefined;
    const command = isFamily ? `${first} ${second}` : first;
    found.command = aliases[command] ?? command;
    found.operands = words.slice(isFamily ? 2 : 1);
    found.help ||= first === "help";
    return found;
}

/** `--stack=dev` and `-sdev` are one word each; a value that stands apart is left to the caller. */
function splitOption(word: string): [option: string, attached?: string] {
    if (word.startsWith("--")) {
        const equals = word.indexOf("=");
        return equals === -1 ? [word] : [word.slice(0, equals), word.slice(equals + 1)];
    }
    if (/^-[sC]./.test(word)) {
        return [word.slice(0, 2), word.slice(2).replace(/^=/, "")];
    }
    return [word];
}
