import { Command } from "commander";

import { auditCommand, auditReportSchema } from "./audit";
import { checkCommand, schemaCommand } from "./commands";
import { ownPackage } from "./ownPackage";

/** Each folder that has something to offer on the command line exports it as a command. */
const commands = [auditCommand, checkCommand, () => schemaCommand({ "audit-report": auditReportSchema })];

/** Runs one of the commands; its exit code is what the command has set. */
export async function main(args: readonly string[]): Promise<number> {
    const program = new Command("encrypted-edge-policy")
        .description("Tools around the policy pack encrypted-edge. The pack itself is given to `pulumi --policy-pack`.")
        .version(ownPackage().version)
        .showHelpAfterError("(--help shows what there is)");
    for (const command of commands) {
        program.addCommand(command());
    }
    try {
        await program.parseAsync(args, { from: "user" });
    } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        return 2;
    }
    return Number(process.exitCode ?? 0);
}
