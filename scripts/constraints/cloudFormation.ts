import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Typings } from "../../rehearsal/provider";
import type { Found } from "./merge";
import { constraintsIn, type Model, type Shape } from "./shapes";
import { sourceTypes } from "./sourceTypes";

/** As much of a JSON schema as a constraint can be made of. */
interface Schema {
    readonly type?: string | readonly string[];
    readonly $ref?: string;
    readonly enum?: readonly (string | number)[];
    readonly minimum?: number;
    readonly maximum?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly minItems?: number;
    readonly maxItems?: number;
    readonly pattern?: string;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly definitions?: Readonly<Record<string, Schema>>;
}

/** What the resource schemas say of a type's inputs; nothing where no type of CloudFormation stands for it. */
export function fromCloudFormation(schemas: string, type: string, typings: Typings): Found {
    const [name, ...holders] = sourceTypes[type]?.cloudFormation ?? [];
    if (name === undefined) {
        return {};
    }
    const directory = path.join(schemas, "data", "schemas");
    const index = read(path.join(directory, "providers", "us-east-1.json")) as Readonly<Record<string, string>>;
    const schema = read(path.join(directory, "resources", `${index[`AWS::${name}`]}.json`)) as Schema;
    const model = modelOf(schema);
    const shapes = holders.map((holder) => {
        const id = holder === "" ? "" : (model[""]?.members?.[holder]?.shape ?? "");
        const shape = model[id];
        if (shape === undefined || (holder !== "" && id === "")) {
            throw new Error(`AWS::${name} of this cfn-lint has no ${holder}.`);
        }
        return shape;
    });
    return constraintsIn(model, shapes, type, typings);
}

function read(file: string): unknown {
    return JSON.parse(readFileSync(file, "utf8"));
}

/** The schema in the form of AWS's own models: each part a shape, by its place. */
function modelOf(schema: Schema): Model {
    const model: Record<string, Shape> = {};
    const add = (part: Schema, place: string): string => {
        if (part.$ref !== undefined) {
            const definition = part.$ref.replace("#/definitions/", "");
            const target = schema.definitions?.[definition];
            return target === undefined || model[definition] !== undefined ? definition : add(target, definition);
        }
        const { enum: values, minimum, maximum, minLength, maxLength, minItems, maxItems, pattern } = part;
        const texts = values?.filter((value) => typeof value === "string");
        const type = [part.type ?? "object"].flat()[0];
        // Before its members, for a part may hold itself.
        model[place] = { type: "structure" };
        const member = part.items === undefined ? undefined : { shape: add(part.items, `${place}[]`) };
        const members = Object.entries(part.properties ?? {}).map(
            ([name, each]) => [name, { shape: add(each, `${place}.${name}`) }] as const,
        );
        model[place] =
            type === "array"
                ? { type: "list", min: minItems, max: maxItems, member }
                : type === "object"
                  ? { type: "structure", members: Object.fromEntries(members) }
                  : type === "string"
                    ? { type: "string", min: minLength, max: maxLength, pattern, enum: texts }
                    : { type: type === "number" ? "double" : (type ?? ""), min: minimum, max: maximum };
        return place;
    };
    add(schema, "");
    return model;
}
