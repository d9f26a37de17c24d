import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { emptyPack } from "../emptyPack";
import { compilerOptions, textbookPack } from "../textbookPack";

/**
 * Makes this project over again beside the original, so that what the developer has deployed in the rehearsal changes
 * nothing. The program and the component run from their sources, as Pulumi.yaml has it; the pack is the compiled one.
 */
export function makeOwnProject(repository: string, directory: string): void {
    const settings = ["Pulumi.yaml", "package.json"];
    for (const part of ["index.ts", "Pulumi.dev.yaml", "stack", ...settings]) {
        cpSync(path.join(repository, part), path.join(directory, part), { recursive: true });
    }
    for (const part of ["components", "policy", "node_modules"]) {
        symlinkSync(path.join(repository, part), path.join(directory, part));
    }
}

/**
 * Makes the same project as most projects are: the same program and stack file, with the whole of `@pulumi/aws` and
 * type-checked at run time, and a TypeScript pack with the two mandatory rules.
 */
export function makeTextbookProject(repository: string, directory: string): void {
    for (const part of ["Pulumi.dev.yaml", "components", "stack"]) {
        cpSync(path.join(repository, part), path.join(directory, part), {
            recursive: true,
            filter: (file) => !/[/\\](bin|node_modules)$|\.test\.ts$/.test(file),
        });
    }
    symlinkSync(path.join(repository, "node_modules"), path.join(directory, "node_modules"));
    cpSync(path.join(repository, "index.ts"), path.join(directory, "index.ts"));
    for (const part of ["components", "stack"]) {
        readdirSync(path.join(directory, part))
            .filter((file) => file.endsWith(".ts"))
            .forEach((file) => importWholeProvider(path.join(directory, part, file)));
    }
    writeFiles(directory, {
        "Pulumi.yaml": "name: encrypted-edge\nruntime: nodejs\n",
        "package.json": JSON.stringify({ name: "textbook", main: "index.ts" }),
        "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
    });
    writeFiles(path.join(directory, "policy"), textbookPack);
}

/**
 * Makes what any preview costs: a program in JavaScript that declares nothing, and an empty pack.
 *
 * @param packages what the program imports besides `@pulumi/pulumi`
 */
export function makeEmptyProject(repository: string, directory: string, packages: readonly string[]): void {
    symlinkSync(path.join(repository, "node_modules"), path.join(directory, "node_modules"));
    cpSync(path.join(repository, "Pulumi.dev.yaml"), path.join(directory, "Pulumi.dev.yaml"));
    writeFiles(directory, {
        "Pulumi.yaml": "name: encrypted-edge\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
        "package.json": JSON.stringify({ name: "empty", main: "index.js" }),
        "index.js": ["@pulumi/pulumi", ...packages].map((name) => `require("${name}");\n`).join(""),
    });
    writeFiles(path.join(directory, "policy"), emptyPack);
}

/** The modules of `@pulumi/aws` that this project's program imports. */
export function importedModules(repository: string): string[] {
    const sources = ["components", "stack"].flatMap((part) =>
        readdirSync(path.join(repository, part), { recursive: true, encoding: "utf8" })
            .filter(
                (file) => file.endsWith(".ts") && !/(\.test|\.d)\.ts$|(^|[/\\])(bin|test|node_modules)[/\\]/.test(file),
            )
            .map((file) => readFileSync(path.join(repository, part, file), "utf8")),
    );
    const names = sources.flatMap((source) =>
        [...source.matchAll(/^import (?!type )[^;]*? from "(@pulumi\/aws\/[^"]+)";$/gm)].map(([, name = ""]) => name),
    );
    return [...new Set(names)].sort();
}

function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
    mkdirSync(directory, { recursive: true });
    Object.entries(files).forEach(([file, content]) => writeFileSync(path.join(directory, file), content));
}

/** Single modules of the provider are already a way to start faster; the textbook has `import * as aws`. */
function importWholeProvider(file: string): void {
    const source = readFileSync(file, "utf8");
    writeFileSync(
        file,
        source.replace(/import \* as (\w+) from "@pulumi\/aws\/\1"/g, 'import { $1 } from "@pulumi/aws"'),
    );
}
