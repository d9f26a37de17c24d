import { readFileSync } from "node:fs";
import { findProject } from "../command/project";
import { checkpointFile } from "../command/checkpoint";
import { rehearsalPaths } from "../engine";
import type { StackResource } from "./builtSummary";

export interface DeployedStack {
    resources: StackResource[];
    /** The stack's outputs; a secret among them is encrypted. */
    outputs: Record<string, unknown>;
    /** The directory of the account that the stack was deployed into. */
    account: string;
}

/** Reads what a rehearsed stack holds now. The file is the backend's own: exporting it would start the CLI once more. */
export function deployedStack(projectDirectory: string, stack: string): DeployedStack {
    const project = findProject(projectDirectory);
    if (project === undefined) {
        throw new Error(`There is no Pulumi project in ${projectDirectory}.`);
    }
    const paths = rehearsalPaths(project.directory);
    const { checkpoint } = JSON.parse(readFileSync(checkpointFile(paths, project, stack), "utf8")) as {
        checkpoint?: { latest?: { resources?: StackResource[] } };
    };
    const resources = checkpoint?.latest?.resources ?? [];
    const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    return { resources, outputs: root?.outputs ?? {}, account: paths.account };
}
