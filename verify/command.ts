import { Command, InvalidArgumentError, Option } from "commander";
import { readFileSync, writeFileSync } from "node:fs";
import { html } from "./html";
import type { Network, WireEvidence } from "./network";
import type { Verdict } from "./report";
import { table } from "./table";
import { isDnsName, type Target, targetFromOutputs, TargetProblems } from "./target";
import { verify } from "./verify";

/** What the exit code says. 2 is left to wrong usage, as commander and most tools have it. */
const exitCodes: Readonly<Record<Verdict | "usage", number>> = {
    pass: 0,
    warn: 0,
    fail: 1,
    usage: 2,
    "cannot tell": 3,
};

interface Options {
    readonly outputs?: string;
    readonly domainName?: string[];
    readonly originDomainName?: string;
    readonly network?: string;
    readonly path: string;
    readonly json?: boolean;
    readonly html?: string;
    readonly timeout: number;
    readonly hstsMaxAge: number;
    readonly certificateDays: number;
}

/** The command `verify-edge`. Returns the exit code; a problem of the user's is told in words, never as a stack trace. */
export async function command(args: readonly string[]): Promise<number> {
    let code = exitCodes["cannot tell"];
    const program = new Command("verify-edge")
        .description("Probes a deployed encrypted edge from outside, hop by hop, and writes the evidence.")
        .option(
            "--outputs <file>",
            "outputs of the stack, from `pulumi stack output --json`; - reads them from standard input",
        )
        .option("--domain-name <name>", "name that viewers use; may be repeated; instead of --outputs", collectName)
        .option(
            "--origin-domain-name <name>",
            "name by which CloudFront finds the load balancer; with --domain-name",
            dnsNameOf,
        )
        .option("--network <file>", "network of a rehearsal, as its serve command writes it; default: the internet")
        .option("--path <path>", "path that the application answers without a login", pathOf, "/")
        .option("--json", "print the report as JSON instead of a table")
        .option("--html <file>", "also write the report as a single HTML file")
        .addOption(secondsOption("--timeout <seconds>", "seconds for one exchange, 1 to 120", 10, 1, 120))
        .addOption(
            secondsOption(
                "--hsts-max-age <seconds>",
                "least Strict-Transport-Security max-age",
                86_400,
                0,
                3_153_600_000,
            ),
        )
        .addOption(
            secondsOption("--certificate-days <days>", "days for which certificates must still be valid", 15, 0, 398),
        )
        .addHelpText(
            "after",
            "\nExit code: 0 all that could be seen is right, warnings included, 1 something is wrong, 2 wrong usage, 3 what a verdict needs was not seen.\n" +
                "Example: pulumi stack output --json | verify-edge --outputs - --html report.html",
        )
        .allowExcessArguments(false)
        .exitOverride()
        .action(async (options: Options) => {
            code = await run(options);
        });
    try {
        await program.parseAsync([...args], { from: "user" });
        return code;
    } catch (error) {
        const { code: reason, exitCode, message } = error as { code?: string; exitCode?: number; message: string };
        if (reason?.startsWith("commander.")) {
            return exitCode === 0 ? exitCodes.pass : exitCodes.usage;
        }
        process.stderr.write(`verify-edge: ${message}\n`);
        return exitCodes.usage;
    }
}

async function run(options: Options): Promise<number> {
    const network = options.network === undefined ? undefined : readNetwork(options.network);
    const target = targetOf(options, network);
    const live = process.stderr.isTTY;
    const report = await verify({
        target,
        network,
        path: options.path,
        timeoutSeconds: options.timeout,
        strictTransportSecurityMaxAge: options.hstsMaxAge,
        certificateDays: options.certificateDays,
        progress: (done, all) =>
            live && process.stderr.write(`\r${done === all ? " ".repeat(20) + "\r" : `probe ${done} of ${all}`}`),
    });
    if (options.html !== undefined) {
        write(options.html, html(report));
    }
    const color = process.stdout.isTTY && process.env.NO_COLOR === undefined;
    process.stdout.write(
        options.json
            ? `${JSON.stringify(report, undefined, 2)}\n`
            : `${table(report, { color, width: process.stdout.columns || 120 })}\n`,
    );
    return exitCodes[report.verdict];
}

