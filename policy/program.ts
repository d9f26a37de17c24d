import { Command } from "commander";

import { auditCommand, auditReportSchema } from "./audit";
import { checkCommand, schemaCommand } from "./commands";
import { ownPackage } from "./ownPackage";

/** The whole command line. Each folder that has something to offer on it exports it as a command. */
export function program(): Command {
    return new Command("encrypted-edge-policy")
        .description("Tools around the policy pack encrypted-edge. The pack itself is given to `pulumi --policy-pack`.")
        .version(ownPackage().version)
        .showHelpAfterError("(--help shows what there is)")
        .addCommand(auditCommand())
        .addCommand(checkCommand())
        .addCommand(schemaCommand({ "audit-report": auditReportSchema }));
}
