export { evaluate, unusedResult, type EvaluationOptions } from "./evaluate";
export { heading, standingIn } from "./heading";
export { judgeResource, judgeStack } from "./judge";
export type { Result, Weight } from "./result";
