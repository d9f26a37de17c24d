import * as path from "node:path";
import {
    buildGoTool,
    type GoTool,
    javaHost,
    onPath,
    ownLanguages,
    type OnProgress,
    sdkGenerator,
    writeLanguageShims,
    yamlHost,
} from "../engine";
import type { CommandLine } from "./commandLine";
import { MistakeError } from "./mistake";
import { type Project, runtimeOf } from "./project";

/**
 * A CLI that was built has no languages of its own: puts what this project and this command need beside it.
 * @throws MistakeError for what none of them can do.
 */
export async function completeCli(
    cli: string,
    line: CommandLine,
    project: Project | undefined,
    onProgress: OnProgress,
): Promise<void> {
    refuseLinkingJava(line, project);
    refuseWithoutHost(line, project);
    writeLanguageShims(path.dirname(cli));
    for (const tool of toolsFor(line, project)) {
        await buildGoTool(tool, cli, process.env, onProgress);
    }
}

/** The tools that a command needs beside our own language hosts. */
export function toolsFor(line: CommandLine, project: Project | undefined): GoTool[] {
    const runtime = project === undefined ? "" : runtimeOf(project);
    const generates = line.command === "package gen-sdk" || links(line, project);
    const generated = generates ? (line.language ?? runtime) : undefined;
    return [
        ...(runtime === "yaml" ? [yamlHost] : []),
        ...(runtime === "java" || generated === "java" ? [javaHost] : []),
        ...(generated !== undefined && generated !== "java" ? [sdkGenerator] : []),
    ];
}

/** Whether a command writes an SDK into the project's list of packages. */
function links(line: CommandLine, project: Project | undefined): boolean {
    return line.command === "package add" || (line.command === "install" && project?.content.packages !== undefined);
}

/** The engine says of a misspelt language only that it has no plugin for it. */
function refuseWithoutHost({ command }: CommandLine, project: Project | undefined): void {
    const languages = [...ownLanguages, "java", "yaml"];
    const runtime = project === undefined ? "" : runtimeOf(project);
    if (project === undefined || languages.includes(runtime) || !/^(up|preview|watch)$/.test(command)) {
        return;
    }
    const host = `pulumi-language-${runtime}`;
    if (onPath(host, process.env).length > 0) {
        return;
    }
    throw new MistakeError(
        `"runtime" in ${project.file} is "${runtime}", and there is no ${host} on PATH. Write one of ${languages.join(", ")}; for another language install the Pulumi CLI: https://www.pulumi.com/docs/install/`,
    );
}

/** The host for Java has no call that links an SDK: the engine would fail with half of the work done. */
function refuseLinkingJava(line: CommandLine, project: Project | undefined): void {
    if (project === undefined || runtimeOf(project) !== "java" || !links(line, project)) {
        return;
    }
    const isAdding = line.command === "package add";
    const source = isAdding ? (line.operands[0] ?? "SCHEMA") : "SCHEMA";
    throw new MistakeError(
        `"${line.command}" cannot put a package into a program in Java here: ${javaHost.title}, which the rehearsal builds, cannot do it.`,
        isAdding
            ? "Write the SDK, and name its folder in pom.xml:"
            : `Take "packages" out of ${project.file}, and write each SDK yourself:`,
        `  rehearse package gen-sdk ${source} --language java --local --out sdks`,
        "Or install the Pulumi CLI, which has a newer one: https://www.pulumi.com/docs/install/",
    );
}
