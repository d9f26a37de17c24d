import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { nearestName, readJsonObject } from "@encrypted-edge/common";
import { stringify } from "yaml";
import { elbZoneIds } from "../aws/facts";
import { keepWritten, rehearsalEnvironment, rehearsalPaths, type RehearsalPaths } from "../engine";
import { MistakeError } from "./mistake";
import { type RehearsedStack, stackExists } from "./checkpoint";
import { configurationIn, configuredStacks, type Project, readMap, stackFile } from "./project";
import { plainStackName, stackName } from "./stackReference";

/** The stack that is rehearsed when none is named and none is selected. */
export const defaultStack = "dev";

/** The stack that `stack select` has chosen, read from the workspace settings where the CLI keeps it. */
export function selectedStack(paths: RehearsalPaths, project: Project): string | undefined {
    const digest = createHash("sha1").update(project.file).digest("hex");
    const file = path.join(paths.home, "workspaces", `${project.name}-${digest}-workspace.json`);
    const { stack, stacks } = readJsonObject<{ stack?: unknown; stacks?: unknown }>(file) ?? {};
    const selected: unknown = Object.values(stacks ?? {})[0] ?? stack;
    return typeof selected === "string" && selected !== "" ? stackName(selected) : undefined;
}

/**
 * What the rehearsal's own commands work with: the stack that is named, else the selected one, else dev, and the region
 * that is named, else that of the stack.
 *
 * @throws MistakeError where there is no such stack, or no such region
 */
export async function chosenStack(project: Project, named: { readonly stack?: string; readonly region?: string }) {
    rehearsalEnvironment(project.directory);
    const paths = rehearsalPaths(project.directory);
    const stack = plainStackName(named.stack ?? selectedStack(paths, project) ?? defaultStack, project);
    if (named.stack !== undefined) {
        refuseUnknownStack({ paths, project, stack });
    }
    const configuration = configurationOf(project, stack);
    return { paths, stack, configuration, region: await regionOf(project, configuration, named.region) };
}

/**
 * A misspelt name must not quietly become a stack of its own, nor be taken for a stack that is still to be deployed.
 *
 * @param named its file, where it has another than its name says
 * @throws MistakeError where neither a file nor a state has the stack
 */
export function refuseUnknownStack(rehearsed: RehearsedStack, named?: string): void {
    const { project, stack } = rehearsed;
    if (stack === "") {
        throw new MistakeError("--stack is empty: give the name of a stack, or leave it out for the selected one.");
    }
    const file = named ?? stackFile(project, stack);
    const known = configuredStacks(project);
    if (existsSync(file) || stackExists(rehearsed) || (stack === defaultStack && known.length === 0)) {
        return;
    }
    const near = nearestName(stack, known);
    throw new MistakeError(
        `There is no stack "${stack}": ${file} does not exist, and nobody has created this stack.`,
        known.length > 0 ? `Stacks of this project: ${known.join(", ")}.` : "This project has no stack files.",
        ...(near === undefined ? [] : [`Did you mean "${near}"?`]),
        `Write that file, or create the stack without one: rehearse stack init ${stack}`,
    );
}

/** What the stack's file configures; nothing where there is no file. */
export function configurationOf(project: Project, stack: string): Record<string, unknown> {
    const file = stackFile(project, stack);
    return existsSync(file) ? configurationIn(readMap(file), file) : {};
}

/** The region of the `aws` provider, by the stack's configuration or the project's; us-east-1 where none is named. */
export function configuredRegion(project: Project, configuration: Record<string, unknown>): string {
    const declared = (project.content.config as Record<string, unknown> | undefined)?.["aws:region"];
    const ofProject =
        typeof declared === "object" && declared !== null ? (declared as { value?: unknown }).value : declared;
    const region = [configuration["aws:region"], ofProject].find((each) => typeof each === "string" && each !== "");
    return typeof region === "string" ? region : "us-east-1";
}

/**
 * The region that is shown: the given one, else the configured one.
 * @throws MistakeError for one that AWS does not have: what is asked for it would be made in the account.
 */
export async function regionOf(
    project: Project,
    configuration: Record<string, unknown>,
    given: string | undefined,
): Promise<string> {
    const region = given ?? configuredRegion(project, configuration);
    if (Object.hasOwn(elbZoneIds, region)) {
        return region;
    }
    // The SDK knows the newer ones as well; it takes longer to ask.
    const { Typings } = await import("../provider/index.js");
    const { regions } = new Typings({ packageName: "@pulumi/aws", projectDirectory: project.directory });
    if (!regions.includes(region)) {
        const near = nearestName(region, regions);
        throw new MistakeError(
            `${given === undefined ? `aws:region of ${project.name}` : "--region"} is "${region}", which is no region of AWS. ${near === undefined ? 'Write one such as "eu-central-1".' : `Did you mean "${near}"?`}`,
        );
    }
    return region;
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
    keepWritten(file, text);
    return directory;
}
