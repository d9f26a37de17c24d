import type { AuditReport } from "../report";
import { gitlab } from "./gitlab";
import { html } from "./html";
import { json } from "./json";
import { junit } from "./junit";
import { sarif } from "./sarif";

export { auditReportSchema } from "./reportSchema";
export { table, type TableOptions } from "./table";
export { count, printable } from "./text";

/** The outputs for machines and for the browser, in pieces; each may be written to a file or to standard output. */
export const formats = {
    json,
    sarif: (report) => [sarif(report)],
    junit: (report) => [junit(report)],
    gitlab: (report) => [gitlab(report)],
    html: (report) => [html(report)],
} as const satisfies Record<string, (report: AuditReport) => Iterable<string>>;

export type Format = keyof typeof formats;
