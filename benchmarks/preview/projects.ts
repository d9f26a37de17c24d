import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
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
    const write = (file: string, content: unknown): void => {
        writeFileSync(
            path.join(directory, file),
            typeof content === "string" ? content : JSON.stringify(content, undefined, 4),
        );
    };
    cpSync(path.join(repository, "index.ts"), path.join(directory, "index.ts"));
    for (const part of ["components", "stack"]) {
        readdirSync(path.join(directory, part))
            .filter((file) => file.endsWith(".ts"))
            .forEach((file) => importWholeProvider(path.join(directory, part, file)));
    }
    write("Pulumi.yaml", "name: encrypted-edge\nruntime: nodejs\n");
    write("package.json", { name: "textbook", main: "index.ts" });
    write("tsconfig.json", { compilerOptions, files: ["index.ts"] });
    mkdirSync(path.join(directory, "policy"));
    Object.entries(textbookPack).forEach(([file, content]) => write(path.join("policy", file), content));
}

/** Single modules of the provider are already a way to start faster; the textbook has `import * as aws`. */
function importWholeProvider(file: string): void {
    const source = readFileSync(file, "utf8");
    writeFileSync(
        file,
        source.replace(/import \* as (\w+) from "@pulumi\/aws\/\1"/g, 'import { $1 } from "@pulumi/aws"'),
    );
}
