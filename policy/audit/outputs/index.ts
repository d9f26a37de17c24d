import { createRequire } from "node:module";

import type { AuditReport } from "../report";
import type * as gitlabModule from "./gitlab";
import type * as htmlModule from "./html";
import type * as jsonModule from "./json";
import type * as junitModule from "./junit";
import type * as sarifModule from "./sarif";

export { auditReportSchema } from "./reportSchema";
export { table, type TableOptions } from "./table";
export { count, printable } from "./text";

/** Most audits write a table alone. */
const load = createRequire(__filename);

/** The outputs for machines and for the browser, in pieces; each may be written to a file or to standard output. */
export const formats = {
    json: (report) => (load("./json") as typeof jsonModule).json(report),
    sarif: (report) => [(load("./sarif") as typeof sarifModule).sarif(report)],
    junit: (report) => [(load("./junit") as typeof junitModule).junit(report)],
    gitlab: (report) => [(load("./gitlab") as typeof gitlabModule).gitlab(report)],
    html: (report) => [(load("./html") as typeof htmlModule).html(report)],
} as const satisfies Record<string, (report: AuditReport) => Iterable<string>>;

export type Format = keyof typeof formats;
