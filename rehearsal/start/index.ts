/** What `npm start` shows of a rehearsed stack. */
export { builtSummary, outputLines, type StackResource } from "./builtSummary";
export { deployedStack, type DeployedStack } from "./deployedStack";
