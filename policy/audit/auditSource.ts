import { readConfiguration } from "../configuration";
import { evaluate } from "../judging";
import type { State } from "../graph";
import type { Rule } from "../rule";
import type { AuditedStack, Description } from "./auditedStack";
import { hashOf, nameOfSource, parseState, readSource, type PulumiCli, type Source } from "./sources";

/** Everything that a worker needs; plain data, for it crosses threads. */
export interface AuditTask {
    readonly source: Source;
    readonly cli: PulumiCli;
    /** Parsed content of the policy configuration file, already checked. */
    readonly policyConfiguration?: unknown;
}

export type AuditAnswer =
    | { readonly kind: "judged"; readonly hash?: string; readonly stack: AuditedStack }
    | { readonly kind: "known"; readonly hash: string };

/**
 * Reads one source and judges it by the rules. Never fails: what cannot be read is said in the answer.
 *
 * @param known hashes of states whose verdict the journal holds: those are not judged again
 */
export async function auditSource(
    task: AuditTask,
    rules: readonly Rule[],
    known: ReadonlySet<string>,
): Promise<AuditAnswer> {
    const { source } = task;
    const read = await readSource(source, task.cli);
    if ("problem" in read) {
        return { kind: "judged", stack: unreadableStack(source, read.problem) };
    }
    const hash = hashOf(read.content);
    if (known.has(hash)) {
        return { kind: "known", hash };
    }
    const state = await parseState(read.content);
    if ("problem" in state) {
        return { kind: "judged", hash, stack: unreadableStack(source, state.problem) };
    }
    const { configuration } = readConfiguration(task.policyConfiguration, rules);
    const results = evaluate(rules, state.resources, { configuration });
    const describe = descriptions(state);
    const stack: AuditedStack = {
        stack: nameOfStack(source, state),
        source: nameOfSource(source),
        resources: state.resources.length,
        problems: state.problems.map((problem) => `A part of the state was left out: ${problem}.`),
        results: results.map(({ chain, ...result }) => ({
            ...result,
            ...describe(result.urn),
            ...(chain && { chain: chain.map((step) => ({ ...step, ...describe(step.urn) })) }),
        })),
    };
    return { kind: "judged", hash, stack };
}

export function unreadableStack(source: Source, problem: string): AuditedStack {
    return { stack: nameOfStack(source), source: nameOfSource(source), resources: 0, problems: [problem], results: [] };
}

/** The name of the stack where the source itself tells it. */
export function givenName(source: Source): string | undefined {
    // Backends other than Pulumi Cloud know one organization only, and it says nothing.
    if (source.kind === "backend") {
        return source.stack.replace(/^organization\//, "");
    }
    return source.kind === "file" ? source.stack : undefined;
}

function nameOfStack(source: Source, state?: State): string {
    const given = givenName(source);
    if (given !== undefined) {
        return given;
    }
    for (const resource of state?.resources ?? []) {
        const [prefix, project] = resource.inputs.urn.split("::");
        const stack = /^urn:pulumi:(.+)$/.exec(prefix ?? "")?.[1];
        if (stack !== undefined && project !== undefined && project !== "") {
            return `${project}/${stack}`;
        }
    }
    return nameOfSource(source);
}

export function descriptions(state: State): (urn: string | undefined) => Description {
    let byUrn: Map<string, State["resources"][number]["inputs"]> | undefined;
    return (urn) => {
        if (urn === undefined) {
            return { parents: [] };
        }
        byUrn ??= new Map(state.resources.map(({ inputs }) => [inputs.urn, inputs]));
        const resource = byUrn.get(urn);
        const parents: string[] = [];
        for (let parent = resource?.parent; parent !== undefined; parent = byUrn.get(parent)?.parent) {
            // A damaged state may name a resource as its own ancestor.
            if (parents.includes(parent)) {
                break;
            }
            if (byUrn.get(parent)?.type !== "pulumi:pulumi:Stack") {
                parents.unshift(parent);
            }
        }
        return { type: resource?.type, name: resource?.name, parents };
    };
}
