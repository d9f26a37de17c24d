import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { installedPackage } from "@encrypted-edge/common";

/** The files of an installed @pulumi/aws: the project's own copy, or the one of the rehearsal. */
export class SdkFiles {
    readonly directory: string;
    readonly version: string;
    #interfaceRanges: Map<string, readonly [number, number]> | undefined;
    #inputTypes = "";

    constructor(packageName: string, projectDirectory: string) {
        const installed = installedPackage(packageName, projectDirectory) ?? installedPackage(packageName, __dirname);
        if (installed === undefined) {
            throw new Error(`${packageName} is not installed. Run "npm install" in the project.`);
        }
        this.directory = installed.folder;
        // Packages of 2022 and before write v4.38.1.
        this.version = installed.version.replace(/^v/, "");
    }

    text(file: string): string {
        return readFileSync(path.join(this.directory, file), "utf8");
    }

    /** Declarations and code of the module that a token names: `aws:lb/listener:Listener` lies in lb/listener. */
    module(token: string): { declarations: string; code: string } | undefined {
        const [, modulePath = ""] = token.split(":");
        const [folder = "", file = ""] = modulePath.includes("/") ? modulePath.split("/") : ["", modulePath];
        const directory = path.join(this.directory, folder === "index" ? "" : folder);
        if (!/^[\w-]*$/.test(folder) || !/^\w+$/.test(file) || !existsSync(directory)) {
            return undefined;
        }
        // Some files are all lower case; `index` is the folder's own file, so a module of that name has an underscore.
        const wanted = `${file === "index" ? "index_" : file}.d.ts`.toLowerCase();
        const found = readdirSync(directory).find((name) => name.toLowerCase() === wanted);
        if (found === undefined) {
            return undefined;
        }
        const declarations = path.join(directory, found);
        const code = declarations.replace(/\.d\.ts$/, ".js");
        const read = { declarations: readFileSync(declarations, "utf8"), code: readFileSync(code, "utf8") };
        return read.code.includes(`'${token}'`) || read.code.includes(`"${token}"`) ? read : undefined;
    }

    /** Tokens of the resources and look-ups that the package's modules register. */
    tokens(): { resources: string[]; functions: string[] } {
        const folders = readdirSync(this.directory, { withFileTypes: true })
            .filter((entry) => entry.isDirectory() && !["types", "node_modules", "config"].includes(entry.name))
            .map((entry) => path.join(this.directory, entry.name));
        const code = [this.directory, ...folders].flatMap((folder) =>
            readdirSync(folder)
                .filter((file) => file.endsWith(".js") && file !== "index.js")
                .map((file) => readFileSync(path.join(folder, file), "utf8")),
        );
        const all = (pattern: RegExp) =>
            [...new Set(code.flatMap((text) => [...text.matchAll(pattern)].map(([, token = ""]) => token)))].sort();
        return {
            resources: all(/__pulumiType = '(\w+:[\w/]+:\w+)'/g),
            functions: all(/invoke\("(\w+:[\w/]+:\w+)"/g),
        };
    }

    /** The declaration of one interface of types/input.d.ts: finding it in the text spares parsing 6 MB. */
    inputInterface(name: string): string | undefined {
        this.#interfaceRanges ??= this.#indexInterfaces();
        const range = this.#interfaceRanges.get(name);
        return range === undefined ? undefined : this.#inputTypes.slice(...range);
    }

    /** The values of an enumeration, such as `RuleType` of the namespace `route53`; `""` is the package's own namespace. */
    enumeration(namespace: string, name: string): string[] {
        const file = path.join("types", "enums", namespace, "index.d.ts");
        const declarations = existsSync(path.join(this.directory, file)) ? this.text(file) : "";
        const [, body = ""] = new RegExp(`\\b${name}: \\{([^}]*)\\}`).exec(declarations) ?? [];
        return [...body.matchAll(/: "([^"]*)"/g)].map((match) => match[1] ?? "");
    }

    /** The regions that the package knows: an enumeration, before version 3 a union of texts. */
    regions(): string[] {
        const listed = this.enumeration("", "Region");
        const union = (): string[] =>
            [...this.text("region.d.ts").matchAll(/"([^"]*)"/g)].map(([, region = ""]) => region);
        return listed.length > 0 ? listed : union();
    }

    #indexInterfaces(): Map<string, readonly [number, number]> {
        this.#inputTypes = this.text("types/input.d.ts");
        const ranges = new Map<string, readonly [number, number]>();
        const opening = /^(?:export declare namespace (\w+) \{|(?: {4}|export )interface (\w+) \{)/gm;
        let namespace = "";
        for (const match of this.#inputTypes.matchAll(opening)) {
            const [text, opened, name] = match;
            if (opened !== undefined) {
                namespace = `${opened}.`;
            } else if (name !== undefined) {
                const nested = text.startsWith(" ");
                const end = this.#inputTypes.indexOf(nested ? "\n    }" : "\n}", match.index) + (nested ? 6 : 2);
                ranges.set(`${nested ? namespace : ""}${name}`, [match.index, end]);
            }
        }
        return ranges;
    }
}
