import { Command, Option } from "commander";
import { fitted, fittedHelp, replaceFile, showProgress } from "@encrypted-edge/common";
import { type JudgedState, judgeState } from "./configuration";
import { exitCodeOf, wrongUsage } from "./exitCode";
import { html } from "./page";
import { read, readNetwork, readReport, readTarget } from "./inputs";
import { junit } from "./junit";
import { Mistakes } from "./mistakes";
import { ownVersion } from "./ownVersion";
import { json, type Report } from "./report";
import { table } from "./table";
import { isDnsName, rehearsedAccount } from "./target";
import { verify } from "./verify";
import { watch } from "./watch";

/** The reports that can be written, by the option that names their file. */
const formats = { json, html, junit } as const;
type Format = keyof typeof formats;

export interface Options extends Partial<Record<Format, string | true>> {
    readonly outputs?: string;
    readonly state?: string;
    readonly policyConfig?: string;
    readonly domainName?: string[];
    readonly originDomainName?: string;
    readonly network?: string;
    readonly path: string;
    readonly stack?: string;
    readonly commit?: string;
    readonly compare?: string;
    readonly watch?: number;
    readonly timeout: number;
    readonly hstsMaxAge: number;
    readonly certificateDays: number;
}

/** The command `verify-edge`. Returns the exit code; a problem of the user's is told in words, never as a stack trace. */
export async function command(args: readonly string[]): Promise<number> {
    let code = exitCodeOf("cannot tell");
    const mistakes = new Mistakes();
    const program = programOf(mistakes).action(async (options: Options) => {
        for (const extra of program.args) {
            mistakes.add(`"${extra}" is not expected: every input has an option, such as --outputs ${extra}.`);
        }
        code = await run(options, mistakes);
    });
    try {
        await program.parseAsync([...args], { from: "user" });
        return code;
    } catch (error) {
        const { code: reason, exitCode, message } = error as { code?: string; exitCode?: number; message: string };
        const ofOptions = reason?.startsWith("commander.") === true;
        if (ofOptions && exitCode === 0) {
            return 0;
        }
        // What commander refuses it has told already, but none of what was found before it.
        const told = ofOptions ? mistakes.message : message;
        if (told !== undefined) {
            process.stderr.write(`${fitted(`verify-edge: ${told}`, process.stderr)}\n`);
        }
        return wrongUsage;
    }
}

function programOf(mistakes: Mistakes): Command {
    const seconds = (flags: string, description: string, range: readonly [least: number, most: number]) =>
        new Option(flags, description).argParser((text) => {
            const value = Number(text);
            const isInside = text.trim() !== "" && value >= range[0] && value <= range[1];
            return mistakes.unless(isInside, flags, text, `a number from ${range[0]} to ${range[1]}`, value);
        });
    const dnsNameOf = (flags: string) => (name: string) =>
        mistakes.unless(
            isDnsName(name),
            flags,
            name,
            "a DNS name such as www.example.com",
            name.toLowerCase().replace(/\.$/, ""),
        );
    const domainName = "--domain-name <name>";
    const originDomainName = "--origin-domain-name <name>";
    const path = "--path <path>";
    return new Command("verify-edge")
        .configureHelp({ minWidthToWrap: 20 })
        .configureOutput({
            writeOut: (help) => process.stdout.write(fittedHelp(help, process.stdout)),
            outputError: (said, write) => write(fitted(said, process.stderr)),
        })
        .showHelpAfterError("(--help lists the options)")
        .description("Probes a deployed encrypted edge from outside, hop by hop, and writes the evidence.")
        .version(ownVersion())
        .option(
            "--outputs <file>",
            "outputs of the stack, from `pulumi stack output --json`; - reads them from standard input",
        )
        .option(
            "--state <file>",
            "state of the stack, from `pulumi stack export`, or -: the policy pack checks the hops that nobody sees from outside; without --outputs, the names come from it as well",
        )
        .option("--policy-config <file>", "configuration of the policy pack, including exemptions; with --state")
        .option(
            domainName,
            "name that viewers use; may be repeated; instead of --outputs",
            (name, before: string[] | undefined) => [...(before ?? []), dnsNameOf(domainName)(name)],
        )
        .option(
            originDomainName,
            "name by which CloudFront finds the load balancer; with --domain-name",
            dnsNameOf(originDomainName),
        )
        .option("--network <file>", "network of a rehearsal, as `rehearse serve` writes it; default: the internet")
        .option(
            path,
            "path that the application answers without a login",
            (text) =>
                mistakes.unless(
                    /^\/[!-~]*$/.test(text),
                    path,
                    text,
                    "a path that begins with a slash and holds no spaces, such as /health",
                    text,
                ),
            "/",
        )
        .option("--stack <name>", "name of the stack, for the report; default: the one in --state")
        .option("--commit <id>", "commit of the program that was deployed, for the report")
        .option("--compare <file>", "an earlier report, written by --json: shows what has changed")
        .addOption(seconds("--watch <seconds>", "probe repeatedly, this long after each run", [1, 86_400]))
        .option("--json [file]", "report for machines")
        .option("--html [file]", "report as one HTML file, for an auditor")
        .option("--junit [file]", "JUnit XML, for test reports")
        .addOption(seconds("--timeout <seconds>", "seconds that one exchange may take", [1, 120]).default(10))
        .addOption(
            seconds(
                "--hsts-max-age <seconds>",
                "lowest Strict-Transport-Security max-age that passes",
                [0, 3_153_600_000],
            ).default(86_400),
        )
        .addOption(
            seconds("--certificate-days <days>", "days that certificates must still be valid", [0, 398]).default(15),
        )
        .addHelpText(
            "after",
            "\nA report without a file, or with -, goes to standard output, instead of the table." +
                "\nExit code: 0 if all that could be seen is right, warnings included; 1 if something is wrong; 2 for wrong usage; 3 if something that a verdict needs could not be seen.\n" +
                "Example: pulumi stack output --json | verify-edge --outputs - --html report.html",
        )
        .allowExcessArguments()
        .exitOverride();
}

