import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import {
    Analyzer,
    type ComponentDefinition,
    type PropertyDefinition,
    type TypeDefinition,
} from "@pulumi/pulumi/provider/experimental/analyzer";
import type { ArgumentSpec, Check } from "../checks/index";
import { offered } from "../plugin/offered";
import manifest from "../package.json";

type Specs = Readonly<Record<string, ArgumentSpec>>;

/** A property as the package schema describes it. */
export interface Property {
    readonly description?: string;
    readonly plain?: boolean;
    readonly type?: string;
    readonly $ref?: string;
    readonly items?: Property;
    readonly additionalProperties?: Property;
    readonly default?: string | number | boolean;
    readonly secret?: true;
}

export interface ObjectDescription {
    readonly type: "object";
    readonly description?: string;
    readonly properties: Readonly<Record<string, Property>>;
    readonly required: readonly string[];
}

export interface EnumerationDescription {
    readonly type: string;
    readonly enum: readonly { readonly name: string; readonly value: string }[];
}

export interface ResourceDescription extends ObjectDescription {
    readonly isComponent: true;
    readonly inputProperties: Readonly<Record<string, Property>>;
    readonly requiredInputs: readonly string[];
}

const packageName = "encrypted-edge";
const token = (name: string): string => `${packageName}:index:${name}`;
const reference = (name: string): string => `#/types/${token(name)}`;

/**
 * The package schema: names, types and descriptions as Pulumi's own analyser reads them from the sources, and what only
 * the tables of the arguments know: defaults, whole numbers and values that are one of few.
 */
export class PackageSchema {
    readonly types: Record<string, ObjectDescription | EnumerationDescription> = {};
    readonly resources: Record<string, ResourceDescription> = {};
    readonly #enumerations = new Map<Check, string>();

    constructor() {
        const names = Object.keys(offered);
        const folder = path.join(__dirname, "..");
        const analysed = new Analyzer(folder, packageName, {}, new Set(names)).analyze();
        const groups = new Map<string, Specs>();
        for (const name of names) {
            const { inputs, ...component } = analysed.components[name] as ComponentDefinition;
            const specs = offered[name]?.specs ?? {};
            collectGroups(inputs, specs, analysed.typeDefinitions, groups);
            this.resources[token(name)] = {
                isComponent: true,
                ...object(component.description, whole(plain(component.outputs)), required(component.outputs)),
                inputProperties: this.#completed(plain(inputs), specs, ""),
                requiredInputs: required(inputs),
            };
        }
        const folders = [folder, path.join(folder, "arguments")];
        const descriptions = new Map(folders.flatMap((each) => [...interfaceDescriptions(each)]));
        for (const [name, { properties = {} }] of Object.entries(analysed.typeDefinitions)) {
            const group = groupName(name);
            const fields = this.#completed(plain(properties), groups.get(name) ?? {}, group);
            this.types[token(group)] = object(descriptions.get(name), fields, required(properties));
        }
    }

    toJSON(): object {
        return {
            name: packageName,
            version: manifest.version,
            displayName: "Encrypted Edge",
            namespace: manifest.name.slice(1, manifest.name.indexOf("/")),
            description: manifest.description,
            keywords: ["kind/component", "category/network", ...manifest.keywords],
            license: manifest.license,
            ...("repository" in manifest ? { repository: manifest.repository } : {}),
            meta: { supportPack: true },
            language: Object.fromEntries(
                ["nodejs", "python", "go", "csharp", "java"].map((each) => [
                    each,
                    // Within EncryptedEdge.EncryptedEdge, C# takes full names for members of the class EncryptedEdge.
                    { respectSchemaVersion: true, ...(each === "csharp" ? { rootNamespace: "Pulumi" } : {}) },
                ]),
            ),
            types: sorted(this.types),
            resources: sorted(this.resources),
        };
    }

