import type { InnerProblem } from "./argumentSpec";
import { choiceProblem, itemProblems, listOf, listProblem } from "./valueProblems";

/** Source: CloudFront developer guide, "Create a custom error page for specific HTTP status codes". */
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** Status codes for which CloudFront answers with a page. */
export function errorCodesProblems(codes: unknown): string | readonly InnerProblem[] {
    if (listOf(codes)?.length === 0) {
        return "is empty: the page would never be shown. Leave errorPages out, or write, for example, [502, 503, 504].";
    }
    return listProblem(codes, "502") ?? itemProblems(codes, (code) => choiceProblem(code ?? null, errorCodes));
}
