import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { elapsed, type OnProgress } from "./elapsed";
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

/** The official language host for YAML, which official CLIs bring along. */
export const yamlHost: GoTool = {
    executable: "pulumi-language-yaml",
    title: "Pulumi's language host for YAML 1.25.0",
    modules: "yaml",
    mainPackage: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    sources: [],
    neededBy: "Programs in YAML need Pulumi's language host for YAML",
};

/** The official language host for Java, which official CLIs bring along. It also generates the SDKs for Java. */
export const javaHost: GoTool = {
    executable: "pulumi-language-java",
    title: "Pulumi's language host for Java 1.16.0",
    modules: "java",
    mainPackage: "github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java",
    sources: [],
    neededBy: "Programs in Java need Pulumi's language host for Java",
};

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
    const start = Date.now();
    const ticking = setInterval(() => progress(`Building ${tool.title}, once, ${elapsed(start)}`), 1000);
    try {
        await buildOnce({
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
    } finally {
        clearInterval(ticking);
    }
}
