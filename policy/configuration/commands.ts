import { readFile } from "node:fs/promises";

import { Command } from "commander";
import { parseDocument } from "yaml";

import { own } from "../graph";
import { rules } from "../rules";
import { checkConfiguration } from "./check";
import { problemList } from "./configuration";
import { configurationSchema } from "./schema";
import { unusedExemption } from "./unusedExemption";

const configurable = [...rules, unusedExemption];

/** `check <file>`: says every mistake in a policy configuration file; exit code 1 where there is one. */
export function checkCommand(): Command {
    return new Command("check")
        .description("Check a policy configuration file, also for what the engine accepts in silence.")
        .argument("<file>", "the JSON file that is given to pulumi --policy-pack-config")
        .option("--json", "print {file, problems} for machines", false)
        .action(async (file: string, options: { json: boolean }) => {
            const problems = await configurationFileProblems(file);
            if (options.json) process.stdout.write(`${JSON.stringify({ file, problems })}\n`);
            else if (problems.length === 0) process.stdout.write(`${file}: no mistakes.\n`);
            else process.stderr.write(`${problemList(file, problems)}\n`);
            process.exitCode = problems.length === 0 ? 0 : 1;
        });
}

/** `schema`: prints the JSON Schema of a policy configuration file. */
export function schemaCommand(): Command {
    return new Command("schema")
        .description("Print the JSON Schema of a policy configuration file, for editors.")
        .action(() => {
            process.stdout.write(`${JSON.stringify(configurationSchema(configurable), null, 4)}\n`);
        });
}

/** Every mistake in a policy configuration file, also one that keeps it from being read. */
export async function configurationFileProblems(file: string): Promise<string[]> {
    let text: string;
    try {
        text = await readFile(file, "utf8");
    } catch (error) {
        return [`The file cannot be read (${codeOf(error)}).`];
    }
    // The engine takes an empty file for no configuration.
    if (text.trim() === "") return [];
    let content: unknown;
    try {
        content = JSON.parse(text);
    } catch (error) {
        return [`It is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`];
    }
    return [...duplicateKeys(text), ...(await checkConfiguration(content, configurable))];
}

/** JSON readers keep the last of two equal keys and say nothing. */
function duplicateKeys(text: string): string[] {
    return parseDocument(text, { prettyErrors: true })
        .errors.filter((error) => error.code === "DUPLICATE_KEY")
        .map((error) => `A key appears twice, at line ${error.linePos?.[0].line ?? "?"}: keep one.`);
}

function codeOf(error: unknown): string {
    const code = own(error, "code");
    return typeof code === "string" ? code : "for an unknown reason";
}
