import { filledText, number, objects } from "../aws/account";
import type { ServedDistribution } from "./servedDistribution";

/** Seconds for which an error is kept where the distribution says nothing. */
const usualMinimum = 10;

/** What a distribution does with an error. */
export interface ErrorResponse {
    /** Path of the page that is shown in its place; undefined where the error itself is shown. */
    readonly pagePath?: string;
    /** Status that the viewer gets with that page. */
    readonly status: number;
    /** Seconds for which the error is kept at least. */
    readonly minimum: number;
}

/**
 * What a distribution does with an error of an origin, of its web ACL, or of its own where an origin gives no answer.
 *
 * Source: CloudFront developer guide, "Generate custom error responses".
 */
export function errorResponse({ properties }: ServedDistribution, status: number): ErrorResponse {
    const stated = objects(properties.customErrorResponses).find((one) => number(one.errorCode) === status);
    const code = number(stated?.responseCode);
    return {
        pagePath: filledText(stated?.responsePagePath),
        status: code === undefined || code === 0 ? status : code,
        minimum: number(stated?.errorCachingMinTtl) ?? usualMinimum,
    };
}
