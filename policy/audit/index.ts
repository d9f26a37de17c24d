export { auditCommand } from "./auditCommand";
