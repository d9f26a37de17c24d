export { wafv2 } from "./webAcl";
