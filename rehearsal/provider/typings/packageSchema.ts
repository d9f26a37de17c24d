import type { Properties, ValueType } from "./propertyTypes";
import type { Typings } from "./typings";

type Json = Record<string, unknown>;

/**
 * The schema of a package, made from its SDK's typings: what languages without an SDK, such as YAML, are checked and
 * converted by. Source of the form: Pulumi documentation, "Pulumi package schema".
 */
export function packageSchema(name: string, typings: Typings): Json {
    const types = new Map<string, Json>();
    const { resources, functions } = typings.tokens;
    const resourceSchemas = resources.flatMap((token): [string, Json][] => {
        const typing = typings.resource(token);
        if (typing === undefined) {
            return [];
        }
        const inputs = objectSchema(typing.inputs);
        // Typings tell the objects of inputs apart, not those of outputs; an output of the same name has the same ones.
        // Every resource has an id and a URN by itself: a schema must not declare them.
        const outputs = Object.entries(typing.outputs)
            .filter(([key]) => key !== "id" && key !== "urn")
            .map(([key, output]) => [key, { ...output, type: typing.inputs[key]?.type ?? output.type }] as const);
        return [
            [
                token,
                {
                    ...objectSchema(Object.fromEntries(outputs)),
                    inputProperties: inputs.properties,
                    requiredInputs: inputs.required,
                },
            ],
        ];
    });
    const functionSchemas = functions.flatMap((token): [string, Json][] => {
        const typing = typings.function(token);
        return typing === undefined
            ? []
            : [[token, { inputs: objectSchema(typing.inputs), outputs: objectSchema(typing.outputs) }]];
    });
    return {
        name,
        version: typings.version,
        meta: { moduleFormat: "(.*)(?:/[^/]*)" },
        provider: { inputProperties: objectSchema(typings.configuration).properties },
        resources: Object.fromEntries(resourceSchemas),
        functions: Object.fromEntries(functionSchemas),
        types: Object.fromEntries(types),
    };

    function objectSchema(properties: Properties): Json {
        const entries = Object.entries(properties);
        return {
            type: "object",
            properties: Object.fromEntries(entries.map(([key, { type }]) => [key, typeSchema(type)])),
            required: entries.filter(([, { required }]) => required).map(([key]) => key),
        };
    }

    function typeSchema(type: ValueType): Json {
        switch (type.kind) {
            case "any":
                return { $ref: "pulumi.json#/Any" };
            case "array":
                return { type: "array", items: typeSchema(type.of) };
            case "map":
                return { type: "object", additionalProperties: typeSchema(type.of) };
            case "object":
                return { $ref: `#/types/${nestedType(type.name)}` };
            case "string":
            case "number":
            case "boolean":
                return { type: type.kind };
        }
    }

    /** `lb.ListenerDefaultAction` is `aws:lb/ListenerDefaultAction:ListenerDefaultAction`. */
    function nestedType(typeName: string): string {
        const [module, own] = typeName.includes(".") ? (typeName.split(".") as [string, string]) : ["index", typeName];
        const token = `${name}:${module}/${own}:${own}`;
        if (!types.has(token)) {
            // Noted before it is read: objects may hold objects of their own kind.
            types.set(token, {});
            types.set(token, objectSchema(typings.object(typeName)));
        }
        return token;
    }
}
