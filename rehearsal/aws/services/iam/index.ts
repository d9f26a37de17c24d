export { iam } from "./identity";
