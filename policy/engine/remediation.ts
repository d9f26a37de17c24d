import type { ResourceRemediation } from "@pulumi/policy";

import { propertiesOf } from "../configuration";
import { isObject, LazyResource, plainProperties, UNKNOWN } from "../graph";
import type { ResourceRule } from "../rule";
import type { NotApplicable } from "./notApplicable";

/**
 * Lets a rule correct inputs. Only what the rule changed is written, in place: what it did not touch stays as the
 * engine sent it, secrets stay secret and unknown values stay unknown.
 */
export function remediation(
    rule: ResourceRule,
    types: ReadonlySet<string>,
    notApplicable: NotApplicable,
): ResourceRemediation {
    return (args) => {
        const { urn, type, name, opts, props } = args;
        if (!types.has(type)) {
            notApplicable.answer(args);
        }
        const before = plainProperties(props);
        const resource = new LazyResource(
            { urn, type, name, protect: opts.protect, parent: opts.parent },
            () => before,
        );
        let corrected: Record<string, unknown> | undefined;
        try {
            corrected = rule.remediate?.(resource, propertiesOf(rule, args.getConfig()).settings);
        } catch {
            // The validation that follows says that the rule failed.
            return undefined;
        }
        return corrected !== undefined && write(props, before, corrected) ? props : undefined;
    };
}

/** Writes the differences between `before` and `after` into `target`; says whether there were any. */
function write(target: Record<string, unknown>, before: unknown, after: unknown): boolean {
    if (!isContainer(before) || !isContainer(after)) {
        return false;
    }
    let changed = false;
    for (const key of Object.keys(after)) {
        const [old, wanted] = [before[key], after[key]];
        if (old === wanted || wanted === UNKNOWN || wanted === undefined) {
            continue;
        }
        if (isContainer(old) && isContainer(wanted) && sameShape(old, wanted)) {
            changed = write(target[key] as Record<string, unknown>, old, wanted) || changed;
        } else {
            target[key] = wanted;
            changed = true;
        }
    }
    return changed;
}

function isContainer(value: unknown): value is Record<string, unknown> {
    return isObject(value) || Array.isArray(value);
}

function sameShape(one: unknown, other: unknown): boolean {
    return Array.isArray(one) ? Array.isArray(other) && one.length === other.length : !Array.isArray(other);
}
