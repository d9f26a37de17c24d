import * as path from "node:path";

import type { ReportedStack } from "../report";

/** The state's file relative to the working directory; a stack that a backend holds is named like a file. */
export function placeOf({ source, stack }: ReportedStack): string {
    const place = isFile(source) ? source : stack;
    return path.isAbsolute(place) ? path.relative(process.cwd(), place) : path.normalize(place);
}

/** Whether a source is a file that a reader of the report can open. */
export function isFile(source: string): boolean {
    return /\.(json|gz|zst)$/.test(source) && !/^[a-z][a-z0-9+.-]*:\/\//i.test(source);
}
