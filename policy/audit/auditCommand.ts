import { Command, Option } from "commander";

import { audit } from "./audit";
import { defaultOptions, type RawOptions } from "./options";

const exitCodes = `
Exit codes:
  0    nothing that fails, every state read
  1    mandatory violations that are neither exempted nor baselined (with --fail-on cannot-tell: also what a mandatory rule could not tell; with --fail-on advisory: any such finding)
  2    wrong options, configuration or baseline; nothing was audited
  3    no such violation, but a stack could not be read or only in part (as after an interrupted update), or a file not be written
  130  interrupted; what was audited is shown

A target is a state file written by \`pulumi stack export\` (also .gz), a folder or glob of them, a folder or file:// URL of a backend (.pulumi/stacks), the URL of another backend (s3://, gs://, azblob://, https://api.pulumi.com), which the pulumi CLI then lists and exports, or - for standard input. Secrets stay encrypted, so a rule that needs one says that it cannot tell; --show-secrets decrypts those that the CLI exports, file:// backends included.
A file is exported with its secrets by \`pulumi stack export --show-secrets\`.`;

/** `audit [targets...]`: the pack's verdict over any number of stacks, without the engine. */
export function auditCommand(): Command {
    return (
        new Command("audit")
            .description("Run the pack's rules over the states of many stacks and give one verdict.")
            .argument("[targets...]", "state files, folders, globs, backend URLs, or - for standard input")
            .option(
                "--stack <name>",
                "also audit this stack, as organization/project/stack, of the backend that the pulumi CLI is logged in to; repeat it for more",
                collect,
                [...defaultOptions.stack],
            )
            .option(
                "--policy-config <file>",
                "policy configuration file, as for --policy-pack-config; default: every rule at its own level",
            )
            .option("--baseline <file>", "known violations: the audit reports them, and fails only for new ones")
            .option("--create-baseline", "write all current violations to the baseline file, which must not exist yet")
            .option("--update-baseline", "remove from the baseline file what no longer occurs; never adds anything")
            .option(
                "--fail-on <level>",
                "what makes the audit fail: mandatory (violations of mandatory rules), cannot-tell (also what such a rule could not tell) or advisory (every finding)",
                defaultOptions.failOn,
            )
            .option("--json [file]", "JSON report")
            .option("--sarif [file]", "SARIF 2.1.0, for code scanning")
            .option("--junit [file]", "JUnit XML, for test reports")
            .option("--gitlab [file]", "GitLab Code Quality report, for merge requests")
            .option("--html [file]", "report as one HTML file, to filter and print")
            .addOption(new Option("--verbose", "show every result instead of the first few of each rule in each stack"))
            .option(
                "--resume <file>",
                "journal file: an interrupted audit continues where it stopped, and skips what has not changed",
            )
            .option(
                "--parallel <number>",
                "how many states to audit at a time, each in its own thread; default: the number of processors",
            )
            .option(
                "--engine",
                "use `pulumi policy analyze` instead, many times slower; needs the pulumi CLI 3.249.0 or later",
            )
            .option(
                "--show-secrets",
                "let the pulumi CLI decrypt the secrets it exports, so that the rules can read them; never written or shown",
            )
            .option("--pulumi <command>", "the pulumi CLI", defaultOptions.pulumi)
            .addHelpText("after", exitCodes)
            // A wrong option is a wrong use like any other; --help is none.
            .action(async (targets: string[], raw: RawOptions) => {
                process.exitCode = await audit(targets, raw);
            })
    );
}

function collect(value: string, earlier: readonly string[]): string[] {
    return [...earlier, value];
}
