import { createRequire } from "node:module";
import * as path from "node:path";
import { compileFunction } from "node:vm";
import * as ts from "typescript";
import type { EncryptedEdgeArgs } from "../../components/index";
import type { Block } from "./documentBlocks";
import { root } from "./packed";

/** What a reader of a piece has imported, by the name that the piece uses. */
const imports: Readonly<Record<string, string>> = {
    aws: 'import * as aws from "@pulumi/aws";',
    pulumi: 'import * as pulumi from "@pulumi/pulumi";',
    EncryptedEdge: 'import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";',
    EncryptedEdgeArgs: 'import type { EncryptedEdgeArgs } from "@encrypted-edge/encrypted-edge";',
    EdgeRoute: 'import { EdgeRoute } from "@encrypted-edge/encrypted-edge";',
    readFileSync: 'import { readFileSync } from "node:fs";',
};

/** What a setting that a sentence names may be one of; each is written as in an object of that type. */
const settings = [
    ...[
        "EncryptedEdgeArgs",
        "FirewallArgs",
        "ExistingLoadBalancerArgs",
        "NextTargetsArgs",
        "NextLoadBalancerArgs",
        "ErrorPagesArgs",
        "CacheBehaviorArgs",
        "DnsAccountArgs",
    ].map((name) => `import("@encrypted-edge/encrypted-edge").${name}`),
    "pulumi.CustomResourceOptions",
    "aws.ecs.ServiceArgs",
    "aws.autoscaling.GroupArgs",
].map((type) => `Partial<${type}>`);

/** A program as strict as TypeScript can be, to which this repository's packages are what npm installs. */
const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    allowUnreachableCode: false,
    allowUnusedLabels: false,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
};

/** Whether a block holds arguments of an edge, and not statements. */
export function isArguments({ text }: Block): boolean {
    return /^\w+: /.test(text);
}

/** Whether a block can be run as it is: it imports what it uses, or takes nothing for given. */
export function isProgram(block: Block): boolean {
    return block.given.length === 0 && /\bnew EncryptedEdge\(/.test(block.text);
}

/** The text that is compiled, with everything that the document does not show on its first line. */
function sourceOf(block: Block): string {
    const { text, given } = block;
    const type = block.language === "setting" ? settings.join(" | ") : "Partial<EncryptedEdgeArgs>";
    const shown = isArguments(block) ? `export const shown: ${type} = {\n${text}};` : `\n${text}`;
    const declared = given.map((one) => `declare const ${one};`).join(" ");
    const missing = Object.entries(imports).filter(
        ([name]) => new RegExp(`\\b${name}\\b`).test(declared + shown) && !/^import /m.test(text),
    );
    return [...missing.map(([, line]) => line), declared, `export {};${shown}`].join(" ");
}

/** What the compiler says of each block, all in one run: place, and message. */
export function typeErrors(blocks: readonly Block[]): string[] {
    const sources = new Map(
        blocks.map((block, index) => [path.join(root, `document${index}.ts`), { block, text: sourceOf(block) }]),
    );
    const [disk, host] = [ts.createCompilerHost(options), ts.createCompilerHost(options)];
    host.fileExists = (file) => sources.has(file) || disk.fileExists(file);
    host.readFile = (file) => sources.get(file)?.text ?? disk.readFile(file);
    const program = ts.createProgram([...sources.keys()], options, host);
    const ours = program
        .getSourceFiles()
        .map(({ fileName }) => path.relative(root, fileName))
        .filter(
            (file) =>
                !file.startsWith("..") &&
                !/(^|\/)(node_modules|bin)\//.test(file) &&
                !sources.has(path.join(root, file)),
        );
    const said = [...sources].flatMap(([file, { block }]) => {
        const source = program.getSourceFile(file);
        return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
            .filter(({ code }) => !(isPiece(block) && unused.has(code)))
            .map(({ start = 0, messageText }) => {
                const line = (source?.getLineAndCharacterOfPosition(start).line ?? 0) - 1 + block.textLine;
                return `${block.document}:${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
            });
    });
    return [...ours.map((file) => `${file} is read, which no consumer has`), ...said];
}

/** Names that are declared and not used: the rest of a program uses them, of which a document shows a piece. */
const unused = new Set([6133, 6192, 6196, 6198]);

function isPiece({ text }: Block): boolean {
    return !/^import /m.test(text);
}

/** An edge that a block makes. */
export interface Shown {
    readonly name: string;
    readonly args: Partial<EncryptedEdgeArgs>;
}

/** Runs a block, and gives the arguments of the edges in it. */
export function edgesOf(block: Block): Shown[] {
    const { outputText } = ts.transpileModule(sourceOf(block), { compilerOptions: { module: ts.ModuleKind.CommonJS } });
    const made: Shown[] = [];
    class EncryptedEdge {
        constructor(name: string, args: Partial<EncryptedEdgeArgs>) {
            made.push({ name, args });
        }
    }
    const modules: Readonly<Record<string, unknown>> = {
        "@encrypted-edge/encrypted-edge": { EncryptedEdge },
        "node:fs": { readFileSync: () => "<h1>We are back soon</h1>" },
    };
    const exported: { shown?: Partial<EncryptedEdgeArgs> } = {};
    const load = createRequire(__filename);
    const run = compileFunction(outputText, ["require", "exports"]) as (
        require: (name: string) => unknown,
        exports: object,
    ) => void;
    run((name) => modules[name] ?? load(name), exported);
    return exported.shown === undefined ? made : [{ name: "edge", args: exported.shown }];
}
