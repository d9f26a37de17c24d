import { Argument, Command } from "commander";

import { configurationSchema, problemList } from "../configuration";
import { configurable, configurationFileProblems } from "./configurationFile";

/** `check <file>`: says every mistake in a policy configuration file; exit code 1 where there is one. */
export function checkCommand(): Command {
    return new Command("check")
        .description("Check a policy configuration file, also for what the engine accepts in silence.")
        .argument("<file>", "the JSON file that is given to pulumi --policy-pack-config")
        .option("--json", "print {file, problems} for machines", false)
        .action(async (file: string, options: { json: boolean }) => {
            const problems = await configurationFileProblems(file);
            if (options.json) {
                process.stdout.write(`${JSON.stringify({ file, problems })}\n`);
            } else if (problems.length === 0) {
                process.stdout.write(`${file}: no mistakes.\n`);
            } else {
                process.stderr.write(`${problemList(file, problems)}\n`);
            }
            process.exitCode = problems.length === 0 ? 0 : 1;
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
        .description("Print a JSON Schema, for editors and for programs that read what this one writes.")
        .addArgument(new Argument("[name]", "whose schema").choices(Object.keys(schemas)).default("policy-config"))
        .action((name: string) => {
            process.stdout.write(`${JSON.stringify(schemas[name], null, 4)}\n`);
        });
}