async function run(options: Options, mistakes: Mistakes): Promise<number> {
    const { attempt } = mistakes;
    for (const [option, needed] of [
        ["policyConfig", "state"],
        ["originDomainName", "domainName"],
    ] as const) {
        if (options[option] !== undefined && options[needed] === undefined) {
            mistakes.add(`${flagOf(option)} has no effect without ${flagOf(needed)}. Give both, or leave it out.`);
        }
    }
    const files = attempt(() => filesOf(options)) ?? {};
    const network = attempt(() => (options.network === undefined ? undefined : readNetwork(options.network)));
    const before = attempt(() => (options.compare === undefined ? undefined : readReport(options.compare)));
    const state = attempt(() => (options.state === undefined ? undefined : read(options.state)));
    // A file that cannot be read was to name it.
    const isNamed = options.outputs !== undefined || options.domainName !== undefined || mistakes.message === undefined;
    const named = isNamed ? attempt(() => readTarget(options, network, state)) : undefined;
    attempt(() => refuseRehearsed(named?.source, options.network === undefined));
    const judged = await mistakes.attemptAsync<JudgedState>(
        state === undefined ? undefined : () => judgeState(state, options.policyConfig),
    );
    const { target } = mistakes.unlessAny(named);
    const once = async (before: Report | undefined) => {
        const progress = showProgress();
        try {
            return await verify({
                target,
                network,
                path: options.path,
                subject: { stack: options.stack ?? judged?.stack, commit: options.commit },
                configuration: judged?.configuration,
                before,
                timeoutSeconds: options.timeout,
                strictTransportSecurityMaxAge: options.hstsMaxAge,
                certificateDays: options.certificateDays,
                progress: (done, all) => progress.update(`probe ${done} of ${all}`),
            });
        } finally {
            progress.end();
        }
    };
    const show = (report: Report) => {
        for (const [format, file] of Object.entries(files)) {
            write(file, formats[format as Format](report));
        }
        if (!Object.values(files).includes("-")) {
            const color = process.stdout.isTTY && process.env.NO_COLOR === undefined;
            process.stdout.write(`${table(report, { color, width: process.stdout.columns || 120 })}\n`);
        }
    };
    const last =
        options.watch === undefined ? await once(before) : await watch(once, { seconds: options.watch, before, show });
    if (options.watch === undefined) {
        show(last);
    }
    return exitCodeOf(last.verdict);
}

function flagOf(option: keyof Options): string {
    return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The files that reports go to; `-` is standard output, which holds one of them. */
function filesOf(options: Options): Partial<Record<Format, string>> {
    const files = Object.fromEntries(
        (Object.keys(formats) as Format[]).flatMap((format) => {
            const file = options[format];
            return file === undefined ? [] : [[format, file === true ? "-" : file]];
        }),
    );
    const toOutput = Object.keys(files).filter((format) => files[format] === "-");
    if (toOutput.length > 1) {
        throw new Error(
            `Only one report goes to standard output, but ${toOutput.map((one) => `--${one}`).join(" and ")} would. Name a file for the others.`,
        );
    }
    if ([options.outputs, options.state].filter((file) => file === "-").length > 1) {
        throw new Error(
            "Only one of --outputs and --state can be read from standard input. Name a file for the other.",
        );
    }
    return files;
}

/** Names of a rehearsed account exist nowhere else; to probe them on the internet finds faults that are none. */
function refuseRehearsed(source: unknown, internet: boolean): void {
    if (internet && JSON.stringify(source)?.includes(`:${rehearsedAccount}:`)) {
        throw new Error(
            `This stack is rehearsed (its account is ${rehearsedAccount}), so its names lead nowhere on the internet. Serve it with \`rehearse serve\` (in a clone of encrypted-edge: \`npm run serve\`), and in another terminal add --network .rehearsal/traffic/network.json`,
        );
    }
}

function write(file: string, content: string): void {
    if (file === "-") {
        process.stdout.write(content);
        return;
    }
    try {
        replaceFile(file, content);
    } catch (error) {
        throw new Error(`Cannot write ${file}: ${(error as Error).message}.`, { cause: error });
    }
}
