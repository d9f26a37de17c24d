import { openAccount, seedAccount } from "../aws/account";
import { rehearsalPaths } from "../engine";
import { accountSummary, describeAccount } from "./accountSummary";
import { checkpointFile, readCheckpoint, refuseDamaged, type StackResource } from "./checkpoint";
import { configuredHostedZones } from "./hostedZones";
import { readOptions } from "./options";
import { type Project, requireProject } from "./project";
import { chosenStack } from "./stacks";
import { builtSummary, outputLines, outputsOf, plainOutputs } from "./stackSummary";
import { tell } from "./tell";

const usage = `Shows what a rehearsed stack has created, its outputs, and the ids of what else is in the account.

Usage: rehearse show [--stack <stack>] [--region <region>] [--json]

  --stack, -s <stack>    the stack (default: the selected one, else dev)
  --region <region>      region of the account's network (default: the stack's aws:region)
  --json                 show it as JSON; secrets stay hidden
  --cwd, -C <directory>  directory of the Pulumi project (default: this one)
  --help, -h             show this
`;

/** The command `rehearse show`. */
export async function showCommand(given: readonly string[], directory: string): Promise<number> {
    const options = readOptions("show", given, {
        stack: { type: "string", short: "s" },
        region: { type: "string" },
        json: { type: "boolean" },
    });
    if (options.help === true) {
        tell(process.stdout, usage.trimEnd());
        return 0;
    }
    const project = requireProject(directory, options.cwd);
    const { paths, stack, configuration, region } = await chosenStack(project, options);
    const deployed = resourcesOf(project, stack);
    const hostedZoneNames = configuredHostedZones(project.content.config, configuration);
    await seedAccount(paths.account, { hostedZoneNames, region });
    const account = openAccount(paths.account);
    if (options.json === true) {
        const resources = deployed.map(({ type, urn, id }) => ({ type, name: urn.split("::").at(-1) ?? "", id }));
        const outputs = plainOutputs(outputsOf(deployed));
        const shown = { stack, resources, outputs, account: accountSummary(account, region) };
        process.stdout.write(`${JSON.stringify(shown, undefined, 2)}\n`);
    } else {
        tell(process.stdout, [...describeStack(stack, deployed), "", ...describeAccount(account, region)].join("\n"));
    }
    return 0;
}

/** A rehearsed stack: its resources, its outputs (secrets are encrypted), and the directory of its account. */
export interface DeployedStack {
    resources: StackResource[];
    outputs: Record<string, unknown>;
    account: string;
}

/**
 * What a rehearsed stack of a project holds now. The engine's own file is read: exporting it would start the CLI again.
 * @throws MistakeError when there is no such project, or when its state is damaged.
 */
export function deployedStack(directory: string, stack: string): DeployedStack {
    const project = requireProject(directory);
    const resources = resourcesOf(project, stack);
    return { resources, outputs: outputsOf(resources), account: rehearsalPaths(project.directory).account };
}

function resourcesOf(project: Project, stack: string): StackResource[] {
    const rehearsed = { paths: rehearsalPaths(project.directory), project, stack };
    refuseDamaged(rehearsed);
    return readCheckpoint(checkpointFile(rehearsed)).resources;
}

/** The lines of `rehearse show` about one stack. */
export function describeStack(stack: string, resources: readonly StackResource[]): string[] {
    const built = builtSummary(resources);
    if (built.length === 0) {
        return [`The stack ${stack} is not deployed. Deploy it: rehearse up --stack ${stack}`];
    }
    return [
        `What the stack ${stack} has in the AWS on this machine:`,
        ...built,
        "",
        "Outputs:",
        ...outputLines(outputsOf(resources)),
    ];
}
