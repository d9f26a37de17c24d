import { deploymentOf, isObject, own } from "../../graph";
import { textOf, type Bytes } from "./bytes";

/** So far a search for the next resource reads at a time. */
const windowSize = 64 * 1024;

/** Stands where the resources in the middle belong. */
const placeholder = "the resources between the first part and the last";

/**
 * Parses a large state a few megabytes of resources at a time, so that neither all of its bytes nor all of its text, for
 * which Node.js knows a limit, stand in memory at once.
 *
 * It is cut where a resource begins. That such a place lies in the list of resources itself, and not deeper, follows from
 * what was parsed: each part in the middle is a list of its own, and the first and the last part together are the state,
 * in whose list of resources the placeholder between them is found.
 *
 * @param kept what is kept of a resource, so that the rest is gone before the next part is parsed
 * @param partSize so many bytes are parsed at a time: large enough to be rare, small enough to be gone soon
 * @returns undefined where the bytes cannot be parsed so: they are no state, or written in another order
 */
export function parseInParts(bytes: Bytes, kept: (resource: unknown) => unknown, partSize = 4 * 1024 * 1024): unknown {
    const cuts = cutsOf(bytes, partSize);
    const [first, last] = [cuts[0], cuts.at(-1)];
    if (first === undefined || last === undefined) {
        return undefined;
    }
    const text = (begin: number, end: number) => textOf(bytes.subarray(begin, end), "utf8");
    try {
        const middle: unknown[] = [];
        for (let index = 1; index < cuts.length; index++) {
            const part = text((cuts[index - 1] as number) + 1, cuts[index] as number);
            for (const resource of JSON.parse(`[${part}]`) as unknown[]) {
                middle.push(kept(resource));
            }
        }
        const outline: unknown = JSON.parse(
            `${text(0, first)},${JSON.stringify(placeholder)}${text(last, bytes.length)}`,
        );
        return withResources(outline, middle);
    } catch {
        return undefined;
    }
}

/** Where commas stand between two resources. */
function cutsOf(bytes: Bytes, partSize: number): number[] {
    const cuts: number[] = [];
    for (let cut = nextCut(bytes, partSize); cut !== undefined; cut = nextCut(bytes, cut + 1 + partSize)) {
        cuts.push(cut);
    }
    return cuts;
}

/** The first place from here on where one resource ends and the next begins with its URN, as Pulumi writes it. */
function nextCut(bytes: Bytes, from: number): number | undefined {
    for (let begin = from; begin < bytes.length; begin += windowSize) {
        const text = textOf(bytes.subarray(begin, begin + windowSize), "latin1");
        const found = /,\s*\{\s*"urn": ?"urn:pulumi:/.exec(text);
        if (found !== null) {
            return begin + found.index;
        }
    }
    return undefined;
}

function withResources(outline: unknown, middle: readonly unknown[]): unknown {
    const holder = deploymentOf(outline);
    const listed = own(holder, "resources");
    const place = Array.isArray(listed) ? listed.indexOf(placeholder) : -1;
    if (!isObject(holder) || !Array.isArray(listed) || place < 0) {
        return undefined;
    }
    holder.resources = [...(listed.slice(0, place) as unknown[]), ...middle, ...(listed.slice(place + 1) as unknown[])];
    return outline;
}
