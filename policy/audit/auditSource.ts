import { readConfiguration, type Configuration } from "../configuration";
import { listed } from "../finding";
import { evaluate } from "../judging";
import type { PendingOperation, State } from "../graph";
import type { Rule } from "../rule";
import { readBy } from "../translation";
import type { AuditedStack, Description } from "./auditedStack";
import { hashOf, nameOfSource, parseState, readSource, type Bytes, type PulumiCli, type Source } from "./sources";

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
 * @param known hashes of verdicts that the journal holds: those states are not judged again; undefined where there is
 * no journal, and the answer then has no hash
 */
export async function auditSource(
    task: AuditTask,
    rules: readonly Rule[],
    known: ReadonlySet<string> | undefined,
): Promise<AuditAnswer> {
    const { source } = task;
    const { configuration } = readConfiguration(task.policyConfiguration, rules);
    const isRead = readBy(enabledRules(rules, configuration));
    const read = await readAndParse(task, known, isRead);
    if ("kind" in read) {
        return read;
    }
    const { hash, state } = read;
    const results = evaluate(rules, state.resources, { configuration });
    const describe = descriptions(state);
    const stack: AuditedStack = {
        stack: nameOfStack(source, state),
        source: nameOfSource(source),
        resources: state.resources.length,
        problems: [
            ...state.problems.map((problem) => `A part of the state was left out: ${problem}.`),
            ...pendingProblems(state.pending, isRead),
        ],
        // Each is of this audit alone, so it is described where it is: a copy of a hundred thousand takes a second.
        results: results.map((result) => {
            const { chain } = result;
            const described = chain?.map((step) => Object.assign(step, describe(step.urn)));
            return Object.assign(result, describe(result.urn), described && { chain: described });
        }),
    };
    return { kind: "judged", hash, stack };
}

export function enabledRules(rules: readonly Rule[], configuration: Configuration): Rule[] {
    return rules.filter((rule) => configuration.of(rule).level !== "disabled");
}

/**
 * Why a stack whose update was interrupted is not judged as a whole: the state does not hold what was being created, and
 * of what was being changed only how it was before.
 */
export function pendingProblems(pending: readonly PendingOperation[], isRead: (type: string) => boolean): string[] {
    const unsure = pending.filter(({ operation, type }) => unsureOperations.has(operation) && isRead(type));
    if (unsure.length === 0) {
        return [];
    }
    const operations = unsure.map(({ operation, type, name }) => `${operation} ${type} "${name}"`);
    return [
        `The last update was interrupted (${listed(operations, ", ", 3)}): the state does not say what AWS has of it. ` +
            "Run `pulumi refresh`, and export the stack again.",
    ];
}

/** What is being deleted stands in the state still, and is judged; what is being read was there before. */
const unsureOperations: ReadonlySet<string> = new Set(["creating", "updating", "importing"]);

/** A function of its own, so that the bytes and the text of a state can be let go before it is judged. */
async function readAndParse(
    { source, cli }: AuditTask,
    known: ReadonlySet<string> | undefined,
    isRead: (type: string) => boolean,
): Promise<{ readonly hash?: string; readonly state: State } | AuditAnswer> {
    const read = await readSource(source, cli, async (content) => {
        const hash = known && verdictHash(source, content);
        const isKnown = hash !== undefined && known?.has(hash);
        return { hash, state: isKnown ? undefined : await parseState(content, isRead) };
    });
    if ("problem" in read) {
        return { kind: "judged", stack: unreadableStack(source, read.problem) };
    }
    const { hash, state } = read;
    if (state === undefined) {
        return { kind: "known", hash: hash as string };
    }
    return "problem" in state
        ? { kind: "judged", hash, stack: unreadableStack(source, state.problem) }
        : { hash, state };
}

/**
 * What finds a verdict again: the state, and the stack's name where the source gives one. A file with the same state
 * goes by the name in it, which a baseline compares.
 */
function verdictHash(source: Source, content: Bytes): string {
    const name = givenName(source);
    return name === undefined ? hashOf(content) : hashOf(Buffer.from(`${hashOf(content)} ${name}`));
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
        const [prefix, project] = resource.outputs.urn.split("::");
        const stack = /^urn:pulumi:(.+)$/.exec(prefix ?? "")?.[1];
        if (stack !== undefined && project !== undefined && project !== "") {
            return `${project}/${stack}`;
        }
    }
    return nameOfSource(source);
}

export function descriptions(state: State): (urn: string | undefined) => Description {
    const described = new Map<string, Description>();
    let byUrn: Map<string, State["resources"][number]["outputs"]> | undefined;
    return (urn) => {
        if (urn === undefined) {
            return { parents: [] };
        }
        const known = described.get(urn);
        if (known !== undefined) {
            return known;
        }
        byUrn ??= new Map(state.resources.map(({ outputs }) => [outputs.urn, outputs]));
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
        const description = { type: resource?.type, name: resource?.name, parents };
        described.set(urn, description);
        return description;
    };
}
