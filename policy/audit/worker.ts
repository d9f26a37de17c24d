import { workerData } from "piscina";

import { rules } from "../rules";
import { auditSource, type AuditAnswer, type AuditTask } from "./auditSource";

const { known } = workerData as { readonly known: ReadonlySet<string> | undefined };

/** What each thread of the audit runs: one state at a time. */
export default function worker(task: AuditTask): Promise<AuditAnswer> {
    return auditSource(task, rules, known);
}
