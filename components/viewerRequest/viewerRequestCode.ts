import { readFileSync } from "node:fs";
import * as path from "node:path";
import { type Given, listOf, shown, textOf, textProblem } from "../checks/index";

/** Most bytes of a function's code. Source: CloudFront developer guide, "Quotas on CloudFront Functions". */
export const longestFunctionCode = 10_240;

/** Name of the function that a team's own code declares. */
const ownFunctionName = "viewerRequest";

/** What the distribution's viewer-request function does. */
export interface ViewerRequestSettings {
    /** Whether it sets the headers that applications believe, before a team's own code. */
    readonly forwardedHeadersEnabled: boolean;

    /** A team's own code, which declares `viewerRequest(event)`. */
    readonly viewerRequestCode?: string;

    /** Names that lead to another one. */
    readonly redirectedDomainNames: readonly string[];

    /** The name to which they lead. */
    readonly target: string;

    readonly strictTransportSecurityMaxAge: number;

    /** The page with which every other request is answered while the site is under maintenance. */
    readonly maintenancePage?: string;

    /** The path, with a slash at its end, that is served all the same; undefined where the edge has no such files. */
    readonly servedInMaintenance?: string;
}

/**
 * The code of the distribution's viewer-request function; undefined if it has nothing to do. A behavior has one
 * function for each event, so a team's own code is part of the same one: first, because its imports must be.
 */
export function viewerRequestCode(settings: ViewerRequestSettings): string | undefined {
    const { redirectedDomainNames, target, maintenancePage } = settings;
    const redirects = redirectedDomainNames.length > 0;
    const maintained = maintenancePage !== undefined;
    const forwardedHeadersEnabled = settings.forwardedHeadersEnabled && !maintained;
    // It was written for an application that is there.
    const own = maintained ? undefined : settings.viewerRequestCode;
    if (!forwardedHeadersEnabled && own === undefined && !redirects && !maintained) {
        return undefined;
    }
    const steps = [
        ...(redirects
            ? [
                  'const host = event.request.headers.host ? event.request.headers.host.value.toLowerCase().replace(/:\\d*$/, "") : "";',
                  `if (${JSON.stringify(redirectedDomainNames)}.indexOf(host) !== -1) {`,
                  `    return redirectionTo(${JSON.stringify(target)}, ${settings.strictTransportSecurityMaxAge}, event.request);`,
                  "}",
              ]
            : []),
        ...(maintained ? maintenanceSteps(maintenancePage, settings) : []),
        ...(forwardedHeadersEnabled ? ["setForwardedHeaders(event.request, event.viewer.ip);"] : []),
        own === undefined ? "return event.request;" : `return await ${ownFunctionName}(event);`,
    ];
    return [
        ...(own === undefined ? [] : [own]),
        ...(forwardedHeadersEnabled ? [edgeScript("forwardedHeaders.js")] : []),
        ...(redirects ? [edgeScript("redirectedNames.js")] : []),
        ...(maintained ? [edgeScript("maintenance.js")] : []),
        `${own === undefined ? "" : "async "}function handler(event) {`,
        ...steps.map((step) => `    ${step}`),
        "}\n",
    ].join("\n");
}

function maintenanceSteps(page: string, settings: ViewerRequestSettings): string[] {
    const { servedInMaintenance: served, strictTransportSecurityMaxAge: maxAge } = settings;
    const answer = `return maintenanceAnswer(${JSON.stringify(page)}, ${maxAge});`;
    return served === undefined
        ? [answer]
        : [`if (event.request.uri.indexOf(${JSON.stringify(served)}) !== 0) {`, `    ${answer}`, "}"];
}

/** What is wrong with a page of the team's own. */
export function errorPageProblem(html: unknown): string | undefined {
    if (typeof html !== "string") {
        return textProblem(html, "<!doctype html><title>Back soon</title><h1>Back soon</h1>");
    }
    return html.trim() === ""
        ? "is empty; viewers would see nothing. Leave it out for the default page, or write one."
        : undefined;
}

/** Says before maintenance begins that the function has no room for a page. */
export function maintenanceRoomProblem(page: string, given: Given): string | undefined {
    const composed = viewerRequestCode({
        ...composedSettings(given),
        maintenancePage: page,
        servedInMaintenance: "/error-pages/",
    });
    const length = Buffer.byteLength(composed ?? "");
    return length > longestFunctionCode
        ? `makes the function that shows it during maintenance ${length} bytes long; CloudFront allows ${longestFunctionCode}. Write a shorter page, and put pictures and styles next to it in your own bucket (bucketRegionalDomainName).`
        : undefined;
}

/** What is wrong with a team's own code. */
export function viewerRequestCodeProblem(code: unknown, given: Given): string | undefined {
    if (typeof code !== "string") {
        return textProblem(code, `function ${ownFunctionName}(event) { return event.request; }`);
    }
    if (!new RegExp(`\\bfunction\\s+${ownFunctionName}\\s*\\(`).test(code)) {
        return `is ${shown(code)}; it declares no function ${ownFunctionName}. Write "function ${ownFunctionName}(event) { ... return event.request; }".`;
    }
    const taken =
        /\b(?:function|const|let|var)\s+(handler|setForwardedHeaders|believedHeaders|redirectionTo|maintenanceAnswer)\b/.exec(
            code,
        )?.[1];
    if (taken !== undefined) {
        return `declares ${taken}, a name that the edge's own code uses. Write another name; CloudFront's entry point is called "${ownFunctionName}" here.`;
    }
    const composed = viewerRequestCode({ ...composedSettings(given), viewerRequestCode: code });
    const length = Buffer.byteLength(composed ?? "");
    return length > longestFunctionCode
        ? `makes the function ${length} bytes long; CloudFront allows ${longestFunctionCode}. Write shorter code, or minify it.`
        : undefined;
}

/** What else the function does, by arguments that may still be wrong. */
function composedSettings(given: Given): Omit<ViewerRequestSettings, "viewerRequestCode"> {
    return {
        forwardedHeadersEnabled: given.forwardedHeadersEnabled !== false,
        redirectedDomainNames: (listOf(given.redirectedDomainNames) ?? []).map(String),
        target: textOf(listOf(given.domainNames)?.[0]),
        strictTransportSecurityMaxAge: Number(given.strictTransportSecurityMaxAge ?? 0),
    };
}

/** The file lies beside the sources; compiled, this module is in `bin/`. */
function edgeScript(file: string): string {
    const folder = path.dirname(__dirname);
    const components = path.basename(folder) === "bin" ? path.dirname(folder) : folder;
    return readFileSync(path.join(components, "viewerRequest", file), "utf8");
}
