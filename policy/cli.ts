import { createRequire } from "node:module";

import type * as auditModule from "./audit";
import type * as programModule from "./program";

const load = createRequire(__filename);

/** Runs one of the commands and answers with its exit code. */
export async function main(args: readonly string[]): Promise<number> {
    try {
        const targets = plainTargets(args);
        if (targets !== undefined) {
            const { audit, defaultOptions } = load("./audit") as typeof auditModule;
            return await audit(targets, defaultOptions);
        }
        const { program } = load("./program") as typeof programModule;
        await program().parseAsync(args, { from: "user" });
    } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        return 2;
    }
    return Number(process.exitCode ?? 0);
}

/** The targets of an audit without options, which need nobody to read them. */
function plainTargets([command, ...targets]: readonly string[]): readonly string[] | undefined {
    const isPlain = targets.length > 0 && targets.every((target) => target === "-" || !target.startsWith("-"));
    return command === "audit" && isPlain ? targets : undefined;
}
