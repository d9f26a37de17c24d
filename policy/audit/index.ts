import { createRequire } from "node:module";

import type { Command } from "commander";

import type * as commandModule from "./auditCommand";

export { audit } from "./audit";
export { plainArguments } from "./plainArguments";
export { auditReportSchema } from "./outputs";

const load = createRequire(__filename);

/** The command, with the library that reads command lines: a plain audit does without it. */
export function auditCommand(): Command {
    return (load("./auditCommand") as typeof commandModule).auditCommand();
}
