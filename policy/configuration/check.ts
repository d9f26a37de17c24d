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
    if (configured.length === 0) return [];
    // Loaded here because the engine, where start-up counts, checks values itself.
    const { Ajv } = await import("ajv");
    const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
    return configured.flatMap((rule) => {
        // Exemptions are described better than a schema could.
        const properties = { ...rulePropertiesSchema(rule), exemptions: {} };
        ajv.validate({ type: "object", properties }, own(content, rule.name));
        return (ajv.errors ?? []).map((error) => {
            const path = error.instancePath.slice(1).replace(/\//g, ".");
            const allowed = error.keyword === "enum" ? `: ${JSON.stringify(own(error.params, "allowedValues"))}` : "";
            return `${rule.name}.${path} ${error.message ?? "is not valid"}${allowed}, but is ${JSON.stringify(error.data)}.`;
        });
    });
}
