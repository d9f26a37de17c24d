import { durations, shortest } from "../aws/facts";
import type { StackResource } from "./checkpoint";

/** What a run would take on AWS. */
export interface Timeline {
    seconds: number;
    /** The resources that decide it, each of which waits for the one before. Those that take no time are left out. */
    path: { type: string; name: string; seconds: number }[];
}

/**
 * How long AWS takes for what a run has created and updated, if everything starts as soon as what it depends on is done,
 * as the engine does it. What a run has deleted is not counted.
 * @param since when the run started, in milliseconds since the epoch.
 */
export function timeline(resources: readonly StackResource[], since: number): Timeline {
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
        const own = secondsOf(resource, since);
        const result = { seconds: (last?.seconds ?? 0) + own, after: last?.urn };
        finished.set(urn, result);
        return result;
    };
    resources.forEach(({ urn }) => finish(urn));
    const [end] = [...finished].sort(([, one], [, other]) => other.seconds - one.seconds);
    const chain = new Set<string>();
    for (let urn = end?.[0]; urn !== undefined && !chain.has(urn); urn = finished.get(urn)?.after) {
        chain.add(urn);
    }
    const path = [...chain]
        .reverse()
        .flatMap((urn) => byUrn.get(urn) ?? [])
        .map((resource) => ({
            type: className(resource),
            name: resource.urn.split("::").at(-1) ?? "",
            seconds: secondsOf(resource, since),
        }))
        .filter(({ seconds }) => seconds > 0);
    return { seconds: end?.[1].seconds ?? 0, path };
}

/** The last line of `rehearse up`; undefined where a run has changed nothing. */
export function timelineLine({ seconds, path }: Timeline): string | undefined {
    if (seconds === 0) {
        return undefined;
    }
    const steps = path.filter((step) => step.seconds > shortest);
    const waits = steps.map((step) => `${step.type} ${step.name} (${step.seconds} s)`);
    return `On AWS this takes about ${spoken(seconds)}${waits.length === 0 ? "" : `, by what waits for each other: ${waits.join(", then ")}`}.`;
}

function secondsOf({ type, custom, external, created, modified, inputs }: StackResource, since: number): number {
    if (custom !== true || external === true || !type.startsWith("aws:")) {
        return 0;
    }
    const after = (time: string | undefined): boolean => time !== undefined && Date.parse(time) >= since;
    const duration = durations[type.slice(type.lastIndexOf(":") + 1)];
    const waits = inputs?.waitForDeployment !== false;
    if (after(created)) {
        return waits ? (duration?.create ?? shortest) : shortest;
    }
    return after(modified) ? (waits ? (duration?.update ?? shortest) : shortest) : 0;
}

function className({ type }: StackResource): string {
    return type.slice(type.lastIndexOf(":") + 1);
}

function spoken(seconds: number): string {
    const minutes = Math.floor(seconds / 60);
    const rest = seconds % 60;
    return [...(minutes > 0 ? [`${minutes} min`] : []), ...(rest > 0 || minutes === 0 ? [`${rest} s`] : [])].join(" ");
}
