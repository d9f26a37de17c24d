import type { Result } from "../judging";
import type { ChainStep } from "../rule";

/** What a reader of a whole estate needs to find a resource. */
export interface Description {
    /** Type token of the resource. */
    readonly type?: string;
    /** Logical name of the resource. */
    readonly name?: string;
    /** URNs of the components around the resource, outermost first. */
    readonly parents: readonly string[];
}

/** One thing that the pack says about a stack. */
export interface AuditedResult extends Result, Description {
    readonly chain?: readonly (ChainStep & Description)[];
}

/** What is known of one stack after an audit. */
export interface AuditedStack {
    /** `project/stack`, on Pulumi Cloud `organization/project/stack`, or the source's name where no state was read. */
    readonly stack: string;
    /** The file or backend that the state was read from. */
    readonly source: string;
    readonly resources: number;
    /** Why the state, or a part of it, could not be judged; empty where all of it was. */
    readonly problems: readonly string[];
    readonly results: readonly AuditedResult[];
}

/** A stack of which something could not be read counts as unreadable: nobody knows what that part holds. */
export function isUnreadable(stack: AuditedStack): boolean {
    return stack.problems.length > 0;
}

/** Such a stack was judged as far as it could be read. */
export function isReadInPart(stack: AuditedStack): boolean {
    return isUnreadable(stack) && stack.resources > 0;
}

/** How reports call a stack of which something could not be read. */
export function unreadName(stack: AuditedStack): "read in part" | "unreadable" {
    return isReadInPart(stack) ? "read in part" : "unreadable";
}
