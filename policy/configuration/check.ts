import type { ErrorObject } from "ajv";

import { isObject, own } from "../graph";
import { readConfiguration, type Configurable } from "./configuration";
import { rulePropertiesSchema } from "./schema";

/** Everything that is wrong with a policy configuration file: names, levels, values and exemptions. */
export async function checkConfiguration(content: unknown, rules: readonly Configurable[]): Promise<string[]> {
    const { problems } = readConfiguration(content, rules);
    return [...problems, ...(await valueProblems(content, rules))];
}

async function valueProblems(content: unknown, rules: readonly Configurable[]): Promise<string[]> {
    const configured = rules.filter((rule) => isObject(own(content, rule.name)));
    if (configured.length === 0) {
        return [];
    }
    // Loaded here because the engine, where start-up counts, checks values itself.
    const { Ajv } = await import("ajv");
    const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
    return configured.flatMap((rule) => {
        // Exemptions are described better than a schema could.
        const properties = { ...rulePropertiesSchema(rule), exemptions: {} };
        ajv.validate({ type: "object", properties }, own(content, rule.name));
        return (ajv.errors ?? []).map((error) => {
            const path = error.instancePath
                .slice(1)
                .replace(/\/(\d+)(?=\/|$)/g, "[$1]")
                .replace(/\//g, ".");
            return `${rule.name}.${path} ${requirement(error)}, but is ${JSON.stringify(error.data)}.`;
        });
    });
}

const kinds: Readonly<Record<string, string>> = {
    array: 'a list, written ["..."]',
    boolean: "true or false, without quotation marks",
    integer: "a whole number, without quotation marks",
    number: "a number, without quotation marks",
    object: "an object",
    string: "a text",
};

/** What a value has to be, in the words of whoever writes the file. */
function requirement({ keyword, params, message }: ErrorObject): string {
    switch (keyword) {
        case "type": {
            const type = String(own(params, "type"));
            return `must be ${kinds[type] ?? type}`;
        }
        case "enum":
            return `must be one of ${JSON.stringify(own(params, "allowedValues"))}`;
        case "minItems":
            return "must list something";
        case "maximum":
            return `must be at most ${String(own(params, "limit"))}`;
        case "minimum":
            return `must be at least ${String(own(params, "limit"))}`;
        case "pattern":
            return `must ${form(String(own(params, "pattern")))}`;
        default:
            return message ?? "is not valid";
    }
}

/** An id of AWS, which its pattern alone does not explain to everybody. */
function form(pattern: string): string {
    const prefix = /^\^([a-z]+-)\[0-9a-f\]\+\$$/.exec(pattern)?.[1];
    return prefix === undefined
        ? `match ${pattern}`
        : `be an id that AWS gives, ${JSON.stringify(prefix)} and then only digits and the letters a to f`;
}
