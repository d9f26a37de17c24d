export { cloudwatch } from "./logs";
