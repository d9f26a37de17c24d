import { existsSync, renameSync } from "node:fs";
import * as path from "node:path";
import { elapsed, type OnProgress } from "./elapsed";
import { buildOnce } from "./goBuild";

/** A program in Go that is built when it is first needed, and lies beside a CLI that was built. */
export interface GoTool {
    readonly executable: string;
    /** As progress and errors name it. */
    readonly title: string;
    /** The folder of its go.mod and go.sum. */
    readonly modules: "yaml" | "sdk";
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

/**
 * Puts a tool beside a CLI that was built, once; a second builder waits for the first.
 * @throws when Go is missing, or when the build fails.
 */
export async function buildGoTool(
    tool: GoTool,
    cli: string,
    environment: NodeJS.ProcessEnv,
    progress: OnProgress,
): Promise<void> {
    const built = builtTool(tool, cli);
    if (existsSync(built)) {
        return;
    }
    const start = Date.now();
    const tell = () => progress(`Building ${tool.title}, once, ${elapsed(start)}`);
    const ticking = setInterval(tell, 1000);
    try {
        await buildOnce({
            built,
            what: tool.title,
            modules: tool.modules,
            sources: tool.sources,
            environment,
            onWaiting: tell,
            make: async (go, unfinished) => {
                const output = path.join(unfinished, tool.executable);
                await go(["build", "-trimpath", "-ldflags", "-s -w", "-o", output, tool.mainPackage]);
                renameSync(output, built);
            },
        });
    } catch (error) {
        throw (error as NodeJS.ErrnoException).code === "ENOENT"
            ? new Error(
                  `${tool.neededBy}. Install the Pulumi CLI, which brings it along (https://www.pulumi.com/docs/install/), or Go, so that it can be built (https://go.dev/doc/install).`,
              )
            : error;
    } finally {
        clearInterval(ticking);
    }
}
