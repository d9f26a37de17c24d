import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Given } from "./argumentSpec";
import { shown, textProblem } from "./valueProblems";

/** Most bytes of a function's code. Source: CloudFront developer guide, "Quotas on CloudFront Functions". */
export const longestFunctionCode = 10_240;

/** Name of the function that a team's own code declares. */
export const ownFunctionName = "viewerRequest";

const ownHandler = `
async function handler(event) {
    setForwardedHeaders(event.request, event.viewer.ip);
    return await ${ownFunctionName}(event);
}
`;

const handler = `
function handler(event) {
    setForwardedHeaders(event.request, event.viewer.ip);
    return event.request;
}
`;

/**
 * The code of the distribution's viewer-request function; undefined where there is none. A behavior has one function for
 * each event, so a team's own code is part of the same one: first, because its imports must be.
 *
 * @param setsForwardedHeaders Whether the function sets the headers that applications believe, before the team's code.
 * @param own Code that declares `viewerRequest(event)`.
 */
export function viewerRequestCode(setsForwardedHeaders: boolean, own: string | undefined): string | undefined {
    if (setsForwardedHeaders) {
        return own === undefined ? forwardedHeaders() + handler : `${own}\n${forwardedHeaders()}${ownHandler}`;
    }
    return own === undefined
        ? undefined
        : `${own}\nasync function handler(event) {\n    return await ${ownFunctionName}(event);\n}\n`;
}

/** What is wrong with a team's own code. */
export function viewerRequestCodeProblem(code: unknown, { forwardedHeadersEnabled }: Given): string | undefined {
    if (typeof code !== "string") {
        return textProblem(code, `function ${ownFunctionName}(event) { return event.request; }`);
    }
    if (!new RegExp(`\\bfunction\\s+${ownFunctionName}\\s*\\(`).test(code)) {
        return `is ${shown(code)}; it declares no function ${ownFunctionName}. Write "function ${ownFunctionName}(event) { ... return event.request; }".`;
    }
    const taken = /\b(?:function|const|let|var)\s+(handler|setForwardedHeaders|believedHeaders)\b/.exec(code)?.[1];
    if (taken !== undefined) {
        return `declares ${taken}, which the edge's own code declares. Write another name; CloudFront's entry point is called "${ownFunctionName}" here.`;
    }
    const length = Buffer.byteLength(viewerRequestCode(forwardedHeadersEnabled !== false, code) ?? "");
    return length > longestFunctionCode
        ? `makes the function ${length} bytes long; CloudFront allows ${longestFunctionCode}. Write shorter code, for example by a minifier.`
        : undefined;
}

/** The file lies beside the sources; compiled, this module is one folder below it. */
function forwardedHeaders(): string {
    const folder = path.basename(__dirname) === "bin" ? path.dirname(__dirname) : __dirname;
    return readFileSync(path.join(folder, "forwardedHeaders.js"), "utf8");
}
