export { auditCommand } from "./auditCommand";
export { auditReportSchema } from "./outputs";
