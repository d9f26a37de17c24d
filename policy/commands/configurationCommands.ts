import { fitted } from "@encrypted-edge/common";
import { Argument, Command } from "commander";

import { configurationSchema, problemList } from "../configuration";
import { configurable, configurationFileProblems } from "./configurationFile";

/** `check <files...>`: says every mistake in policy configuration files; exit code 1 where there is one. */
export function checkCommand(): Command {
    return new Command("check")
        .description("Check policy configuration files, including mistakes that the engine silently accepts.")
        .argument("<files...>", "the JSON files that you pass to pulumi --policy-pack-config")
        .option("--json", "print one JSON line {file, problems} for each file", false)
        .action(async (files: string[], options: { json: boolean }) => {
            let code = 0;
            for (const file of files) {
                const problems = await configurationFileProblems(file);
                if (options.json) {
                    process.stdout.write(`${JSON.stringify({ file, problems })}\n`);
                } else if (problems.length === 0) {
                    process.stdout.write(`${file}: no mistakes.\n`);
                } else {
                    process.stderr.write(`${fitted(problemList(file, problems), process.stderr)}\n`);
                }
                code = problems.length === 0 ? code : 1;
            }
            process.exitCode = code;
        });
}

/**
 * `schema [name]`: prints the JSON Schema of a policy configuration file.
 *
 * @param further schemas of other files, by the names that the command takes
 */
export function schemaCommand(further: Readonly<Record<string, object>> = {}): Command {
    const schemas: Readonly<Record<string, object>> = {
        "policy-config": configurationSchema(configurable),
        ...further,
    };
    return new Command("schema")
        .description("Print a JSON Schema, for editors and for programs that read this command's output.")
        .addArgument(new Argument("[name]", "whose schema").choices(Object.keys(schemas)).default("policy-config"))
        .action((name: string) => {
            process.stdout.write(`${JSON.stringify(schemas[name], null, 4)}\n`);
        });
}
