import type { Check, InnerProblem } from "./argumentSpec";
import { isDeferred, itemProblems, listProblem, pathProblem, plainValueNeeded, shown, textOf } from "./valueProblems";

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

/** Source of the marks: CloudFront developer guide, "Cache behavior settings", path pattern. */
export function cachedPathsProblems(cachedPaths: unknown): string | readonly InnerProblem[] {
    return (
        listProblem(cachedPaths, "/assets/*") ??
        itemProblems(cachedPaths, (one) => {
            const path = one ?? null;
            return (
                pathProblem(path, { longest: 255, marks: ".*$~\"'@:+&?", example: "/assets/*" }) ??
                (/^[/*?]*\*[/*?]*$/.test(textOf(path))
                    ? `is ${shown(path)}, which is every path; responses made for one viewer would be shown to others. Write the paths of static files, for example "/assets/*".`
                    : undefined)
            );
        })
    );
}
