import type { Check, InnerProblem } from "./argumentSpec";
import {
    isDeferred,
    itemProblems,
    listOf,
    listProblem,
    pathProblem,
    plainValueNeeded,
    shown,
    textOf,
} from "./valueProblems";

export const healthCheckPathProblem: Check = (path) =>
    pathProblem(path, { longest: 1024, marks: ".~%!$&'()*+,;=:@?", example: "/health" });

export function matcherProblem(matcher: unknown): string | undefined {
    if (isDeferred(matcher)) {
        return plainValueNeeded;
    }
    return typeof matcher === "string" && isMatcher(matcher)
        ? undefined
        : `is ${shown(matcher)}; it is a text of status codes between 200 and 499. Write one ("200"), several ("200,302") or a range ("200-299").`;
}

function isMatcher(matcher: string): boolean {
    const inBounds = (code: string) => Number(code) >= 200 && Number(code) <= 499;
    const range = /^(\d{3})-(\d{3})$/.exec(matcher);
    if (range?.[1] !== undefined && range[2] !== undefined) {
        return inBounds(range[1]) && inBounds(range[2]) && Number(range[1]) < Number(range[2]);
    }
    return /^\d{3}(,\d{3})*$/.test(matcher) && matcher.split(",").every(inBounds);
}

/** Path patterns of a distribution's behaviors. */
export function pathPatternsProblems(patterns: unknown): string | readonly InnerProblem[] {
    return listProblem(patterns, "/assets/*") ?? itemProblems(patterns, (one) => pathPatternProblem(one ?? null));
}

/** Source of the marks: CloudFront developer guide, "Cache behavior settings", path pattern. */
export function pathPatternProblem(path: unknown): string | undefined {
    return /^[/*?]*\*[/*?]*$/.test(textOf(path))
        ? `is ${shown(path)}, which is every path; responses made for one viewer would be shown to others. Write the paths of static files, for example "/assets/*".`
        : pathProblem(path, { longest: 255, marks: ".*$~\"'@:+&?", example: "/assets/*" });
}

/** Names of query strings in a cache key. Source: CloudFront developer guide, "Quotas on policies" (ten). */
export function queryStringsProblems(names: unknown): string | readonly InnerProblem[] {
    const list = listOf(names) ?? [];
    const together: InnerProblem[] =
        list.length > 1 && list.includes("*")
            ? [["", 'has "*", which is every query string, together with others. Write ["*"] alone.']]
            : list.length > 10
              ? [["", `has ${list.length} names; a cache policy holds at most 10. Write fewer, or ["*"] for all.`]]
              : [];
    const nameProblem = (name: unknown) =>
        isDeferred(name)
            ? plainValueNeeded
            : name === "*" || (typeof name === "string" && /^[^\s*?&=#]{1,128}$/.test(name))
              ? undefined
              : `is ${shown(name)}; a query string's name has no spaces, and none of *?&=#. Write, for example, "width".`;
    return listProblem(names, "width") ?? [...together, ...itemProblems(names, nameProblem)];
}
