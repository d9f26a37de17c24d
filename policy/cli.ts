import { createRequire } from "node:module";

import type * as auditModule from "./audit";
import type * as programModule from "./program";
import { standardOutput } from "./standardOutput";

const load = createRequire(__filename);

/** Runs one of the commands and answers with its exit code. */
export async function main(args: readonly string[]): Promise<number> {
    try {
        const [command, ...rest] = args;
        if (command === "audit") {
            const { audit, plainArguments } = load("./audit") as typeof auditModule;
            const plain = plainArguments(rest);
            if (plain !== undefined) {
                return await audit(plain.targets, plain.options);
            }
        }
        standardOutput();
        keepPackagesCompiled();
        const { program } = load("./program") as typeof programModule;
        await program().parseAsync(args, { from: "user" });
    } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        return 2;
    }
    return Number(process.exitCode ?? 0);
}

/** From Node 22 on, for the next run; the bundle itself has a quicker way. */
function keepPackagesCompiled(): void {
    const { enableCompileCache } = process.getBuiltinModule("node:module") as { enableCompileCache?: () => void };
    enableCompileCache?.();
}
