export { evaluate, unusedResult, type EvaluationOptions, type Result } from "./evaluate";
export { judgeResource, judgeStack, type Judgement } from "./judge";
export { heading, reportedLevel, standingIn, verdictsOf, type Verdict } from "./verdict";
