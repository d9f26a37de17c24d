import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { type OnProgress, tellWhile } from "./elapsed";
import { buildOnce, modulesOf } from "./goBuild";

/** A program in Go that is built when it is first needed, and lies beside a CLI that was built. */
export interface GoTool {
    readonly executable: string;
    /** As progress and errors name it. */
    readonly title: string;
    /** The folder of its go.mod and go.sum. */
    readonly modules: "yaml" | "java" | "sdk";
    readonly mainPackage: string;
    /** Sources of our own beside the go.mod. */
    readonly sources: readonly string[];
    /** What needs it, where there is no Go. */
    readonly neededBy: string;
}

export const yamlHost = officialHost("yaml", "YAML", "1.25.0", "github.com/pulumi/pulumi-yaml/cmd");

/** It also generates the SDKs for Java. */
export const javaHost = officialHost("java", "Java", "1.16.0", "github.com/pulumi/pulumi-java/pkg/cmd");

/** An official language host, which official CLIs bring along. @param commands the folder of its main package */
function officialHost(modules: "yaml" | "java", language: string, version: string, commands: string): GoTool {
    const executable = `pulumi-language-${modules}`;
    const title = `Pulumi's language host for ${language}`;
    return {
        executable,
        title: `${title} ${version}`,
        modules,
        mainPackage: `${commands}/${executable}`,
        sources: [],
        neededBy: `Programs in ${language} need ${title}`,
    };
}

/** The CLI's own generators of SDKs, which in official CLIs are part of their language hosts. */
export const sdkGenerator: GoTool = {
    executable: "generate-sdk",
    title: "Pulumi's generators of SDKs",
    modules: "sdk",
    mainPackage: ".",
    sources: ["main.go"],
    neededBy: "A generated SDK needs Pulumi's generators",
};

/** Where a tool lies once it is built. */
export function builtTool(tool: GoTool, cli: string): string {
    return path.join(path.dirname(cli), tool.executable);
}

/** What a tool was built from and how large it became, as the note beside it says. */
function identity(tool: GoTool, executable: string): string {
    const hash = createHash("sha256").update(tool.mainPackage);
    for (const file of ["go.mod", "go.sum", ...tool.sources]) {
        hash.update(readFileSync(path.join(modulesOf(tool.modules), file)));
    }
    return `${hash.digest("hex")} ${statSync(executable).size}\n`;
}

const noteOf = (built: string) => `${built}.built-from`;

/** Whether a tool is there, whole, and made of the sources that this checkout has. */
function isCurrent(tool: GoTool, built: string): boolean {
    const note = noteOf(built);
    return existsSync(built) && existsSync(note) && readFileSync(note, "utf8") === identity(tool, built);
}

/**
 * Puts a tool beside a CLI that was built, once; a second builder waits for the first. One that was made of other
 * sources, or is not whole, is built again.
 * @throws when Go is missing, or when the build fails.
 */
export async function buildGoTool(
    tool: GoTool,
    cli: string,
    environment: NodeJS.ProcessEnv,
    progress: OnProgress,
): Promise<void> {
    const built = builtTool(tool, cli);
    if (isCurrent(tool, built)) {
        return;
    }
    const building = buildOnce({
        built,
        isCurrent: () => isCurrent(tool, built),
        what: tool.title,
        modules: tool.modules,
        sources: tool.sources,
        environment,
        withoutGo: `${tool.neededBy}. Install the Pulumi CLI, which includes it (https://www.pulumi.com/docs/install/), or Go, so that it can be built (https://go.dev/doc/install).`,
        make: async (go, unfinished) => {
            const output = path.join(unfinished, tool.executable);
            await go(["build", "-trimpath", "-ldflags", "-s -w", "-o", output, tool.mainPackage]);
            // Without its note a tool counts as unfinished, wherever this is interrupted.
            rmSync(noteOf(built), { force: true });
            renameSync(output, built);
            writeFileSync(noteOf(built), identity(tool, built));
        },
    });
    await tellWhile(progress, () => `Building ${tool.title}, once`, building);
}
