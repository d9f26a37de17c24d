import type { Configurable } from "./configuration";
import { exemptionsSchema } from "./exemptions";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schema of the properties that a rule takes besides its level, as the engine checks them. */
export function rulePropertiesSchema(rule: Configurable): Record<string, JsonSchema> {
    return { ...rule.settings, exemptions: exemptionsSchema };
}

/** JSON Schema of a whole policy configuration file, for editors and for the `check` command. */
export function configurationSchema(rules: readonly Configurable[]): JsonSchema {
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Policy configuration of encrypted-edge",
        type: "object",
        additionalProperties: false,
        properties: {
            all: { ...level("Level of every rule without its own entry.", false), type: "string" },
            environments: {
                type: "array",
                items: { type: "string" },
                description: "Pulumi ESC environments; needs the Pulumi Cloud backend.",
            },
            ...Object.fromEntries(rules.map((rule) => [rule.name, ruleSchema(rule)])),
        },
    };
}

function ruleSchema(rule: Configurable): JsonSchema {
    const own = level(`Default: ${rule.level}.`, rule.remediate !== undefined);
    return {
        description: `${rule.description} Severity ${rule.severity}, by default ${rule.level}.`,
        oneOf: [
            own,
            {
                type: "object",
                additionalProperties: false,
                properties: { enforcementLevel: own, ...rulePropertiesSchema(rule) },
            },
        ],
    };
}

/** @param canRemediate every other rule refuses the level, in `check` and in the engine */
function level(description: string, canRemediate: boolean): JsonSchema {
    return { enum: ["advisory", "mandatory", ...(canRemediate ? ["remediate"] : []), "disabled"], description };
}
