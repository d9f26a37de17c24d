import type * as TypeScript from "typescript";
import { readDocumentation } from "./documentation";
import type { FunctionTyping, Properties, Property, ResourceTyping, ValueType } from "./propertyTypes";
import type { SdkFiles } from "./sdkFiles";

const any: ValueType = { kind: "any" };

let compiler: typeof TypeScript | undefined;

/** Loaded on first use: a provider whose types are all cached does without its 400 milliseconds. */
function typescript(): typeof TypeScript {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
    return (compiler ??= require("typescript") as typeof TypeScript);
}

/** Reads the typing of a resource class from its module. */
export function deriveResource(files: SdkFiles, token: string): ResourceTyping | undefined {
    const module = files.module(token);
    const name = token.slice(token.lastIndexOf(":") + 1);
    if (module === undefined || !module.code.includes(`__pulumiType = '${token}'`)) {
        return undefined;
    }
    const declared = declarations(module.declarations);
    const [, secrets = ""] = /additionalSecretOutputs: \[([^\]]*)\]/.exec(module.code) ?? [];
    return {
        inputs: members(declared.get(`${name}Args`), files),
        outputs: outputsOf(declared.get(name), files),
        secrets: [...secrets.matchAll(/"(\w+)"/g)].map((match) => match[1] ?? ""),
    };
}

/** Reads the typing of a look-up from its module. */
export function deriveFunction(files: SdkFiles, token: string): FunctionTyping | undefined {
    const module = files.module(token);
    const name = token.slice(token.lastIndexOf(":") + 1);
    if (module === undefined || !module.code.includes(`invoke("${token}"`)) {
        return undefined;
    }
    const declared = declarations(module.declarations);
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return {
        inputs: members(declared.get(`${title}Args`), files),
        outputs: members(declared.get(`${title}Result`), files),
    };
}

/** Reads what the provider itself can be configured with. */
export function deriveConfiguration(files: SdkFiles): Properties {
    return members(declarations(files.text("provider.d.ts")).get("ProviderArgs"), files);
}

/** Reads an interface of types/input.d.ts, such as `lb.ListenerDefaultAction`. */
export function deriveObject(files: SdkFiles, name: string): Properties | undefined {
    const text = files.inputInterface(name);
    if (text === undefined) {
        return undefined;
    }
    return members([...declarations(text).values()][0], files);
}

type Declared = TypeScript.InterfaceDeclaration | TypeScript.ClassDeclaration;

function declarations(text: string): Map<string, Declared> {
    const ts = typescript();
    const source = ts.createSourceFile("types.d.ts", text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
    const found = new Map<string, Declared>();
    for (const statement of source.statements) {
        if (
            (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) &&
            statement.name !== undefined
        ) {
            found.set(statement.name.text, statement);
            texts.set(statement, source.text);
        }
    }
    return found;
}

/** The text that each declaration was read from: its comments are not part of the tree. */
const texts = new WeakMap<Declared, string>();

function members(declared: Declared | undefined, files: SdkFiles): Properties {
    return collect(declared, files, (type) => type);
}

/** Class properties are `pulumi.Output<T | undefined>`, where undefined says that there may be no value. */
function outputsOf(declared: Declared | undefined, files: SdkFiles): Properties {
    const ts = typescript();
    return collect(declared, files, (type) =>
        ts.isTypeReferenceNode(type) && written(type.typeName) === "pulumi.Output"
            ? type.typeArguments?.[0]
            : undefined,
    );
}

function collect(
    declared: Declared | undefined,
    files: SdkFiles,
    typeOf: (type: TypeScript.TypeNode) => TypeScript.TypeNode | undefined,
): Properties {
    const ts = typescript();
    const properties: Record<string, Property> = {};
    const text = declared === undefined ? "" : (texts.get(declared) ?? "");
    for (const member of declared?.members ?? []) {
        const isProperty = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member);
        const type = isProperty && member.type !== undefined ? typeOf(member.type) : undefined;
        if (isProperty && type !== undefined && (ts.isIdentifier(member.name) || ts.isStringLiteral(member.name))) {
            const { type: read, optional, values } = readType(type, files);
            properties[member.name.text] = {
                type: read,
                required: member.questionToken === undefined && !optional,
                ...readDocumentation(text.slice(member.pos, member.name.end), read),
                ...(values === undefined ? {} : { values }),
            };
        }
    }
    return properties;
}

interface ReadType {
    readonly type: ValueType;
    readonly optional?: boolean;
    /** The values of an enumeration that stands alone; beside `string` it is only a suggestion. */
    readonly values?: readonly string[];
}

function readType(node: TypeScript.TypeNode | undefined, files: SdkFiles): ReadType {
    const ts = typescript();
    const keyword = node && ts.tokenToString(node.kind);
    if (keyword === "string" || keyword === "number" || keyword === "boolean") {
        return { type: { kind: keyword } };
    }
    if (node === undefined) {
        return { type: any };
    }
    if (ts.isUnionTypeNode(node)) {
        const parts = node.types.filter((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword);
        const optional = parts.length < node.types.length;
        const [only = { type: any }, ...others] = parts.map((part) => readType(part, files));
        // `string | enums.X` is any string; other unions (a name or a whole resource) are not told apart.
        const isText = [only, ...others].every(({ type }) => type.kind === "string");
        return others.length === 0 ? { ...only, optional } : { type: isText ? only.type : any, optional };
    }
    if (ts.isArrayTypeNode(node)) {
        return { type: { kind: "array", of: readType(node.elementType, files).type } };
    }
    if (ts.isTypeLiteralNode(node)) {
        const [index] = node.members;
        const isMap = index !== undefined && ts.isIndexSignatureDeclaration(index);
        return { type: isMap ? { kind: "map", of: readType(index.type, files).type } : any };
    }
    return ts.isTypeReferenceNode(node) ? readReference(node, files) : { type: any };
}

function readReference({ typeName, typeArguments }: TypeScript.TypeReferenceNode, files: SdkFiles): ReadType {
    const name = written(typeName);
    if (name === "pulumi.Input" || name === "pulumi.Output") {
        return { ...readType(typeArguments?.[0], files), optional: false };
    }
    if (name.startsWith("inputs.")) {
        return { type: { kind: "object", name: name.slice("inputs.".length) } };
    }
    const [, namespace = "", enumeration = ""] = /^enums\.(\w+)\.(\w+)$/.exec(name) ?? [];
    const values = namespace === "" ? [] : files.enumeration(namespace, enumeration);
    const isText = name.startsWith("enums.") || name === "ARN" || name === "pulumi.ARN";
    return { type: isText ? { kind: "string" } : any, ...(values.length === 0 ? {} : { values }) };
}

function written(name: TypeScript.EntityName): string {
    return "text" in name ? name.text : `${written(name.left)}.${name.right.text}`;
}
