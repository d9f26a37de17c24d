import type { CommandLine } from "./commandLine";
import { MistakeError } from "./mistake";
import type { Project } from "./project";

/** Commands whose operand is the name of a stack. */
const namesStack = /^stack (init|select|rm|rename)$/;

/**
 * The own name of the stack that somebody names, by itself or as `organization/project/stack`.
 * @throws MistakeError for a stack of another project, or a name of another form.
 */
export function plainStackName(reference: string, project: Project): string {
    if (reference.includes("/")) {
        refuseForeign(reference, project);
    }
    return stackName(reference);
}

/** `organization/project/stack`, as the CLI may write it, comes down to the stack's own name. */
export function stackName(reference: string): string {
    return reference.split("/").at(-1) ?? reference;
}

/**
 * The command line with plain names of stacks: the backend on this machine knows one organization, whichever one the
 * real stack belongs to.
 * @throws MistakeError for a stack of another project, or a name of another form.
 */
export function withPlainStackNames(line: CommandLine, project: Project): CommandLine {
    const operands = namesStack.test(line.command) ? line.operands : [];
    const references = [line.stack, ...operands].filter((name) => name?.includes("/") === true) as string[];
    for (const reference of references) {
        refuseForeign(reference, project);
    }
    const plain = (word: string): string => {
        const named = references.find(
            (reference) => word === reference || word === `--stack=${reference}` || word === `-s${reference}`,
        );
        return named === undefined ? word : word.slice(0, word.length - named.length) + stackName(named);
    };
    return {
        ...line,
        stack: line.stack === undefined ? undefined : stackName(line.stack),
        operands: namesStack.test(line.command) ? line.operands.map(stackName) : line.operands,
        arguments: line.arguments.map(plain),
    };
}

function refuseForeign(reference: string, project: Project): void {
    const parts = reference.split("/");
    if (parts.length > 3 || parts.includes("")) {
        throw new MistakeError(
            `"${reference}" is not the name of a stack. Write "${parts.filter((part) => part !== "").at(-1) ?? "dev"}", or "organization/${project.name}/name".`,
        );
    }
    const [, named] = parts.length === 3 ? parts : [];
    if (named !== undefined && named !== project.name) {
        throw new MistakeError(
            `"${reference}" is a stack of the project "${named}"; this project is "${project.name}" (${project.file}). Go to the directory of that project, or name it with --cwd.`,
        );
    }
}
