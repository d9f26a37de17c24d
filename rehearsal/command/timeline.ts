import { durationOf, shortest } from "../aws/facts";
import type { StackResource } from "./checkpoint";
import { counted } from "./counted";
import { deletionLayers } from "./deletionLayers";

interface Step {
    type: string;
    name: string;
    seconds: number;
    deletes?: true;
}

/** What a run would take on AWS. */
export interface Timeline {
    seconds: number;
    /** The calls that decide it, each of which waits for the one before. Those that take no time are left out. */
    path: Step[];
    /** Calls that are not counted, for no source says how long they take: what is done to which type. */
    unknown?: string[];
}

/** What is known of a run beside the state that it has left. */
export interface RunFacts {
    /** What the stack held before. Default: nothing, so that nothing was deleted. */
    before?: readonly StackResource[];
    /** Types of which nothing is known, with no duration either. */
    unmodelled?: ReadonlySet<string>;
}

/**
 * How long AWS takes for what a run has created, updated and deleted, if everything starts when the engine starts it: a
 * creation when what it depends on is done, and deletions in layers at the end. What was deleted before its replacement
 * was created counts there, too.
 * @param since when the run started, in milliseconds since the epoch.
 */
export function timeline(
    resources: readonly StackResource[],
    since: number,
    { before = [], unmodelled = new Set() }: RunFacts = {},
): Timeline {
    const unknown: string[] = [];
    const kept = new Set(resources.map(identity));
    const deleted = before.filter((resource) => !kept.has(identity(resource)));
    const urns = new Set(deleted.map(({ urn }) => urn));
    const changes = resources.flatMap((resource) => {
        const seconds = changeTime(resource, since);
        if (seconds > 0 && unmodelled.has(resource.type)) {
            unknown.push(resource.type);
            return [];
        }
        return [[resource.urn, seconds] as const];
    });
    const deletions = deletionLayers(deleted).flatMap((layer) => {
        const steps = layer.flatMap((resource): Step[] => {
            const { type, retainOnDelete, deletedWith = "" } = resource;
            if (!isCalled(resource) || retainOnDelete === true || urns.has(deletedWith)) {
                return [];
            }
            const seconds = unmodelled.has(type) ? "not known" : (durationOf(type).delete ?? shortest);
            if (seconds === "not known") {
                unknown.push(`deletion of ${type}`);
                return [];
            }
            return [{ ...named(resource), seconds, deletes: true }];
        });
        return steps.sort((one, other) => other.seconds - one.seconds).slice(0, 1);
    });
    const path = [...longestChain(resources, new Map(changes)), ...deletions];
    return {
        seconds: path.reduce((sum, { seconds }) => sum + seconds, 0),
        path,
        ...(unknown.length === 0 ? {} : { unknown }),
    };
}

/** The chain of resources, each of which waits for the one before, that takes longest. */
function longestChain(resources: readonly StackResource[], times: ReadonlyMap<string, number>): Step[] {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const finished = new Map<string, { seconds: number; after?: string }>();
    const finish = (urn: string): { seconds: number; after?: string } => {
        const known = finished.get(urn);
        const resource = byUrn.get(urn);
        if (known !== undefined || resource === undefined) {
            return known ?? { seconds: 0 };
        }
        // A state has no circles; one that was edited by hand must not hang the command.
        finished.set(urn, { seconds: 0 });
        // A child is registered when its parent is: a component that was given outputs as arguments holds its children.
        const waits = [...(resource.dependencies ?? []), resource.parent ?? ""];
        const [last] = waits
            .map((each) => ({ urn: each, seconds: finish(each).seconds }))
            .sort((one, other) => other.seconds - one.seconds);
        const result = { seconds: (last?.seconds ?? 0) + (times.get(urn) ?? 0), after: last?.urn };
        finished.set(urn, result);
        return result;
    };
    resources.forEach(({ urn }) => finish(urn));
    const [end] = [...finished].sort(([, one], [, other]) => other.seconds - one.seconds);
    const chain = new Set<string>();
    for (let urn = end?.[0]; urn !== undefined && !chain.has(urn); urn = finished.get(urn)?.after) {
        chain.add(urn);
    }
    return [...chain]
        .reverse()
        .flatMap((urn) => byUrn.get(urn) ?? [])
        .map((resource) => ({ ...named(resource), seconds: times.get(resource.urn) ?? 0 }))
        .filter(({ seconds }) => seconds > 0);
}

/** The last lines of `rehearse up` and `rehearse destroy`; undefined where a run has changed nothing. */
export function timelineLine({ seconds, path, unknown = [] }: Timeline): string | undefined {
    if (seconds === 0 && unknown.length === 0) {
        return undefined;
    }
    const others = counted(unknown);
    if (seconds === 0) {
        return `How long this takes on AWS is not known: ${others.join(", ")}.`;
    }
    const waits = path.filter((step) => step.seconds > shortest).map(described);
    const known = `On AWS this takes about ${spoken(seconds)}${waits.length === 0 ? "" : `, because these wait for each other: ${waits.join(", then ")}`}.`;
    return others.length === 0 ? known : `${known} Not known, and not counted: ${others.join(", ")}.`;
}

function described({ type, name, seconds, deletes }: Step): string {
    return `${deletes ? "deletion of " : ""}${type} ${name} (${seconds} s)`;
}

function changeTime(resource: StackResource, since: number): number {
    const { type, created, modified, inputs } = resource;
    const after = (time: string | undefined): boolean => time !== undefined && Date.parse(time) >= since;
    if (!isCalled(resource) || !(after(created) || after(modified))) {
        return 0;
    }
    const { create, update } = durationOf(type);
    const waits = inputs?.waitForDeployment !== false;
    return waits ? ((after(created) ? create : update) ?? shortest) : shortest;
}

/** Whether AWS is asked at all. */
function isCalled({ type, custom, external }: StackResource): boolean {
    return custom === true && external !== true && type.startsWith("aws:");
}

/** What is the same to AWS under another name in the program. A component, which AWS does not know, is its name. */
function identity({ urn, type, id = urn }: StackResource): string {
    return `${type}\n${id}`;
}

function named({ type, urn }: StackResource): Pick<Step, "type" | "name"> {
    return { type: type.slice(type.lastIndexOf(":") + 1), name: urn.split("::").at(-1) ?? "" };
}

function spoken(seconds: number): string {
    const minutes = Math.floor(seconds / 60);
    const rest = seconds % 60;
    return [...(minutes > 0 ? [`${minutes} min`] : []), ...(rest > 0 || minutes === 0 ? [`${rest} s`] : [])].join(" ");
}