function targetOf(options: Options, network: Network | undefined): Target {
    if (options.outputs !== undefined && options.domainName !== undefined) {
        throw new Error("Give either --outputs or --domain-name, not both.");
    }
    if (options.domainName !== undefined) {
        return { domainNames: options.domainName, originDomainName: options.originDomainName };
    }
    if (options.outputs === undefined && network?.target !== undefined) {
        return network.target;
    }
    if (options.outputs === undefined) {
        throw new Error(
            "Nothing to probe: give --outputs with the file that `pulumi stack output --json` wrote, or --domain-name www.example.com --origin-domain-name origin.example.com.",
        );
    }
    const where = options.outputs === "-" ? "standard input" : options.outputs;
    const outputs = parse(read(options.outputs === "-" ? 0 : options.outputs, where), where);
    try {
        return targetFromOutputs(outputs);
    } catch (error) {
        throw error instanceof TargetProblems
            ? new Error(`${where} does not say what to probe.\n  ${error.problems.join("\n  ")}`)
            : error;
    }
}

/** A network written by a rehearsal: plain data, and the address at which its taps can be asked. */
function readNetwork(file: string): Network {
    const network = parse(read(file, file), file) as Partial<Network> & { readonly wireUrl?: string };
    if (
        typeof network !== "object" ||
        network === null ||
        typeof network.hosts !== "object" ||
        typeof network.description !== "string"
    ) {
        throw new Error(
            `${file} is not the network of a rehearsal: it needs "description" and "hosts". \`npm run serve\` writes one.`,
        );
    }
    const { wireUrl, ...plain } = network;
    return {
        ...(plain as Network),
        wire: wireUrl === undefined ? undefined : (marker) => askTaps(wireUrl, marker),
    };
}

async function askTaps(url: string, marker: string | undefined): Promise<WireEvidence[]> {
    const response = await fetch(`${url}?${new URLSearchParams(marker === undefined ? {} : { marker }).toString()}`, {
        signal: AbortSignal.timeout(10_000),
    });
    return (await response.json()) as WireEvidence[];
}

function read(file: string | number, name: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        throw new Error(`Cannot read ${name}: ${reasonOf(error)}.`, { cause: error });
    }
}

function write(file: string, content: string): void {
    try {
        writeFileSync(file, content);
    } catch (error) {
        throw new Error(`Cannot write ${file}: ${reasonOf(error)}.`, { cause: error });
    }
}

function parse(json: string, name: string): unknown {
    try {
        return JSON.parse(json);
    } catch {
        throw new Error(`${name} is not JSON. Write the outputs with \`pulumi stack output --json > outputs.json\`.`);
    }
}

function reasonOf(error: unknown): string {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT"
        ? "no such file or folder"
        : code === "EACCES"
          ? "not permitted"
          : code === "EISDIR"
            ? "it is a folder"
            : message;
}

function collectName(name: string, before: string[] | undefined): string[] {
    return [...(before ?? []), dnsNameOf(name)];
}

function dnsNameOf(name: string): string {
    if (!isDnsName(name)) {
        throw new InvalidArgumentError("Expected a DNS name such as www.example.com.");
    }
    return name.toLowerCase().replace(/\.$/, "");
}

function pathOf(path: string): string {
    if (!/^\/[!-~]*$/.test(path)) {
        throw new InvalidArgumentError(
            "Expected a path that begins with a slash and holds no spaces, such as /health.",
        );
    }
    return path;
}

function secondsOption(flags: string, description: string, standard: number, least: number, most: number): Option {
    return new Option(flags, description).default(standard).argParser((text) => {
        const value = Number(text);
        if (text.trim() === "" || !(value >= least && value <= most)) {
            throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`);
        }
        return value;
    });
}
