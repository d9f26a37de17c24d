import { existsSync, readFileSync } from "node:fs";

import { replaceFile } from "@encrypted-edge/common";

import { isObject, own } from "../graph";
import { isUnreadable, type AuditedStack } from "./auditedStack";
import { identityOf, keyOf, type Identity } from "./fingerprint";

/** A known violation; `count` says how often it occurs where that is more than once. */
export interface BaselineEntry extends Identity {
    readonly count: number;
}

export interface ComparedBaseline {
    /** Whether the result with this key, at its so-many-th occurrence, is known. */
    readonly isBaselined: (stack: AuditedStack, index: number) => boolean;
    /** Entries of stacks that were read and no longer show them; `count` is how often they are missing. */
    readonly fixed: readonly BaselineEntry[];
    /** What the baseline is after the fixed ones are gone. */
    readonly shrunk: readonly BaselineEntry[];
}

const version = 1;
const comment =
    "Violations that were known when this stack came under the pack. encrypted-edge-policy audit reports them, and fails " +
    "for new ones only. --update-baseline takes away what is fixed; nothing is added after --create-baseline.";

/** Reads a baseline file. `problem` says what is wrong with it and what to do. */
export function readBaseline(path: string): readonly BaselineEntry[] | { readonly problem: string } {
    if (!existsSync(path)) {
        return { problem: `--baseline ${path} does not exist. Write it once with --create-baseline, and commit it.` };
    }
    let content: unknown;
    try {
        content = JSON.parse(readFileSync(path, "utf8"));
    } catch {
        return { problem: `--baseline ${path} is not valid JSON. Restore it from version control.` };
    }
    if (own(content, "version") !== version || !isObject(own(content, "stacks"))) {
        return { problem: `--baseline ${path} must hold "version": ${version} and an object "stacks".` };
    }
    const entries: BaselineEntry[] = [];
    for (const [stack, listed] of Object.entries(own(content, "stacks") as object)) {
        for (const [index, item] of (Array.isArray(listed) ? listed : [undefined]).entries()) {
            const entry = entryOf(stack, item);
            if (entry === undefined) {
                const place = `stacks[${JSON.stringify(stack)}][${index}]`;
                return { problem: `--baseline ${path}: ${place} must be an object with rule, urn, path and count.` };
            }
            entries.push(entry);
        }
    }
    return entries;
}

function entryOf(stack: string, item: unknown): BaselineEntry | undefined {
    const [rule, urn, path, count] = [
        own(item, "rule"),
        own(item, "urn") ?? "",
        own(item, "path") ?? "",
        own(item, "count") ?? 1,
    ];
    if (typeof rule !== "string" || typeof urn !== "string" || typeof path !== "string") {
        return undefined;
    }
    if (typeof count !== "number" || !Number.isInteger(count) || count < 1) {
        return undefined;
    }
    return { stack, rule, urn, path, count };
}

/**
 * Everything that these stacks show now, as a baseline. What is exempted is already accepted, with a reason; what a
 * mandatory rule could not tell is not known, so it cannot be accepted.
 */
export function baselineOf(stacks: readonly AuditedStack[]): BaselineEntry[] {
    const counted = new Map<string, BaselineEntry>();
    for (const { identity } of stacks.flatMap(countable)) {
        const known = counted.get(keyOf(identity));
        counted.set(keyOf(identity), { ...identity, count: (known?.count ?? 0) + 1 });
    }
    return [...counted.values()];
}

/**
 * Tells known from new, and what was fixed. A stack that was not read fixes nothing.
 *
 * @param disabled names of rules that did not run: they fix nothing either
 */
export function compare(
    baseline: readonly BaselineEntry[],
    stacks: readonly AuditedStack[],
    disabled: ReadonlySet<string>,
): ComparedBaseline {
    const left = new Map<string, number>();
    for (const entry of baseline) {
        left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + entry.count);
    }
    const baselined = new Map<AuditedStack, Set<number>>();
    for (const stack of stacks) {
        const known = new Set<number>();
        for (const { identity, index } of countable(stack)) {
            const remaining = left.get(keyOf(identity)) ?? 0;
            if (remaining === 0) {
                continue;
            }
            left.set(keyOf(identity), remaining - 1);
            known.add(index);
        }
        baselined.set(stack, known);
    }
    const unreadable = new Set(stacks.filter(isUnreadable).map((stack) => stack.stack));
    const read = new Set(stacks.map((stack) => stack.stack).filter((stack) => !unreadable.has(stack)));
    const fixed: BaselineEntry[] = [];
    const shrunk: BaselineEntry[] = [];
    for (const entry of baseline) {
        const judged = read.has(entry.stack) && !disabled.has(entry.rule);
        const missing = judged ? Math.min(entry.count, left.get(keyOf(entry)) ?? 0) : 0;
        left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) - missing);
        if (missing > 0) {
            fixed.push({ ...entry, count: missing });
        }
        if (entry.count > missing) {
            shrunk.push({ ...entry, count: entry.count - missing });
        }
    }
    return { isBaselined: (stack, index) => baselined.get(stack)?.has(index) ?? false, fixed, shrunk };
}

function countable(stack: AuditedStack): { readonly identity: Identity; readonly index: number }[] {
    return stack.results.flatMap((result, index) => {
        const isUndecided = result.kind === "cannot tell" && result.ruleLevel === "mandatory";
        if (result.exempted !== undefined || result.kind === "unused exemption" || isUndecided) {
            return [];
        }
        return [{ identity: identityOf(stack.stack, result), index }];
    });
}

/** Writes a baseline in an order that depends on its content only, so that version control shows what changed. */
export function writeBaseline(path: string, entries: readonly BaselineEntry[]): void {
    const stacks: Record<string, unknown[]> = {};
    for (const { stack, rule, urn, path: property, count } of [...entries].sort(byContent)) {
        (stacks[stack] ??= []).push({
            rule,
            ...(urn === "" ? {} : { urn }),
            ...(property === "" ? {} : { path: property }),
            ...(count === 1 ? {} : { count }),
        });
    }
    replaceFile(path, `${JSON.stringify({ version, comment, stacks }, null, 4)}\n`);
}

function byContent(a: Identity, b: Identity): number {
    for (const key of ["stack", "rule", "urn", "path"] as const) {
        if (a[key] !== b[key]) {
            return a[key] < b[key] ? -1 : 1;
        }
    }
    return 0;
}
