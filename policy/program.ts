import { fitted, fittedHelp } from "@encrypted-edge/common";
import { Command } from "commander";

import { auditCommand, auditReportSchema } from "./audit";
import { checkCommand, schemaCommand } from "./commands";
import { ownPackage } from "./ownPackage";

/** The whole command line. Each folder that has something to offer on it exports it as a command. */
export function program(): Command {
    const program = new Command("encrypted-edge-policy")
        .description(
            "Tools for the policy pack encrypted-edge. To use the pack itself, pass it to `pulumi --policy-pack`.",
        )
        .version(ownPackage().version)
        .configureHelp({ minWidthToWrap: 20 })
        .configureOutput({
            writeOut: (help) => process.stdout.write(fittedHelp(help, process.stdout)),
            outputError: (said, write) => write(fitted(said, process.stderr)),
        })
        // A mistake in the options is no verdict: 1 says that something was found.
        .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
        .showHelpAfterError("(--help lists the commands and options)")
        .addCommand(auditCommand())
        .addCommand(checkCommand())
        .addCommand(schemaCommand({ "audit-report": auditReportSchema }));
    // A command that was made elsewhere has settings of its own otherwise.
    program.commands.forEach((command) => command.copyInheritedSettings(program));
    return program;
}
