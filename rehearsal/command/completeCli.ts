import * as path from "node:path";
import {
    buildGoTool,
    type GoTool,
    javaHost,
    type OnProgress,
    sdkGenerator,
    writeLanguageShims,
    yamlHost,
} from "../engine";
import type { CommandLine } from "./commandLine";
import { type Project, runtimeOf } from "./project";

/** A CLI that was built has no languages of its own: puts what this project and this command need beside it. */
export async function completeCli(
    cli: string,
    line: CommandLine,
    project: Project | undefined,
    onProgress: OnProgress,
): Promise<void> {
    writeLanguageShims(path.dirname(cli));
    for (const tool of toolsFor(line, project)) {
        await buildGoTool(tool, cli, process.env, onProgress);
    }
}

/** The tools that a command needs beside our own language hosts. */
export function toolsFor(line: CommandLine, project: Project | undefined): GoTool[] {
    const runtime = project === undefined ? "" : runtimeOf(project);
    const generates =
        /^package (add|gen-sdk)$/.test(line.command) ||
        (line.command === "install" && project?.content.packages !== undefined);
    const generated = generates ? (line.language ?? runtime) : undefined;
    return [
        ...(runtime === "yaml" ? [yamlHost] : []),
        ...(runtime === "java" || generated === "java" ? [javaHost] : []),
        ...(generated !== undefined && generated !== "java" ? [sdkGenerator] : []),
    ];
}
