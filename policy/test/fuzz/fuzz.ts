/**
 * Throws stacks of any shape at every rule, in all the ways in which the pack is asked, for as long as is wished.
 *
 *     npm run fuzz --workspace policy -- [--minutes 60] [--seed 1]
 *
 * What breaks is printed with its seed and as the smallest stack that breaks it; the same seed finds it again.
 */
import { parseArgs } from "node:util";

import * as fc from "fast-check";

import { UNKNOWN } from "../../graph";
import type { Fixture } from "../harness";
import { fitsIntoAnAnswer, holdsForAnyStack, isFound } from "./invariants";
import { anyOpening, type Opening } from "./openings";
import { anyCrowd, anyStack } from "./stacks";
import { isPlain } from "./values";

const casesPerSeed = 20;

interface Property<Case> {
    readonly cases: fc.Arbitrary<Case>;
    readonly holds: (one: Case) => Promise<void>;
    /** The case without one of its resources, for each of them that can be spared. */
    readonly smaller: (one: Case) => Case[];
}

const anyStackHolds: Property<[Fixture[], number[]]> = {
    cases: fc.tuple(anyStack, fc.array(fc.nat(1_000), { minLength: 1, maxLength: 20 })),
    holds: ([stack, shuffle]) => holdsForAnyStack(stack, shuffle),
    smaller: ([stack, shuffle]) => withoutOne(stack).map((less) => [less, shuffle]),
};

const openingIsFound: Property<[Opening, Fixture[]]> = {
    cases: fc.tuple(anyOpening, anyStack),
    holds: ([opening, others]) => isFound(opening, others),
    smaller: ([opening, others]) => withoutOne(others).map((less) => [opening, less]),
};

const crowdFits: Property<Fixture[]> = {
    cases: anyCrowd,
    holds: fitsIntoAnAnswer,
    smaller: () => [],
};

function withoutOne(stack: readonly Fixture[]): Fixture[][] {
    return stack.map((_, index) => stack.filter((_, other) => other !== index));
}

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: { minutes: { type: "string", default: "60" }, seed: { type: "string", default: "1" } },
    });
    const [minutes, first] = [Number(values.minutes), Number(values.seed)];
    const problems = [
        ...(minutes > 0 ? [] : [`--minutes is "${values.minutes}"; give a number above 0.`]),
        ...(Number.isSafeInteger(first) ? [] : [`--seed is "${values.seed}"; give a whole number.`]),
    ];
    if (problems.length > 0) {
        console.error(problems.join("\n"));
        process.exitCode = 2;
        return;
    }
    const end = Date.now() + minutes * 60_000;
    const found = new Map<string, number>();
    let stacks = 0;
    let seed = first;
    for (; Date.now() < end; seed += 1) {
        stacks += await check("any stack", anyStackHolds, seed, found);
        stacks += await check("an opening beside any stack", openingIsFound, seed, found);
        if ((seed - first) % 10 === 0) {
            stacks += await check("a crowd", crowdFits, seed, found, 1);
        }
        if ((seed - first) % 10 === 0) {
            progress(stacks, seed - first + 1, found);
        }
    }
    progress(stacks, seed - first, found);
    for (const [kind, times] of found) {
        console.log(`${times} x ${kind}`);
    }
    if (found.size > 0) {
        process.exitCode = 1;
    }
}

/** @returns how many cases were tried */
async function check<Case>(
    name: string,
    property: Property<Case>,
    seed: number,
    found: Map<string, number>,
    cases = casesPerSeed,
): Promise<number> {
    const { numRuns, counterexample } = await fc.check(fc.asyncProperty(property.cases, property.holds), {
        seed,
        numRuns: cases,
    });
    if (counterexample === null) {
        return numRuns;
    }
    let [one] = counterexample;
    let failure = await failureOf(property.holds, one);
    for (let index = 0; index < property.smaller(one).length;) {
        const less = property.smaller(one)[index];
        const same = less === undefined ? undefined : await failureOf(property.holds, less);
        if (less !== undefined && same !== undefined && kindOf(same) === kindOf(failure)) {
            [one, failure] = [less, same];
        } else {
            index += 1;
        }
    }
    const kind = `${name}: ${kindOf(failure)}`;
    found.set(kind, (found.get(kind) ?? 0) + 1);
    if (found.get(kind) === 1) {
        console.log(`\nFAILED with --seed ${seed}, ${name}: ${failure}\n${shown(one)}\n`);
    }
    return numRuns;
}

async function failureOf<Case>(holds: (one: Case) => Promise<void>, one: Case): Promise<string | undefined> {
    try {
        await holds(one);
        return undefined;
    } catch (error) {
        return error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
}

function kindOf(failure: string | undefined): string {
    return (failure ?? "not found a second time").split("\n")[0] ?? "";
}

function progress(stacks: number, seeds: number, found: ReadonlyMap<string, number>): void {
    const time = new Date().toISOString().slice(11, 19);
    console.log(`${time}  ${stacks} stacks, ${seeds} seeds, ${found.size} kinds of failure`);
}

/** A case as a test would write it: unknown values, secrets and references by their names in the harness. */
function shown(counterexample: unknown): string {
    const written = (value: unknown): unknown => {
        if (value === UNKNOWN) {
            return "<UNKNOWN>";
        }
        if (Array.isArray(value)) {
            return value.map(written);
        }
        if (typeof value !== "object" || value === null) {
            return value;
        }
        const entries = Object.entries(value).map(([key, item]) => [key, written(item)] as const);
        return isPlain(value)
            ? Object.fromEntries(entries)
            : { [`<${value.constructor.name}>`]: Object.fromEntries(entries) };
    };
    return JSON.stringify(written(counterexample), null, 1).slice(0, 20_000);
}

main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 2;
});
