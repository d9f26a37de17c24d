export { acm, coversName, usableCertificate } from "./certificate";
export { canonicalName } from "./domainNames";
