import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { replaceFile } from "encrypted-edge-common";
import { stringify } from "yaml";
import type { RehearsalPaths } from "../engine";
import type { Project } from "./project";
import { stackName } from "./stackReference";

/** The stack that is rehearsed when none is named and none is selected. */
export const defaultStack = "dev";

/** The stack that `stack select` has chosen, read from the workspace settings where the CLI keeps it. */
export function selectedStack(paths: RehearsalPaths, project: Project): string | undefined {
    const digest = createHash("sha1").update(project.file).digest("hex");
    const file = path.join(paths.home, "workspaces", `${project.name}-${digest}-workspace.json`);
    try {
        const { stack, stacks = {} } = JSON.parse(readFileSync(file, "utf8")) as {
            stack?: string;
            stacks?: Record<string, string>;
        };
        const selected = Object.values(stacks)[0] ?? stack;
        return selected === undefined || selected === "" ? undefined : stackName(selected);
    } catch {
        return undefined;
    }
}

/**
 * A directory with a project file of the same project, whose stack files are the rehearsal's copies. Commands that
 * write or delete a stack file, and know no `--config-file`, run there.
 */
export function projectOfCopies(paths: RehearsalPaths, project: Project): string {
    const directory = path.join(paths.root, "project");
    const file = path.join(directory, path.basename(project.file));
    const { name, runtime } = project.content;
    const content = { name, runtime, stackConfigDir: path.relative(directory, paths.stackFiles) };
    const text = path.extname(file) === ".json" ? JSON.stringify(content) : stringify(content);
    // Another stack's rehearsal may be reading it.
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
        replaceFile(file, text);
    }
    return directory;
}