    #completed(properties: Readonly<Record<string, Property>>, specs: Specs, group: string): Record<string, Property> {
        return Object.fromEntries(
            Object.entries(properties).map(([name, property]) => {
                const spec = specs[name];
                return [
                    name,
                    spec === undefined || spec.form === "group"
                        ? property
                        : {
                              ...this.#typed(property, spec.check, name, group),
                              ...defaultOf(spec.default),
                              ...(spec.secret ? { secret: true } : {}),
                          },
                ];
            }),
        );
    }

    #typed(property: Property, check: Check, name: string, group: string): Property {
        const values = (check.allowed ?? []).filter((value) => typeof value === "string");
        if (property.type === "string" && values.length > 0) {
            const $ref = reference(this.#enumeration(check, values, group + capitalized(name)));
            return { ...property, type: undefined, $ref };
        }
        // Whether a number may have a fraction is asked of the check itself.
        const { items } = property;
        return property.type === "number" && check(1.5, {}) !== undefined
            ? { ...property, type: "integer" }
            : items?.type === "number" && (check([1.5], {}) ?? []).length > 0
              ? { ...property, items: { ...items, type: "integer" } }
              : property;
    }

    #enumeration(check: Check, values: readonly string[], name: string): string {
        const known = this.#enumerations.get(check);
        if (known !== undefined) {
            return known;
        }
        if (this.types[token(name)] !== undefined) {
            throw new Error(`Two enumerations would be named ${name}: let both arguments use one check.`);
        }
        this.#enumerations.set(check, name);
        this.types[token(name)] = {
            type: "string",
            enum: values.map((value) => ({ name: capitalized(value), value })),
        };
        return name;
    }
}

/** Every number that is given out is a whole one, such as a port. */
function whole(outputs: Readonly<Record<string, Property>>): Record<string, Property> {
    return Object.fromEntries(
        Object.entries(outputs).map(([name, property]) => [
            name,
            property.type === "number" ? { ...property, type: "integer" } : property,
        ]),
    );
}

/** The tables of the groups that these arguments hold, however deep, by the name of their type. */
function collectGroups(
    properties: Readonly<Record<string, PropertyDefinition>>,
    specs: Specs,
    definitions: Readonly<Record<string, TypeDefinition>>,
    into: Map<string, Specs>,
): void {
    for (const [name, property] of Object.entries(properties)) {
        const spec = specs[name];
        const fields = spec?.form === "group" ? spec.fields : spec?.items;
        const type = groupType(property);
        if (fields !== undefined && type !== undefined) {
            into.set(type, fields);
            collectGroups(definitions[type]?.properties ?? {}, fields, definitions, into);
        }
    }
}

/** The type of a group, or of the groups in a list. */
function groupType(property: PropertyDefinition): string | undefined {
    if ("items" in property && property.items !== undefined) {
        return groupType(property.items);
    }
    return "$ref" in property ? property.$ref.replace(reference(""), "") : undefined;
}

/** What is said of each interface of a folder, which the analyser passes over. */
function interfaceDescriptions(folder: string): Map<string, string> {
    const files = readdirSync(folder).filter((file) => /(Args|Record)\.ts$/.test(file));
    return new Map(
        files
            .map((file) => readFileSync(path.join(folder, file), "utf8"))
            .flatMap((text) => [...ts.createSourceFile("", text, ts.ScriptTarget.Latest, true).statements])
            .filter(ts.isInterfaceDeclaration)
            .map((node) => [
                node.name.text,
                ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(node)[0]?.comment) ?? "",
            ]),
    );
}

function object(
    description: string | undefined,
    properties: Readonly<Record<string, Property>>,
    needed: readonly string[],
): ObjectDescription {
    return { type: "object", ...(description === undefined ? {} : { description }), properties, required: needed };
}

/** Languages put "Args" behind the names of groups themselves. */
function groupName(type: string): string {
    return type.replace(/Args$/, "");
}

/** Properties without the analyser's own mark of what is optional, and with the groups' names of the schema. */
function plain(properties: Readonly<Record<string, PropertyDefinition>>): Record<string, Property> {
    return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, plainProperty(property)]));
}

function plainProperty(property: PropertyDefinition): Property {
    const { items, additionalProperties, ...rest } = property;
    return {
        ...rest,
        ...("$ref" in property ? { $ref: groupName(property.$ref) } : {}),
        ...(items === undefined ? {} : { items: plainProperty(items) }),
        ...(additionalProperties === undefined ? {} : { additionalProperties: plainProperty(additionalProperties) }),
        ...{ optional: undefined },
    };
}

function required(properties: Readonly<Record<string, PropertyDefinition>>): string[] {
    return Object.keys(properties)
        .filter((name) => !properties[name]?.optional)
        .sort();
}

/** A default that holds whatever else is given; a schema has room for simple values only. */
function defaultOf(value: unknown): { default?: string | number | boolean } {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? { default: value }
        : {};
}

function capitalized(word: string): string {
    return word.charAt(0).toUpperCase() + word.slice(1);
}

function sorted<Value>(entries: Readonly<Record<string, Value>>): Record<string, Value> {
    return Object.fromEntries(Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)));
}
